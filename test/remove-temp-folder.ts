import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import { TEMP_FOLDER } from './make-temp-folder';

/** Removes the temporary folder of the run. */
export default function removeTempFolder(): void {
  const folder = process.env.TMPDIR ?? '';
  if (basename(folder).startsWith(TEMP_FOLDER)) rmSync(folder, { recursive: true, force: true });
}
