import childProcess from 'node:child_process';
import fs, { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { bundleForNode, functionHostFile } from './function-host-file';
import { functionOf } from './function-of';
import { createFunctionRunner } from '../../../src/sandbox/functions/create-function-runner';
import { neededOfShell } from '../../../src/sandbox/functions/function-environment';
import type { FunctionRunner, InvocationResult, RunnableFunction } from '../../../src/sandbox/functions/function-runner';
import { MAX_OUTPUT_CHARACTERS } from '../../../src/sandbox/functions/output-lines';

const host = functionHostFile();
let lines: string[] = [];
let runner: FunctionRunner;

beforeEach(() => {
  lines = [];
  runner = createFunctionRunner({ host, maxConcurrency: 2, onLog: (_, line) => lines.push(line) });
});
afterEach(() => runner.close());

function fn(source: string, changes: Partial<RunnableFunction> = {}): RunnableFunction {
  return functionOf({ code: { kind: 'inline', source }, timeout: 5, ...changes });
}

/** Function whose code is a folder with these files. */
function folder(files: { readonly [name: string]: string }, changes: Partial<RunnableFunction> = {}): RunnableFunction {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'function-code-')));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return fn('', { code: { kind: 'asset', path }, ...changes });
}

/** Function whose code is a file. */
function zipped(content: string | Uint8Array): RunnableFunction {
  const path = join(mkdtempSync(join(tmpdir(), 'function-zip-')), 'code.zip');
  writeFileSync(path, content);
  return fn('', { code: { kind: 'asset', path } });
}

async function resultOf(functionToRun: RunnableFunction, event: object = {}): Promise<unknown> {
  const result = await runner.invoke(functionToRun, event);
  if (result.kind !== 'ok') throw new Error(JSON.stringify(result));
  return result.payload === undefined ? undefined : JSON.parse(result.payload);
}

