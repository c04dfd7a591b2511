import { isSecretOf } from '../../client-secrets';
import { isOAuthError } from '../../oauth-error';
import { ApiError } from '../api-error';
import { optional, text } from '../input';
import { CLIENT_ID, SCOPES, UNUSED } from '../members';
import { operation, type Operations } from '../operation';

/** `GetClientToken`: a machine token without a domain, for clients with the flow `ALLOW_CLIENT_TOKEN_AUTH` (API reference, 2026). */
export const CLIENT_TOKEN_OPERATIONS: Operations = {
  GetClientToken: operation({
    ClientId: CLIENT_ID, Secret: text({ min: 1, max: 64, pattern: '[\\w+]+' }), Scopes: optional(SCOPES), ClientMetadata: UNUSED,
  }, async (call, { ClientId, Scopes, Secret }) => {
    const found = call.findClient(ClientId);
    // That an unknown client has the same answer is «unverified»; the words name both.
    if (found === undefined || !isSecretOf(found.client, Secret)) throw new ApiError('NotAuthorizedException', 'Invalid client or secret');
    const { client, pool } = found;
    const token = await call.cognito.issueMachineToken(pool, client, Scopes);
    if (!isOAuthError(token)) {
      return { ClientAuthenticationResult: { AccessToken: token.accessToken, ExpiresIn: token.expiresIn, TokenType: 'Bearer' } };
    }
    // Name and words of both errors are «unverified».
    if (token.error === 'unauthorized_client') {
      throw new ApiError('NotAuthorizedException', 'ALLOW_CLIENT_TOKEN_AUTH flow not enabled for this client', token.reason);
    }
    throw new ApiError('InvalidParameterException', 'Invalid scope requested', token.reason);
  }),
};
