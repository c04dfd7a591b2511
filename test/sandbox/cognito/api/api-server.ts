import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { AccessModel } from '../../../../src/model/access-model';
import type { RuntimeModel } from '../../../../src/model/runtime-model';
import { createCognitoApi } from '../../../../src/sandbox/cognito/api/create-cognito-api';
import { createCognito, type Cognito } from '../../../../src/sandbox/cognito/cognito';
import type { LiveClient, LivePool } from '../../../../src/sandbox/cognito/live-pool';
import { SandboxLog } from '../../../../src/sandbox/sandbox-log';
import { basic, claimsOf, photosModel, photosRuntime, START } from '../entities';

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly [member: string]: unknown };
}

/** A Cognito with its API, served on loopback, and the SDK that calls it. */
export interface ApiServer {
  readonly cognito: Cognito;
  readonly log: SandboxLog;
  readonly pool: LivePool;
  /** Entities of the notices that came up after the start. */
  readonly notified: readonly string[];
  readonly sdk: CognitoIdentityProviderClient;
  /** Moves the clock on. */
  pass(seconds: number): void;
  /** A client of the templates, by its id in the access model. */
  client(id: string): LiveClient;
  /** Calls an operation without the SDK. */
  post(target: string | undefined, body: string | object): Promise<Answer>;
  /** The scope of a token of the client credentials grant, or the error. */
  machineScope(client: LiveClient, secret?: string): Promise<unknown>;
  close(): Promise<void>;
}

export async function startApi(model: AccessModel = photosModel(), runtime: RuntimeModel = photosRuntime()): Promise<ApiServer> {
  const log = new SandboxLog();
  let now = START;
  let base = '';
  const clock = () => now;
  const notified: string[] = [];
  const cognito = createCognito({ model, runtime, log, clock, baseUrl: () => base, notify: ({ entity }) => notified.push(entity) });
  const app = new Hono().route('/cognito-idp', createCognitoApi({ cognito, clock, log })).route('/', cognito.oauth as unknown as Hono);
  const http = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const sdk = new CognitoIdentityProviderClient({
    endpoint: `${base}/cognito-idp`, region: 'eu-central-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' }, maxAttempts: 1,
  });
  const [pool] = cognito.pools.values();
  return {
    cognito,
    log,
    pool,
    notified,
    sdk,
    pass: (seconds) => {
      now += seconds * 1000;
    },
    client: (id) => [...pool.clients.values()].find((each) => each.id === id)!,
    async post(target, body) {
      const answer = await fetch(`${base}/cognito-idp/`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-amz-json-1.1', ...(target !== undefined && { 'X-Amz-Target': target }) },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { status: answer.status, headers: answer.headers, body: await answer.json() as { readonly [member: string]: unknown } };
    },
    async machineScope(client, secret) {
      const answer = await fetch(`${cognito.domainUrl(pool)}/oauth2/token`, {
        method: 'POST', headers: basic(client, secret), body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      const body = await answer.json() as { readonly access_token?: string; readonly error?: string };
      return body.access_token === undefined ? body : claimsOf(body.access_token).scope;
    },
    close: async () => {
      sdk.destroy();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

export const PREFIX = 'AWSCognitoIdentityProviderService.';
