import { existsSync, readFileSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { MANIFEST, assemblyProblem, loadAssembly, type Files } from './assembly';
import { withLocalFiles } from './local-files';
import { nestedTemplateIn, withNested, type FindNested } from './nested-templates';
import type { LocalFile, TemplateSet, TemplateSource } from './template-set';
import { MAX_INPUT_BYTES, parseTemplate, tooLarge } from './template-text';
import { ProblemError, type Problem } from '../model/problem';

/**
 * Reads the templates that a path names: a cloud assembly, a folder with a `cdk.out`, one template in JSON or YAML,
 * or `-` for standard input.
 *
 * @throws ProblemError `InputNotFound`, `InputUnreadable`, `InputEmpty`, `InputTooLarge`, `InputSyntax`,
 * `InputNotTemplate`, `InputNotAssembly`, `TemplateCircular`, `TemplateNeedsSam`
 */
export function loadTemplates(path: string, readStdin: () => string = () => readFileSync(0, 'utf8')): TemplateSet {
  if (path === '-') {
    return { templates: [{ stack: 'stdin', template: parseTemplate(readStdin(), 'standard input'), environment: {} }] };
  }
  if (!statOf(path).isDirectory()) return loadFile(path);
  const folder = [path, join(path, 'cdk.out')].find((each) => existsSync(join(each, MANIFEST)));
  if (folder === undefined) throw new ProblemError([assemblyProblem(path, `is a folder without ${MANIFEST}`)]);
  return loadAssembly(folder, FILES);
}

/** One template file, with the templates of nested stacks that it names by relative paths. */
function loadFile(path: string): TemplateSet {
  const template = parseTemplate(readText(path), path);
  const source: TemplateSource = { stack: basename(path, extname(path)), template, environment: {} };
  const find: FindNested = (url, from) => {
    if (/^[a-z0-9]+:/i.test(url) || url.includes('${')) return undefined;
    const file = join(dirname(from), url);
    return existsSync(file) ? nestedTemplateIn(file, readText) : undefined;
  };
  return { templates: withNested(source, path, find, (each, file) => withLocalFiles(each, {}, (name) => locate(dirname(file), name))) };
}

function locate(folder: string, name: string): LocalFile {
  const path = resolve(folder, name);
  return { path, exists: existsSync(path) };
}

const FILES: Files = { join, locate, exists: existsSync, readText, realPath: (path) => attempt(path, () => realpathSync(path)) };

/** Reads a file after a look at its size, so that no large file is read in vain. */
function readText(path: string): string {
  const stats = statOf(path);
  if (stats.size > MAX_INPUT_BYTES) throw new ProblemError([tooLarge(path, stats.size)]);
  if (!stats.isFile() && !stats.isFIFO()) throw new ProblemError([unreadable(path, 'is neither a file nor a folder')]);
  return attempt(path, () => readFileSync(path, 'utf8'));
}

function statOf(path: string): Stats {
  return attempt(path, () => statSync(path));
}

function attempt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new ProblemError([{
        code: 'InputNotFound',
        subject: path,
        wrong: 'does not exist',
        expected: 'a cloud assembly, a folder with a cdk.out, a template file, or - for standard input',
        fix: 'correct the path, or run "cdk synth" first',
      }]);
    }
    throw new ProblemError([unreadable(path, 'cannot be read', code)]);
  }
}

function unreadable(path: string, wrong: string, got?: string): Problem {
  return {
    code: 'InputUnreadable',
    subject: path,
    wrong,
    ...(got !== undefined && { got }),
    expected: 'a readable file or folder',
    fix: 'check the path and its permissions',
  };
}
