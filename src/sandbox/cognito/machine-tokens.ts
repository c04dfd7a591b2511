import type { CognitoContext } from './cognito-context';
import { carriedScopes, obtains, refusedScopeReason, requestedScopes } from './granted-scopes';
import { machineToken } from './issue-tokens';
import type { LiveClient, LivePool } from './live-pool';
import { refuse, SCOPE_NOT_ALLOWED_ERROR, type OAuthError } from './oauth-error';
import type { MachineSource } from './sources';
import type { IssuedTokens } from './user-tokens';

/**
 * Issues a token to a machine that has proved its secret.
 *
 * @param scope scopes, separated by spaces; all of the client's where absent
 */
export async function machineTokens(
  context: CognitoContext, pool: LivePool, client: LiveClient, source: MachineSource, scope?: string,
): Promise<IssuedTokens | OAuthError> {
  const model = context.model.current();
  if (!obtains(model, client, source, 'access')) {
    return refuse('unauthorized_client', `the client has no ${source === 'clientToken' ? 'ALLOW_CLIENT_TOKEN_AUTH' : 'client credentials grant'}, or no secret`);
  }
  const asked = requestedScopes(client, source, scope);
  if ('refused' in asked) return refuse(SCOPE_NOT_ALLOWED_ERROR, refusedScopeReason(pool, asked.refused));
  const scopes = carriedScopes(model, client, source, asked.scopes);
  if (source === 'clientToken' && !client.oauth) {
    context.note({
      entity: client.id,
      what: 'GetClientToken gives it tokens although its OAuth switch is off (AllowedOAuthFlowsUserPoolClient)',
      why: 'that Cognito does so is unverified',
    });
  }
  return { accessToken: await machineToken(context, pool, client, scopes), expiresIn: client.accessTokenValidity };
}
