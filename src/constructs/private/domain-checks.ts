import { CfnUserPoolDomain, type IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Annotations, CfnResource, Stage } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { declaredUserPool } from './feature-plan';
import { rendered } from './rendered';
import { userPoolIdKey, userPoolKey } from './user-pool-key';
import { UserPoolRegistry } from './user-pool-registry';
import { checkCertificateRegion } from '../../model/domain-rules';
import { formatProblem, type Problem } from '../../model/problem';
import type { IScopedResourceServer } from '../scoped-resource-server-ref';

/** Id under which the warning can be acknowledged. */
const MISSING = 'cdk-protected-api:domain-missing';

/**
 * Checks the domains that the finished stage gives to a user pool: one prefix and one custom domain at most (Cognito
 * developer guide, «Configuring a user pool domain»). The first resource server of a user pool speaks for all.
 */
export function checkDomains(server: IScopedResourceServer): Problem[] {
  if (!UserPoolRegistry.of(server).isFirstServer(server)) return [];
  const domains = domainsOf(server, server.userPool);
  return [...domains.flatMap(checkCertificate), ...['prefix', 'custom name'].flatMap((kind) => {
    const [first, ...others] = domains.filter((domain) => kindOf(domain) === kind);
    return others.map((domain): Problem => ({
      code: 'DomainChoice',
      subject: `user pool domain "${domain.node.path}"`,
      wrong: `is a second domain with a ${kind}, beside "${first.node.path}"`,
      expected: 'one domain per user pool',
      fix: 'remove one of them: call addDomain before the first client is declared, or pass domain to the resource server',
    }));
  })];
}

/** The Region of a certificate whose ARN is literal. */
function checkCertificate(domain: CfnUserPoolDomain): Problem[] {
  const { Domain: name, CustomDomainConfig: config } = rendered(domain).properties;
  const region: string | undefined = /^arn:[^:]*:acm:([^:]+):/.exec(String(config?.CertificateArn))?.[1];
  return region === undefined ? [] : checkCertificateRegion(typeof name === 'string' ? name : domain.node.path, region);
}

/**
 * Warns of a client whose user pool is declared by the app without a domain: it could ask nobody for a token. Another app may define
 * the domain.
 */
export function warnOfMissingDomain(client: IConstruct, subject: string, userPool: IUserPool): void {
  const pool = declaredUserPool(userPool);
  const registry = UserPoolRegistry.of(client);
  if (pool === undefined || (registry.knownDomainOf(userPool) ?? registry.existingDomainOf(userPool)) !== undefined) return;
  if (domainsOf(client, userPool).length > 0 || resourcesOf(client).some((each) => !(each instanceof CfnUserPoolDomain))) return;
  Annotations.of(client).addWarningV2(MISSING, formatProblem({
    code: 'DomainMissing',
    subject,
    wrong: `obtains tokens from the domain of user pool "${userPool.node.path}", which has none in this app`,
    expected: 'a domain, the host of the OAuth endpoints',
    fix: 'call addDomain on the user pool, or pass domain or existingDomain to its resource server',
  }));
}

function domainsOf(construct: IConstruct, userPool: IUserPool): CfnUserPoolDomain[] {
  const key = userPoolKey(userPool);
  return resourcesOf(construct).filter((child): child is CfnUserPoolDomain => child instanceof CfnUserPoolDomain)
    .filter((domain) => userPoolIdKey(domain.userPoolId, domain) === key);
}

/** The domains of a stage, those too whose class does not tell the user pool. */
function resourcesOf(construct: IConstruct): CfnResource[] {
  return construct.node.root.node.findAll()
    .filter((child): child is CfnResource => CfnResource.isCfnResource(child) && child.cfnResourceType === CfnUserPoolDomain.CFN_RESOURCE_TYPE_NAME)
    .filter((domain) => Stage.of(domain) === Stage.of(construct));
}

function kindOf(domain: CfnUserPoolDomain): 'prefix' | 'custom name' {
  return rendered(domain).properties.CustomDomainConfig === undefined ? 'prefix' : 'custom name';
}
