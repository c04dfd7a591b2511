'use strict';

/**
 * Who calls, from the claims of the access token.
 *
 * The authorizer of the method has verified the token and found one of the method's scopes in it before the function runs. All claims
 * arrive as text. A machine's token has no username: its subject is the client.
 */
exports.callerOf = (event) => {
  const claims = event.requestContext.authorizer.claims;
  return {
    subject: claims.sub,
    client: claims.client_id,
    name: claims.username ?? claims.client_id,
    scopes: claims.scope.split(' '),
  };
};
