import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunnableFunction } from './function-runner';

/** The folder that a function runs in. */
export interface CodeFolder {
  readonly path: string;
  /** Removes it, where it was made for the run. */
  remove(): void;
}

/**
 * Puts the code of a function into a folder; a text is the reason why that cannot be done.
 *
 * Inline code becomes `index.js`, CommonJS, as CloudFormation packs `ZipFile`.
 */
export function codeFolder(code: RunnableFunction['code']): CodeFolder | string {
  if (code.kind === 'inline') {
    const path = mkdtempSync(join(tmpdir(), 'protected-api-function-'));
    writeFileSync(join(path, 'index.js'), code.source);
    return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
  }
  const found = statSync(code.path, { throwIfNoEntry: false });
  if (found === undefined) return 'its code is not there; synthesize the application again';
  if (!found.isDirectory()) return 'its code is a file, and the sandbox runs code from folders only; use an asset that is a folder';
  return { path: code.path, remove: () => undefined };
}
