import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes a temporary folder. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'protected-api-'));
}

/**
 * Guards a folder: it goes away, with the command that runs meanwhile, when the result is called or this process ends
 * in whatever way. What the command says goes to `output.log` in the folder.
 */
export function guardFolder(folder: string, command: readonly string[] = [], environment = process.env): () => Promise<void> {
  const output = openSync(join(folder, 'output.log'), 'w');
  const guard = spawn(process.execPath, [join(__dirname, 'guard.mjs'), folder, ...command], {
    detached: true, stdio: ['pipe', output, output], env: environment,
  });
  return async () => {
    const exit = guard.exitCode === null ? once(guard, 'exit') : undefined;
    guard.stdin!.end();
    await exit;
  };
}
