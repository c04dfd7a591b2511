import { CfnUserPoolResourceServer } from 'aws-cdk-lib/aws-cognito';
import { Stack, Stage, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { rendered } from './rendered';
import { userPoolIdKey, userPoolKey } from './user-pool-key';
import { UserPoolRegistry } from './user-pool-registry';
import type { Problem } from '../../model/problem';
import { checkFullScopeNameLength, checkIdentifier, checkScopeDescription, checkScopeName } from '../../model/scope-grammar';
import type { IScopedResourceServer } from '../scoped-resource-server-ref';

/** Checks name and description of a scope as they are declared. A description that only synthesis knows is checked then. */
export function checkDeclaredScope(identifier: string, name: string, description: string): Problem[] {
  if (Token.isUnresolved(name)) {
    return [{
      code: 'ScopeNameToken',
      subject: 'scope name',
      wrong: 'is known only later',
      got: name,
      expected: 'a literal text, by which clients, methods and people find the scope',
      fix: 'write the name itself',
    }];
  }
  const problems = [...checkScopeName(name), ...(Token.isUnresolved(description) ? [] : checkScopeDescription(name, description))];
  return problems.length > 0 || Token.isUnresolved(identifier) ? problems : checkFullScopeNameLength(identifier, name);
}

/** Checks what only the finished stage shows of a resource server: texts that were known late, and others with its identifier. */
export function checkFinishedServer(server: IScopedResourceServer, resource: CfnUserPoolResourceServer): Problem[] {
  const { Identifier: identifier, Scopes: scopes = [] } = rendered(resource).properties;
  return [
    ...checkLateIdentifier(server, identifier),
    ...(Array.isArray(scopes) ? scopes : []).flatMap(({ ScopeName: name, ScopeDescription: description }) => (
      isLate(server.scopes.find((scope) => scope.name === name)?.description, description) ? checkScopeDescription(name, description) : []
    )),
    ...checkIdentifiersOnce(server),
  ];
}

/** Checks the identifier of a resource server as the template has it, where that is another text than was given. */
export function checkLateIdentifier(server: IScopedResourceServer, identifier: unknown): Problem[] {
  if (!isLate(server.identifier, identifier)) return [];
  const problems = checkIdentifier(identifier);
  return problems.length > 0 ? problems : server.scopes.flatMap(({ name }) => checkFullScopeNameLength(identifier, name));
}

function isLate(given: string | undefined, found: unknown): found is string {
  return given !== found && Token.isUnresolved(given) && typeof found === 'string';
}

/**
 * Checks the resource servers of a user pool, declared with this library or without: each of ours has its identifier alone. The first
 * resource server of a user pool speaks for all. Two that are deployed on conditions, or to different places, may never meet.
 */
function checkIdentifiersOnce(server: IScopedResourceServer): Problem[] {
  const registry = UserPoolRegistry.of(server);
  if (!registry.isFirstServer(server)) return [];
  const found = server.node.root.node.findAll()
    .filter((child): child is CfnUserPoolResourceServer => child instanceof CfnUserPoolResourceServer)
    .filter((child) => Stage.of(child) === Stage.of(server) && child.cfnOptions.condition === undefined)
    .filter((child) => userPoolIdKey(child.userPoolId, child) === userPoolKey(server.userPool))
    .map((child) => ({ resource: child, identifier: rendered(child).properties.Identifier, own: registry.isOwnServer(child) }));
  const isSame = (a: typeof found[0], b: typeof found[0]) => a.identifier === b.identifier && environmentOf(a) === environmentOf(b);
  return found.filter(({ identifier }) => typeof identifier === 'string').flatMap((each): Problem[] => {
    const first = found.find((other) => other.own && isSame(each, other));
    return first === undefined || first === each ? [] : [{
      code: 'IdentifierDuplicate',
      subject: `resource server "${pathOf(each.resource)}"`,
      wrong: `has the identifier of "${pathOf(first.resource)}"`,
      got: each.identifier,
      expected: 'one resource server per identifier and user pool',
      fix: 'use one of them, or another identifier',
    }];
  });
}

function environmentOf({ resource }: { readonly resource: IConstruct }): string {
  return Stack.of(resource).environment;
}

/** The construct of a resource as people know it. */
function pathOf({ node: { id, path, scope } }: IConstruct): string {
  return id === 'Resource' && scope !== undefined ? scope.node.path : path;
}
