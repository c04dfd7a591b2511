import type { Context } from 'hono';
import { deleteCookie, getCookie } from 'hono/cookie';
import { SESSION_COOKIE, toErrorPage } from './authorize';
import { asciiUri } from '../authorization-request';
import type { CognitoContext } from '../cognito-context';
import { readForm } from '../form';
import type { OAuthEnv } from '../oauth-env';
import { isOAuthError } from '../oauth-error';

/**
 * GET `/logout` («Logout endpoint» of the Cognito developer guide): ends the session, and leads to `logout_uri` or, without one, with
 * `redirect_uri` to a new sign-in. Both must be registered.
 */
export function logoutEndpoint(context: CognitoContext, c: Context<OAuthEnv>): Response {
  const pool = c.get('pool');
  const { search } = new URL(c.req.url);
  const parameters = readForm(search);
  if (isOAuthError(parameters)) return toErrorPage(c, parameters.error, parameters.reason);
  const client = pool.clients.get(parameters.get('client_id') ?? '');
  if (client === undefined) return toErrorPage(c, 'invalid_request', 'client_id is missing, or no client of the user pool has it');
  c.set('client', client.name);
  const logoutUri = parameters.get('logout_uri');
  const redirectUri = parameters.get('redirect_uri');
  if (logoutUri === undefined && redirectUri === undefined) return toErrorPage(c, 'invalid_request', 'both logout_uri and redirect_uri are missing', client.clientId);
  const registered = logoutUri === undefined ? client.callbackUrls.includes(redirectUri!) : client.logoutUrls.includes(logoutUri);
  if (!registered) {
    return toErrorPage(c, 'redirect_mismatch', logoutUri === undefined ? 'redirect_uri is no callback URL of the client' : 'logout_uri is no logout URL of the client', client.clientId);
  }
  context.sessions.end(getCookie(c, SESSION_COOKIE));
  deleteCookie(c, SESSION_COOKIE, { path: `/${pool.poolId}` });
  c.set('reason', 'signed out');
  return c.redirect(logoutUri !== undefined ? asciiUri(logoutUri) : `/${pool.poolId}/login${search}`);
}