describe('a handler', () => {
  test('gets the event and the context of Lambda', async () => {
    const result = await resultOf(fn(`exports.handler = async (event, context) =>
      ({ event, context, left: context.getRemainingTimeInMillis() });`), { a: ['é', null] });
    expect(result).toEqual({
      event: { a: ['é', null] },
      left: expect.any(Number),
      context: {
        functionName: 'photos',
        functionVersion: '$LATEST',
        memoryLimitInMB: '128',
        callbackWaitsForEmptyEventLoop: true,
        invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:photos',
        logGroupName: '/aws/lambda/photos',
        awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        logStreamName: expect.stringContaining('[$LATEST]'),
      },
    });
    const { left } = result as { left: number };
    expect(left).toBeGreaterThan(4000);
    expect(left).toBeLessThanOrEqual(5000);
  });

  test.each([
    ['a promise', 'exports.handler = () => Promise.resolve(1)', '1'],
    ['a thenable', 'exports.handler = () => ({ then: (done) => done(2) })', '2'],
    ['a callback', 'exports.handler = (event, context, callback) => setTimeout(() => callback(null, 3), 5)', '3'],
    ['the first of two callbacks', 'exports.handler = (event, context, callback) => { callback(null, 4); callback(null, 5); }', '4'],
    ['a callback while timers run, if it does not wait for the event loop', `exports.handler = (event, context, callback) => {
      setInterval(() => 0, 1000); context.callbackWaitsForEmptyEventLoop = false; callback(null, 6); }`, '6'],
    ['context.succeed, while timers run', 'exports.handler = (event, context) => { setInterval(() => 0, 1000); context.succeed(7); }', '7'],
    ['context.done', 'exports.handler = (event, context) => context.done(null, 8)', '8'],
    ['nothing, once the event loop is empty', 'exports.handler = () => {}', undefined],
    ['a promise that nothing can settle any more', 'exports.handler = () => new Promise(() => {})', undefined],
    ['no result', 'exports.handler = async () => {}', undefined],
  ])('answers with %s', async (_, source, payload) => {
    expect(await runner.invoke(fn(source), {})).toEqual({ kind: 'ok', payload });
  });

  test('with a callback waits for the event loop to be empty', async () => {
    const source = 'exports.handler = (event, context, callback) => { setTimeout(() => console.log("late"), 50); callback(null, 1); }';
    expect(await resultOf(fn(source))).toBe(1);
    expect(lines).toEqual(['late']);
  });

  test.each<[string, RunnableFunction]>([
    ['CommonJS', folder({ 'index.js': 'exports.handler = async () => "found"' })],
    ['.cjs', folder({ 'index.cjs': 'exports.handler = async () => "found"' })],
    ['.mjs', folder({ 'index.mjs': 'export const handler = async () => "found"' })],
    ['ES module by package.json', folder({ 'package.json': '{"type":"module"}', 'index.js': 'export const handler = async () => "found"' })],
    ['ES module with await', folder({ 'index.mjs': 'const found = await Promise.resolve("found"); export const handler = async () => found' })],
    ['folder', folder({ 'src/api/photos.js': 'exports.handler = async () => require("./text")', 'src/api/text.js': 'module.exports = "found"' },
      { handler: 'src/api/photos.handler' })],
    ['nested export', folder({ 'index.js': 'exports.api = { list: async () => "found" }' }, { handler: 'index.api.list' })],
    ['default export', folder({ 'index.mjs': 'export default async () => "found"' }, { handler: 'index.default' })],
    ['member of the default export', folder({ 'index.mjs': 'export default { api: { list: async () => "found" } }' }, { handler: 'index.api.list' })],
    ['CommonJS below a package of ES modules', (() => {
      const below = folder({ 'package.json': '{"type":"module"}', 'asset/index.js': 'exports.handler = async () => require("./a.js")', 'asset/a.js': 'module.exports = "found"' });
      return { ...below, code: { kind: 'asset', path: join((below.code as { path: string }).path, 'asset') } };
    })()],
  ])('is found: %s', async (_, functionToRun) => {
    expect(await resultOf(functionToRun)).toBe('found');
  });

  test.each<[string, RunnableFunction, string, RegExp]>([
    ['throws', fn('exports.handler = () => { throw new RangeError("too far") }'), 'RangeError', /^too far$/],
    ['rejects', fn('exports.handler = async () => { throw new TypeError("no") }'), 'TypeError', /^no$/],
    ['rejects with a text', fn('exports.handler = () => Promise.reject("plain")'), 'string', /^plain$/],
    ['fails by context.fail', fn('exports.handler = (event, context) => context.fail(new Error("failed"))'), 'Error', /^failed$/],
    ['ends with an error by context.done', fn('exports.handler = (event, context) => context.done("done")'), 'string', /^done$/],
    ['asks for context.succeed from a runtime without', fn('exports.handler = (event, context) => context.succeed()', { runtime: 'nodejs24.x' }), 'TypeError', /succeed is not a function/],
    ['calls back with an error', fn('exports.handler = (event, context, callback) => callback(new Error("back"))'), 'Error', /^back$/],
    ['throws later', fn('exports.handler = () => new Promise(() => setTimeout(() => { throw new Error("later") }, 5))'), 'Error', /^later$/],
    ['leaves a rejection', fn('exports.handler = () => { Promise.reject(new Error("lost")); return new Promise(() => setTimeout(() => 0, 1000)) }'),
      'Runtime.UnhandledPromiseRejection', /^lost$/],
    ['gives no JSON', fn('exports.handler = async () => 1n'), 'Runtime.MarshalError', /BigInt/],
    ['gives more than 6 MB', fn('exports.handler = async () => "x".repeat(6291555)'), 'Function.ResponseSizeTooLarge', /6291556.*6291557/],
    ['is not exported', fn('exports.other = 1'), 'Runtime.HandlerNotFound', /^index\.handler is undefined/],
    ['is no function', fn('exports.handler = {}'), 'Runtime.HandlerNotFound', /^index\.handler is not a function/],
    ['has no module', fn('', { handler: 'photos.handler' }), 'Runtime.ImportModuleError', /"photos"/],
    ['leaves its folder', fn('', { handler: '../index.handler' }), 'Runtime.MalformedHandlerName', /"\.\.\/index\.handler"/],
    ['has no export in its name', fn('', { handler: 'index' }), 'Runtime.MalformedHandlerName', /"index"/],
    ['requires what is not there', fn('require("nowhere")'), 'Runtime.ImportModuleError', /^Cannot find module 'nowhere'$/],
    ['requires the AWS SDK where it is not installed', fn('require("@aws-sdk/client-nowhere")'), 'Runtime.ImportModuleError', /must be installed/],
    ['imports what is not there', folder({ 'index.mjs': 'import "nowhere"' }), 'Runtime.ImportModuleError', /nowhere/],
    ['does not parse', fn('exports.handler = ('), 'Runtime.UserCodeSyntaxError', /Unexpected/],
    ['throws while it loads', fn('throw new Error("early")'), 'Error', /^early$/],
    ['throws a value without a text', fn('exports.handler = () => { throw Object.create(null) }'), 'object', /^what was thrown has no text$/],
    ['rejects with a value without a text', fn('exports.handler = async () => { throw { toString: 1, valueOf: 1 } }'), 'object', /has no text$/],
    ['throws a value without a text later', fn('exports.handler = () => new Promise(() => setTimeout(() => { throw Object.create(null) }, 5))'), 'object', /has no text$/],
    ['leaves a rejection without a text', fn('exports.handler = () => { Promise.reject(Object.create(null)); return new Promise(() => setTimeout(() => 0, 1000)) }'),
      'Runtime.UnhandledPromiseRejection', /has no text$/],
    ['throws an error whose name is no text', fn('exports.handler = () => { throw Object.assign(new Error("x"), { name: Object.create(null) }) }'), 'object', /has no text$/],
    ['throws nothing while it loads', fn('throw undefined'), 'undefined', /^undefined$/],
    ['throws an odd error while it loads', fn('throw { name: 7, message: 5, code: "MODULE_NOT_FOUND" }'), 'Runtime.ImportModuleError', /^\[object Object\]$/],
    ['streams', fn('exports.handler = awslambda.streamifyResponse(async () => {})'), 'Sandbox.ResponseStreaming', /streamifyResponse/],
    ['takes a callback from a runtime without', fn('exports.handler = (event, context, callback) => callback()', { runtime: 'nodejs24.x' }),
      'Runtime.CallbackHandlerDeprecated', /nodejs24\.x/],
    ['is in a file that is no zip file', zipped('PK'), 'Sandbox.Code', /no zip file/],
    ['is in a zip file with a file in place of a folder', zipped(zipSync({ 'a': strToU8(''), 'a/b.js': strToU8('') })), 'Sandbox.Code', /cannot be put into a folder: E/],
    ['is in a zip file with a path out of it', zipped(zipSync({ '../evil.js': strToU8('') })), 'Sandbox.Code', /leads out of its folder: "\.\.\/evil\.js"/],
    ['is in a folder that is gone', fn('', { code: { kind: 'asset', path: join(tmpdir(), 'gone') } }), 'Sandbox.Code', /not there/],
  ])('fails where it %s', async (_, functionToRun, type, message) => {
    expect(await runner.invoke(functionToRun, {})).toEqual({ kind: 'error', type, message: expect.stringMatching(message) });
  });

  test('runs out of a zip file, with the files beside it', async () => {
    const code = zipSync({ 'index.js': strToU8('exports.handler = async () => require("./lib/answer")'), 'lib/': new Uint8Array(), 'lib/answer.js': strToU8('module.exports = 42') });
    expect(await resultOf(zipped(code))).toBe(42);
  });

  test('whose code cannot be put into a folder leaves none behind', async () => {
    const functionToRun = zipped(zipSync({ 'a': strToU8(''), 'a/b.js': strToU8('') }));
    const { TMPDIR } = process.env;
    const folders = mkdtempSync(join(tmpdir(), 'temporary-'));
    process.env.TMPDIR = folders;
    try {
      expect(await runner.invoke(functionToRun, {})).toMatchObject({ kind: 'error' });
    } finally {
      process.env.TMPDIR = TMPDIR;
      if (TMPDIR === undefined) delete process.env.TMPDIR;
    }
    expect(readdirSync(folders)).toEqual([]);
  });

  test.each([
    ['photos.js', 'exports.handler = async () => [42, require("fs").readdirSync(".")]'],
    ['photos.mjs', 'import { readdirSync } from "node:fs"; export const handler = async () => [42, readdirSync(".")]'],
  ])('runs out of a file alone: %s', async (name, source) => {
    const { code } = folder({ [name]: source, 'other.js': '' });
    const path = join((code as { readonly path: string }).path, name);
    expect(await resultOf(fn('', { handler: 'photos.handler', code: { kind: 'asset', path } }))).toEqual([42, [name]]);
  });

  test('may give just 6 MB', async () => {
    expect(await runner.invoke(fn('exports.handler = async () => "x".repeat(6291554)'), {})).toMatchObject({ kind: 'ok' });
  });
});

