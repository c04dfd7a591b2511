import type { Grant } from './grant';
import { machineTokens } from '../machine-tokens';
import { OAUTH_OFF_ERROR, refuse } from '../oauth-error';

/** The client credentials grant: an access token with custom scopes, and no other token. */
export const clientCredentials: Grant = async (context, pool, client, form) => {
  if (!client.oauth) return refuse(OAUTH_OFF_ERROR, 'the OAuth switch of the client is off (AllowedOAuthFlowsUserPoolClient)');
  return machineTokens(context, pool, client, 'client_credentials', form.get('scope'));
};
