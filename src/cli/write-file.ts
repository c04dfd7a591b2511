import { randomBytes } from 'node:crypto';
import {
  accessSync, closeSync, constants, fchmodSync, fchownSync, lstatSync, openSync, readlinkSync, realpathSync, renameSync, rmSync, statSync,
  writeFileSync, type Stats,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ProblemError } from '../model/problem';

/**
 * Writes a file whole or not at all: into a new file beside it, which then takes its place.
 *
 * A link stays, and the file that it names is written. A file that is there keeps its mode and, where this user may give
 * files away, its owner. What is there and no ordinary file, such as `/dev/stdout`, is written directly.
 *
 * @throws ProblemError `OutputUnwritable`
 */
export function writeFileWhole(path: string, chunks: Iterable<string>): void {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    if (there !== undefined) accessSync(path, constants.W_OK);
    if (there !== undefined && (!there.isFile() || isDevice(path))) writeChunks(openSync(path, 'w'), chunks);
    else replace(targetOf(path), there, chunks);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || error instanceof ProblemError) throw error;
    throw new ProblemError([{
      code: 'OutputUnwritable',
      subject: `output file ${path}`,
      wrong: 'cannot be written',
      got: code,
      expected: 'a file in a folder that exists, both writable',
      fix: 'give another file with --output',
    }]);
  }
}

function replace(target: string, there: Stats | undefined, chunks: Iterable<string>): void {
  const beside = `${target}.${randomBytes(4).toString('hex')}.tmp`;
  const file = openSync(beside, 'wx');
  try {
    if (there !== undefined) keepRights(file, there);
    writeChunks(file, chunks);
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

function keepRights(file: number, { uid, gid, mode }: Stats): void {
  try {
    fchownSync(file, uid, gid);
  } catch {
    // Only root may give a file to another user.
  }
  fchmodSync(file, mode % 0o1000);
}

function writeChunks(file: number, chunks: Iterable<string>): void {
  try {
    for (const chunk of chunks) writeFileSync(file, chunk);
  } finally {
    closeSync(file);
  }
}

/** Whether a path names an open file of this process, such as `/dev/stdout`: the file itself must be written then. */
function isDevice(path: string): boolean {
  return /^\/(dev|proc)\//.test(path);
}

/** The file that a path names in the end, also where that does not exist yet. */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const link = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
    return link ? targetOf(resolve(dirname(path), readlinkSync(path))) : path;
  }
}
