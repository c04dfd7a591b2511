import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from './load';
import { descendant, residentMegabytes } from './program';
import { request, serve } from './served';
import { loadTemplates } from '../../src/template/load';
import { modelFromTemplates } from '../../src/template/read-access-model';
import { bootstrap, deployAssembly } from '../../test/deployed/cdk-cli';
import { DeployedModel } from '../../test/deployed/deployed-model';
import { MINISTACK, startMinistack } from '../../test/deployed/ministack';
import { install } from '../../test/deployed/python-tools';
import { describeClient, obtainTokens } from '../../test/deployed/tokens';
import { album, ROOT } from '../album';
import { median, show, type Figure } from '../measure';

const CLIENT = 'NightlyExport';
const ROUNDS = 3;
const SECONDS = 5;
const MIN_RATE = 2;

/** The photo album, ready to be called. */
interface Ready {
  /** `GET /photos`, which the Lambda function answers. */
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  /** Milliseconds from the start of the process to the first authorized answer. */
  readonly first: number;
  stop(): Promise<void>;
}

/** The photo album in the sandbox beside the photo album in ministack. */
export async function benchSandboxMinistack(): Promise<Figure[]> {
  const assembly = mkdtempSync(join(tmpdir(), 'bench-'));
  process.once('exit', () => rmSync(assembly, { recursive: true }));
  copyWithoutThrottling(album(), assembly);
  const installed = install(MINISTACK);
  const sandbox = await sandboxReady(assembly);
  const ministack = 'python' in installed ? await ministackReady(installed.python, assembly) : undefined;
  try {
    if (ministack === undefined) return [...skipped('missing' in installed ? installed.missing : ''), contract()];
    const rates: { ours: number; theirs: number }[] = [];
    for (let round = 0; round <= ROUNDS; round++) rates.push({ ours: await rateOf(sandbox), theirs: await rateOf(ministack) });
    rates.shift();
    const rate = median(rates.map(({ ours, theirs }) => ours / theirs));
    const [memory, theirMemory] = [residentMegabytes(sandbox.pid), residentMegabytes(ministack.pid)];
    return [{
      what: TIME,
      measured: `${show(sandbox.first / ministack.first)} (${show(sandbox.first / 1000)} s, ${show(ministack.first / 1000)} s)`,
      target: 'under 1',
      met: sandbox.first < ministack.first,
    }, {
      what: RATE,
      measured: `${show(rate)} (${show(median(rates.map(({ ours }) => ours)), 0)}, ${show(median(rates.map(({ theirs }) => theirs)), 0)})`,
      target: `at least ${MIN_RATE}`,
      met: rate >= MIN_RATE,
    }, {
      what: MEMORY,
      measured: `${show(memory / theirMemory)} (${show(memory, 0)} MB, ${show(theirMemory, 0)} MB)`,
      target: 'under 1',
      met: memory < theirMemory,
    }, contract()];
  } finally {
    await sandbox.stop();
    await ministack?.stop();
  }
}

const TIME = 'photo album, sandbox / ministack: from the assembly to the first authorized answer of the Lambda function';
const RATE = 'photo album, sandbox / ministack: requests per second of `GET /photos`, answered by the Lambda function';
const MEMORY = 'photo album, sandbox / ministack: resident memory after these requests, with all processes';

function skipped(missing: string): Figure[] {
  return [TIME, RATE, MEMORY].map((what) => ({ what, measured: `skipped: ${missing}`, target: 'ahead' }));
}

/** ministack keeps the limits of stages (50 requests per second), which the sandbox does not look at: both serve the album without them. */
function copyWithoutThrottling(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  const file = join(to, 'PhotoAlbum.template.json');
  const template = readFileSync(file, 'utf8').replace(/,\s*"Throttling(?:Burst|Rate)Limit": \d+/g, '');
  if (template.includes('Throttling')) throw new Error('the limits of the stage are written in another way');
  writeFileSync(file, template);
}

async function sandboxReady(assembly: string): Promise<Ready> {
  const begin = performance.now();
  const served = await serve(assembly);
  const token = await served.token(CLIENT);
  const url = `${served.stage}/photos`;
  await request(url, { Authorization: `Bearer ${token}` });
  return { url, token, pid: served.pid, first: performance.now() - begin, stop: () => served.stop() };
}

async function ministackReady(python: string, assembly: string): Promise<Ready> {
  const begin = performance.now();
  const emulator = await startMinistack(python);
  try {
    await bootstrap(emulator);
    await deployAssembly(emulator, assembly);
    const model = modelFromTemplates(loadTemplates(assembly));
    const deployed = await DeployedModel.read(emulator, model);
    const client = model.clients.find(({ name }) => name === CLIENT)!;
    const record = await describeClient(emulator, deployed.physical(client.userPool as string), deployed.physical(client.id));
    const [{ jwt: token }] = await obtainTokens(emulator, record, 'client_credentials', { name: '', password: '' });
    const { restApi, stage } = deployed.method(model.methods.find(({ verb, path }) => verb === 'GET' && path === '/photos')!.id);
    const url = `${emulator.endpoint}/restapis/${restApi}/${stage}/_user_request_/photos`;
    await request(url, { Authorization: `Bearer ${token}` });
    return { url, token, pid: descendant(python), first: performance.now() - begin, stop: () => emulator.stop() };
  } catch (error) {
    await emulator.stop();
    throw error;
  }
}

async function rateOf({ url, token }: Ready): Promise<number> {
  return (await load(url, { seconds: SECONDS, token })).rate;
}

/** How many scenarios each answers as documented, as `docs/conformance.md` records. */
function contract(): Figure {
  const rows = readFileSync(join(ROOT, 'docs', 'conformance.md'), 'utf8').split('\n')
    .filter((line) => line.startsWith('| ')).map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
  const [head, , ...scenarios] = rows;
  const passed = (name: string) => {
    const column = head.findIndex((cell) => cell.startsWith(name));
    return scenarios.filter((cells) => cells[column] === 'pass').length;
  };
  const [ours, theirs] = [passed('sandbox'), passed('ministack')];
  return {
    what: `of ${scenarios.length} contract scenarios, answered as documented: sandbox, ministack`,
    measured: `${ours}, ${theirs}`,
    target: 'more than ministack',
    met: ours > theirs,
  };
}
