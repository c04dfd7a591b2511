import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { BundledCli } from './bundled-cli';
import type { SandboxDescription } from '../../src/sandbox/description';

/** A sandbox in a process of its own, as users start it. */
export interface SandboxProcess {
  readonly description: SandboxDescription;
  /** Below all its URLs. */
  readonly url: string;
  /** What it printed so far. */
  readonly output: { stdout: string; stderr: string };
  /** Waits until it has printed something. */
  printed(text: string): Promise<void>;
  /** Sends it a signal; gives its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `protected-api sandbox … --json` and waits for its line. */
export async function startSandboxProcess(cli: BundledCli, args: readonly string[], cwd?: string, stdin: number | 'ignore' = 'ignore'): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [cli.file, 'sandbox', ...args, '--json'], { cwd, stdio: [stdin, 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  // Behind all that it printed.
  const exited = once(child, 'close');
  child.stdout?.on('data', (chunk) => void (output.stdout += chunk));
  child.stderr?.on('data', (chunk) => void (output.stderr += chunk));
  const printed = async (text: string) => {
    while (!`${output.stdout}${output.stderr}`.includes(text)) {
      const ended = await Promise.race([exited.then(() => true), new Promise<false>((resolve) => setTimeout(() => resolve(false), 20))]);
      if (ended) throw new Error(`the sandbox ended before it printed ${JSON.stringify(text)}: ${output.stderr}`);
    }
  };
  await printed('}\n');
  const description: SandboxDescription = JSON.parse(output.stdout);
  return {
    description,
    url: description.cognitoIdpUrl.replace(/\/cognito-idp$/, ''),
    output,
    printed,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const [exitCode] = await exited;
      return exitCode;
    },
  };
}
