import { UserPoolDomain, type IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { expectedNames } from '../../model/nearest';
import type { Problem } from '../../model/problem';
import { isStandardScope, splitFullScopeName } from '../../model/scope-grammar';
import type { Scope } from '../scope';
import type { IScopedResourceServer } from '../scoped-resource-server-ref';
import { userPoolKey } from './user-pool-key';

/** What an app says about one user pool. */
interface UserPoolEntry {
  /** By identifier. */
  readonly servers: Map<string, IScopedResourceServer>;
  domain?: UserPoolDomain;
  /** Defines the domain when the first client needs it. */
  defineDomain?: () => UserPoolDomain;
}

const registries = new WeakMap<IConstruct, UserPoolRegistry>();

/** The user pools of an app with their resource servers and domains. */
export class UserPoolRegistry {
  /** The registry of the app that `construct` is part of. */
  public static of(construct: IConstruct): UserPoolRegistry {
    const { root } = construct.node;
    let registry = registries.get(root);
    if (registry === undefined) registries.set(root, registry = new UserPoolRegistry());
    return registry;
  }

  private readonly entries = new Map<string, UserPoolEntry>();

  /** Registers a resource server. An identifier can be used once per user pool. */
  public addServer(server: IScopedResourceServer): Problem[] {
    const { servers } = this.entry(server.userPool);
    if (Token.isUnresolved(server.identifier)) return [];
    const other = servers.get(server.identifier);
    if (other === undefined) {
      servers.set(server.identifier, server);
      return [];
    }
    return [{
      code: 'IdentifierDuplicate', subject: `resource server "${server.node.path}"`, wrong: `has the identifier of "${other.node.path}"`,
      got: server.identifier, expected: 'one resource server per identifier and user pool', fix: 'use one of them, or another identifier',
    }];
  }

  /** Registers how the domain of a user pool is defined when the first client needs it. */
  public onDomainNeeded(userPool: IUserPool, defineDomain: () => UserPoolDomain): void {
    this.entry(userPool).defineDomain ??= defineDomain;
  }

  /** The domain of a user pool, defined now if this app is to define it; undefined where the app knows none. */
  public domainOf(userPool: IUserPool): UserPoolDomain | undefined {
    const entry = this.entry(userPool);
    return entry.domain ??= findDomain(userPool) ?? entry.defineDomain?.();
  }

  /**
   * Checks scopes that were given as external, or as strings, against the resource servers that this app declares.
   *
   * @param strict also refuse scopes of which the app knows no resource server
   */
  public checkScopes(subject: string, userPools: readonly IUserPool[], scopes: readonly string[], strict: boolean): Problem[] {
    const servers = userPools.flatMap((userPool) => [...this.entry(userPool).servers.values()]);
    return scopes
      .filter((scope) => !Token.isUnresolved(scope) && !isStandardScope(scope))
      .flatMap((scope) => checkScope(subject, servers, scope, strict));
  }

  private entry(userPool: IUserPool): UserPoolEntry {
    const key = userPoolKey(userPool);
    let entry = this.entries.get(key);
    if (entry === undefined) this.entries.set(key, entry = { servers: new Map() });
    return entry;
  }
}

/** The names of scopes that no `Scope` object vouches for. */
export function unvouched(scopes: readonly Scope[]): string[] {
  return scopes.filter((scope) => scope.resourceServer === undefined).map((scope) => scope.fullName);
}

function checkScope(subject: string, servers: readonly IScopedResourceServer[], scope: string, strict: boolean): Problem[] {
  const parts = splitFullScopeName(scope);
  const own = servers.filter(({ identifier }) => identifier === parts?.identifier);
  if (own.some(({ scopesKnown, scopes }) => !scopesKnown || scopes.some(({ name }) => name === parts?.name))) return [];
  if (own.length === 0 && !strict) return [];
  const known = servers.flatMap(({ scopes }) => scopes.map(({ fullName }) => fullName)).filter((name) => !Token.isUnresolved(name));
  return [{
    code: 'ScopeUnknown', subject, got: scope,
    wrong: own.length === 0 ? 'uses a scope of no resource server that this app knows' : `uses a scope that resource server "${own[0].node.path}" does not declare`,
    expected: expectedNames(scope, known, 'a declared scope'),
    fix: 'declare it with addScope, or correct the name',
  }];
}

function findDomain(userPool: IUserPool): UserPoolDomain | undefined {
  return userPool.node.findAll().find((child): child is UserPoolDomain => child instanceof UserPoolDomain);
}
