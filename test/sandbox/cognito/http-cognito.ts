import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { photosModel, photosRuntime } from './entities';
import { createCognito, type Cognito } from '../../../src/sandbox/cognito/cognito';
import type { LiveClient, LivePool } from '../../../src/sandbox/cognito/live-pool';
import { SandboxLog } from '../../../src/sandbox/sandbox-log';

/** A Cognito behind a real HTTP server on a free port. */
export interface HttpCognito {
  readonly cognito: Cognito;
  readonly pool: LivePool;
  client(id: string): LiveClient;
  close(): Promise<void>;
}

/** Serves the model of the other tests. */
export async function serveCognito(): Promise<HttpCognito> {
  let base = '';
  const cognito = createCognito({ model: photosModel(), runtime: photosRuntime(), clock: Date.now, baseUrl: () => base, log: new SandboxLog() });
  const server = createServer(getRequestListener(cognito.oauth.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [pool] = cognito.pools.values();
  return {
    cognito,
    pool,
    client: (id) => [...pool.clients.values()].find((each) => each.id === id)!,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
