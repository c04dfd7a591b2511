'use strict';

/**
 * Answers who called, from the claims that the authorizer has verified before the function runs.
 *
 * An access token names its client and scopes. An ID token has neither: it names the user, and its audience is the client.
 */
exports.handler = async (event) => {
  const claims = event.requestContext.authorizer.claims;
  const caller = {
    route: `${event.httpMethod} ${event.resource}`,
    issuer: claims.iss,
    client: claims.client_id ?? claims.aud,
    subject: claims.sub,
    scopes: claims.scope?.split(' ') ?? [],
  };
  console.log(JSON.stringify({ requestId: event.requestContext.requestId, ...caller }));
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
    body: JSON.stringify(caller),
  };
};
