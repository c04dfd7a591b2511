import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { SandboxApp } from './assemble-app';
import { ProblemError } from '../model/problem';

/** Headers of a request, in bytes: REST APIs take 20,480 («Amazon API Gateway quotas», 2026). */
const MAX_HEADER_BYTES = 20_480;

/** A server that listens. */
export interface Listening {
  /** `http://127.0.0.1:4000`, without a slash at the end. */
  readonly url: string;
  /** Refuses new requests, and waits for no open connection. */
  close(): Promise<void>;
}

/**
 * Serves an app.
 *
 * @param port 0 takes a free one
 * @throws ProblemError `SandboxAddress`
 */
export async function listen(app: SandboxApp, host: string, port: number): Promise<Listening> {
  const listener = getRequestListener((request, env) => app.fetch(request, env as HttpBindings), { overrideGlobalObjects: false });
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, listener);
  await started(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function started(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new ProblemError([{
      code: 'SandboxAddress',
      subject: 'address of the sandbox',
      wrong: error.code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${error.code})`,
      got: `${host}:${port}`,
      expected: 'a free port, and an address of this machine',
      fix: 'give another --port, or leave it out for a free one',
    }])));
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}
