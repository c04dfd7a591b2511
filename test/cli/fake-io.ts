import type { CliIo } from '../../src/cli/io';
import { run } from '../../src/cli/run';

/** What a run of the command line did. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly files: { readonly [path: string]: string };
}

/** Runs a command line in this process. */
export async function runWith(argv: readonly string[], io: Partial<CliIo> = {}): Promise<Outcome> {
  const outcome = { stdout: '', stderr: '', files: {} as Record<string, string> };
  const exitCode = await run(argv, {
    isTTY: false,
    env: {},
    program: 'npx protected-api',
    stdout: (text) => void (outcome.stdout += text),
    stderr: (text) => void (outcome.stderr += text),
    readStdin: async () => '',
    writeFile: (path, chunks) => void (outcome.files[path] = [...chunks].join('')),
    untilStopped: async () => undefined,
    version: () => '1.2.3',
    ...io,
  });
  return { exitCode, ...outcome };
}
