import type { GatewayError } from './gateway-response';
import type { DenyReason } from '../../model/decide';

/**
 * What API Gateway answers where nothing answers a route, and where AWS credentials are demanded and none are there.
 *
 * «Unverified»: that an `Authorization` header makes no difference. The other answer that is reported is `IncompleteSignatureException`.
 */
export const MISSING_AUTHENTICATION_TOKEN: GatewayError = { type: 'MISSING_AUTHENTICATION_TOKEN', message: 'Missing Authentication Token' };

/**
 * «Documented, not reproduced»: 401 for a token without any of the scopes («Integrate a REST API with an Amazon Cognito user pool»: «the
 * call fails with a 401 Unauthorized response»). The body is taken from that of other refusals.
 */
const UNAUTHORIZED: GatewayError = { type: 'UNAUTHORIZED', message: 'Unauthorized' };

/** As many callers report it (aws-amplify/amplify-js#6060, #10147). */
const EXPIRED: GatewayError = { type: 'UNAUTHORIZED', message: 'The incoming token has expired' };

/**
 * As documented for a resource policy that denies explicitly («How do I troubleshoot HTTP 403 Forbidden errors when using a Lambda
 * authorizer with an API Gateway REST API?», AWS re:Post, 2022). «Unverified»: whether more stands
 * behind it today, as public captures show where nothing allows. Callers without AWS credentials are anonymous, whatever token they have.
 */
function deniedByPolicy(resource: string): GatewayError {
  return { type: 'ACCESS_DENIED', message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${resource} with an explicit deny` };
}

/** What API Gateway answers where the API key is missing or wrong, and where there is no such stage. */
export const FORBIDDEN: GatewayError = { type: 'INVALID_API_KEY', message: 'Forbidden' };

/**
 * How API Gateway says no, by the reason.
 *
 * @param resource ARN of the method and path that are asked for, as API Gateway shows it
 */
export function refusalOf(reason: DenyReason, resource: string): GatewayError {
  switch (reason) {
    case 'resourcePolicyDenies': return deniedByPolicy(resource);
    case 'noRoute':
    case 'iamRequired': return MISSING_AUTHENTICATION_TOKEN;
    case 'apiKeyRequired': return FORBIDDEN;
    case 'expiredToken': return EXPIRED;
    default: return UNAUTHORIZED;
  }
}
