import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SandboxDescription } from '../../src/sandbox/description';

export const ROOT = join(__dirname, '..', '..');
/** The command line from its bundle, as users have it. */
export const CLI = 'bin/protected-api.js';

const ENVIRONMENT = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' };

/** Runs a command of Node.js to its end; what it prints is shown, unless it is quiet and succeeds. */
export function run(command: readonly string[], { exitCode = 0, quiet = false } = {}): void {
  const stdio: StdioOptions = quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
  const { status, error, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, stdio, encoding: 'utf8', env: ENVIRONMENT });
  if (status !== exitCode) throw new Error(`${stdout ?? ''}${stderr ?? ''}${error?.message ?? `exit code ${status}, expected ${exitCode}`}`);
}

/** A sandbox in a process of its own. */
export interface SandboxProcess {
  readonly description: SandboxDescription;
  /** Asks it to stop, and gives its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `protected-api sandbox --json` and waits for its line. */
export async function startSandbox(...args: string[]): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [CLI, 'sandbox', ...args, '--json'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], env: ENVIRONMENT });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const line = await Promise.race([firstLine(child), exited.then((code) => Promise.reject(new Error(`the sandbox ended with exit code ${code}`)))]);
  return {
    description: JSON.parse(line),
    stop: () => {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => createInterface({ input: child.stdout! }).once('line', resolve));
}
