import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What a load of requests measured. */
export interface Load {
  /** Requests per second. */
  readonly rate: number;
  /** Milliseconds in which 99 of 100 requests were answered. */
  readonly p99: number;
}

/** How a load is made. */
export interface LoadOptions {
  readonly seconds: number;
  /** Sent as `Bearer`. */
  readonly token?: string;
  /** Default 10. */
  readonly connections?: number;
}

const AUTOCANNON = require.resolve('autocannon/autocannon.js');

/** Loads a URL by autocannon, from a process of its own. Fails where an answer is not 200, or none comes. */
export async function load(url: string, { seconds, token, connections = 10 }: LoadOptions): Promise<Load> {
  const headers = token === undefined ? [] : ['--headers', `Authorization=Bearer ${token}`];
  const args = [AUTOCANNON, '--json', '--no-progress', '--connections', `${connections}`, '--duration', `${seconds}`, ...headers, url];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => { output += text; });
  await once(child, 'close');
  const { requests, latency, non2xx, errors } = JSON.parse(output);
  if (non2xx > 0 || errors > 0 || requests.total === 0) throw new Error(`${url}: ${requests.total} answers, ${non2xx} of them not 2xx, ${errors} errors`);
  return { rate: requests.average, p99: latency.p99 };
}
