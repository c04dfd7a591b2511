import type { Context } from 'hono';
import type { CognitoContext } from '../cognito-context';
import type { OAuthEnv } from '../oauth-env';
import { readableAttributes } from '../readable-attributes';
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
  const { client_id: clientId, username, origin_jti: originJti, sub } = token.claims;
  if (token.expired) return refused(c, 401, 'invalid_token', BAD_TOKEN, 'the token is expired');
  if (typeof originJti === 'string' && context.refreshTokens.isRevoked(originJti)) return refused(c, 401, 'invalid_token', BAD_TOKEN, 'the token is revoked');
  if (!token.scopes.includes('openid')) return refused(c, 401, 'invalid_token', NO_OPENID, 'the token has no scope openid');
  const user = typeof username === 'string' ? pool.users.get(username) : undefined;
  if (user === undefined || user.sub !== sub || !user.enabled) return refused(c, 401, 'invalid_token', BAD_TOKEN, 'the user does not exist any more, or is disabled');
  const client = typeof clientId === 'string' ? pool.clients.get(clientId) : undefined;
  // What the token of a deleted client may read is «unverified».
  if (client === undefined) return refused(c, 401, 'invalid_token', BAD_TOKEN, 'the client does not exist any more');
  c.set('client', client.name);
  c.set('reason', 'attributes of the user');
  return c.body(JSON.stringify({ ...readableAttributes(client, user, token.scopes), sub: user.sub, username: user.username }), 200, { 'Content-Type': 'application/json;charset=UTF-8' });
}

/** The header has no scheme, as in the document. */
function refused(c: Context<OAuthEnv>, status: 400 | 401, error: string, description: string, reason: string): Response {
  c.set('reason', `${error}: ${reason}`);
  return c.body(JSON.stringify({ error, error_description: description }), status, {
    'Content-Type': 'application/json;charset=UTF-8',
    'WWW-Authenticate': `error="${error}", error_description="${description}"`,
  });
}
