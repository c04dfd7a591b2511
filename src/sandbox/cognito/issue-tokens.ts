import { createHash, randomUUID } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';
import { secondsOf, type CognitoContext } from './cognito-context';
import { issuerOf } from './issuers';
import type { LiveClient, LivePool, LiveUser } from './live-pool';
import type { TokenUse } from './pool-keys';
import { readableAttributes } from './readable-attributes';

/** A sign-in of a user, from which tokens come. */
export interface SignIn {
  readonly user: LiveUser;
  /** Seconds since 1970. */
  readonly authTime: number;
  /** What all tokens of the sign-in have in common; revoking its refresh token revokes them. */
  readonly originJti: string;
  readonly eventId: string;
  /** Audience of the access token, from resource binding. */
  readonly audience?: string;
  readonly nonce?: string;
}

/** Signs an access token of a machine: `sub` is the client id, and nothing names a user. */
export function machineToken(context: CognitoContext, pool: LivePool, client: LiveClient, scopes: readonly string[]): Promise<string> {
  const now = secondsOf(context.clock);
  return sign(context, pool, 'access', {
    sub: client.clientId,
    token_use: 'access',
    scope: scopes.join(' '),
    auth_time: now,
    iss: issuerOf(context.baseUrl(), pool),
    exp: now + client.accessTokenValidity,
    iat: now,
    version: 2,
    jti: randomUUID(),
    client_id: client.clientId,
  });
}

/** Signs an access token of a user. */
export function userAccessToken(
  context: CognitoContext, pool: LivePool, client: LiveClient, signIn: SignIn, scopes: readonly string[],
): Promise<string> {
  const now = secondsOf(context.clock);
  const { user } = signIn;
  return sign(context, pool, 'access', {
    sub: user.sub,
    ...groupsOf(user),
    iss: issuerOf(context.baseUrl(), pool),
    version: 2,
    client_id: client.clientId,
    ...(signIn.audience !== undefined && { aud: signIn.audience }),
    origin_jti: signIn.originJti,
    event_id: signIn.eventId,
    token_use: 'access',
    scope: scopes.join(' '),
    auth_time: signIn.authTime,
    exp: now + client.accessTokenValidity,
    iat: now,
    jti: randomUUID(),
    username: user.username,
  });
}

/**
 * Signs an ID token of a user. It carries the attributes that the client may read and the scopes open, custom ones as texts.
 *
 * @param accessToken the access token beside it, for `at_hash`
 */
export function userIdToken(
  context: CognitoContext, pool: LivePool, client: LiveClient, signIn: SignIn, scopes: readonly string[], accessToken: string,
): Promise<string> {
  const now = secondsOf(context.clock);
  const { user } = signIn;
  return sign(context, pool, 'id', {
    ...attributeClaims(readableAttributes(client, user, scopes)),
    'at_hash': createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url'),
    'sub': user.sub,
    ...groupsOf(user),
    'iss': issuerOf(context.baseUrl(), pool),
    'cognito:username': user.username,
    ...(signIn.nonce !== undefined && { nonce: signIn.nonce }),
    'origin_jti': signIn.originJti,
    'aud': client.clientId,
    'event_id': signIn.eventId,
    'token_use': 'id',
    'auth_time': signIn.authTime,
    'exp': now + client.idTokenValidity,
    'iat': now,
    'jti': randomUUID(),
  });
}

/** Attributes that are booleans in ID tokens; Cognito keeps them as texts. */
const FLAGS = ['email_verified', 'phone_number_verified'];

function attributeClaims(attributes: LiveUser['attributes']): JWTPayload {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, FLAGS.includes(name) ? value === 'true' : value]));
}

function groupsOf({ groups }: LiveUser): JWTPayload {
  return groups.length > 0 ? { 'cognito:groups': [...groups] } : {};
}

/** The header has `kid` and `alg` and nothing else (Cognito developer guide, «Understanding the access token»). */
async function sign(context: CognitoContext, pool: LivePool, use: TokenUse, claims: JWTPayload): Promise<string> {
  const { kid, privateKey } = await context.keysOf(pool).key(use);
  return new SignJWT(claims).setProtectedHeader({ kid, alg: 'RS256' }).sign(privateKey);
}
