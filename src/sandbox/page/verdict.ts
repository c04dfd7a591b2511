import type { AllowReason, DenyReason } from '../../model/decide';
import { ALLOWED, REFUSED } from '../gateway/reason-words';
import type { RequestRecord } from '../sandbox-log';

/**
 * What became of a request:
 * - `allowed`: it was let in and answered, or an endpoint of Cognito did what it was asked;
 * - `refused`: the caller may not do that;
 * - `stopped`: it went wrong for another reason, such as a body that does not fit or a function that failed.
 */
export type Verdict = 'allowed' | 'refused' | 'stopped';

/** What became of a logged request. */
export function verdictOf({ part, status, reason = '', refused }: Pick<RequestRecord, 'part' | 'status' | 'reason' | 'refused'>): Verdict {
  if (refused) return 'refused';
  if (part !== 'gateway') return status < 400 ? 'allowed' : status < 500 ? 'refused' : 'stopped';
  const word = wordOf(reason);
  if (Object.hasOwn(REFUSED, word)) return 'refused';
  return Object.hasOwn(ALLOWED, word) || (reason === '' && status < 400) ? 'allowed' : 'stopped';
}

/** The reason of a decision in words; undefined for other texts. */
export function meaningOf(reason: string): string | undefined {
  const word = wordOf(reason);
  if (Object.hasOwn(ALLOWED, word)) return ALLOWED[word as AllowReason];
  return Object.hasOwn(REFUSED, word) ? REFUSED[word as DenyReason] : undefined;
}

/** The part of a reason before its colon. */
function wordOf(reason: string): string {
  return reason.split(':', 1)[0];
}
