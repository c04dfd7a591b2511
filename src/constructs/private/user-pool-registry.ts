import { UserPoolDomain, type IUserPool, type IUserPoolDomain } from 'aws-cdk-lib/aws-cognito';
import { Annotations, Stack, Stage, Token } from 'aws-cdk-lib/core';
import type { IConstruct, IDependable } from 'constructs';
import { expectedNames } from '../../model/nearest';
import { formatProblem, type Problem } from '../../model/problem';
import { isStandardScope, splitFullScopeName } from '../../model/scope-grammar';
import type { Scope } from '../scope';
import type { IScopedResourceServer } from '../scoped-resource-server-ref';
import { later, plainServers, type PlainServer } from './plain-servers';
import { SCOPE_FIXES, type ScopeSource } from './unknown-scope';
import { userPoolKey } from './user-pool-key';

/** Resource servers of one user pool, unless the quota is raised («Quotas in Amazon Cognito», 2026). */
const SERVERS_PER_USER_POOL = 25;

/** What a stage says about one user pool. */
interface UserPoolEntry {
  /** Resource servers that are declared here, by identifier. */
  readonly declared: Map<string, DeclaredServer>;
  /** Resource servers that are declared elsewhere and referred to here. */
  readonly references: KnownServer<IScopedResourceServer>[];
  /** Constructs that list a scope of a resource server, by its identifier. */
  readonly users: Map<string, IConstruct[]>;
  domain?: UserPoolDomain;
  /** A domain that the user pool has already. */
  existingDomain?: IUserPoolDomain;
  /** Defines the domain when the first client needs it. */
  defineDomain?: () => UserPoolDomain;
}

/** A resource server and where its scopes come from. */
interface KnownServer<Server extends IScopedResourceServer | PlainServer = IScopedResourceServer | PlainServer> {
  readonly server: Server;
  readonly source: ScopeSource;
}

interface DeclaredServer extends KnownServer<IScopedResourceServer> {
  /** What has to be deployed before anything can list the scopes. */
  readonly resource: IDependable;
}

const registries = new WeakMap<IConstruct, UserPoolRegistry>();

/** The user pools of a stage with their resource servers and domains. */
export class UserPoolRegistry {
  /** The registry of the stage that `construct` is part of; other stages are other deployments. */
  public static of(construct: IConstruct): UserPoolRegistry {
    const stage = Stage.of(construct) ?? construct.node.root;
    let registry = registries.get(stage);
    if (registry === undefined) registries.set(stage, registry = new UserPoolRegistry(stage));
    return registry;
  }

  private readonly entries = new Map<string, UserPoolEntry>();
  private readonly ownClients = new WeakSet<IConstruct>();
  private readonly ownServers = new WeakSet<IConstruct>();

  private constructor(private readonly stage: IConstruct) {}

  /** Registers a client whose scopes are checked where it was declared. */
  public addOwnClient(client: IConstruct): void {
    this.ownClients.add(client);
  }

  /** Whether the scopes of a client are checked where it was declared. */
  public isOwnClient(client: IConstruct): boolean {
    return this.ownClients.has(client);
  }

  /** Registers a resource server that is declared here. An identifier can be declared once per user pool. */
  public addServer(server: IScopedResourceServer, resource: IConstruct): Problem[] {
    this.ownServers.add(resource);
    const { declared, users } = this.entry(server.userPool);
    const other = declared.get(server.identifier)?.server;
    if (other === undefined) {
      declared.set(server.identifier, { server, source: 'declared', resource });
      for (const user of users.get(server.identifier) ?? []) user.node.addDependency(resource);
      if (declared.size > SERVERS_PER_USER_POOL) warnOfServers(server.userPool);
      return [];
    }
    return [{
      code: 'IdentifierDuplicate',
      subject: `resource server "${server.node.path}"`,
      wrong: `has the identifier of "${other.node.path}"`,
      got: server.identifier,
      expected: 'one resource server per identifier and user pool',
      fix: 'use one of them, or another identifier',
    }];
  }

  /** Whether the resource of a resource server was declared with this library. */
  public isOwnServer(resource: IConstruct): boolean {
    return this.ownServers.has(resource);
  }

