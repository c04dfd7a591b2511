import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFileWhole } from '../../src/cli/write-file';

const folder = mkdtempSync(join(tmpdir(), 'write-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a file holds all chunks in their order', () => {
  const file = join(folder, 'new.txt');
  writeFileWhole(file, ['a', 'b']);
  expect(readFileSync(file, 'utf8')).toBe('ab');
});

test('a file stays as it was where writing fails, and nothing is left behind', () => {
  const file = join(folder, 'kept.txt');
  writeFileSync(file, 'before');
  const failing = function* () {
    yield 'half';
    throw new Error('broken');
  };
  expect(() => writeFileWhole(file, failing())).toThrow('broken');
  expect(readFileSync(file, 'utf8')).toBe('before');
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('fails on a folder and in a folder that does not exist', () => {
  mkdirSync(join(folder, 'sub'));
  expect(() => writeFileWhole(join(folder, 'sub'), ['x'])).toThrow(/^\[OutputUnwritable\] .*got "EISDIR"/);
  expect(() => writeFileWhole(join(folder, 'missing', 'x'), ['x'])).toThrow(/^\[OutputUnwritable\] .*got "ENOENT"/);
});
