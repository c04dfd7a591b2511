import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import type { Emulator } from './ministack';

const ROOT = resolve(__dirname, '../..');
const CDK = require.resolve('aws-cdk/bin/cdk');
const TSX = [require.resolve('tsx/cli'), '--tsconfig', join(ROOT, 'tsconfig.dev.json')];

/** A CDK app that the real CDK CLI deploys to an emulator. */
export class DeployedApp {
  /** The cloud assembly of the last deployment. */
  public readonly assembly: string;

  /** `name` names the folder of the assembly. */
  public constructor(private readonly emulator: Emulator, name: string) {
    this.assembly = join(emulator.folder, `${name}.cdk.out`);
  }

  /**
   * Deploys an app.
   *
   * @param file the TypeScript file that makes the app; default: the app that `cdk.json` names
   * @param stacks which stacks; default: all
   */
  public async deploy(file?: string, context: Readonly<Record<string, string>> = {}, stacks = '*'): Promise<void> {
    const app = file === undefined ? [] : ['--app', `node ${[...TSX, file].map((part) => `"${part}"`).join(' ')}`];
    const given = Object.entries(context).flatMap(([key, value]) => ['--context', `${key}=${value}`]);
    await cdk(this.emulator, 'deploy', stacks, '--method', 'direct', '--require-approval', 'never', '--progress', 'events', ...app, ...given, '--output', this.assembly);
  }

  /** Runs a TypeScript program of the app. */
  public async run(file: string): Promise<void> {
    await node(this.emulator, ...TSX, file);
  }

  /** Destroys all stacks of the last deployment. */
  public async destroy(): Promise<void> {
    await cdk(this.emulator, 'destroy', '--all', '--force', '--app', this.assembly);
  }
}

/** Deploys all stacks of a cloud assembly that is there. */
export async function deployAssembly(emulator: Emulator, assembly: string): Promise<void> {
  await cdk(emulator, 'deploy', '*', '--method', 'direct', '--require-approval', 'never', '--progress', 'events', '--app', assembly);
}

/** Prepares the emulated account for deployments. */
export async function bootstrap(emulator: Emulator): Promise<void> {
  await cdk(emulator, 'bootstrap', `aws://${emulator.account}/${emulator.region}`, '--app', '');
}

async function cdk(emulator: Emulator, ...args: string[]): Promise<void> {
  await node(emulator, CDK, ...args, '--no-notices', '--no-version-reporting', '--no-color');
}

/** Runs a program of Node.js; when it fails, the error holds all it said. */
async function node(emulator: Emulator, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: ROOT, env: emulator.environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { output += text; });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with exit code ${code}\n${output}`);
}
