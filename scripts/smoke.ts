/**
 * Installs the packed package in an empty app outside the repository and uses it as a newcomer would.
 *
 * usage: smoke [tarball]; without a tarball it packs what is compiled.
 */
import { deepStrictEqual, ok } from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as sources from '../src';

const NAME = 'cdk-protected-api';
const NAME_OF_BIN = 'protected-api';
const PEERS = ['aws-cdk-lib', 'constructs'];
/** What is inside the package. */
const BUNDLED = ['yaml'];

/** What the package may hold at its top level. */
const CONTENTS = [
  '.jsii', '.warnings.jsii.js', 'API.md', 'CHANGELOG.md', 'LICENSE', 'NOTICE', 'README.md',
  'assets', 'bin', 'lib', 'node_modules', 'package.json', 'schema',
];

/** The app of the newcomer. */
const APP = `
const { App, Stack } = require('aws-cdk-lib');
const { MockIntegration } = require('aws-cdk-lib/aws-apigateway');
const { Access, ProtectedApi, ScopedResourceServer } = require('${NAME}');

const app = new App({ outdir: 'cdk.out' });
const stack = new Stack(app, 'Smoke');
const photos = new ScopedResourceServer(stack, 'Photos', { identifier: 'photos' });
const read = photos.addScope('read', 'View photos');
photos.addScope('write', 'Update photos');
photos.addMachineClient('Export', { scopes: [read] });
const integration = new MockIntegration({ requestTemplates: { 'application/json': '{ "statusCode": 200 }' }, integrationResponses: [{ statusCode: '200' }] });
const answered = { integration, methodResponses: [{ statusCode: '200' }] };
const api = new ProtectedApi(stack, 'Api', { resourceServers: [photos] });
api.addRoute('GET /photos', { access: Access.anyOf(read), ...answered });
api.addRoute('POST /photos', { access: Access.anyOf(photos.scope('write')), ...answered });
if (process.argv.includes('--open')) api.root.addMethod('GET', new MockIntegration());
app.synth();
`;

const DECLARATION = `
version: 1
resourceServers: { photos: { identifier: photos, scopes: { read: View photos } } }
clients: { Export: { kind: machine, scopes: [photos/read] } }
routes: { GET /photos: { anyOf: [photos/read] } }
`;
const DECLARED_APP = `
const { App, Stack } = require('aws-cdk-lib');
const { MockIntegration } = require('aws-cdk-lib/aws-apigateway');
const { DeclaredAccess, ProtectedApi } = require('${NAME}');

const app = new App({ outdir: 'declared.out' });
const stack = new Stack(app, 'Declared');
const declared = new DeclaredAccess(stack, 'Access', { file: 'access.yaml' });
const api = new ProtectedApi(stack, 'Api', { resourceServers: declared.resourceServers, defaultIntegration: new MockIntegration() });
declared.addRoutes(api);
app.synth();
`;

/** A second app, which takes the scopes of the first from a manifest and guards what is deployed; `--renamed` would replace it. */
const GUARDED_APP = `
const { writeFileSync } = require('node:fs');
const { App, Stack } = require('aws-cdk-lib');
const { UserPool } = require('aws-cdk-lib/aws-cognito');
const { MockIntegration } = require('aws-cdk-lib/aws-apigateway');
const { Access, ProtectedApi, ReplacementGuard, ScopedResourceServer } = require('${NAME}');

const renamed = process.argv.includes('--renamed');
const app = new App({ outdir: process.argv[2] });
const stack = new Stack(app, 'Guarded');
const photos = new ScopedResourceServer(stack, 'Photos', { identifier: renamed ? 'pictures' : 'photos' });
photos.addScope('read', 'View photos');
photos.addMachineClient('Export', { scopes: [photos.scope('read')] });
writeFileSync('photos.manifest.json', photos.toManifest());
if (renamed) ReplacementGuard.check(stack, { previousTemplate: 'first.out/Guarded.template.json' });

const other = new Stack(app, 'Other');
const userPool = UserPool.fromUserPoolArn(other, 'Users', 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Example');
const manifest = require('node:fs').readFileSync('photos.manifest.json', 'utf8');
const imported = ScopedResourceServer.fromManifest(other, 'Photos', { manifest, userPool });
const api = new ProtectedApi(other, 'Api', { resourceServers: [imported] });
api.addRoute('GET /photos', { access: Access.anyOf(imported.scope(process.argv.includes('--unknown') ? 'raed' : 'read')), integration: new MockIntegration() });
app.synth();
`;

