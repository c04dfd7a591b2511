import { createHash, timingSafeEqual } from 'node:crypto';
import type { Grant } from './grant';
import { obtains } from '../granted-scopes';
import { OAUTH_OFF_ERROR, REDIRECT_MISMATCH_DESCRIPTION, refuse } from '../oauth-error';
import { unreadableScope } from '../readable-attributes';
import { signInTokens } from '../user-tokens';

/** RFC 7636, 4.1. */
const CODE_VERIFIER = /^[\w.~-]{43,128}$/;

/** The authorization code grant. A code is used up by the first exchange of its client, even one that fails. */
export const authorizationCode: Grant = async (context, pool, client, form) => {
  const code = form.get('code');
  const redirectUri = form.get('redirect_uri');
  if (code === undefined || redirectUri === undefined) return refuse('invalid_request', `${code === undefined ? 'code' : 'redirect_uri'} is missing`);
  if (!client.oauth) return refuse(OAUTH_OFF_ERROR, 'the OAuth switch of the client is off (AllowedOAuthFlowsUserPoolClient)');
  if (!obtains(context.model.current(), client, 'code', 'access')) return refuse('unauthorized_client', 'the client does not have the code grant');
  const grant = context.codes.find(code);
  if (grant === undefined || grant.poolId !== pool.poolId) return refuse('invalid_grant', 'the code is unknown, used or expired');
  if (grant.clientId !== client.clientId) return refuse('invalid_grant', 'the code is that of another client');
  context.codes.use(code);
  if (grant.redirectUri !== redirectUri) {
    return refuse('unauthorized_client', 'redirect_uri is not that of the authorization request', REDIRECT_MISMATCH_DESCRIPTION);
  }
  const fault = verifierFault(form.get('code_verifier'), grant.challenge);
  if (fault !== undefined) return refuse('invalid_grant', fault);
  const user = pool.users.get(grant.username);
  if (user === undefined || user.sub !== grant.sub || !user.enabled) return refuse('invalid_grant', 'the user does not exist any more, or is disabled');
  // Refreshing later, when the client may read less, gives fewer attributes («unverified»): no scope is requested then.
  const unreadable = unreadableScope(client, grant.scopes);
  if (unreadable !== undefined) return refuse('invalid_grant', `the client may not read all attributes of the scope ${unreadable} (ReadAttributes)`);
  return signInTokens(context, pool, client, { ...grant, source: 'code', user });
};

function verifierFault(verifier: string | undefined, challenge: string | undefined): string | undefined {
  if (challenge === undefined) return verifier === undefined ? undefined : 'a code_verifier came for a code without a challenge';
  if (verifier === undefined) return 'code_verifier is missing';
  if (!CODE_VERIFIER.test(verifier)) return 'code_verifier is not 43 to 128 characters of those that RFC 7636 allows';
  const made = createHash('sha256').update(verifier).digest();
  const wanted = Buffer.from(challenge, 'base64url');
  return made.length === wanted.length && timingSafeEqual(made, wanted) ? undefined : 'code_verifier does not fit the challenge';
}
