import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { SandboxApp } from './assemble-app';
import { ProblemError, type Problem } from '../model/problem';

/** Names and values of all headers of a request, in bytes; more is answered with 431: REST APIs take 20,480 («Amazon API Gateway quotas», 2026). */
const MAX_HEADER_BYTES = 20_480;

/** Addresses that stand for all of a machine: nobody calls them. Each with the loopback address that reaches what listens there. */
const ALL_ADDRESSES: { readonly [address: string]: string } = { '0.0.0.0': '127.0.0.1', '::ffff:0.0.0.0': '127.0.0.1', '::': '::1' };

/** A server that listens. */
export interface Listening {
  /** `http://127.0.0.1:4000`, without a slash at the end. One that this machine can call, also where the server listens on all addresses. */
  readonly url: string;
  /** Refuses new requests, and waits for no open connection. */
  close(): Promise<void>;
}

/**
 * Serves an app.
 *
 * @param host a name or an address; IPv6 without brackets
 * @param port 0 takes a free one
 * @throws ProblemError `SandboxAddress`
 */
export async function listen(app: SandboxApp, host: string, port: number): Promise<Listening> {
  if (!URL.canParse(`http://${inUrl(host)}`)) throw new ProblemError([addressProblem('cannot stand in a URL', host, 'give another --host')]);
  const listener = getRequestListener((request, env) => app.fetch(request, env as HttpBindings), { overrideGlobalObjects: false });
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, listener);
  // By default Node.js drops all headers behind the first thousand, without a word: a second Authorization among them.
  server.maxHeadersCount = 0;
  await started(server, host, port);
  const { address, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${inUrl(ALL_ADDRESSES[address] ?? host)}:${taken}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

/** A name or an address as URLs have it. */
function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function started(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      reject(new ProblemError([addressProblem(code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${code})`, `${inUrl(host)}:${port}`, ANOTHER_PORT)]));
    });
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

const ANOTHER_PORT = 'give another --port, or leave it out for a free one';

function addressProblem(wrong: string, got: string, fix: string): Problem {
  return {
    code: 'SandboxAddress',
    subject: 'address of the sandbox',
    wrong,
    got,
    expected: 'a free port, and an address of this machine',
    fix,
  };
}
