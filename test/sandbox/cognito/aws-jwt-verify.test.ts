import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { JwtVerifier } from 'aws-jwt-verify';
import { basic, photosModel, photosRuntime } from './entities';
import { createCognito, type Cognito } from '../../../src/sandbox/cognito/cognito';
import type { LiveClient, LivePool } from '../../../src/sandbox/cognito/live-pool';
import { SandboxLog } from '../../../src/sandbox/sandbox-log';

let http: Server;
let cognito: Cognito;
let pool: LivePool;

beforeAll(async () => {
  let base = '';
  cognito = createCognito({ model: photosModel(), runtime: photosRuntime(), clock: Date.now, baseUrl: () => base, log: new SandboxLog() });
  http = createServer(getRequestListener(cognito.oauth.fetch));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  [pool] = cognito.pools.values();
});

afterAll(() => new Promise((resolve) => http.close(resolve)));

function clientOf(id: string): LiveClient {
  return [...pool.clients.values()].find((each) => each.id === id)!;
}

async function machineToken(): Promise<string> {
  const answer = await fetch(`${cognito.domainUrl(pool)}/oauth2/token`, {
    method: 'POST', headers: basic(clientOf('Machine')), body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'photos/read' }),
  });
  return (await answer.json() as { access_token: string }).access_token;
}

describe('aws-jwt-verify', () => {
  test('accepts a machine token by issuer, keys, use, client and scope', async () => {
    // The library fetches keys over https only; it gets those of the server all the same.
    const jwks = await (await fetch(`${cognito.issuer(pool)}/.well-known/jwks.json`)).json() as { keys: never[] };
    expect(jwks.keys).toHaveLength(2);
    const verifier = JwtVerifier.create({ issuer: cognito.issuer(pool), audience: null });
    verifier.cacheJwks(jwks);
    const token = await machineToken();
    await expect(verifier.verify(token)).resolves.toMatchObject({ token_use: 'access', client_id: clientOf('Machine').clientId, scope: 'photos/read' });
    await expect(verifier.verify(`${token.slice(0, -4)}AAAA`)).rejects.toThrow('signature');
  });
});
