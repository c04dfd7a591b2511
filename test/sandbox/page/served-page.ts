import { Hono } from 'hono';
import type { AccessModel } from '../../../src/model/access-model';
import { ProblemError } from '../../../src/model/problem';
import type { RuntimeModel } from '../../../src/model/runtime-model';
import { createCognito, type Cognito } from '../../../src/sandbox/cognito/cognito';
import { authenticateUser } from '../../../src/sandbox/cognito/users';
import { createGateway } from '../../../src/sandbox/gateway/gateway';
import type { IntegrationAnswer, IntegrationRequest } from '../../../src/sandbox/gateway/integrations/integration-call';
import { listen } from '../../../src/sandbox/listen';
import { createPage } from '../../../src/sandbox/page/create-page';
import type { PageSandbox } from '../../../src/sandbox/page/page-sandbox';
import { SandboxLog } from '../../../src/sandbox/sandbox-log';
import { anyOf, api, authorizer, method } from '../../model/entities';
import { photosModel, photosRuntime } from '../cognito/entities';

/** The clients of `photosModel`, and an API that demands their scopes, ID tokens, nothing, or a key on top. */
export function albumModel(members: Partial<AccessModel> = {}): AccessModel {
  return photosModel({
    apis: [api({ name: 'album', stages: [{ id: 'Stage', name: 'prod' }] })],
    authorizers: [authorizer()],
    methods: [
      method('ANY', '/files/{path+}', anyOf('photos/read')),
      method('GET', '/health', { kind: 'public', reason: 'probe of the load balancer' }),
      method('GET', '/me', { kind: 'idToken', authorizer: 'Authorizer' }),
      method('GET', '/photos', anyOf('photos/read')),
      method('POST', '/photos', anyOf('photos/write')),
      method('GET', '/photos/{id}', anyOf('photos/read', 'photos/write')),
      method('DELETE', '/photos/{id}', anyOf('photos/delete')),
      method('GET', '/report', anyOf('photos/read'), { apiKeyRequired: true }),
    ],
    ...members,
  });
}

/** How `albumModel` runs; `partner` is a key of its only usage plan. */
export function albumRuntime(): RuntimeModel {
  return {
    ...photosRuntime(),
    apiKeys: [{ id: 'Key', name: 'partner', value: 'key-of-the-partner-123', enabled: true }],
    usagePlans: [{ id: 'Plan', stages: [{ api: 'Api', stage: 'prod' }], keys: ['Key'] }],
  };
}

/** A page that is served, with what is behind it. */
export interface ServedPage {
  readonly url: string;
  readonly cognito: Cognito;
  readonly log: SandboxLog;
  /** What the integrations got, in order. */
  readonly calls: IntegrationRequest[];
  close(): Promise<void>;
}

/** What stands behind the methods: an answer to a request. */
export type AnswerCall = (request: IntegrationRequest) => IntegrationAnswer;

/** Answers with what it was asked. */
export const echo: AnswerCall = ({ verb, path, query, body }) => ({
  kind: 'response',
  status: 200,
  headers: [['Content-Type', 'application/json']],
  body: JSON.stringify({ verb, path, query, body: Buffer.from(body).toString() }),
});

/** Serves the page with real user pools and a real gateway; only what stands behind the methods is made up. */
export async function servePage(
  { model = albumModel(), runtime = albumRuntime(), answer = echo, sandbox = {} }: {
    readonly model?: AccessModel; readonly runtime?: RuntimeModel; readonly answer?: AnswerCall; readonly sandbox?: Partial<PageSandbox>;
  } = {},
): Promise<ServedPage> {
  const log = new SandboxLog();
  let url = '';
  const cognito = createCognito({ model, runtime, log, clock: Date.now, baseUrl: () => url });
  const calls: IntegrationRequest[] = [];
  const gateway = createGateway({
    model: cognito.accessModel,
    runtime: () => runtime,
    bind: (value) => value,
    names: cognito.names,
    verifyToken: cognito.verifyToken,
    integrate: async (_method, request) => {
      calls.push(request);
      return answer(request);
    },
    clock: Date.now,
    log,
  });
  const tokenFor: PageSandbox['tokenFor'] = async ({ client, scopes, user }) => {
    const made = await cognito.tokenFor(client, { ...(scopes && { scopes }), ...(user !== undefined && { user }) });
    if ('problems' in made) throw new ProblemError(made.problems);
    return made.tokens;
  };
  const page = createPage({
    get url() { return url; },
    path: 'cdk.out',
    log,
    pools: cognito.pools,
    notices: ['client Spa: the name is taken to be Spa'],
    describe: () => ({
      userPools: [...cognito.pools.values()].map((pool) => ({
        id: pool.poolId, name: pool.name, issuer: cognito.issuer(pool), domainUrl: cognito.domainUrl(pool), clients: [],
      })),
      apis: gateway.apis().map(({ name, shownName, stage, path }) => ({ name, shownName, stage, url: url + path })),
      cognitoIdpUrl: `${url}/cognito-idp`,
    }),
    accessModel: cognito.accessModel,
    tokenFor,
    addUser: ({ userPool, username, password }) => cognito.addUser(cognito.pools.get(userPool)!, { username, password }),
    async signIn({ client, username, password, scopes }) {
      const pool = [...cognito.pools.values()][0];
      const user = await authenticateUser(pool, username, password);
      if (typeof user === 'string') throw new ProblemError([SIGN_IN_FAILED]);
      return tokenFor({ client, user: username, ...(scopes && { scopes }) });
    },
    stagesOf: (id) => gateway.apis().filter((stage) => stage.id === id).map(({ stage, path }) => ({ name: stage, url: url + path })),
    apiKeys: () => gateway.apiKeys(),
    ...sandbox,
  });
  const served = await listen(new Hono<any>().route('/apis', gateway.app).route('/', page), '127.0.0.1', 0);
  url = served.url;
  return { url, cognito, log, calls, close: () => served.close() };
}

const SIGN_IN_FAILED = {
  code: 'SandboxToken', subject: 'user', wrong: 'is not signed in', expected: 'the name and the password of a user', fix: 'make the user, or correct the password',
} as const;
