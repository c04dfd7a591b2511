import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStateFolder } from '../../src/sandbox/state-folder';

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'state-')), 'new', 'folder');
});

test('a new folder has no state', () => {
  expect(openStateFolder(folder).read()).toBeUndefined();
});

test('keeps what was written for the next start', () => {
  openStateFolder(folder).write({ keys: [1] });
  openStateFolder(folder).write({ keys: [2] });
  expect(openStateFolder(folder).read()).toEqual({ keys: [2] });
});

test('only the owner can read folder and file', () => {
  openStateFolder(folder).write({});
  expect((statSync(folder).mode % 0o1000).toString(8)).toBe('700');
  expect(readdirSync(folder)).toEqual(['sandbox-state.json']);
  expect((statSync(join(folder, 'sandbox-state.json')).mode % 0o1000).toString(8)).toBe('600');
});

test.each([
  ['644', '600'],
  ['666', '600'],
  ['640', '600'],
  ['600', '600'],
  ['400', '400'],
])('a file of mode %s that is there is closed to others when the folder is opened, and loses nothing', (mode, closed) => {
  openStateFolder(folder).write({ keys: [1] });
  const file = join(folder, 'sandbox-state.json');
  chmodSync(file, mode);
  expect(openStateFolder(folder).read()).toEqual({ keys: [1] });
  expect((statSync(file).mode % 0o1000).toString(8)).toBe(closed);
});

test('a folder that is there keeps its mode', () => {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o500);
  openStateFolder(folder);
  expect((statSync(folder).mode % 0o1000).toString(8)).toBe('500');
});

test('a file that was open to others is closed to them when it is written', () => {
  const opened = openStateFolder(folder);
  const file = join(folder, 'sandbox-state.json');
  writeFileSync(file, '{}');
  chmodSync(file, 0o644);
  opened.write({ kept: true });
  expect((statSync(file).mode % 0o1000).toString(8)).toBe('600');
});

test('fails where the file is no JSON, and leaves it as it is', () => {
  openStateFolder(folder).write({});
  writeFileSync(join(folder, 'sandbox-state.json'), '{ "keys": ');
  expect(() => openStateFolder(folder).read()).toThrow(/^\[SandboxState\] state of the sandbox in .+ is no JSON; expected/);
  expect(readFileSync(join(folder, 'sandbox-state.json'), 'utf8')).toBe('{ "keys": ');
});

test('fails where the folder is a file', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'state-')), 'file');
  writeFileSync(file, '');
  expect(() => openStateFolder(file)).toThrow(/^\[SandboxState\] state of the sandbox in .+ cannot be read or written, got "EEXIST"/);
});
