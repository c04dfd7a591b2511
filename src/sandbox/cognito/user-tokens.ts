import { randomUUID } from 'node:crypto';
import { secondsOf, type CognitoContext } from './cognito-context';
import { carriedScopes, obtains } from './granted-scopes';
import { userAccessToken, userIdToken } from './issue-tokens';
import type { LiveClient, LivePool, LiveUser } from './live-pool';
import type { RefreshGrant } from './refresh-tokens';
import type { UserSource } from './sources';

/** Tokens as they are handed out. */
export interface IssuedTokens {
  readonly accessToken: string;
  /** Absent for machines, and for users without `openid`. */
  readonly idToken?: string;
  readonly refreshToken?: string;
  /** Life of the access token in seconds. */
  readonly expiresIn: number;
}

/** What a user's tokens come from. */
export interface UserGrant {
  readonly source: UserSource;
  readonly user: LiveUser;
  /** The scopes asked for. Which of them the tokens carry is asked anew whenever tokens are issued. */
  readonly scopes: readonly string[];
  /** Seconds since 1970; default now. */
  readonly authTime?: number;
  readonly audience?: string;
  readonly nonce?: string;
}

/** Issues the tokens of a new sign-in. The implicit grant has no refresh token. */
export async function signInTokens(context: CognitoContext, pool: LivePool, client: LiveClient, grant: UserGrant): Promise<IssuedTokens> {
  const refreshGrant: RefreshGrant = {
    poolId: pool.poolId,
    clientId: client.clientId,
    username: grant.user.username,
    sub: grant.user.sub,
    source: grant.source,
    scopes: grant.scopes,
    authTime: grant.authTime ?? secondsOf(context.clock),
    originJti: randomUUID(),
    eventId: randomUUID(),
    expiresAt: context.clock() + client.refreshTokenValidity * 1000,
    ...(grant.audience !== undefined && { audience: grant.audience }),
  };
  const tokens = await tokensOf(context, pool, client, grant.user, refreshGrant, grant.nonce);
  return grant.source === 'implicit' ? tokens : { ...tokens, refreshToken: context.refreshTokens.issue(refreshGrant) };
}

/** Why a refresh token gives no tokens. */
export interface RefreshRefusal {
  /** For the log. */
  readonly refused: string;
  /** Set where the token would be good if rotation had not replaced it. */
  readonly reused?: true;
}

/**
 * Issues new tokens for a refresh token. Scopes that were deleted since are left out, and come back when they are declared again.
 *
 * Where refresh tokens rotate, a new one comes with the life that is left, and the old one stays good for the grace period.
 */
export async function refreshedTokens(
  context: CognitoContext, pool: LivePool, client: LiveClient, refreshToken: string,
): Promise<IssuedTokens | RefreshRefusal> {
  const grant = context.refreshTokens.find(refreshToken);
  if (grant === undefined) {
    const replaced = context.refreshTokens.findReplaced(refreshToken);
    return replaced?.poolId === pool.poolId && replaced.clientId === client.clientId
      ? { refused: 'rotation has replaced the refresh token', reused: true }
      : { refused: 'the refresh token is unknown, revoked, expired or replaced' };
  }
  if (grant.poolId !== pool.poolId) return { refused: 'the refresh token is that of another user pool' };
  if (grant.clientId !== client.clientId) return { refused: 'the refresh token is that of another client' };
  const user = pool.users.get(grant.username);
  if (user === undefined || user.sub !== grant.sub) return { refused: 'the user does not exist any more' };
  if (!user.enabled) return { refused: 'the user is disabled' };
  if (!obtains(context.model.current(), client, grant.source, 'access')) return { refused: 'the client no longer has the grant of the refresh token' };
  const { refreshTokenRotation: rotation } = client;
  // Before anything is waited for: of two requests at once, one has the old token.
  const next = rotation && context.refreshTokens.rotate(refreshToken, rotation.graceSeconds);
  const tokens = await tokensOf(context, pool, client, user, grant);
  return next === undefined ? tokens : { ...tokens, refreshToken: next };
}

async function tokensOf(
  context: CognitoContext, pool: LivePool, client: LiveClient, user: LiveUser, grant: RefreshGrant, nonce?: string,
): Promise<IssuedTokens> {
  const scopes = carriedScopes(context.model.current(), client, grant.source, grant.scopes);
  const signIn = { ...grant, user, ...(nonce !== undefined && { nonce }) };
  const accessToken = await userAccessToken(context, pool, client, signIn, scopes);
  const withId = grant.source === 'sdkSignIn' || scopes.includes('openid');
  return {
    accessToken,
    ...(withId && { idToken: await userIdToken(context, pool, client, signIn, scopes, accessToken) }),
    expiresIn: client.accessTokenValidity,
  };
}
