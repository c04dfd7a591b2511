import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Annotations, type CfnResource } from 'aws-cdk-lib/core';
import { userPoolKey } from './user-pool-key';
import { UserPoolRegistry } from './user-pool-registry';
import { formatProblem } from '../../model/problem';
import type { Scope } from '../scope';

/** Id under which the warning can be acknowledged. */
const SHARED = 'cdk-protected-api:ScopeOfSeveralPools';

/** The scopes that a route was declared with, by its method. */
const declaredScopes = new WeakMap<CfnResource, readonly Scope[]>();

/** Keeps from which user pools a route means to take its scopes. */
export function noteDeclaredScopes(method: CfnResource, scopes: readonly Scope[]): void {
  declaredScopes.set(method, scopes);
}

/**
 * Warns of scopes that a method accepts from more user pools than it was declared for: API Gateway compares scopes as
 * strings, so that the scope of one full name in another user pool of the authorizer opens the method too.
 *
 * @param userPools those of the authorizer of the method
 */
export function warnOfSharedScopes(method: CfnResource, subject: string, userPools: readonly IUserPool[], scopes: readonly string[]): void {
  const registry = UserPoolRegistry.of(method);
  for (const fullName of scopes) {
    const issuers = userPools.filter((userPool) => registry.find([userPool], fullName) !== undefined);
    if (issuers.length < 2) continue;
    const meant = (declaredScopes.get(method) ?? []).filter((scope) => scope.fullName === fullName)
      .flatMap(({ resourceServer }) => (resourceServer === undefined ? [] : [userPoolKey(resourceServer.userPool)]));
    if (issuers.every((userPool) => meant.includes(userPoolKey(userPool)))) continue;
    Annotations.of(method).addWarningV2(SHARED, formatProblem({
      code: 'ScopeOfSeveralPools',
      subject,
      wrong: `accepts a scope that ${issuers.map(({ node }) => `user pool "${node.path}"`).join(' and ')} each declare, whichever of them is meant`,
      got: fullName,
      expected: 'a full scope name of one user pool of the authorizer',
      fix: 'give one resource server another identifier, or list the scopes of all of them',
    }));
  }
}
