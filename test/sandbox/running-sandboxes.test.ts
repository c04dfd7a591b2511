import { existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findSandbox } from '../../src/cli/running-sandbox';
import { noteRunning, runningSandboxes } from '../../src/sandbox/running-sandboxes';

const SANDBOX = { url: 'http://127.0.0.1:4000', pid: process.pid, path: 'cdk.out' };
/** No process has it: the largest pid of Linux is 4,194,304. */
const NO_PID = 99_999_999;

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'running-')), 'notes');
});

test('a noted sandbox is found until it ends', () => {
  const end = noteRunning(SANDBOX, folder);
  expect(runningSandboxes(folder)).toEqual([SANDBOX]);
  end();
  expect(runningSandboxes(folder)).toEqual([]);
});

test('nobody else can read the notes', () => {
  noteRunning(SANDBOX, folder);
  expect((statSync(folder).mode % 0o1000).toString(8)).toBe('700');
});

test('the note of a process that is gone is removed', () => {
  noteRunning({ ...SANDBOX, pid: NO_PID }, folder);
  expect(runningSandboxes(folder)).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test('a note that is no JSON is removed', () => {
  noteRunning(SANDBOX, folder)();
  writeFileSync(join(folder, 'broken.json'), '{');
  expect(runningSandboxes(folder)).toEqual([]);
  expect(existsSync(join(folder, 'broken.json'))).toBe(false);
});

test('without a folder nothing runs', () => {
  expect(runningSandboxes(join(folder, 'missing'))).toEqual([]);
});

describe('the sandbox to ask', () => {
  const other = { ...SANDBOX, url: 'http://127.0.0.1:4001', path: 'other/cdk.out' };

  test('is the given one, without a slash at its end', () => {
    expect(findSandbox('http://127.0.0.1:5000/', [SANDBOX, other])).toBe('http://127.0.0.1:5000');
  });

  test('is the only one that runs', () => {
    expect(findSandbox(undefined, [SANDBOX])).toBe(SANDBOX.url);
  });

  test('fails where none runs', () => {
    expect(() => findSandbox(undefined, [])).toThrow('[SandboxNotRunning] sandbox does not run; expected one that "protected-api sandbox" started on this machine; start it, or give its URL with --url');
  });

  test('fails where several run, and names them', () => {
    expect(() => findSandbox(undefined, [SANDBOX, other])).toThrow(
      '[SandboxNotRunning] sandbox is one of several; expected one of "http://127.0.0.1:4000 (cdk.out)", "http://127.0.0.1:4001 (other/cdk.out)"; say which with --url',
    );
  });
});
