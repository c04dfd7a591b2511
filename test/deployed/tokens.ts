import { createHash, randomBytes } from 'node:crypto';
import { ApiError, cognito } from './aws-api';
import type { Emulator } from './ministack';
import { signInBySrp } from './srp';

/** A user of a pool, as a person would sign in. */
export interface User {
  readonly name: string;
  readonly password: string;
}

/** How a client obtains tokens: an OAuth grant, sign-in through the API, or `GetClientToken`. */
export type Source = 'client_credentials' | 'code' | 'sdkSignIn' | 'clientToken';

/** A token and how it was obtained. Never print `jwt`. */
export interface IssuedToken {
  readonly use: 'access' | 'id';
  readonly source: Source;
  readonly jwt: string;
}

/** The emulator refuses to issue a token. */
export class TokenRefused extends Error {}

/** What the emulator says of an app client. */
export interface UserPoolClient {
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
  // A password that the emulator makes up itself has fewer characters than some user pools demand.
  const input = { UserPoolId: userPool, Username: user.name, TemporaryPassword: user.password, MessageAction: 'SUPPRESS', UserAttributes };
  await cognito(emulator, 'AdminCreateUser', input);
  await cognito(emulator, 'AdminSetUserPassword', { UserPoolId: userPool, Username: user.name, Password: user.password, Permanent: true });
  return user;
}

export async function describeClient(emulator: Emulator, userPool: string, clientId: string): Promise<UserPoolClient> {
  const input = { UserPoolId: userPool, ClientId: clientId };
  return (await cognito<{ UserPoolClient: UserPoolClient }>(emulator, 'DescribeUserPoolClient', input)).UserPoolClient;
}

/** The ways that are open to a client, by its own record. */
export function sourcesOf(client: UserPoolClient): Source[] {
  const grants = client.AllowedOAuthFlowsUserPoolClient ? client.AllowedOAuthFlows ?? [] : [];
  const signIn = client.ExplicitAuthFlows?.length ? client.ExplicitAuthFlows : DEFAULT_AUTH_FLOWS;
  return [
    ...(['client_credentials', 'code'] as const).filter((grant) => grants.includes(grant)),
    ...signIn.some((flow) => /^ALLOW_USER_(SRP|PASSWORD)_AUTH$/.test(flow)) ? ['sdkSignIn' as const] : [],
  ];
}

/**
 * Obtains tokens one way, whether or not it is open to the client.
 *
 * @param scopes what the client asks for; default: all scopes granted to it
 * @throws TokenRefused where the emulator says no
 */
export async function obtainTokens(
  emulator: Emulator, client: UserPoolClient, source: Source, user: User, scopes = client.AllowedOAuthScopes ?? [],
): Promise<IssuedToken[]> {
  const scope = scopes.join(' ');
  if (source === 'client_credentials') return byClientCredentials(emulator, client, scope);
  if (source === 'code') return byCode(emulator, client, scope, user);
  if (source === 'clientToken') return byClientToken(emulator, client, scopes);
  const password = client.ExplicitAuthFlows?.includes('ALLOW_USER_PASSWORD_AUTH') && !client.ClientSecret;
  try {
    const { AccessToken, IdToken } = await (password ? signInByPassword : signInBySrp)(emulator, client, user);
    return [issued('access', source, AccessToken), issued('id', source, IdToken)];
  } catch (error) {
    throw error instanceof ApiError ? new TokenRefused(error.message) : error;
  }
}

async function byClientCredentials(emulator: Emulator, client: UserPoolClient, scope: string): Promise<IssuedToken[]> {
  const { access_token: token } = await tokenEndpoint(emulator, client, { grant_type: 'client_credentials', scope });
  return [issued('access', 'client_credentials', token)];
}

async function byClientToken(emulator: Emulator, client: UserPoolClient, scopes: readonly string[]): Promise<IssuedToken[]> {
  try {
    const input = { ClientId: client.ClientId, Secret: client.ClientSecret, Scopes: scopes };
    const answer = await cognito<{ ClientAuthenticationResult: { AccessToken: string } }>(emulator, 'GetClientToken', input);
    return [issued('access', 'clientToken', answer.ClientAuthenticationResult.AccessToken)];
  } catch (error) {
    throw error instanceof ApiError ? new TokenRefused(error.message) : error;
  }
}

/** Opens the sign-in page, sends its form as a browser does, and redeems the code with its PKCE verifier. */
async function byCode(emulator: Emulator, client: UserPoolClient, scope: string, user: User): Promise<IssuedToken[]> {
  const redirect = client.CallbackURLs?.[0] ?? '';
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(8).toString('hex');
  const authorize = new URLSearchParams({
    response_type: 'code',
    client_id: client.ClientId,
    redirect_uri: redirect,
    scope,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const page = await fetch(`${emulator.endpoint}/oauth2/authorize?${authorize}`, { redirect: 'manual' });
  const form = await page.text();
  if (page.status !== 200) throw new TokenRefused(`the sign-in page answers ${page.status} ${page.headers.get('location') ?? form}`);
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
  const tokens = [issued('access', 'code', answer.access_token)];
  if (answer.id_token) tokens.push(issued('id', 'code', answer.id_token));
  return tokens;
}

async function signInByPassword(emulator: Emulator, client: UserPoolClient, user: User) {
  const answer = await cognito<{ AuthenticationResult: { AccessToken: string; IdToken: string } }>(emulator, 'InitiateAuth', {
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: client.ClientId,
    AuthParameters: { USERNAME: user.name, PASSWORD: user.password },
  });
  return answer.AuthenticationResult;
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
  const answer = await response.json() as TokenAnswer;
  if (!response.ok) throw new TokenRefused(`the token endpoint answers ${response.status} ${answer.error}`);
  return answer;
}

function issued(use: IssuedToken['use'], source: Source, jwt: string | undefined): IssuedToken {
  if (!jwt) throw new Error(`the answer has no ${use} token`);
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
