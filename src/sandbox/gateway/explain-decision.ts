import { REFUSED } from './reason-words';
import type { Access } from '../../model/access';
import type { AccessRequest, Decision, DenyReason } from '../../model/decide';
import { showValue } from '../../model/value';

/** Why a request was allowed or refused, in one line for the log: the reason of the decision, and what it hangs on. Names scopes, never a token. */
export function explainDecision(decision: Decision, access: Access | undefined, token: AccessRequest['token']): string {
  if (decision.verdict === 'unknown') return decision.reason.unknown;
  if (decision.verdict === 'allow') return decision.scopes.length > 0 ? `${decision.reason}: ${decision.scopes.join(', ')}` : decision.reason;
  return `${decision.reason}: ${detailOf(decision.reason, access, typeof token === 'object' ? token : undefined)}`;
}

function detailOf(reason: DenyReason, access: Access | undefined, token: Exclude<AccessRequest['token'], string>): string {
  if (reason === 'scopeMissing') {
    return `needs ${listed(access?.kind === 'anyOf' ? access.scopes.map(showValue) : [], ' or ')}, token has ${listed(token?.scopes.map(showValue) ?? [], ', ')}`;
  }
  if (reason === 'otherUserPool' && token) return `the token is of ${showValue(token.userPool)}, which the authorizer does not accept`;
  return REFUSED[reason];
}

function listed(names: readonly string[], separator: string): string {
  return names.length > 0 ? names.join(separator) : 'none';
}