  /** Whether a resource server is the first of its user pool that is declared here. */
  public isFirstServer(server: IScopedResourceServer): boolean {
    const [first] = this.entry(server.userPool).declared.values();
    return first?.server === server;
  }

  /** Registers a resource server that is declared elsewhere; any number of references to one are fine. */
  public addReference(server: IScopedResourceServer, source: ScopeSource): void {
    this.entry(server.userPool).references.push({ server, source });
  }

  /**
   * Orders a construct after the resource server of a scope, if it is declared here, now or later, with this library or without.
   *
   * Cognito refuses a client that lists a scope before its resource server declares it. Across stacks this orders the stacks.
   */
  public orderAfterServer(construct: IConstruct, userPool: IUserPool, scope: Scope): void {
    const identifier = scope.resourceServer?.identifier ?? splitFullScopeName(scope.fullName)?.identifier;
    if (identifier === undefined) return;
    const { declared, users } = this.entry(userPool);
    const server = declared.get(identifier);
    if (server !== undefined) {
      construct.node.addDependency(server.resource);
      return;
    }
    const others = users.get(identifier) ?? [];
    if (others.includes(construct)) return;
    users.set(identifier, [...others, construct]);
    const plain = () => this.plainServersOf([userPool]).filter((each) => each.identifier === identifier);
    construct.node.addDependency(later(() => plain().map(({ node }) => node.scopes.at(-1)!)));
  }

  /** Registers how the domain of a user pool is defined when the first client needs it. */
  public onDomainNeeded(userPool: IUserPool, defineDomain: () => UserPoolDomain): void {
    this.entry(userPool).defineDomain ??= defineDomain;
  }

  /** Defines the domain of a user pool now, with given options. A user pool has one domain here. */
  public addDomain(server: IConstruct, userPool: IUserPool, defineDomain: () => UserPoolDomain): Problem[] {
    const entry = this.entry(userPool);
    const other = entry.domain ?? findDomain(userPool) ?? entry.existingDomain;
    if (other === undefined) {
      entry.domain = defineDomain();
      return [];
    }
    return secondDomain(server, other);
  }

  /** Registers the domain that a user pool has already. Several resource servers of the user pool may give the same. */
  public addExistingDomain(server: IConstruct, userPool: IUserPool, domain: IUserPoolDomain): Problem[] {
    const entry = this.entry(userPool);
    const other = entry.domain ?? findDomain(userPool) ?? entry.existingDomain;
    if (other !== undefined && other.domainName !== domain.domainName) return secondDomain(server, other);
    entry.existingDomain ??= domain;
    return [];
  }

  /** The domain that a user pool has already, as far as the app says so. */
  public existingDomainOf(userPool: IUserPool): IUserPoolDomain | undefined {
    return this.entry(userPool).existingDomain;
  }

  /** The domain of a user pool, defined now if this app is to define it; undefined where the app knows none. */
  public domainOf(userPool: IUserPool): UserPoolDomain | undefined {
    const entry = this.entry(userPool);
    if (entry.existingDomain !== undefined && entry.domain === undefined) {
      return entry.existingDomain instanceof UserPoolDomain ? entry.existingDomain : undefined;
    }
    return entry.domain ??= findDomain(userPool) ?? entry.defineDomain?.();
  }

  /** The domain of a user pool, if it is defined by now. */
  public knownDomainOf(userPool: IUserPool): UserPoolDomain | undefined {
    return this.entry(userPool).domain ?? findDomain(userPool);
  }

  /**
   * Checks scopes that were given as external, or as strings, against the resource servers that this app declares.
   *
   * @param strict also refuse scopes of which the app knows no resource server
   */
  public checkScopes(subject: string, userPools: readonly IUserPool[], scopes: readonly string[], strict: boolean): Problem[] {
    const servers = userPools.flatMap((userPool) => this.serversOf(userPool));
    const open = scopes.filter((scope) => !Token.isUnresolved(scope) && !isStandardScope(scope) && !servers.some(({ server }) => has(server, scope)));
    if (open.length === 0) return [];
    const all = [...servers, ...this.plainServersOf(userPools).map((server): KnownServer => ({ server, source: 'plain' }))];
    return open.flatMap((scope) => checkScope(subject, all, scope, strict));
  }

