import { CfnUserPoolDomain } from 'aws-cdk-lib/aws-cognito';
import { Stage } from 'aws-cdk-lib/core';
import { rendered } from './rendered';
import { userPoolIdKey, userPoolKey } from './user-pool-key';
import { UserPoolRegistry } from './user-pool-registry';
import type { Problem } from '../../model/problem';
import type { IScopedResourceServer } from '../scoped-resource-server-ref';

/**
 * Checks the domains that the finished stage gives to a user pool: one prefix and one custom domain at most (Cognito
 * developer guide, «Configuring a user pool domain»). The first resource server of a user pool speaks for all.
 */
export function checkDomains(server: IScopedResourceServer): Problem[] {
  if (!UserPoolRegistry.of(server).isFirstServer(server)) return [];
  const key = userPoolKey(server.userPool);
  const domains = server.node.root.node.findAll()
    .filter((child): child is CfnUserPoolDomain => child instanceof CfnUserPoolDomain)
    .filter((domain) => Stage.of(domain) === Stage.of(server) && userPoolIdKey(domain.userPoolId, domain) === key);
  return ['prefix', 'custom name'].flatMap((kind) => {
    const [first, ...others] = domains.filter((domain) => kindOf(domain) === kind);
    return others.map((domain): Problem => ({
      code: 'DomainChoice',
      subject: `user pool domain "${domain.node.path}"`,
      wrong: `is a second domain with a ${kind}, beside "${first.node.path}"`,
      expected: 'one domain per user pool',
      fix: 'remove one of them: call addDomain before the first client is declared, or pass domain to the resource server',
    }));
  });
}

function kindOf(domain: CfnUserPoolDomain): 'prefix' | 'custom name' {
  return rendered(domain).properties.CustomDomainConfig === undefined ? 'prefix' : 'custom name';
}
