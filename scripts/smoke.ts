/**
 * Installs the packed package in an empty app outside the repository and uses it as a newcomer would.
 *
 * usage: smoke [tarball]; without a tarball it packs what is compiled.
 */
import { deepStrictEqual, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as sources from '../src';

const NAME = 'cdk-protected-api';
const PEERS = ['aws-cdk-lib', 'constructs'];

/** What the package may hold at its top level. */
const CONTENTS = [
  '.jsii', '.warnings.jsii.js', 'API.md', 'CHANGELOG.md', 'LICENSE', 'NOTICE', 'README.md',
  'assets', 'bin', 'lib', 'package.json', 'schema',
];

/** The app of the newcomer. */
const APP = `
const { App, Stack } = require('aws-cdk-lib');
require('${NAME}');

const app = new App({ outdir: 'cdk.out' });
new Stack(app, 'Smoke');
app.synth();
`;

/** Each check gets the folder of the app. */
const CHECKS: Record<string, (app: string) => void> = {
  'holds only what users need': (app) => {
    const root = join(app, 'node_modules', NAME);
    deepStrictEqual(readdirSync(root).filter((entry) => !CONTENTS.includes(entry)), []);
    deepStrictEqual(['cli', 'sandbox'].filter((folder) => existsSync(join(root, 'lib', folder))), []);
  },
  'needs only its peers': (app) => {
    const manifest = readJson(join(app, 'node_modules', NAME, 'package.json'));
    deepStrictEqual(Object.keys(manifest.dependencies ?? {}), []);
    deepStrictEqual(Object.keys(manifest.peerDependencies), PEERS);
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
};

// The command line is in the package as soon as it has sources.
if (existsSync('src/cli/main.ts')) {
  CHECKS['prints its version'] = (app) => {
    const { version } = readJson('package.json');
    ok(run(app, 'npx', ['--no-install', 'protected-api', '--version']).includes(version));
  };
  CHECKS['prints the matrix of the app'] = (app) => {
    ok(run(app, 'npx', ['--no-install', 'protected-api', 'matrix', 'cdk.out']).trim().length > 0);
  };
}

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

function readJson(file: string): any {
  return JSON.parse(readFileSync(file, 'utf8'));
}
