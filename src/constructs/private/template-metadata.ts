import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Lazy, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { METADATA_KEY, type ClientMetadata, type DomainMetadata, type ResourceServerMetadata } from '../../model/metadata';
import type { Problem } from '../../model/problem';
import type { Scope } from '../scope';
import type { IScopedResourceServer } from '../scoped-resource-server-ref';
import { deprecationsOf } from './deprecations';
import { userPoolKey } from './user-pool-key';

const ofStacks = new WeakMap<Stack, TemplateMetadata>();
const declaredElsewhere = new WeakSet<IScopedResourceServer>();

/** What a stack states in its template about things that are declared elsewhere, so that the template alone tells who can call what. */
export class TemplateMetadata {
  /** The statements of the stack that a construct is part of; of its user pool's stack where it is part of none. */
  public static of(construct: IConstruct, userPool: IUserPool): TemplateMetadata {
    const stack = construct.node.scopes.reverse().find((each): each is Stack => Stack.isStack(each)) ?? userPool.stack;
    let metadata = ofStacks.get(stack);
    if (metadata === undefined) ofStacks.set(stack, metadata = new TemplateMetadata(stack));
    return metadata;
  }

  private readonly clients: ClientMetadata[] = [];
  /** Paths of references to clients, by user pool and client id. */
  private readonly clientPaths = new Map<string, string>();
  private readonly domains: DomainMetadata[] = [];
  /** References by user pool and identifier. */
  private readonly servers = new Map<string, IScopedResourceServer[]>();

  private constructor(private readonly stack: Stack) {
    stack.addMetadata(METADATA_KEY, Lazy.any({ produce: () => this.render() }));
  }

  /** Registers a reference to an app client. One literal id stands for one client, so a stack has one reference to it. */
  public claimClient({ node: { path } }: IConstruct, userPool: IUserPool, clientId: string): Problem[] {
    const key = `${userPoolKey(userPool)} ${clientId}`;
    const other = this.clientPaths.get(key);
    if (other === undefined) this.clientPaths.set(key, path);
    return other === undefined ? [] : [{
      code: 'ClientDuplicate',
      subject: `client "${path}"`,
      wrong: `has the client id of "${other}"`,
      got: clientId,
      expected: 'one reference to a client per stack',
      fix: 'use the first, with the scopes of both',
    }];
  }

  /** States an app client. */
  public addClient(construct: IConstruct, client: Omit<ClientMetadata, 'id'>): void {
    this.clients.push({ id: this.idOf(construct), ...client });
  }

  /** States the domain of a user pool. */
  public addDomain(construct: IConstruct, domain: Omit<DomainMetadata, 'id'>): void {
    this.domains.push({ id: this.idOf(construct), ...domain });
  }

  /** States a resource server, once, however often and by however many references it is used. */
  public addServer(server: IScopedResourceServer): void {
    const key = `${userPoolKey(server.userPool)} ${server.identifier}`;
    const references = this.servers.get(key) ?? [];
    this.servers.set(key, references);
    if (!references.includes(server)) references.push(server);
  }

  private render(): object {
    const resourceServers = [...this.servers.values()].map((references) => this.serverOf(references));
    return Object.fromEntries(Object.entries({ clients: this.clients, domains: this.domains, resourceServers })
      .filter(([, list]) => list.length > 0)
      .map(([name, list]) => [name, [...list].sort((a, b) => (a.id < b.id ? -1 : 1))]));
  }

  /** One statement for all references to a resource server: with the first of their ids, and every scope that one of them knows. */
  private serverOf(references: readonly IScopedResourceServer[]): ResourceServerMetadata {
    const [id] = references.map((each) => this.idOf(each)).sort();
    const [{ identifier, userPool: { userPoolId } }] = references;
    const known = references.filter(({ scopesKnown }) => scopesKnown);
    const scopes = known.flatMap((each) => each.scopes);
    const scopeNames = [...new Set(scopes.map(({ name }) => name))];
    const deprecatedScopes = deprecationsOf(scopes);
    return { id, userPool: userPoolId, identifier, ...(known.length > 0 && { scopeNames }), ...(deprecatedScopes && { deprecatedScopes }) };
  }

  /** The place of a construct below its stack. */
  private idOf(construct: IConstruct): string {
    const { path } = this.stack.node;
    return construct.node.path.startsWith(`${path}/`) ? construct.node.path.slice(path.length + 1) : construct.node.path;
  }
}

/** Notes that scopes are used, so that templates state the resource servers that are declared elsewhere. */
export function noteUse(scopes: readonly Scope[]): void {
  for (const { resourceServer } of scopes) if (resourceServer !== undefined) noteServerUse(resourceServer);
}

/** Notes that a resource server is used. One that is declared in the app has a resource in a template. */
export function noteServerUse(server: IScopedResourceServer): void {
  if (declaredElsewhere.has(server)) TemplateMetadata.of(server, server.userPool).addServer(server);
}

/** Marks a resource server as one that is declared elsewhere. */
export function markReference(server: IScopedResourceServer): void {
  declaredElsewhere.add(server);
}
