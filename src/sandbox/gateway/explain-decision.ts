import type { Access } from '../../model/access';
import type { AccessRequest, Decision } from '../../model/decide';
import { showValue } from '../../model/value';

/** Why a request was allowed or refused, in one line for the log: the reason of the decision, and what it hangs on. Names scopes, never a token. */
export function explainDecision(decision: Decision, access: Access | undefined, token: AccessRequest['token']): string {
  if (decision.verdict === 'unknown') return decision.reason.unknown;
  if (decision.verdict === 'allow') return decision.scopes.length > 0 ? `${decision.reason}: ${decision.scopes.join(', ')}` : decision.reason;
  const detail = detailOf(decision.reason, access, token);
  return detail === undefined ? decision.reason : `${decision.reason}: ${detail}`;
}

function detailOf(reason: string, access: Access | undefined, token: AccessRequest['token']): string | undefined {
  const presented = typeof token === 'object' ? token : undefined;
  switch (reason) {
    case 'noRoute': return 'no method answers this verb and path';
    case 'noToken': return 'the header of the authorizer is missing';
    case 'unverifiableToken': return 'the header has no token that a user pool of the sandbox signed';
    case 'otherUserPool': return presented && `the token is of ${showValue(presented.userPool)}, which the authorizer does not accept`;
    case 'updatedIssuer': return 'the authorizer accepts the original form of issuers only';
    case 'expiredToken': return 'the token has expired';
    case 'accessTokenRequired': return 'the method has scopes and takes access tokens, this is an ID token';
    case 'idTokenRequired': return 'the method has no scopes and takes ID tokens, this is an access token';
    case 'audienceMismatch': return 'the aud claim does not match the identity validation expression';
    case 'scopeMissing': return `needs ${listed(access?.kind === 'anyOf' ? access.scopes.map(showValue) : [], ' or ')}, token has ${listed(presented?.scopes.map(showValue) ?? [], ', ')}`;
    case 'scopeNeverMatches': return 'no token matches the scope email of a method';
    case 'apiKeyRequired': return 'x-api-key has no key of a usage plan of the stage';
    case 'resourcePolicyDenies': return 'the resource policy of the API denies everybody every call';
    case 'iamRequired': return 'the request is not signed by AWS credentials';
    default: return undefined;
  }
}

function listed(names: readonly string[], separator: string): string {
  return names.length > 0 ? names.join(separator) : 'none';
}
