import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BundledCli } from './bundled-cli';
import { startSandboxProcess, type SandboxProcess } from './sandbox-process';
import { ANSWERS_PID, functionTemplate, runs } from '../sandbox/function-template';
import { photoAlbum } from '../sandbox/photo-album';

jest.setTimeout(60_000);

let cli: BundledCli;
let album: string;
const started: SandboxProcess[] = [];

beforeAll(() => {
  cli = new BundledCli();
  album = photoAlbum();
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((sandbox) => sandbox.stop()));
});

afterAll(() => cli.remove());

async function start(args: readonly string[], cwd?: string, stdin?: number): Promise<SandboxProcess> {
  const sandbox = await startSandboxProcess(cli, args, cwd, stdin);
  started.push(sandbox);
  return sandbox;
}

/** The lines of a file, once it holds what is waited for. */
async function linesOf(file: string, isComplete: (text: string) => boolean): Promise<string[]> {
  for (;;) {
    const text = readFileSync(file, 'utf8');
    if (isComplete(text)) return text.split('\n');
    await sleep(20);
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(100);
}

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
const kidOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0], 'base64url').toString()).kid;
const tokenOf = (sandbox: SandboxProcess, ...args: string[]) => cli.run(['token', ...args, '--url', sandbox.url]);

describe('protected-api sandbox', () => {
  test('prints one line of JSON that says what it serves', async () => {
    const { description, output, url } = await start([album]);
    expect(output.stdout.split('\n')).toHaveLength(2);
    expect(description).toEqual({
      userPools: [{
        id: expect.stringMatching(/^us-east-1_[0-9A-Za-z]{9}$/),
        name: expect.any(String),
        issuer: `${url}/${description.userPools[0].id}`,
        domainUrl: `${url}/${description.userPools[0].id}`,
        clients: [{ id: expect.stringMatching(/^[a-z0-9]{26}$/), name: 'Album' }, { id: expect.stringMatching(/^[a-z0-9]{26}$/), name: 'NightlyExport' }],
      }],
      apis: [{ name: 'photos', shownName: 'photos', stage: 'prod', url: `${url}/apis/photos/prod` }],
      cognitoIdpUrl: `${url}/cognito-idp`,
    });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('prints nothing more with --json, whatever requests and functions do', async () => {
    const sandbox = await start([functionTemplate(ANSWERS_PID)]);
    const [{ url }] = sandbox.description.apis;
    expect([(await fetch(`${url}/`)).status, (await fetch(`${url}/nowhere`)).status]).toEqual([200, 403]);
    await sandbox.stop();
    expect(sandbox.output.stdout).toBe(`${JSON.stringify(sandbox.description)}\n`);
  });

  test('reads cdk.out without a path', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'app-'));
    cpSync(album, join(folder, 'cdk.out'), { recursive: true });
    expect((await start([], folder)).description.apis).toHaveLength(1);
  });

  test('reads a template from standard input', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'piped-'));
    const template = join(folder, 'template.json');
    writeFileSync(template, JSON.stringify({ Resources: { Pool: { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolName: 'piped' } } } }));
    expect((await start(['-'], undefined, openSync(template, 'r'))).description.userPools).toMatchObject([{ name: 'piped' }]);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('stops on %s with exit code 0', async (signal) => {
    const sandbox = await startSandboxProcess(cli, [album]);
    expect(await sandbox.stop(signal)).toBe(0);
    await expect(fetch(sandbox.url)).rejects.toThrow();
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('ends the processes of functions on %s', async (signal) => {
    const sandbox = await start([functionTemplate(ANSWERS_PID)]);
    const pid = Number(await (await fetch(`${sandbox.description.apis[0].url}/`)).text());
    expect(runs(pid)).toBe(true);
    await sandbox.stop(signal);
    await until(() => !runs(pid));
  });

  test('prints a curl line for each client that works as it stands, and no secret', async () => {
    const shown = join(mkdtempSync(join(tmpdir(), 'shown-')), 'start.txt');
    const program = spawn(process.execPath, [cli.file, 'sandbox', album], { stdio: ['ignore', openSync(shown, 'w'), 'inherit'] });
    try {
      const lines = await linesOf(shown, (text) => text.includes('NightlyExport:\n  curl '));
      const line = lines[lines.indexOf('NightlyExport:') + 1].replace('curl ', 'curl -s ');
      expect(JSON.parse(cli.shell(line).stdout)).toMatchObject({ photos: [{ title: 'Harbour at dawn' }, { title: 'The old bridge' }] });
      expect(lines.filter((each) => each.includes('curl '))).toHaveLength(2);
    } finally {
      program.kill();
    }
  });

  test('takes what runs behind a route from elsewhere', async () => {
    const local = createServer((request, response) => response.setHeader('content-type', 'text/plain').end(`local ${request.url}`)).listen(0, '127.0.0.1');
    await once(local, 'listening');
    try {
      const sandbox = await start([album, '--integration', `GET /photos/{id}=http://127.0.0.1:${(local.address() as AddressInfo).port}/p/{id}`]);
      const token = tokenOf(sandbox, 'NightlyExport').stdout.trim();
      const response = await fetch(`${sandbox.description.apis[0].url}/photos/7`, { headers: { authorization: token } });
      expect([response.status, await response.text()]).toEqual([200, 'local /p/7']);
    } finally {
      local.close();
    }
  });

  test('serves what there is where templates have no API or no user pool, and says so', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'empty-')), 'template.json');
    writeFileSync(file, JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }));
    const { description, output } = await start([file]);
    expect(description).toMatchObject({ userPools: [], apis: [] });
    expect(output.stderr).toContain('the templates declare no REST API: the sandbox serves no methods');
    expect(output.stderr).toContain('the templates name no user pool: the sandbox issues no tokens');
  });

  test('warns where it is exposed, and prints URLs that can be called', async () => {
    const { output, url, description: { userPools: [pool] } } = await start([album, '--host', '0.0.0.0', '--exposed']);
    expect(output.stdout).not.toContain('0.0.0.0');
    expect(await (await fetch(`${pool.issuer}/.well-known/openid-configuration`)).json()).toMatchObject({ issuer: `${url}/${pool.id}` });
    expect(output.stderr).toContain('warning: the sandbox listens on 0.0.0.0: everybody who reaches this machine can obtain tokens and start functions');
  });

  describe('fails', () => {
    test('where the port is in use', async () => {
      const taken = createServer().listen(0, '127.0.0.1');
      await once(taken, 'listening');
      try {
        const { port } = taken.address() as AddressInfo;
        const { exitCode, stderr } = cli.run(['sandbox', album, '--port', `${port}`]);
        expect([exitCode, stderr]).toEqual([2, `[SandboxAddress] address of the sandbox is in use, got "127.0.0.1:${port}"; expected a free port, and an address of this machine; give another --port, or leave it out for a free one\n`]);
      } finally {
        taken.close();
      }
    });

    test.each([
      [['--port', '70000'], '[Usage] command sandbox has a wrong value of --port, got 70000; expected a number from 0 to 65535'],
      [['--port', '4e3'], '[Usage] command sandbox has a wrong value of --port, got "4e3"'],
      [['--host', '0.0.0.0'], '[SandboxAddress] address of the sandbox is one that other machines may reach, got "0.0.0.0"'],
      [['--integration', 'GET /nowhere=http://127.0.0.1:1'], '[SandboxIntegration] route of --integration is none of the templates, got "GET /nowhere"'],
      [['--users', 'missing.yaml'], '[UsersFile] users file missing.yaml cannot be read, got "ENOENT"'],
      [['--state', 'package.json'], '[SandboxState] state of the sandbox in package.json'],
      [['--state', '/proc/no/folder'], '[SandboxState] state of the sandbox in /proc/no/folder cannot be read or written, got "E'],
    ])('with %j', (args, message) => {
      const { exitCode, stdout, stderr } = cli.run(['sandbox', album, ...args], { timeout: 20_000, killSignal: 'SIGKILL' });
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toContain(message);
    });

    test('where standard input is a folder', () => {
      const { exitCode, stderr } = cli.run(['sandbox', '-'], { stdio: [openSync(tmpdir(), 'r'), 'pipe', 'pipe'] });
      expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^\[InputUnreadable\] standard input cannot be read, got "EISDIR"; .+\n$/)]);
    });

    test('without an assembly', () => {
      expect(cli.run(['sandbox', 'no-such.out'])).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('[InputNotFound] no-such.out does not exist') });
    });
  });
});

