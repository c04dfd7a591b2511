import { CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Stage } from 'aws-cdk-lib/core';
import { warnOfDeprecatedScopes } from './deprecations';
import { rendered } from './rendered';
import { userPoolIdKey, userPoolKey } from './user-pool-key';
import { UserPoolRegistry } from './user-pool-registry';
import type { Problem } from '../../model/problem';
import { splitFullScopeName } from '../../model/scope-grammar';
import type { IScopedResourceServer } from '../scoped-resource-server-ref';

/** Checks the clients of the finished tree that were declared without this library: none lists a scope that the resource server lacks. */
export function checkPlainClients(server: IScopedResourceServer): Problem[] {
  const registry = UserPoolRegistry.of(server);
  const stage = Stage.of(server);
  return server.node.root.node.findAll()
    .filter((child): child is CfnUserPoolClient => child instanceof CfnUserPoolClient)
    .filter((client) => !registry.isOwnClient(client) && Stage.of(client) === stage)
    .filter((client) => userPoolIdKey(client.userPoolId, client) === userPoolKey(server.userPool))
    .flatMap((client) => {
      const scopes = ([rendered(client).properties.AllowedOAuthScopes ?? []].flat() as unknown[])
        .filter((scope): scope is string => typeof scope === 'string' && splitFullScopeName(scope)?.identifier === server.identifier);
      const subject = `client "${client.node.path}"`;
      warnOfDeprecatedScopes(client, subject, [server.userPool], scopes);
      return registry.checkScopes(subject, [server.userPool], scopes, false);
    });
}
