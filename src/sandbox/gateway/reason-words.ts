import type { AllowReason, DenyReason } from '../../model/decide';

/** Reasons by which requests are let in, in words. */
export const ALLOWED: { readonly [reason in AllowReason]: string } = {
  public: 'the method is public',
  scopeMatched: 'the token has a scope that the method accepts',
  idTokenAccepted: 'the method takes ID tokens of its user pools',
  apiKeyAccepted: 'the API key opens the stage',
  iamAccepted: 'AWS credentials sign the request',
};

/** Reasons by which requests are refused, in words. */
export const REFUSED: { readonly [reason in DenyReason]: string } = {
  noRoute: 'no method answers this verb and path',
  noToken: 'the request has no token in the header of the authorizer',
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
