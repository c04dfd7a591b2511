import type { AllowReason, DenyReason } from '../model/decide';

/** What the reason of a decision says, as the end of a sentence about the token or the caller. */
export const REASON_SENTENCES: { readonly [reason in AllowReason | DenyReason]: string } = {
  public: 'the method is public',
  scopeMatched: 'it carries a scope that the method accepts',
  idTokenAccepted: 'the method accepts ID tokens of its user pools',
  apiKeyAccepted: 'the API key is all that the method demands',
  iamAccepted: 'AWS credentials sign the request',
  noRoute: 'no method answers the route',
  noToken: 'there is no token',
  unverifiableToken: 'the token cannot be verified',
  otherUserPool: 'its user pool is none of the authorizer\'s',
  updatedIssuer: 'its user pool uses the updated issuer, which API Gateway refuses',
  expiredToken: 'it has expired',
  accessTokenRequired: 'a method with scopes takes access tokens only',
  idTokenRequired: 'a method without scopes takes ID tokens only',
  audienceMismatch: 'its audience does not match the identity validation expression of the authorizer',
  scopeMissing: 'it carries none of the scopes that the method accepts',
  scopeNeverMatches: 'API Gateway matches the scope of the method with no token',
  apiKeyRequired: 'an API key is required; the answer is for a caller without one',
  iamRequired: 'AWS credentials must sign the request; the answer is for a caller without any',
  resourcePolicyDenies: 'the resource policy of the API denies everybody every call',
};

/** As above, where only the trigger of the user pool gives the token a scope that the method accepts. */
export const BY_TRIGGER_SENTENCE = 'the pre token generation trigger adds a scope that the method accepts, for callers of its choice';

/*
 * How far a request gets before it is refused: the authorizer checks the user pool first, then expiry, token use,
 * audience and scopes.
 */
const FURTHEST_LAST: readonly DenyReason[] = [
  'noRoute', 'noToken', 'unverifiableToken', 'otherUserPool', 'updatedIssuer', 'expiredToken', 'idTokenRequired', 'accessTokenRequired',
  'audienceMismatch', 'scopeMissing', 'scopeNeverMatches', 'iamRequired', 'resourcePolicyDenies', 'apiKeyRequired',
];

/** The reason of the token that got furthest; undefined where there is none. */
export function furthestReason(reasons: readonly DenyReason[]): DenyReason | undefined {
  return [...FURTHEST_LAST].reverse().find((reason) => reasons.includes(reason));
}
