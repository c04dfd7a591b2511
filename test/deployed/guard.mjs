/**
 * Guards a folder, and a command that uses it: `node guard.mjs FOLDER [COMMAND ARGUMENTS…]`.
 *
 * When standard input closes (the tests are done, failed, or were killed in whatever way), the command is stopped with
 * all its children and the folder is removed. Ctrl-C in a terminal does not stop the guard before that.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const PATIENCE_MS = 3000;

const [folder, command, ...args] = process.argv.slice(2);
const child = command && spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
const ended = child && new Promise((resolve) => {
  child.on('exit', resolve);
  child.on('error', resolve);
});

process.on('SIGINT', () => {});
process.on('SIGTERM', () => process.stdin.destroy());
process.stdin.resume();
process.stdin.on('close', async () => {
  if (child) {
    signal('SIGTERM');
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    signal('SIGKILL');
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  process.exit(0);
});

/** Signals the command and the processes it started. */
function signal(name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // Nothing of it runs any more.
  }
}
