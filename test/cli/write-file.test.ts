import { execFileSync } from 'node:child_process';
import {
  chmodSync, closeSync, constants, existsSync, lstatSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync,
  statSync, symlinkSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFileWhole } from '../../src/cli/write-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (file: string) => statSync(file).mode % 0o1000;
const failing = function* () {
  yield 'half';
  throw new Error('broken');
};

test('a file holds all chunks in their order', () => {
  const file = join(folder, 'new.txt');
  writeFileWhole(file, ['a', 'b']);
  expect(readFileSync(file, 'utf8')).toBe('ab');
});

test('a file stays as it was where writing fails, and nothing is left behind', () => {
  const file = join(folder, 'kept.txt');
  writeFileSync(file, 'before');
  expect(() => writeFileWhole(file, failing())).toThrow('broken');
  expect(readFileSync(file, 'utf8')).toBe('before');
  expect(readdirSync(folder)).toEqual(['kept.txt']);
});

test.each([0o600, 0o664, 0o755])('a file that is there keeps its mode %o', (mode) => {
  const file = join(folder, 'rights.txt');
  writeFileSync(file, 'before');
  chmodSync(file, mode);
  writeFileWhole(file, ['after']);
  expect([readFileSync(file, 'utf8'), modeOf(file)]).toEqual(['after', mode]);
});

test('a new file has the mode of any new file', () => {
  writeFileSync(join(folder, 'ordinary.txt'), '');
  writeFileWhole(join(folder, 'new.txt'), ['x']);
  expect(modeOf(join(folder, 'new.txt'))).toBe(modeOf(join(folder, 'ordinary.txt')));
});

describe('a link', () => {
  test('stays, and the file that it names is replaced whole', () => {
    mkdirSync(join(folder, 'there'));
    writeFileSync(join(folder, 'there', 'file.txt'), 'before');
    symlinkSync('there/file.txt', join(folder, 'second'));
    symlinkSync('second', join(folder, 'first'));
    expect(() => writeFileWhole(join(folder, 'first'), failing())).toThrow('broken');
    expect(readFileSync(join(folder, 'first'), 'utf8')).toBe('before');
    writeFileWhole(join(folder, 'first'), ['after']);
    expect([readlinkSync(join(folder, 'first')), readlinkSync(join(folder, 'second'))]).toEqual(['second', 'there/file.txt']);
    expect(readFileSync(join(folder, 'there', 'file.txt'), 'utf8')).toBe('after');
    expect(readdirSync(join(folder, 'there'))).toEqual(['file.txt']);
  });

  test('to a file that is not there yet makes that file', () => {
    mkdirSync(join(folder, 'there'));
    symlinkSync('there/new.txt', join(folder, 'link'));
    writeFileWhole(join(folder, 'link'), ['x']);
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'there', 'new.txt'), 'utf8')).toBe('x');
  });

  test('into a folder that does not exist fails, as one in a circle does', () => {
    symlinkSync('missing/new.txt', join(folder, 'link'));
    expect(() => writeFileWhole(join(folder, 'link'), ['x'])).toThrow(/^\[OutputUnwritable\] .*got "ENOENT"/);
    symlinkSync('round', join(folder, 'round'));
    expect(() => writeFileWhole(join(folder, 'round'), ['x'])).toThrow(/^\[OutputUnwritable\] .*got "ELOOP"/);
  });
});

test('fails on a folder and in a folder that does not exist', () => {
  mkdirSync(join(folder, 'sub'));
  expect(() => writeFileWhole(join(folder, 'sub'), ['x'])).toThrow(/^\[OutputUnwritable\] output file .* cannot be written, got "EISDIR"; expected .*; .*/);
  expect(() => writeFileWhole(join(folder, 'missing', 'x'), ['x'])).toThrow(/^\[OutputUnwritable\] .*got "ENOENT"/);
  expect(existsSync(join(folder, 'missing'))).toBe(false);
});

test('a pipe is written directly', () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reader = openSync(pipe, constants.O_NONBLOCK);
  writeFileWhole(pipe, ['x', 'y']);
  expect([readFileSync(reader, 'utf8'), statSync(pipe).isFIFO()]).toEqual(['xy', true]);
  closeSync(reader);
});
