import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Prefix of the folder that takes what a run of the tests leaves, such as cloud assemblies. */
export const TEMP_FOLDER = 'cdk-protected-api-tests-';

/** Gives the run a temporary folder of its own; the processes of Jest inherit it. */
export default function makeTempFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), TEMP_FOLDER));
  chmodSync(folder, 0o755); // some tests run a program as another user
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
}
