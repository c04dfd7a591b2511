import { join } from 'node:path';
import { Hono } from 'hono';
import type { Implementation, ImplementationAnswer } from './implementation';
import { codeTokens, postToken } from './sandbox-tokens';
import { CONTRACT_TEMPLATE, type Scenario, type TokenOf } from './scenarios';
import type { AccessModel } from '../../src/model/access-model';
import type { RuntimeModel } from '../../src/model/runtime-model';
import { createCognitoApi } from '../../src/sandbox/cognito/api/create-cognito-api';
import { createCognito, type Cognito } from '../../src/sandbox/cognito/cognito';
import type { LiveClient, LivePool } from '../../src/sandbox/cognito/live-pool';
import { createGateway, type Gateway } from '../../src/sandbox/gateway/gateway';
import { createIntegrate } from '../../src/sandbox/gateway/integrations/create-integrate';
import { listen, type Listening } from '../../src/sandbox/listen';
import { bind, DEFAULT_PLACE } from '../../src/sandbox/names';
import { SandboxLog } from '../../src/sandbox/sandbox-log';
import { loadTemplates } from '../../src/template/load';
import { modelFromTemplates } from '../../src/template/read-access-model';
import { runtimeFromTemplates } from '../../src/template/runtime/runtime-from-templates';
import { withPlaces } from '../../src/template/with-places';

const NO_TRIGGERS = 'the sandbox runs no pre token generation trigger';

/** What the sandbox does not do. A scenario that it answers as expected must not be here. */
const EXCLUDED: { readonly [scenario: string]: string | undefined } = {
  'a scope that the trigger of the user pool adds': NO_TRIGGERS,
  'a scope that the trigger of the user pool takes away': NO_TRIGGERS,
  'a user\'s token, whose request could name the audience': 'a call has an outcome where templates do not decide',
  'a method for AWS credentials, with them': 'the sandbox does not check signatures of AWS credentials, and says so',
};

/** The contract template in the sandbox, asked over HTTP with tokens of its own Cognito. */
export function sandboxImplementation(): Implementation {
  const running = new Map<string, Promise<ContractSandbox>>();
  return {
    name: 'sandbox',
    excludes: ({ name }) => EXCLUDED[name],
    async answer(scenario) {
      const { Retired } = scenario.parameters;
      const sandbox = running.get(Retired) ?? startContractSandbox(scenario.parameters);
      running.set(Retired, sandbox);
      return (await sandbox).answer(scenario);
    },
    async close() {
      const all = [...running.values()];
      running.clear();
      for (const sandbox of all) await (await sandbox).close();
    },
  };
}

interface ContractSandbox {
  answer(scenario: Scenario): Promise<ImplementationAnswer>;
  close(): Promise<void>;
}

interface Parts {
  readonly cognito: Cognito;
  readonly gateway: Gateway;
  readonly log: SandboxLog;
  readonly server: Listening;
  /** Milliseconds that the clock is ahead. */
  setAhead(milliseconds: number): void;
}

/** Starts with the defaults of the template, and takes over other parameters as an update of the stack would. */
async function startContractSandbox(parameters: Scenario['parameters']): Promise<ContractSandbox> {
  let { model, runtime } = readContract({ Retired: 'false' });
  let ahead = 0;
  let url = '';
  const log = new SandboxLog();
  const clock = () => Date.now() + ahead;
  const cognito = createCognito({ model, runtime, clock, baseUrl: () => url, log });
  if (parameters.Retired === 'true') {
    ({ model, runtime } = readContract(parameters));
    cognito.reload(model, runtime);
  }
  const bound = (value: Parameters<typeof bind>[0]) => bind(value, cognito.names);
  const gateway = createGateway({
    model: () => cognito.accessModel(),
    runtime: () => runtime,
    bind: bound,
    names: cognito.names,
    verifyToken: cognito.verifyToken,
    integrate: createIntegrate({ runtime: () => runtime, bind: bound, runner: { invoke: () => Promise.reject(new Error('no function runs here')), retire: () => undefined, close: async () => undefined } }),
    clock,
    log,
  });
  const server = await listen(new Hono<any>().route('/apis', gateway.app).route('/cognito-idp', createCognitoApi({ cognito, clock, log })).route('/', cognito.oauth), '127.0.0.1', 0);
  ({ url } = server);
  const parts: Parts = { cognito, gateway, log, server, setAhead: (milliseconds) => { ahead = milliseconds; } };
  return { answer: (scenario) => answer(parts, scenario), close: () => server.close() };
}

