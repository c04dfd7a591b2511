import type { AllowReason, DenyReason } from '../../model/decide';
import type { RequestRecord } from '../sandbox-log';

/**
 * What became of a request:
 * - `allowed`: it was let in and answered, or an endpoint of Cognito did what it was asked;
 * - `refused`: the caller may not do that;
 * - `stopped`: it went wrong for another reason, such as a body that does not fit or a function that failed.
 */
export type Verdict = 'allowed' | 'refused' | 'stopped';

/** Reasons by which requests are let in, in words. */
const ALLOWED: { readonly [reason in AllowReason]: string } = {
  public: 'the method is public',
  scopeMatched: 'the token has a scope that the method accepts',
  idTokenAccepted: 'the method takes ID tokens of its user pools',
  apiKeyAccepted: 'the API key opens the stage',
  iamAccepted: 'AWS credentials sign the request',
};

/** Reasons by which requests are refused, in words. */
const REFUSED: { readonly [reason in DenyReason]: string } = {
  noRoute: 'no method answers this verb and path',
  noToken: 'the request has no token',
  unverifiableToken: 'no user pool of the sandbox signed the token',
  otherUserPool: 'the token is of a user pool that the authorizer does not accept',
  updatedIssuer: 'the authorizer accepts the original form of issuers only',
  expiredToken: 'the token has expired',
  accessTokenRequired: 'the method has scopes, so it takes access tokens',
  idTokenRequired: 'the method has no scopes, so it takes ID tokens',
  audienceMismatch: 'the audience of the token does not fit the authorizer',
  scopeMissing: 'the token has none of the scopes that the method accepts',
  scopeNeverMatches: 'no token matches the scope of the method',
  apiKeyRequired: 'the method needs an API key of a usage plan of the stage',
  iamRequired: 'the method needs AWS credentials',
  resourcePolicyDenies: 'the resource policy of the API denies everybody every call',
};

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
