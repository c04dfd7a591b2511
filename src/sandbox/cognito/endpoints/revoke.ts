import type { Context } from 'hono';
import { errorAnswer, formOf } from './token';
import { authenticateClient } from '../authenticate-client';
import type { CognitoContext } from '../cognito-context';
import type { OAuthEnv } from '../oauth-env';
import { isOAuthError, refuse } from '../oauth-error';

/** Three parts with dots: an access or ID token. */
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * POST `/oauth2/revoke` («Revoke endpoint» of the Cognito developer guide): ends a refresh token, and what came from it for `/oauth2/userInfo`.
 * An authorizer of API Gateway does not see it.
 *
 * A refresh token of another client is refused with `invalid_request`; that is «unverified».
 */
export async function revokeEndpoint(context: CognitoContext, c: Context<OAuthEnv>): Promise<Response> {
  const form = await formOf(c);
  if (isOAuthError(form)) return errorAnswer(c, 400, form);
  const pool = c.get('pool');
  const client = authenticateClient(pool, c.req.header('authorization'), form);
  if (isOAuthError(client)) return errorAnswer(c, client.error === 'invalid_client' ? 401 : 400, client);
  c.set('client', client.name);
  const token = form.get('token');
  if (token === undefined) return errorAnswer(c, 400, refuse('invalid_request', 'token is missing'));
  if (!client.tokenRevocation) return errorAnswer(c, 400, refuse('invalid_request', 'token revocation is off for the client (EnableTokenRevocation)'));
  if (JWT.test(token)) return errorAnswer(c, 400, refuse('unsupported_token_type', 'the token is no refresh token'));
  const owner = context.refreshTokens.owner(token);
  if (owner !== undefined && (owner.poolId !== pool.poolId || owner.clientId !== client.clientId)) {
    return errorAnswer(c, 400, refuse('invalid_request', 'the refresh token is that of another client'));
  }
  context.refreshTokens.revoke(token);
  c.set('reason', owner === undefined ? 'the refresh token was not known' : 'refresh token revoked');
  return c.body(null, 200);
}