describe('a process', () => {
  const counter = 'let calls = 0; exports.handler = async () => ({ calls: ++calls, pid: process.pid })';

  test('stays warm, also after an error of the handler', async () => {
    const functionToRun = fn('let calls = 0; exports.handler = async ({ fail }) => { calls++; if (fail) throw new Error("x"); return calls; }');
    expect(await resultOf(functionToRun)).toBe(1);
    expect(await runner.invoke(functionToRun, { fail: true })).toMatchObject({ kind: 'error' });
    expect(await resultOf(functionToRun)).toBe(3);
  });

  test('runs one invocation at a time; more run in others, or wait', async () => {
    const functionToRun = fn(`let running = 0; exports.handler = async () => {
      if (++running > 1) throw new Error('two at once');
      await new Promise((resolve) => setTimeout(resolve, 100)); running--; return process.pid; }`);
    const processes = await Promise.all([1, 2, 3, 4].map(() => resultOf(functionToRun)));
    expect(new Set(processes).size).toBe(2);
  });

  test('is enough for many calls of a quick function at once', async () => {
    const functionToRun = fn(counter);
    await resultOf(functionToRun);
    const results = await Promise.all(Array.from({ length: 10 }, () => resultOf(functionToRun)));
    expect(new Set(results.map((each) => (each as { pid: number }).pid)).size).toBe(1);
  });

  test('is not used for other settings of the same function', async () => {
    expect(await resultOf(fn(counter))).toMatchObject({ calls: 1 });
    expect(await resultOf(fn(counter, { environment: { A: '1' } }))).toMatchObject({ calls: 1 });
    expect(await resultOf(fn(counter, { environment: { A: '1' } }))).toMatchObject({ calls: 2 });
  });

  test('with old settings answers what it was asked, then ends', async () => {
    const slow = fn('exports.handler = async () => { await new Promise((resolve) => setTimeout(resolve, 150)); return process.pid; }');
    const old = resultOf(slow);
    expect(await resultOf(fn(counter))).toMatchObject({ calls: 1 });
    await untilGone((await old) as number);
  });

  test('that is retired gives way to the code of now, although path and settings are the same', async () => {
    const functionToRun = folder({ 'index.js': 'exports.handler = async () => ["old", process.pid]' });
    const [, pid] = (await resultOf(functionToRun)) as [string, number];
    writeFileSync(join((functionToRun.code as { readonly path: string }).path, 'index.js'), 'exports.handler = async () => ["new"]');
    expect(await resultOf(functionToRun)).toEqual(['old', pid]);
    runner.retire();
    expect(await resultOf(functionToRun)).toEqual(['new']);
    await untilGone(pid);
  });

  test('that is retired ends at once where it is idle, and after its answer where it is busy', async () => {
    const functionToRun = fn('exports.handler = async ({ wait }) => { await new Promise((resolve) => setTimeout(resolve, wait)); return process.pid; }');
    const first = resultOf(functionToRun, { wait: 100 });
    const second = resultOf(functionToRun, { wait: 2000 });
    const idle = (await first) as number;
    let answered = false;
    void second.then(() => (answered = true));
    runner.retire();
    await untilGone(idle);
    expect(answered).toBe(false);
    const busy = (await second) as number;
    expect(busy).not.toBe(idle);
    await untilGone(busy);
  });

  test.each<[string, string, Partial<RunnableFunction>, InvocationResult]>([
    ['exits', 'exports.handler = () => process.exit(3)', {}, { kind: 'exit', reason: 'the process ended with exit code 3' }],
    ['exits while it loads', 'process.exit(0)', {}, { kind: 'exit', reason: 'the process ended with exit code 0' }],
    ['is killed', 'exports.handler = () => process.kill(process.pid, "SIGKILL")', {}, { kind: 'exit', reason: 'the process ended by SIGKILL' }],
    ['never answers', 'exports.handler = () => new Promise(() => setInterval(() => 0, 1000))', { timeout: 0.3 }, { kind: 'timeout' }],
    ['never gives way', 'exports.handler = () => { for (;;); }', { timeout: 0.3 }, { kind: 'timeout' }],
    ['uses too much memory', 'exports.handler = () => { const all = []; for (;;) all.push(new Array(1000).fill({})); }', { memory: 64, timeout: 30 },
      { kind: 'exit', reason: 'it ran out of memory: its heap may have 64 MB' }],
  ])('that %s is replaced', async (_, source, changes, result) => {
    const functionToRun = fn(source, changes);
    expect(await runner.invoke(functionToRun, {})).toEqual(result);
    expect(await runner.invoke(fn(counter), {})).toMatchObject({ kind: 'ok' });
  }, 30_000);

  test('that cannot be started is an end too', async () => {
    const functionToRun = fn(counter, { environment: { BAD: 'a\0b' } });
    expect(await runner.invoke(functionToRun, {})).toEqual({ kind: 'exit', reason: expect.stringContaining('cannot be started') });
    expect(await resultOf(fn(counter))).toMatchObject({ calls: 1 });
  });

  test('that ended while it was idle is not used', async () => {
    const functionToRun = fn('let calls = 0; exports.handler = async () => { setImmediate(() => setImmediate(() => process.exit())); return [++calls, process.pid]; }');
    const [, pid] = (await resultOf(functionToRun)) as [number, number];
    await untilGone(pid);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await resultOf(functionToRun)).toEqual([1, expect.any(Number)]);
  });

  test('ends when it was idle for long', async () => {
    const short = createFunctionRunner({ host, idleTime: 50, onLog: () => undefined });
    try {
      const result = (await short.invoke(fn('exports.handler = async () => process.pid'), {})) as { payload: string };
      await untilGone(Number(result.payload));
    } finally {
      await short.close();
    }
  });

  test('ends with the runner, and so does its folder', async () => {
    const [pid, cwd] = (await resultOf(fn('exports.handler = async () => [process.pid, process.cwd()]'))) as [number, string];
    expect(existsSync(cwd)).toBe(true);
    const waiting = runner.invoke(fn('exports.handler = () => new Promise(() => setInterval(() => 0, 1000))'), {});
    await runner.close();
    expect(existsSync(cwd)).toBe(false);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(await waiting).toMatchObject({ kind: 'exit' });
    expect(await runner.invoke(fn(counter), {})).toEqual({ kind: 'exit', reason: 'the sandbox is closing' });
  });

  test('neither keeps its parent from ending nor outlives it', async () => {
    const { stdout } = runParent(`const { payload } = await runner.invoke(${JSON.stringify(
      fn('setInterval(() => 0, 1000); exports.handler = async () => [process.pid, process.cwd()]'))}, {}); console.log(payload);`);
    const [pid, cwd] = JSON.parse(stdout) as [number, string];
    await untilGone(pid);
    expect(existsSync(cwd)).toBe(false);
  }, 15_000);

  test.each([
    ['that ends', 'process.exit()'],
    ['that is killed', "process.kill(process.pid, 'SIGKILL')"],
  ])('that never gives way does not outlive a parent %s', async (_, end) => {
    const { stdout } = runParent(`runner.invoke(${JSON.stringify(fn('exports.handler = () => { console.log(process.pid); for (;;); }', { timeout: 100 }))}, {});`,
      `(name, line) => { require('node:fs').writeSync(1, line); ${end}; }`);
    await untilGone(Number(stdout));
  }, 15_000);

  test('keeps its parent until the runner is closed', () => {
    const { stdout } = runParent(`await runner.invoke(${JSON.stringify(fn('exports.handler = async () => 1'))}, {}); await runner.close(); console.log('closed');`);
    expect(stdout).toBe('closed\n');
  }, 15_000);

  test('that cannot be started beside another is an end of its own call only', async () => {
    const functionToRun = fn('exports.handler = async () => { await new Promise((resolve) => setTimeout(resolve, 300)); return 1; }');
    const first = runner.invoke(functionToRun, {});
    const spawn = jest.spyOn(childProcess, 'spawn').mockImplementationOnce(() => { throw new Error('spawn ENOMEM'); });
    try {
      expect(await runner.invoke(functionToRun, {})).toEqual({ kind: 'exit', reason: 'the process cannot be started: spawn ENOMEM' });
    } finally {
      spawn.mockRestore();
    }
    expect(await first).toEqual({ kind: 'ok', payload: '1' });
  });

  test('whose folder cannot be removed ends all the same', async () => {
    const cwd = (await resultOf(fn('exports.handler = async () => process.cwd()'))) as string;
    const rmSync = jest.spyOn(fs, 'rmSync').mockImplementation(() => { throw new Error('EACCES'); });
    try {
      await expect(runner.close()).resolves.toBeUndefined();
      expect(rmSync).toHaveBeenCalledWith(cwd, expect.anything());
    } finally {
      rmSync.mockRestore();
    }
    fs.rmSync(cwd, { recursive: true });
  });
});

