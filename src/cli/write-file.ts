import { randomBytes } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { ProblemError } from '../model/problem';

/**
 * Writes a file whole or not at all: into a new file beside it, which then takes its place.
 *
 * What is there and no ordinary file, such as `/dev/stdout`, is written directly.
 *
 * @throws ProblemError `OutputUnwritable`
 */
export function writeFileWhole(path: string, chunks: Iterable<string>): void {
  const there = statSync(path, { throwIfNoEntry: false });
  const direct = there !== undefined && !there.isFile() && !there.isDirectory();
  const target = direct ? path : `${path}.${randomBytes(4).toString('hex')}.tmp`;
  let made = false;
  try {
    if (there?.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    const file = openSync(target, direct ? 'w' : 'wx');
    made = !direct;
    try {
      for (const chunk of chunks) writeSync(file, chunk);
    } finally {
      closeSync(file);
    }
    if (!direct) renameSync(target, path);
  } catch (error) {
    if (made) rmSync(target, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new ProblemError([{
      code: 'OutputUnwritable',
      subject: `output file ${path}`,
      wrong: 'cannot be written',
      got: code,
      expected: 'a file in a folder that exists and may be written to',
      fix: 'give another file with --output',
    }]);
  }
}
