import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import type { Emulator } from './ministack';

const ROOT = resolve(__dirname, '../..');
const CDK = require.resolve('aws-cdk/bin/cdk');

/** A CDK app that the real CDK CLI deploys to an emulator. */
export class DeployedApp {
  /** The cloud assembly of the last deployment. */
  public readonly assembly: string;

  /** `command` runs the app, as in `cdk.json`; `name` names the folder of its assembly. */
  public constructor(private readonly emulator: Emulator, name: string, private readonly command: string) {
    this.assembly = join(emulator.folder, `${name}.cdk.out`);
  }

  /** Deploys all stacks; the app sees `variables` in its environment. */
  public async deploy(variables: NodeJS.ProcessEnv = {}): Promise<void> {
    await this.run(variables, 'deploy', '--all', '--require-approval', 'never', '--progress', 'events');
  }

  public async destroy(): Promise<void> {
    await this.run({}, 'destroy', '--all', '--force');
  }

  private async run(variables: NodeJS.ProcessEnv, ...args: string[]): Promise<void> {
    await cdk(this.emulator, variables, ...args, '--app', this.command, '--output', this.assembly);
  }
}

/** Prepares the emulated account for deployments. */
export async function bootstrap(emulator: Emulator): Promise<void> {
  await cdk(emulator, {}, 'bootstrap', `aws://${emulator.account}/${emulator.region}`, '--app', '');
}

/** Runs the CDK CLI; when it fails, the error holds all it said. */
async function cdk(emulator: Emulator, variables: NodeJS.ProcessEnv, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [CDK, ...args, '--no-notices', '--no-version-reporting', '--no-color'], {
    cwd: ROOT,
    env: { ...emulator.environment, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { output += text; });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`cdk ${args[0]} ended with exit code ${code}\n${output}`);
}
