import type { Grant } from './grant';
import type { LiveClient } from '../live-pool';
import { OAUTH_OFF_ERROR, refuse } from '../oauth-error';
import { refreshedTokens } from '../user-tokens';

/** The refresh token grant. A parameter `scope` changes nothing; that is «unverified». */
export const refreshTokenGrant: Grant = async (context, pool, client, form) => {
  const token = form.get('refresh_token');
  if (token === undefined) return refuse('invalid_request', 'refresh_token is missing');
  if (!client.oauth) return refuse(OAUTH_OFF_ERROR, 'the OAuth switch of the client is off (AllowedOAuthFlowsUserPoolClient)');
  if (!mayRefresh(client)) return refuse('unauthorized_client', 'the client has neither ALLOW_REFRESH_TOKEN_AUTH nor refresh token rotation');
  const tokens = await refreshedTokens(context, pool, client, token);
  return 'refused' in tokens ? refuse('invalid_grant', tokens.refused) : tokens;
};

/**
 * Whether a client may refresh: by the flow, which is among Cognito's defaults and comes with the older names of flows, or by rotation,
 * which excludes the flow.
 */
export function mayRefresh({ authFlows, refreshTokenRotation }: Pick<LiveClient, 'authFlows' | 'refreshTokenRotation'>): boolean {
  if (refreshTokenRotation !== undefined || authFlows === undefined || authFlows.length === 0) return true;
  return authFlows.some((flow) => flow === 'ALLOW_REFRESH_TOKEN_AUTH' || !flow.startsWith('ALLOW_'));
}