/** Starts the sandbox from its bin, and calls it as a script does. */
const CALLS = `
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
const bin = 'node_modules/.bin/${NAME_OF_BIN}';
const program = spawn(bin, ['sandbox', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
const [line] = await once(program.stdout, 'data');
const { apis: [{ url }], cognitoIdpUrl } = JSON.parse(line);
const token = execFileSync(bin, ['token', 'Export', '--url', cognitoIdpUrl.replace('/cognito-idp', '')], { encoding: 'utf8' }).trim();
const authorization = 'Bearer ' + token;
const statuses = [];
statuses.push((await fetch(url + '/photos', { headers: { authorization } })).status);
statuses.push((await fetch(url + '/photos', { method: 'POST', headers: { authorization } })).status);
statuses.push((await fetch(url + '/photos')).status);
statuses.push(JSON.parse(Buffer.from(token.split('.')[1], 'base64url')).scope);
program.kill();
console.log(JSON.stringify(statuses));
`;

const TEST = `
import { SandboxServer } from '${NAME}/sandbox';

async function main(): Promise<void> {
  const sandbox: SandboxServer = await SandboxServer.start('cdk.out');
  const statuses: number[] = [];
  statuses.push((await sandbox.fetch('GET /photos', { as: 'Export' })).status);
  statuses.push((await sandbox.fetch('POST /photos', { as: 'Export' })).status);
  await sandbox.close();
  console.log(JSON.stringify(statuses));
}
void main();
`;

