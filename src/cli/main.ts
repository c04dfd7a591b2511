import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStdin } from './read-stdin';
import { run } from './run';
import { writeFileWhole } from './write-file';

// A reader that closes early, such as `head`, is not a failure: the answer keeps its exit code.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`standard output cannot be written: ${error.code}\n`);
  process.exit(2);
});

void run(process.argv.slice(2), {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  isTTY: process.stdout.isTTY === true,
  columns: process.stdout.columns,
  env: process.env,
  readStdin: () => readStdin(process.stdin),
  writeFile: writeFileWhole,
  // The program is bundled into bin/, beside package.json.
  version: () => JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')).version,
}).then((exitCode) => {
  process.exitCode = exitCode;
});
