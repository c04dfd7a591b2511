import { claimTexts, requestTimeText } from './claim-texts';
import type { IntegrationRequest } from './integration-call';
import { headerValue } from './integration-headers';

/** The `requestContext` of a Lambda proxy event, which is also what `$context` names in mapping templates. */
export interface RequestContext {
  readonly [name: string]: unknown;
}

/**
 * Describes a request as API Gateway does (members as in captured events, LocalStack test suite validated on AWS).
 *
 * The domain is that of the sandbox, from the `Host` header.
 */
export function requestContext(request: IntegrationRequest): RequestContext {
  const { api, apiKey, claims, extendedRequestId, path, protocol, requestId, resourceId, resourcePath, sourceIp, time, verb } = request;
  return {
    resourceId,
    ...(claims && { authorizer: { claims: claimTexts(claims) } }),
    resourcePath,
    httpMethod: verb,
    extendedRequestId,
    requestTime: requestTimeText(time),
    path: `/${api.stage}${path}`,
    accountId: api.account,
    protocol,
    stage: api.stage,
    domainPrefix: api.id,
    requestTimeEpoch: time,
    requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      ...(apiKey && { apiKey: apiKey.value, apiKeyId: apiKey.id }),
      sourceIp,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent: headerValue(request.headers, 'user-agent') ?? null,
      user: null,
    },
    domainName: headerValue(request.headers, 'host') ?? 'localhost',
    apiId: api.id,
  };
}