describe('--state', () => {
  test('keeps keys and secrets over a restart, and nobody else can read them', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'state-')), 'sandbox');
    const first = await startSandboxProcess(cli, [album, '--state', folder]);
    const before = tokenOf(first, 'NightlyExport').stdout.trim();
    expect(await first.stop()).toBe(0);
    expect((statSync(join(folder, 'sandbox-state.json')).mode % 0o1000).toString(8)).toBe('600');

    const second = await start([album, '--state', folder, '--port', new URL(first.url).port]);
    expect(kidOf(tokenOf(second, 'NightlyExport').stdout.trim())).toBe(kidOf(before));
    const response = await fetch(`${second.description.apis[0].url}/photos`, { headers: { authorization: `Bearer ${before}` } });
    expect(response.status).toBe(200);
  });

  test('keys differ without it', async () => {
    const [first, second] = [await start([album]), await start([album])];
    expect(kidOf(tokenOf(first, 'NightlyExport').stdout)).not.toBe(kidOf(tokenOf(second, 'NightlyExport').stdout));
  });
});

describe('--watch', () => {
  test('a new synthesis changes scopes of tokens and of methods; keys stay', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'watched-'));
    cpSync(album, folder, { recursive: true });
    const template = join(folder, 'PhotoAlbum.template.json');
    const sandbox = await start([folder, '--watch']);
    const before = tokenOf(sandbox, 'NightlyExport').stdout.trim();
    writeFileSync(template, readFileSync(template, 'utf8').replaceAll('photos.read', 'photos.view'));
    writeFileSync(join(folder, 'manifest.json'), readFileSync(join(folder, 'manifest.json'), 'utf8').replace('{', '{ '));
    await sandbox.printed('templates read again');

    const after = tokenOf(sandbox, 'NightlyExport').stdout.trim();
    expect(claimsOf(after).scope).toBe('https://myphotosapi.example.com/photos.view');
    expect(kidOf(after)).toBe(kidOf(before));
    const statusWith = async (token: string) => (await fetch(`${sandbox.description.apis[0].url}/photos`, { headers: { authorization: token } })).status;
    expect([await statusWith(before), await statusWith(after)]).toEqual([401, 200]);
  });

  test('a folder that is removed and made again is read', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'watched-')), 'cdk.out');
    cpSync(album, folder, { recursive: true });
    const sandbox = await start([folder, '--watch']);
    for (const scope of ['photos.view', 'photos.see']) {
      rmSync(folder, { recursive: true });
      await sleep(300);
      cpSync(album, folder, { recursive: true });
      const template = join(folder, 'PhotoAlbum.template.json');
      writeFileSync(template, readFileSync(template, 'utf8').replaceAll('photos.read', scope));
      await until(() => claimsOf(tokenOf(sandbox, 'NightlyExport').stdout).scope === `https://myphotosapi.example.com/${scope}`);
    }
  });

  test('a mapped route that goes away is told, and keeps nothing else away', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'watched-'));
    cpSync(album, folder, { recursive: true });
    const template = join(folder, 'PhotoAlbum.template.json');
    const sandbox = await start([folder, '--watch', '--integration', 'GET /health=http://127.0.0.1:1']);
    writeFileSync(template, readFileSync(template, 'utf8').replaceAll('photos.read', 'photos.view').replaceAll('"health"', '"alive"'));
    writeFileSync(join(folder, 'manifest.json'), readFileSync(join(folder, 'manifest.json'), 'utf8').replace('{', '{ '));
    await sandbox.printed('templates read again');
    expect(sandbox.output.stderr).toContain('[SandboxIntegration] route of --integration is none of the templates, got "GET /health"');
    expect(claimsOf(tokenOf(sandbox, 'NightlyExport').stdout).scope).toBe('https://myphotosapi.example.com/photos.view');
  });

  test('code that changed under the same path runs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'watched-'));
    cpSync(album, folder, { recursive: true });
    const asset = readdirSync(folder).find((name) => existsSync(join(folder, name, 'photos.js')))!;
    const code = join(folder, asset, 'photos.js');
    const sandbox = await start([folder, '--watch']);
    const authorization = tokenOf(sandbox, 'NightlyExport').stdout.trim();
    const photos = async () => (await fetch(`${sandbox.description.apis[0].url}/photos`, { headers: { authorization } })).text();
    expect(await photos()).toContain('Harbour at dawn');
    writeFileSync(code, readFileSync(code, 'utf8').replace('Harbour at dawn', 'Harbour at dusk'));
    writeFileSync(join(folder, 'manifest.json'), readFileSync(join(folder, 'manifest.json'), 'utf8').replace('{', '{ '));
    await sandbox.printed('templates read again');
    expect(await photos()).toContain('Harbour at dusk');
  });

  test('templates that cannot be read leave those before in place', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'watched-'));
    cpSync(album, folder, { recursive: true });
    const sandbox = await start([folder, '--watch']);
    writeFileSync(join(folder, 'manifest.json'), '{');
    await sandbox.printed('templates are kept as they were');
    expect(tokenOf(sandbox, 'NightlyExport').exitCode).toBe(0);
  });
});

