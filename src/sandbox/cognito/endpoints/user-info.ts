import type { Context } from 'hono';
import type { CognitoContext } from '../cognito-context';
import type { LiveUser } from '../live-pool';
import type { OAuthEnv } from '../oauth-env';
import type { VerifyToken } from '../verify-token';

/* Texts of the page «userInfo endpoint» of the Cognito developer guide, and the last one as users see it. */
const BAD_REQUEST = 'Bad OAuth2 request at UserInfo Endpoint';
const BAD_TOKEN = 'Access token is expired, disabled, or deleted, or the user has globally signed out.';
const NO_OPENID = 'Access token does not contain openid scope';

/** GET and POST `/oauth2/userInfo`: the attributes of the user of an access token with `openid`. */
export async function userInfoEndpoint(context: CognitoContext, verifyToken: VerifyToken, c: Context<OAuthEnv>): Promise<Response> {
  const [, jwt] = /^Bearer +([\w.-]+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
  if (jwt === undefined) return refused(c, 400, 'invalid_request', BAD_REQUEST, 'no Bearer token came');
  const pool = c.get('pool');
  const token = await verifyToken(jwt);
  if (token === undefined || token.pool !== pool || token.use !== 'access') return refused(c, 401, 'invalid_token', BAD_TOKEN, 'the token is no access token of the user pool');
  const { username, origin_jti: originJti, sub } = token.claims;
  if (token.expired) return refused(c, 401, 'invalid_token', BAD_TOKEN, 'the token is expired');
  if (typeof originJti === 'string' && context.refreshTokens.isRevoked(originJti)) return refused(c, 401, 'invalid_token', BAD_TOKEN, 'the token is revoked');
  if (!token.scopes.includes('openid')) return refused(c, 401, 'invalid_token', NO_OPENID, 'the token has no scope openid');
  const user = typeof username === 'string' ? pool.users.get(username) : undefined;
  if (user === undefined || user.sub !== sub || !user.enabled) return refused(c, 401, 'invalid_token', BAD_TOKEN, 'the user does not exist any more, or is disabled');
  c.set('reason', 'attributes of the user');
  return c.body(JSON.stringify({ ...attributesOf(user, token.scopes), sub: user.sub, username: user.username }), 200, { 'Content-Type': 'application/json;charset=UTF-8' });
}

/** What each scope opens; with `profile`, custom attributes as well. */
const OPENED: { readonly [scope: string]: readonly string[] } = {
  profile: [
    'name', 'family_name', 'given_name', 'middle_name', 'nickname', 'preferred_username', 'profile', 'picture', 'website', 'gender', 'birthdate',
    'zoneinfo', 'locale', 'updated_at',
  ],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
};

/**
 * The attributes that scopes open, as texts: `openid` alone all of them, with others those of the others (Cognito developer guide,
 * «userInfo endpoint», 2026). The page has «basic profile information» with `email` and `phone`: that it is `sub` and `username` is
 * «unverified». Every client counts as one that may read all attributes.
 */
function attributesOf({ attributes }: LiveUser, scopes: readonly string[]): { [name: string]: string } {
  const opening = scopes.filter((scope) => Object.hasOwn(OPENED, scope));
  if (opening.length === 0) return { ...attributes };
  const isOpen = (name: string) => opening.some((scope) => OPENED[scope].includes(name)) || (opening.includes('profile') && /^(?:dev:)?custom:/.test(name));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isOpen(name)));
}

/** The header has no scheme, as in the document. */
function refused(c: Context<OAuthEnv>, status: 400 | 401, error: string, description: string, reason: string): Response {
  c.set('reason', `${error}: ${reason}`);
  return c.body(JSON.stringify({ error, error_description: description }), status, {
    'Content-Type': 'application/json;charset=UTF-8',
    'WWW-Authenticate': `error="${error}", error_description="${description}"`,
  });
}
