import type { CognitoContext } from '../cognito-context';
import type { Form } from '../form';
import { carriedScopes, obtains, requestedScopes } from '../granted-scopes';
import { machineToken } from '../issue-tokens';
import type { LiveClient, LivePool } from '../live-pool';
import { OAUTH_OFF_ERROR, refuse, SCOPE_NOT_ALLOWED_ERROR, type OAuthError } from '../oauth-error';

/** The tokens of a grant, as the token endpoint answers them. */
export interface TokenResponse {
  readonly id_token?: string;
  readonly access_token: string;
  readonly refresh_token?: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly token_type: 'Bearer';
}

/** How a machine obtains its token. */
export type MachineSource = 'client_credentials' | 'clientToken';

/** The client credentials grant: an access token with custom scopes, and no other token. */
export async function clientCredentials(
  context: CognitoContext, pool: LivePool, client: LiveClient, form: Form,
): Promise<TokenResponse | OAuthError> {
  if (!client.oauth) return refuse(OAUTH_OFF_ERROR, 'the OAuth switch of the client is off (AllowedOAuthFlowsUserPoolClient)');
  return machineTokenFor(context, pool, client, 'client_credentials', form.get('scope'));
}

/**
 * Issues a machine token to a client that has proved its secret.
 *
 * @param scope scopes, separated by spaces; all of the client's where absent
 */
export async function machineTokenFor(
  context: CognitoContext, pool: LivePool, client: LiveClient, source: MachineSource, scope?: string,
): Promise<TokenResponse | OAuthError> {
  const model = context.model.current();
  if (!obtains(model, client, source, 'access')) {
    return refuse('unauthorized_client', `the client has no ${source === 'clientToken' ? 'ALLOW_CLIENT_TOKEN_AUTH' : 'client credentials grant'}, or no secret`);
  }
  const asked = requestedScopes(client, source, scope);
  if ('refused' in asked) return refuse(SCOPE_NOT_ALLOWED_ERROR, `the client does not have the scope ${JSON.stringify(asked.refused.slice(0, 256))}`);
  const scopes = carriedScopes(model, client, source, asked.scopes);
  return { access_token: await machineToken(context, pool, client, scopes), expires_in: client.accessTokenValidity, token_type: 'Bearer' };
}