describe('protected-api token', () => {
  test('prints a token with all scopes of the client, with some, and of a user', async () => {
    const sandbox = await start([album]);
    const read = 'https://myphotosapi.example.com/photos.read';
    expect(claimsOf(tokenOf(sandbox, 'NightlyExport').stdout)).toMatchObject({ token_use: 'access', scope: read });
    expect(claimsOf(tokenOf(sandbox, 'Album', '--scope', 'openid', '--scope', read).stdout)).toMatchObject({ token_use: 'access', scope: `openid ${read}` });
    expect(claimsOf(tokenOf(sandbox, 'Album', '--id').stdout)).toMatchObject({ token_use: 'id' });
  });

  test('fails where the client, the scope or the sandbox is not there', async () => {
    const sandbox = await start([album]);
    expect(tokenOf(sandbox, 'NightlyExprot')).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^\[ClientUnknown\] .+ expected "NightlyExport"/) });
    expect(tokenOf(sandbox, 'NightlyExport', '--scope', 'openid')).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/^\[TokenScope\]/) });
    expect(tokenOf(sandbox, 'NightlyExport', '--id')).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/obtains no ID token/) });
    expect(tokenOf(sandbox, 'NightlyExport', '--user', 'ada')).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^\[SandboxToken\] client "NightlyExport" obtains its tokens without a user/) });
    expect(tokenOf(sandbox, 'anonymous').stderr).toMatch(/^\[ClientUnknown\] .+; ask with the name or the id of a client\n$/);
    await sandbox.stop();
    expect(tokenOf(sandbox, 'NightlyExport')).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/^\[SandboxNotRunning\] sandbox at http:\/\/127\.0\.0\.1:\d+ does not answer/) });
  });
});
