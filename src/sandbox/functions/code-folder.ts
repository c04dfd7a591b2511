import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { unzipSync } from 'fflate';
import type { RunnableFunction } from './function-runner';

/** The folder that a function runs in. */
export interface CodeFolder {
  readonly path: string;
  /** Removes it, where it was made for the run and can be removed. */
  remove(): void;
}

/* Lambda takes at most 250 MB unpacked (Lambda developer guide, quotas). */
const MAX_UNPACKED_BYTES = 250 * 1024 * 1024;

/**
 * Puts the code of a function into a folder; a text is the reason why that cannot be done.
 *
 * Inline code becomes `index.js`, CommonJS, as CloudFormation packs `ZipFile`. A zip file is unpacked into a temporary folder, and a
 * JavaScript file put into one, as `aws cloudformation package` zips it.
 */
export function codeFolder(code: RunnableFunction['code']): CodeFolder | string {
  try {
    return folderOf(code);
  } catch (error) {
    return `its code cannot be put into a folder: ${(error as Error).message}`;
  }
}

function folderOf(code: RunnableFunction['code']): CodeFolder | string {
  if (code.kind === 'inline') {
    return folderWith((path) => writeFileSync(join(path, 'index.js'), code.source));
  }
  const found = statSync(code.path, { throwIfNoEntry: false });
  if (found === undefined) return 'its code is not there; synthesize the application again';
  if (found.isDirectory()) return { path: code.path, remove: () => undefined };
  if (/\.[cm]?js$/.test(code.path)) return folderWith((path) => copyFileSync(code.path, join(path, basename(code.path))));
  return unpacked(code.path);
}

function unpacked(file: string): CodeFolder | string {
  let bytes = 0;
  let files: ReturnType<typeof unzipSync>;
  try {
    files = unzipSync(readFileSync(file), { filter: ({ originalSize }) => (bytes += originalSize) <= MAX_UNPACKED_BYTES });
  } catch {
    return 'its code is a file, and no zip file; synthesize the application again';
  }
  if (bytes > MAX_UNPACKED_BYTES) return 'its code is larger than the 250 MB that Lambda takes';
  const outside = Object.keys(files).find((name) => isOutside(name));
  if (outside !== undefined) return `its zip file has an entry that leads out of its folder: ${JSON.stringify(outside)}`;
  return folderWith((folder) => {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      if (name.endsWith('/')) {
        mkdirSync(path, { recursive: true });
      } else {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
      }
    }
  });
}

function isOutside(name: string): boolean {
  const path = relative('.', join('.', name));
  return isAbsolute(name) || name.includes('\\') || path === '..' || path.startsWith(`..${sep}`);
}

/** A temporary folder that `write` fills. */
function folderWith(write: (path: string) => void): CodeFolder {
  const path = mkdtempSync(join(tmpdir(), 'protected-api-function-'));
  const remove = () => {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // What a function left there may not be ours to remove; that is no reason to stop serving.
    }
  };
  try {
    write(path);
    return { path, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