function readContract(parameters: Scenario['parameters']): { model: AccessModel; runtime: RuntimeModel } {
  const { templates } = loadTemplates(join(__dirname, CONTRACT_TEMPLATE));
  const set = withPlaces({ templates: templates.map((each) => ({ ...each, parameters })) }, DEFAULT_PLACE);
  const model = modelFromTemplates(set);
  return { model, runtime: runtimeFromTemplates(set, model) };
}

/** Does what a scenario says, and tells what came of it; the reason is that of the log. */
async function answer(parts: Parts, { credentials, verb, path }: Scenario): Promise<ImplementationAnswer> {
  const { gateway, log, server, setAhead } = parts;
  const jwt = typeof credentials.token === 'object' ? await issue(parts, credentials.token) : credentials.token;
  if (typeof credentials.token === 'object' && jwt === undefined) return { verdict: 'noToken' };
  const sent = credentials.fate === 'tampered' ? jwt!.replace(/.{8}$/, (end) => [...end].reverse().join('')) : jwt;
  if (credentials.fate === 'expired') setAhead(24 * 60 * 60 * 1000);
  const response = await fetch(`${server.url}${gateway.apis()[0].path}${path}`, {
    method: verb,
    headers: {
      ...(sent !== undefined && { Authorization: `${credentials.scheme ?? 'Bearer '}${sent}` }),
      ...(credentials.apiKey && { 'x-api-key': gateway.apiKeys()[0].value }),
      ...(credentials.iam && { Authorization: 'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE, SignedHeaders=host, Signature=00' }),
    },
  });
  setAhead(0);
  const body = await response.text();
  const { reason = '' } = log.last().find(({ requestId }) => requestId === response.headers.get('x-amzn-requestid')) ?? {};
  switch (response.status) {
    case 200: return { verdict: 'allow', status: 200, reason: word(reason), method: (JSON.parse(body) as { method: string }).method } as ImplementationAnswer;
    case 501: return { verdict: 'unknown', reason: (JSON.parse(body) as { reason: string }).reason };
    default: return { verdict: 'deny', status: response.status, reason: word(reason) } as ImplementationAnswer;
  }
}

/** The reason of a decision, before what it hangs on. */
function word(reason: string): string {
  return reason.split(':', 1)[0];
}

/** Undefined where the client does not obtain such a token. */
async function issue({ cognito, server }: Parts, { client: name, use, source, asksFor }: TokenOf): Promise<string | undefined> {
  const [pool, client] = clientNamed(cognito, name);
  const domainUrl = cognito.domainUrl(pool);
  const scope = asksFor?.join(' ');
  switch (source) {
    case 'client_credentials': {
      const [secret] = client.secrets;
      const form = { grant_type: source, client_id: client.clientId, client_secret: secret?.value ?? '', ...(scope && { scope }) };
      return (await postToken(domainUrl, form)).access_token;
    }
    case 'code': {
      const [callbackUrl = 'https://example.com/callback'] = client.callbackUrls;
      const tokens = await codeTokens({ domainUrl, clientId: client.clientId, callbackUrl, ...(scope && { scope }) });
      return use === 'id' ? tokens.id_token : tokens.access_token;
    }
    case 'clientToken': {
      const [secret] = client.secrets;
      const tokens = await callCognito(server, 'GetClientToken', { ClientId: client.clientId, Secret: secret?.value ?? '', Scopes: asksFor });
      return tokens?.ClientAuthenticationResult.AccessToken;
    }
    case 'sdkSignIn': {
      const { username, password } = USER;
      if (!pool.users.has(username)) await cognito.addUser(pool, USER);
      const signedIn = await callCognito(server, 'InitiateAuth', {
        ClientId: client.clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: username, PASSWORD: password },
      });
      return use === 'id' ? signedIn?.AuthenticationResult.IdToken : signedIn?.AuthenticationResult.AccessToken;
    }
  }
}

const USER = { username: 'bob', password: 'correct horse' };

/** Calls an operation of the API of Cognito; undefined where it is refused. */
async function callCognito({ url }: Listening, operation: string, input: object): Promise<any> {
  const response = await fetch(`${url}/cognito-idp/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` },
    body: JSON.stringify(input),
  });
  return response.ok ? response.json() : undefined;
}

function clientNamed({ pools }: Cognito, name: string): [LivePool, LiveClient] {
  for (const pool of pools.values()) {
    for (const client of pool.clients.values()) if (client.name === name) return [pool, client];
  }
  throw new Error(`no user pool has a client ${name}`);
}
