/** usage: soak-run TEMPLATE REQUESTS; prints a `SoakRun` as its one line. */
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { startSandbox } from '../../src/sandbox/sandbox';

/** What a soak measured. */
export interface SoakRun {
  /** Megabytes of the heap in use after a collection, at regular distances. */
  readonly heaps: readonly number[];
  /** Megabytes of the resident set at the end. */
  readonly resident: number;
  /** Answers with another status than the request deserves. */
  readonly wrong: number;
  readonly asked: number;
}

/** A token, and the status that it deserves. */
interface Attempt {
  readonly authorization?: string;
  readonly status: number;
}

const SAMPLES = 30;
const CONNECTIONS = 20;
/** New tokens are obtained again and again, so that the memory of checked signatures is filled and emptied. */
const REQUESTS_PER_TOKEN = 40;
const DAY = 24 * 60 * 60 * 1000;

void main(process.argv[2], Number(process.argv[3]));

async function main(template: string, requests: number): Promise<void> {
  let ahead = 0;
  const sandbox = await startSandbox({ path: template, unlisted: true, clock: () => Date.now() + ahead });
  const tokenNow = async () => (await sandbox.tokenFor({ client: 'Machine' })).accessToken;
  ahead = -DAY;
  const expired = await tokenNow();
  ahead = 0;
  const url = `${sandbox.describe().apis[0].url}/items0`;
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const heaps: number[] = [];
  let wrong = 0;
  let asked = 0;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const end = Math.round(requests * (sample + 1) / SAMPLES);
    while (asked < end) {
      const attempts = attemptsOf(await tokenNow(), expired, asked).slice(0, Math.min(REQUESTS_PER_TOKEN, end - asked));
      const statuses = await Promise.all(attempts.map(({ authorization }) => statusOf(url, agent, authorization)));
      wrong += statuses.filter((status, position) => status !== attempts[position].status).length;
      asked += attempts.length;
    }
    gc!();
    heaps.push(process.memoryUsage().heapUsed / 2 ** 20);
  }
  const result: SoakRun = { heaps, resident: process.memoryUsage().rss / 2 ** 20, wrong, asked };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  agent.destroy();
  await sandbox.close();
}

/** Good and bad tokens in turn; `number` makes bad ones that no request had before. */
function attemptsOf(good: string, expired: string, number: number): Attempt[] {
  const [header, claims, signature] = good.split('.');
  const bad = [
    undefined,
    expired,
    `${header}.${claims}.${flipped(signature)}`,
    `${header}.${encoded({ ...decoded(claims), scope: 'items/write', number })}.${signature}`,
    `${encoded({ ...decoded(header), alg: 'none' })}.${claims}.`,
    `${encoded({ ...decoded(header), kid: `key${number}` })}.${claims}.${signature}`,
    hs256({ ...decoded(header), alg: 'HS256' }, claims, `${number}`),
    `${header}.${claims}`,
    `garbage${number}`,
  ].map((token): Attempt => ({ ...(token !== undefined && { authorization: `Bearer ${token}` }), status: 401 }));
  const allowed: Attempt[] = [{ authorization: `Bearer ${good}`, status: 200 }, { authorization: good, status: 200 }];
  return Array.from({ length: REQUESTS_PER_TOKEN }, (_, position) => (
    position % 2 === 0 ? allowed[(position / 2) % allowed.length] : bad[((position - 1) / 2) % bad.length]
  ));
}

function flipped(signature: string): string {
  return `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`;
}

function hs256(header: object, claims: string, key: string): string {
  const signed = `${encoded(header)}.${claims}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decoded(part: string): object {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as object;
}

function statusOf(url: string, agent: Agent, authorization: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: authorization === undefined ? {} : { authorization } }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    }).on('error', reject).end();
  });
}