/** Each check gets the folder of the app. */
const CHECKS: Record<string, (app: string) => void> = {
  'holds only what users need': (app) => {
    const root = join(app, 'node_modules', NAME);
    deepStrictEqual(readdirSync(root).filter((entry) => !CONTENTS.includes(entry)), []);
    deepStrictEqual(existsSync(join(root, 'lib', 'cli')), false);
    deepStrictEqual(readdirSync(join(root, 'lib', 'sandbox')).sort(), ['description.d.ts', 'sandbox-log.d.ts', 'sandbox-server.d.ts']);
  },
  'needs only its peers': (app) => {
    const manifest = readJson(join(app, 'node_modules', NAME, 'package.json'));
    deepStrictEqual(Object.keys(manifest.dependencies), BUNDLED);
    deepStrictEqual(Object.keys(manifest.peerDependencies), PEERS);
    deepStrictEqual(readdirSync(join(app, 'node_modules', NAME, 'node_modules')).filter((entry) => !entry.startsWith('.')), BUNDLED);
    deepStrictEqual(existsSync(join(app, 'node_modules', BUNDLED[0])), false);
  },
  'exports what the sources export': (app) => {
    const exported = run(app, 'node', ['-p', `JSON.stringify(Object.keys(require('${NAME}')).sort())`]);
    deepStrictEqual(JSON.parse(exported), Object.keys(sources).sort());
  },
  'exports its manifests': (app) => {
    run(app, 'node', ['-e', `require.resolve('${NAME}/.jsii'); require('${NAME}/package.json')`]);
  },
  'synthesizes an app': (app) => {
    writeFileSync(join(app, 'app.js'), APP);
    run(app, 'node', ['app.js']);
    ok(existsSync(join(app, 'cdk.out', 'Smoke.template.json')));
  },
  'refuses an open method': (app) => {
    refuses(app, ['app.js', '--open'], '[MethodScopesEmpty]');
  },
  'declares from a file': (app) => {
    writeFileSync(join(app, 'access.yaml'), DECLARATION);
    writeFileSync(join(app, 'declared.js'), DECLARED_APP);
    run(app, 'node', ['declared.js']);
    const { allowed } = JSON.parse(cli(app, 'matrix', 'declared.out', '--format', 'json').stdout);
    deepStrictEqual(allowed.map((entry: any) => [entry.token, entry.scopes]), [['access', ['photos/read']]]);
  },
  'takes scopes from a manifest, and no others': (app) => {
    writeFileSync(join(app, 'guarded.js'), GUARDED_APP);
    run(app, 'node', ['guarded.js', 'first.out']);
    const { allowed, methods } = JSON.parse(cli(app, 'matrix', 'first.out', '--format', 'json').stdout);
    deepStrictEqual([allowed.length, methods.map((method: any) => method.access.scopes)], [0, [['photos/read']]]);
    refuses(app, ['guarded.js', 'unknown.out', '--unknown'], '[ScopeUnknown]');
  },
  'refuses a silent replacement': (app) => {
    refuses(app, ['guarded.js', 'second.out', '--renamed'], '[SilentReplacement]');
  },
  'prints its version': (app) => {
    deepStrictEqual(cli(app, '--version').stdout.trim(), readJson('package.json').version);
  },
  'says who can call what': (app) => {
    const { allowed } = JSON.parse(cli(app, 'matrix', '--format', 'json').stdout);
    deepStrictEqual(allowed.map((entry: any) => [entry.token, entry.scopes]), [['access', ['photos/read']]]);
    deepStrictEqual(cli(app, 'can', 'Export', 'GET /photos').status, 0);
    deepStrictEqual(cli(app, 'can', 'Export', 'POST /photos').status, 1);
    deepStrictEqual(cli(app, 'can', 'Exprot', 'GET /photos').status, 2);
  },
  'serves the app': (app) => {
    writeFileSync(join(app, 'calls.mjs'), CALLS);
    deepStrictEqual(JSON.parse(run(app, 'node', ['calls.mjs'])), [200, 401, 401, 'photos/read']);
  },
  'serves the app inside tests, typed': (app) => {
    writeFileSync(join(app, 'test.ts'), TEST);
    for (const options of [['--module', 'nodenext'], ['--module', 'commonjs', '--moduleResolution', 'node10', '--ignoreDeprecations', '6.0']]) {
      run(app, process.execPath, [require.resolve('typescript/bin/tsc'), '--strict', '--target', 'es2022', '--types', 'node',
        '--typeRoots', resolve('node_modules/@types'), ...options, 'test.ts']);
      deepStrictEqual(JSON.parse(run(app, 'node', ['test.js'])), [200, 401]);
    }
  },
};

main();

function main(): void {
  const app = mkdtempSync(join(tmpdir(), `${NAME}-smoke-`));
  try {
    install(app, process.argv[2] ? resolve(process.argv[2]) : pack(app));
    for (const [title, check] of Object.entries(CHECKS)) {
      check(app);
      console.log(`ok: ${title}`);
    }
  } finally {
    rmSync(app, { recursive: true, force: true });
  }
}

function pack(folder: string): string {
  const [{ filename }] = JSON.parse(run('.', 'npm', ['pack', '--json', '--pack-destination', folder]));
  return join(folder, filename);
}

function install(app: string, tarball: string): void {
  const { devDependencies } = readJson('package.json');
  const peers = PEERS.map((peer) => `${peer}@${devDependencies[peer]}`);
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'smoke', private: true }));
  run(app, 'npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball, ...peers]);
}

function run(cwd: string, command: string, args: string[]): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Runs an app that must not synthesize. */
function refuses(app: string, args: string[], code: string): void {
  const { status, stderr } = spawnSync('node', args, { cwd: app, encoding: 'utf8' });
  ok(status !== 0 && stderr.includes(code), stderr);
}

function cli(app: string, ...args: string[]): { status: number | null; stdout: string } {
  return spawnSync('npx', ['--no-install', NAME_OF_BIN, ...args], { cwd: app, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function readJson(file: string): any {
  return JSON.parse(readFileSync(file, 'utf8'));
}
