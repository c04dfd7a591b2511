import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ProblemError } from '../model/problem';

const FILE = 'sandbox-state.json';

/** A folder that keeps what a sandbox must not forget: keys, users, secrets of clients. Only its owner may read the file. */
export interface StateFolder {
  /** What was kept; `undefined` at the first start. */
  read(): unknown;
  /** Keeps it: the whole file or, where that fails, the one that was there. */
  write(state: unknown): void;
}

/**
 * Opens a folder, and makes it where it is not there. A file that others may read is closed to them at once, before anything is written.
 *
 * @throws ProblemError `SandboxState` where it cannot be read or written
 */
export function openStateFolder(folder: string): StateFolder {
  const file = join(folder, FILE);
  attempt(folder, () => makeFolder(resolve(folder)));
  attempt(file, () => closeToOthers(file));
  return {
    read: () => attempt(file, () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)),
    write: (state) => attempt(file, () => {
      const beside = `${file}.${randomBytes(4).toString('hex')}.tmp`;
      try {
        writeFileSync(beside, `${JSON.stringify(state)}\n`, { mode: 0o600, flag: 'wx' });
        chmodSync(beside, 0o600);
        renameSync(beside, file);
      } catch (error) {
        rmSync(beside, { force: true });
        throw error;
      }
    }),
  };
}

/**
 * Makes a folder and those that it lies in.
 *
 * Not by the option `recursive` of Node.js: where the system says of a folder that is there that it is not, as below `/proc`, version 20
 * tries for ever.
 */
function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another sandbox may have made it in the meantime.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Takes all rights of others away; the owner keeps those that there are. */
function closeToOthers(file: string): void {
  const rights = (statSync(file, { throwIfNoEntry: false })?.mode ?? 0) % 0o1000;
  const ofOthers = rights % 0o100;
  if (ofOthers !== 0) chmodSync(file, rights - ofOthers);
}

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ProblemError([{
      code: 'SandboxState',
      subject: `state of the sandbox in ${path}`,
      wrong: code === undefined ? 'is no JSON' : 'cannot be read or written',
      ...(code !== undefined && { got: code }),
      expected: 'a folder of your own, with what an earlier sandbox left there',
      fix: 'give another folder with --state, or remove this one',
    }]);
  }
}
