import type { AccessModel } from '../../../src/model/access-model';
import type { ClientSettings, RuntimeModel } from '../../../src/model/runtime-model';
import { createCognito, type Cognito } from '../../../src/sandbox/cognito/cognito';
import type { LiveClient, LivePool } from '../../../src/sandbox/cognito/live-pool';
import { SandboxLog } from '../../../src/sandbox/sandbox-log';
import { client, modelOf, server, userPool } from '../../model/entities';

/** The time at which tests begin: 2026-11-23, 20:00 UTC. */
export const START = Date.UTC(2026, 10, 23, 20);

/** Things that run, and no others. */
export function runtimeOf(members: Partial<RuntimeModel> = {}): RuntimeModel {
  return { userPools: [], clients: [], apis: [], methods: [], functions: [], apiKeys: [], usagePlans: [], ...members };
}

/** Settings of a client with Cognito's defaults. */
export function clientSettings(members: Partial<ClientSettings> & { readonly id: string }): ClientSettings {
  return {
    callbackUrls: [],
    logoutUrls: [],
    accessTokenValidity: 3600,
    idTokenValidity: 3600,
    refreshTokenValidity: 2_592_000,
    tokenRevocation: true,
    hidesUserExistence: true,
    ...members,
  };
}

/** The domain of `Pool`. */
export const DOMAIN = { id: 'Domain', userPool: 'Pool', domain: 'photos', custom: false } as const;

/**
 * User pool `Pool` with a domain and resource server `photos`, and these clients:
 * `Machine` (client credentials, `photos/read` and `photos/write`), `Web` (code, with secret), `Spa` (code, public), `Implicit`, `Sdk`.
 */
export function photosModel(members: Partial<AccessModel> = {}): AccessModel {
  const userScopes = ['openid', 'email', 'profile', 'photos/read', 'photos/write'];
  return modelOf({
    userPools: [userPool()],
    domains: [DOMAIN],
    resourceServers: [server()],
    clients: [
      client({ id: 'Implicit', flows: ['implicit'], scopes: userScopes, secret: false }),
      client({ id: 'Machine', flows: ['client_credentials'], scopes: ['photos/read', 'photos/write'] }),
      client({ id: 'Sdk', oauth: false, authFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'], secret: false }),
      client({ id: 'Spa', flows: ['code'], scopes: userScopes, secret: false }),
      client({ id: 'Web', flows: ['code'], scopes: userScopes }),
    ],
    ...members,
  });
}

export const CALLBACK = 'http://localhost:3000/callback';
export const LOGOUT = 'http://localhost:3000/bye';

/** How the clients of `photosModel` run. */
export function photosRuntime(): RuntimeModel {
  return runtimeOf({
    userPools: [{ id: 'Pool', region: 'eu-central-1', account: '111122223333', usernameAttributes: [] }],
    clients: [
      ...['Implicit', 'Spa', 'Web'].map((id) => clientSettings({ id, callbackUrls: [CALLBACK], logoutUrls: [LOGOUT] })),
      clientSettings({ id: 'Machine', accessTokenValidity: 900 }),
      clientSettings({ id: 'Sdk' }),
    ],
  });
}

/** A Cognito that no server serves, whose clock stands still until it is moved. */
export interface TestCognito {
  readonly cognito: Cognito;
  readonly log: SandboxLog;
  readonly pool: LivePool;
  /** Moves the clock on. */
  pass(seconds: number): void;
  client(id: string): LiveClient;
  /** Posts a form to a path below the user pool. */
  post(path: string, form: Record<string, string> | string, headers?: Record<string, string>): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
}

export const BASE_URL = 'http://127.0.0.1:4000';

/** Makes a Cognito from a model. */
export function testCognito(model: AccessModel = photosModel(), runtime: RuntimeModel = photosRuntime()): TestCognito {
  const log = new SandboxLog();
  let now = START;
  const cognito = createCognito({ model, runtime, log, clock: () => now, baseUrl: () => BASE_URL });
  const [pool] = cognito.pools.values();
  return {
    cognito,
    log,
    pool,
    pass: (seconds) => {
      now += seconds * 1000;
    },
    client: (id) => [...pool.clients.values()].find((each) => each.id === id)!,
    post: async (path, form, headers = {}) => cognito.oauth.request(`/${pool.poolId}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
    }),
    get: async (path, headers = {}) => cognito.oauth.request(`/${pool.poolId}${path}`, { headers }),
  };
}

/** The header of a client that authenticates by Basic. */
export function basic({ clientId, secrets }: LiveClient, secret = secrets[0].value): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` };
}

/** What a token says, unchecked. */
export function claimsOf(jwt: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString()) as Record<string, unknown>;
}