  /** A scope by its full name, where a resource server that this app declares or refers to has it. */
  public find(userPools: readonly IUserPool[], fullName: string): Scope | undefined {
    const { identifier, name } = splitFullScopeName(fullName) ?? {};
    return userPools.flatMap((userPool) => this.serversOf(userPool)).filter(({ server }) => identifierOf(server) === identifier)
      .flatMap(({ server }) => server.scopes).find((scope) => scope.name === name);
  }

  /** The resource servers of a user pool. Where one is declared here, references to it say nothing more. */
  private serversOf(userPool: IUserPool): KnownServer<IScopedResourceServer>[] {
    const { declared, references } = this.entry(userPool);
    return [...declared.values(), ...references.filter(({ server }) => !declared.has(server.identifier))];
  }

  private plainServersOf(userPools: readonly IUserPool[]): PlainServer[] {
    return plainServers(this.stage, userPools, (resource) => this.isOwnServer(resource));
  }

  private entry(userPool: IUserPool): UserPoolEntry {
    const key = userPoolKey(userPool);
    let entry = this.entries.get(key);
    if (entry === undefined) this.entries.set(key, entry = { declared: new Map(), references: [], users: new Map() });
    return entry;
  }
}

/** The names of scopes whose declaration this app cannot see in the `Scope` object itself. */
export function undeclared(scopes: readonly Scope[]): string[] {
  return scopes.filter((scope) => !scope._declared).map((scope) => scope.fullName);
}

function secondDomain(server: IConstruct, other: IUserPoolDomain): Problem[] {
  return [{
    code: 'DomainChoice',
    subject: `resource server "${server.node.path}"`,
    wrong: `gives a domain to a user pool that has the domain "${other.node.path}"`,
    expected: 'one domain per user pool',
    fix: 'remove domain, or give it to the first resource server of the user pool',
  }];
}

function warnOfServers(userPool: IUserPool): void {
  Annotations.of(userPool).addWarningV2('cdk-protected-api:ResourceServersPerUserPool', formatProblem({
    code: 'ResourceServersPerUserPool',
    subject: `user pool "${userPool.node.path}"`,
    wrong: 'has more resource servers than Cognito allows unasked',
    expected: `at most ${SERVERS_PER_USER_POOL}, a quota that can be raised to 300`,
    fix: 'ask for a higher quota, then acknowledge this warning, or put more scopes into fewer resource servers',
  }));
}

function checkScope(subject: string, servers: readonly KnownServer[], scope: string, strict: boolean): Problem[] {
  const own = servers.filter(({ server }) => identifierOf(server) === splitFullScopeName(scope)?.identifier);
  if (own.some(({ server }) => has(server, scope))) return [];
  if (own.length === 0 && !strict) return [];
  const known = servers.flatMap(({ server }) => server.scopes.map((each) => `${identifierOf(server)}/${each.name}`))
    .filter((each) => !Token.isUnresolved(each));
  return [{
    code: 'ScopeUnknown',
    subject,
    got: scope,
    wrong: own.length === 0 ? 'uses a scope of no resource server that this app knows'
      : `uses a scope that resource server "${own[0].server.node.path}" does not declare`,
    expected: expectedNames(scope, known, 'a declared scope'),
    fix: SCOPE_FIXES[own.length === 0 ? 'none' : own[0].source],
  }];
}

/** Whether a resource server has a scope, or might. */
function has(server: IScopedResourceServer | PlainServer, fullName: string): boolean {
  const { identifier, name } = splitFullScopeName(fullName) ?? {};
  if (identifierOf(server) !== identifier) return false;
  return !server.scopesKnown || server.scopes.some((each) => each.name === name);
}

/** The identifier as the template will have it, where it is a text there. */
function identifierOf(server: IScopedResourceServer | PlainServer): string {
  if (!Token.isUnresolved(server.identifier)) return server.identifier;
  const identifier: unknown = Stack.of(server as IScopedResourceServer).resolve(server.identifier);
  return typeof identifier === 'string' ? identifier : server.identifier;
}

function findDomain(userPool: IUserPool): UserPoolDomain | undefined {
  return userPool.node.findAll().find((child): child is UserPoolDomain => child instanceof UserPoolDomain);
}
