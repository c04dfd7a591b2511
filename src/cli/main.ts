// First: a key is being made while all else is loaded.
// eslint-disable-next-line import/order
import { firstKey } from './first-key';
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readStdin } from './read-stdin';
import { run } from './run';
import { writeFileWhole } from './write-file';
import { formatProblem } from '../model/problem';

// A reader that closes early, such as `head`, is not a failure: the answer keeps its exit code.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') return;
  process.stderr.write(`${formatProblem({
    code: 'OutputUnwritable',
    subject: 'standard output',
    wrong: 'cannot be written',
    got: code ?? message,
    expected: 'a reader or a disk with room',
    fix: 'write elsewhere, or to a file with --output',
  })}\n`);
  process.exit(2);
});
// There is nowhere left to say so.
process.stderr.on('error', () => undefined);

/** In an application npx finds the program; elsewhere npx would look for a package of its name. */
function programOf(file: string): string {
  return file.split(sep).includes('node_modules') ? 'npx protected-api' : `node ${relative('.', file) || file}`;
}

void run(process.argv.slice(2), {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  isTTY: process.stdout.isTTY === true,
  columns: process.stdout.columns,
  env: process.env,
  program: programOf(process.argv[1]),
  firstKey,
  readStdin: () => readStdin(process.stdin),
  writeFile: writeFileWhole,
  untilStopped: () => new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop());
  }),
  // The program is bundled into bin/, beside package.json.
  version: () => JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')).version,
}).then((exitCode) => {
  process.exitCode = exitCode;
});
