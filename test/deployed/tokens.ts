import { createHash, randomBytes } from 'node:crypto';
import { cognito } from './aws-api';
import type { Emulator } from './ministack';
import { signInBySrp } from './srp';

/** A user of a pool, as a person would sign in. */
export interface User {
  readonly name: string;
  readonly password: string;
}

/** A token and how it was obtained. Never print `jwt`. */
export interface IssuedToken {
  readonly use: 'access' | 'id';
  readonly source: 'client_credentials' | 'code' | 'sdkSignIn';
  readonly jwt: string;
}

/** What the emulator says of an app client. */
interface UserPoolClient {
  readonly UserPoolId: string;
  readonly ClientId: string;
  readonly ClientSecret?: string;
  readonly AllowedOAuthFlowsUserPoolClient?: boolean;
  readonly AllowedOAuthFlows?: readonly string[];
  readonly AllowedOAuthScopes?: readonly string[];
  readonly CallbackURLs?: readonly string[];
  readonly ExplicitAuthFlows?: readonly string[];
}

/** What Cognito takes where a client lists no flows (API reference of CreateUserPoolClient, `ExplicitAuthFlows`). */
const DEFAULT_AUTH_FLOWS = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'];

/** Creates a confirmed user with a random password. */
export async function createUser(emulator: Emulator, userPool: string, attributes: Record<string, string> = {}): Promise<User> {
  const user = { name: `user-${randomBytes(4).toString('hex')}`, password: `aA1!${randomBytes(16).toString('base64url')}` };
  const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  await cognito(emulator, 'AdminCreateUser', { UserPoolId: userPool, Username: user.name, MessageAction: 'SUPPRESS', UserAttributes });
  await cognito(emulator, 'AdminSetUserPassword', { UserPoolId: userPool, Username: user.name, Password: user.password, Permanent: true });
  return user;
}

/** Obtains every token that the client's flows lead to, asking for all scopes granted to it. */
export async function obtainTokens(emulator: Emulator, userPool: string, clientId: string, user: User): Promise<IssuedToken[]> {
  const input = { UserPoolId: userPool, ClientId: clientId };
  const { UserPoolClient: client } = await cognito<{ UserPoolClient: UserPoolClient }>(emulator, 'DescribeUserPoolClient', input);
  const flows = client.AllowedOAuthFlowsUserPoolClient ? client.AllowedOAuthFlows ?? [] : [];
  const signIn = client.ExplicitAuthFlows?.length ? client.ExplicitAuthFlows : DEFAULT_AUTH_FLOWS;
  const tokens: IssuedToken[] = [];
  if (flows.includes('client_credentials')) tokens.push(...await byClientCredentials(emulator, client));
  if (flows.includes('code')) tokens.push(...await byCode(emulator, client, user));
  if (signIn.includes('ALLOW_USER_SRP_AUTH')) tokens.push(...both(await signInBySrp(emulator, client, user)));
  else if (signIn.includes('ALLOW_USER_PASSWORD_AUTH')) tokens.push(...both(await signInByPassword(emulator, client, user)));
  return tokens;
}

/** No token where none of the client's scopes is active: the endpoint answers `invalid_scope`. */
async function byClientCredentials(emulator: Emulator, client: UserPoolClient): Promise<IssuedToken[]> {
  const scope = (client.AllowedOAuthScopes ?? []).join(' ');
  const answer = await tokenEndpoint(emulator, client, { grant_type: 'client_credentials', scope });
  if (answer.error === 'invalid_scope') return [];
  return [issued('access', 'client_credentials', answer.access_token, answer.error)];
}

/** Opens the sign-in page, sends its form as a browser does, and redeems the code with its PKCE verifier. */
async function byCode(emulator: Emulator, client: UserPoolClient, user: User): Promise<IssuedToken[]> {
  const redirect = client.CallbackURLs?.[0] ?? '';
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(8).toString('hex');
  const authorize = new URLSearchParams({
    response_type: 'code',
    client_id: client.ClientId,
    redirect_uri: redirect,
    scope: (client.AllowedOAuthScopes ?? []).join(' '),
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const page = await fetch(`${emulator.endpoint}/oauth2/authorize?${authorize}`, { redirect: 'manual' });
  const form = await page.text();
  if (page.status !== 200) throw new Error(`the sign-in page answers ${page.status} ${page.headers.get('location') ?? form}`);
  const signedIn = await fetch(new URL(attribute(form, 'action'), emulator.endpoint), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ ...hiddenFields(form), username: user.name, password: user.password }),
  });
  const location = signedIn.headers.get('location');
  if (!location?.startsWith(redirect)) throw new Error(`signing in answers ${signedIn.status} instead of a redirect to the client`);
  const returned = new URL(location).searchParams;
  if (returned.get('state') !== state) throw new Error('the redirect to the client loses the state');
  const code = returned.get('code') ?? '';
  const answer = await tokenEndpoint(emulator, client, { grant_type: 'authorization_code', code, redirect_uri: redirect, code_verifier: verifier });
  const tokens = [issued('access', 'code', answer.access_token, answer.error)];
  if (answer.id_token) tokens.push(issued('id', 'code', answer.id_token));
  return tokens;
}

async function signInByPassword(emulator: Emulator, client: UserPoolClient, user: User) {
  if (client.ClientSecret) throw new Error(`client ${client.ClientId} signs users in with a secret hash, which this test does not know`);
  const answer = await cognito<{ AuthenticationResult: { AccessToken: string; IdToken: string } }>(emulator, 'InitiateAuth', {
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: client.ClientId,
    AuthParameters: { USERNAME: user.name, PASSWORD: user.password },
  });
  return answer.AuthenticationResult;
}

function both(result: { AccessToken: string; IdToken: string }): IssuedToken[] {
  return [issued('access', 'sdkSignIn', result.AccessToken), issued('id', 'sdkSignIn', result.IdToken)];
}

interface TokenAnswer {
  readonly access_token?: string;
  readonly id_token?: string;
  readonly error?: string;
}

async function tokenEndpoint(emulator: Emulator, client: UserPoolClient, body: Record<string, string>): Promise<TokenAnswer> {
  const { ClientId: id, ClientSecret: secret } = client;
  const basic = { Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
  const response = await fetch(`${emulator.endpoint}/oauth2/token`, {
    method: 'POST',
    headers: secret ? basic : {},
    body: new URLSearchParams(secret ? body : { ...body, client_id: id }),
  });
  return await response.json() as TokenAnswer;
}

function issued(use: IssuedToken['use'], source: IssuedToken['source'], jwt: string | undefined, error?: string): IssuedToken {
  if (!jwt) throw new Error(`no ${use} token by ${source}: ${error ?? 'the answer has none'}`);
  return { use, source, jwt };
}

function hiddenFields(form: string): Record<string, string> {
  const inputs = form.match(/<input type="hidden"[^>]*>/g) ?? [];
  return Object.fromEntries(inputs.map((input) => [attribute(input, 'name'), attribute(input, 'value')]));
}

function attribute(html: string, name: string): string {
  const text = new RegExp(`\\s${name}="([^"]*)"`).exec(html)?.[1] ?? '';
  const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'" };
  return text.replace(/&(amp|lt|gt|quot|#x27);/g, (entity) => entities[entity]);
}
