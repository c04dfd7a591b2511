import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { guardFolder, temporaryFolder } from './guarded-folder';
import type { PythonTool } from './python-tools';

/** The emulator, with what it needs to sign tokens. */
export const MINISTACK: PythonTool = {
  folder: 'ministack-1.5.33',
  requirements: ['ministack==1.5.33', 'cryptography', 'boto3'],
};

const START_TIMEOUT_MS = 60_000;

/** A running emulator. */
export interface Emulator {
  /** Where all its services answer. */
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  /** Environment of programs that talk to it; nothing of the caller's AWS or CDK settings is in it. */
  readonly environment: NodeJS.ProcessEnv;
  /** A folder that goes with the emulator. */
  readonly folder: string;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

/** How the emulator behaves. */
export interface EmulatorOptions {
  /**
   * Whether it checks signatures, IAM permissions, and the sign-in flows of clients. The CDK cannot publish assets
   * then: the bucket of its bootstrap stack refuses the role of its bootstrap stack.
   *
   * @default false
   */
  readonly checksCredentials?: boolean;
}

/** Starts ministack on a free loopback port, with all its state in a folder of its own. */
export async function startMinistack(python: string, { checksCredentials = false }: EmulatorOptions = {}): Promise<Emulator> {
  const folder = temporaryFolder();
  const port = await freePort();
  const endpoint = `http://localhost:${port}`;
  const environment = { ...neutralEnvironment(folder), AWS_ENDPOINT_URL: endpoint, AWS_ENDPOINT_URL_S3: endpoint };
  const stop = guardFolder(folder, [python, '-m', 'ministack'], { ...environment, ...settings(folder, port), AUTH: `${checksCredentials}` });
  try {
    await answering(endpoint);
  } catch (error) {
    const output = readFileSync(join(folder, 'output.log'), 'utf8');
    await stop();
    throw new Error(`ministack does not start: ${error}\n${output}`);
  }
  return { endpoint, account: '000000000000', region: environment.AWS_REGION, environment, folder, stop };
}

/** The emulator listens on all interfaces and on more ports unless told otherwise. */
function settings(folder: string, port: number): NodeJS.ProcessEnv {
  return {
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: `${port}`,
    EDGE_PORT: `${port}`,
    MINISTACK_HOST: 'localhost',
    LAMBDA_EXECUTOR: 'local',
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    STATE_DIR: subfolder(folder, 'state'),
    S3_DATA_DIR: subfolder(folder, 's3'),
    LOG_LEVEL: 'WARNING',
    DOCKER_HOST: `unix://${join(folder, 'no-docker.sock')}`,
    PYTHONNOUSERSITE: '1',
  };
}

/** The caller's environment without anything that could lead to a real account, a profile or a proxy. */
function neutralEnvironment(folder: string) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK|MINISTACK|LOCALSTACK|LAMBDA)_|proxy$|^NODE_OPTIONS$/i.test(name));
  const empty = join(folder, 'empty');
  writeFileSync(empty, '');
  return {
    ...Object.fromEntries(kept),
    TMPDIR: subfolder(folder, 'tmp'),
    NO_PROXY: '*',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_CONFIG_FILE: empty,
    AWS_SHARED_CREDENTIALS_FILE: empty,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_HOME: subfolder(folder, 'cdk-home'),
    CDK_VALIDATION: 'false',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: 'true',
  };
}

function subfolder(folder: string, name: string): string {
  mkdirSync(join(folder, name), { recursive: true });
  return join(folder, name);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answering(endpoint: string): Promise<void> {
  const end = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      await fetch(`${endpoint}/_ministack/health`);
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(100);
    }
  }
}