describe('the environment', () => {
  test('has the variables of the template and of Lambda, and nothing of the shell', async () => {
    const functionToRun = fn('exports.handler = async () => process.env', { environment: { TABLE: 'photos', AWS_REGION: 'reserved' } });
    process.env.AWS_SECRET_ACCESS_KEY = 'of the shell';
    let environment: { [name: string]: string };
    try {
      environment = (await resultOf(functionToRun)) as typeof environment;
    } finally {
      delete process.env.AWS_SECRET_ACCESS_KEY;
    }
    const folderOfCode = environment.LAMBDA_TASK_ROOT;
    expect(environment).toMatchObject({
      TABLE: 'photos',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'photos',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      _HANDLER: 'index.handler',
      TZ: 'UTC',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
      LAMBDA_TASK_ROOT: folderOfCode,
    });
    expect(Object.keys(environment).filter((name) => !/^(AWS_(REGION|DEFAULT_REGION|EXECUTION_ENV|LAMBDA_\w+)|LAMBDA_TASK_ROOT|_HANDLER|TZ|LANG|TABLE)$/.test(name)).sort())
      .toEqual(['AWS_CONFIG_FILE', 'AWS_EC2_METADATA_DISABLED', 'AWS_SHARED_CREDENTIALS_FILE', 'PATH', 'TMPDIR']);
  });

  test('has of the shell what docs/sandbox.md says', () => {
    const [, unix, windows] = /Of your shell it has ([^,]+), on Windows ([^.]+?), unless/.exec(readFileSync(join(__dirname, '../../../docs/sandbox.md'), 'utf8')) ?? [];
    const namesIn = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect([namesIn(unix), namesIn(windows)]).toEqual([neededOfShell('linux'), neededOfShell('win32')]);
  });

  test('has the folder of the code as working directory', async () => {
    const functionToRun = folder({ 'index.js': 'exports.handler = async () => process.cwd()' });
    expect(await resultOf(functionToRun)).toBe((functionToRun.code as { path: string }).path);
  });
});

describe('output', () => {
  test('comes line by line, in order, before the answer', async () => {
    await resultOf(fn(`exports.handler = async () => {
      console.log('one'); console.error('two'); process.stdout.write('thr'); process.stderr.write('ee\\n\\n'); console.log('four\\r\\nfive'); process.stdout.write('open'); }`));
    expect(lines).toEqual(['one', 'two', 'three', '', 'four', 'five', 'open']);
  });

  test('has the stack of an error', async () => {
    await runner.invoke(fn('exports.handler = () => { throw new Error("boom") }'), {});
    expect(lines[0]).toBe('Error: boom');
    expect(lines[1]).toMatch(/^ {4}at .*index\.js/);
  });

  test('of 10 MB neither blocks nor is kept', async () => {
    const started = Date.now();
    await resultOf(fn('exports.handler = async () => { for (let i = 0; i < 10240; i++) console.log(i + "x".repeat(1024)); }'));
    expect(Date.now() - started).toBeLessThan(5000);
    expect(lines.join('\n').length).toBeLessThan(MAX_OUTPUT_CHARACTERS + 100);
    expect(lines[0]).toMatch(/^0x/);
    expect(lines[lines.length - 1]).toMatch(/^… \(\d{4} more lines left out\)$/);
  });

  test('of one endless line is cut', async () => {
    const functionToRun = fn('exports.handler = async () => console.log("x".repeat(10 * 1024 * 1024) + "\\nnext")');
    await resultOf(functionToRun);
    expect(lines).toEqual([`${'x'.repeat(16_384)}… (cut)`, 'next']);
  });
});

/** Runs a program with a `runner`, in a process of its own. */
function runParent(body: string, onLog = '() => {}') {
  const folderOfParent = mkdtempSync(join(tmpdir(), 'parent-'));
  bundleForNode('src/sandbox/functions/create-function-runner.ts', join(folderOfParent, 'runner.js'));
  const script = join(folderOfParent, 'parent.js');
  writeFileSync(script, `const runner = require('./runner.js').createFunctionRunner({ host: ${JSON.stringify(host)}, onLog: ${onLog} });
    (async () => { ${body} })();`);
  return childProcess.spawnSync(process.execPath, [script], { encoding: 'utf8', timeout: 10_000 });
}

async function untilGone(pid: number): Promise<void> {
  for (let attempt = 0; attempt < 250; attempt++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`process ${pid} still runs`);
}
