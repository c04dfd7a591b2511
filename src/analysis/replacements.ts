import { buildMatrix } from './matrix';
import type { MatrixAllowed } from './matrix-data';
import { nameOf, textOf } from './matrix-names';
import { scopesOf } from '../model/access';
import type { AccessModel, Client, Domain, Entity, ResourceServer, UserPool } from '../model/access-model';
import { isKnown, isUnknown, joinText, sameText, type Value } from '../model/value';

/** An entity that a deployment would replace with another one, and what breaks with it. */
export interface Replacement {
  readonly kind: 'userPool' | 'resourceServer' | 'client' | 'domain';
  /** Id of the entity. */
  readonly id: string;
  /**
   * What CloudFormation cannot change in place:
   * - `identifier`, `userPool`, `secret`, `domain`: a property of which another value means another entity;
   * - `logicalId`: another resource with the same content takes its place.
   */
  readonly change: 'identifier' | 'userPool' | 'secret' | 'domain' | 'logicalId';
  readonly before: string;
  readonly after: string;
  /** False where it cannot be known whether the two values differ. */
  readonly certain: boolean;
  /** Clients that break, by their id before the change; ordered by id. */
  readonly clients: readonly BrokenClient[];
  /** Ids of the methods that those clients can call before the change by what is replaced; ordered. */
  readonly methods: readonly string[];
}

/** A client that breaks. */
export interface BrokenClient {
  readonly id: string;
  /** Its name, or the expression of a name that templates do not fix; else its id. */
  readonly name: string;
}

/**
 * Finds what a deployment would silently replace: user pools, resource servers, clients and domains that are in both models, or come
 * back under another logical id, and differ in what CloudFormation cannot change in place.
 *
 * A replaced user pool has other users and another issuer. A replaced client has another id and another secret. A replaced resource
 * server has other full scope names. A replaced domain has other URLs. What is only added or removed is no replacement; what the
 * models only refer to is not deployed with them.
 *
 * A client comes back where it has the same name, a resource server the same identifier, both in the same user pool; a user pool
 * where it has the same name, or is the only one that vanishes as another one appears.
 */
export function replacements(before: AccessModel, after: AccessModel): Replacement[] {
  const context = { before, allowed: buildMatrix(before).allowed };
  const [earlier, later] = [declaredIn(before), declaredIn(after)];
  const pools = pairs(earlier.userPools, later.userPools, comesBack(earlier.userPools, later.userPools));
  const moved = new Map(pools.map(([a, b]) => [a.id, b.id]));
  const inSamePool: InSamePool = (a, b) => sameText(a, b) === true || (isKnown(a) && isKnown(b) && moved.get(a) === b);
  return [
    ...pools.flatMap((pair) => ofUserPool(context, pair)),
    ...pairs(earlier.resourceServers, later.resourceServers, isSameServer(inSamePool)).flatMap((pair) => ofServer(context, pair)),
    ...pairs(earlier.clients, later.clients, isSameClient(inSamePool)).flatMap((pair) => ofClient(context, pair)),
    ...pairs(earlier.domains, later.domains, isSameDomain).flatMap((pair) => ofDomain(context, pair)),
  ];
}

type InSamePool = (a: Value<string>, b: Value<string>) => boolean;

/** What templates declare, and not only refer to. */
function declaredIn({ userPools, resourceServers, clients, domains }: AccessModel) {
  return {
    userPools: userPools.filter(isDeclared),
    resourceServers: resourceServers.filter(isDeclared),
    clients: clients.filter(isDeclared),
    domains: domains.filter(isDeclared),
  };
}

function isDeclared({ origin }: { readonly origin?: 'declared' | 'external' }): boolean {
  return origin !== 'external';
}

/** Whether a user pool that appears takes the place of one that vanishes. */
function comesBack(before: readonly UserPool[], after: readonly UserPool[]): (a: UserPool, b: UserPool) => boolean {
  const [was, is] = [before, after].map((pools) => new Set(pools.map(({ id }) => id)));
  const only = before.filter(({ id }) => !is.has(id)).length === 1 && after.filter(({ id }) => !was.has(id)).length === 1;
  return ({ name }, other) => only || (name !== undefined && other.name !== undefined && sameText(name, other.name) === true);
}

/** The model before the change, and who can call what there. */
interface Context {
  readonly before: AccessModel;
  readonly allowed: readonly MatrixAllowed[];
}

/** An entity before and after the change. */
type Pair<T> = readonly [T, T];

/** What differs between an entity before and after. */
interface Difference {
  readonly change: Replacement['change'];
  readonly before: string;
  readonly after: string;
  readonly certain: boolean;
}

/** Pairs entities of one id, and those that vanish with those that appear in their place. */
function pairs<T extends Entity>(before: readonly T[], after: readonly T[], isSame: (a: T, b: T) => boolean): Pair<T>[] {
  const ids = new Map(after.map((entity) => [entity.id, entity]));
  const known = new Set(before.map(({ id }) => id));
  const appeared = after.filter(({ id }) => !known.has(id));
  return before.flatMap((entity) => {
    const other = ids.get(entity.id) ?? appeared.find((each) => isSame(entity, each));
    return other === undefined ? [] : [[entity, other] as const];
  });
}

function isSameServer(inSamePool: InSamePool): (a: ResourceServer, b: ResourceServer) => boolean {
  return (a, b) => sameText(a.identifier, b.identifier) === true && inSamePool(a.userPool, b.userPool);
}

function isSameClient(inSamePool: InSamePool): (a: Client, b: Client) => boolean {
  return (a, b) => a.name !== undefined && b.name !== undefined && sameText(a.name, b.name) === true && inSamePool(a.userPool, b.userPool);
}

function isSameDomain(a: Domain, b: Domain): boolean {
  return sameText(a.domain, b.domain) === true;
}

function ofUserPool(context: Context, [before, after]: Pair<UserPool>): Replacement[] {
  const clients = context.before.clients.filter(({ userPool }) => sameText(userPool, before.id) === true);
  return movedId(before, after).map((difference) => replacement(context, 'userPool', before, difference, clients));
}

function ofServer(context: Context, [before, after]: Pair<ResourceServer>): Replacement[] {
  const differences = [
    ...movedId(before, after),
    ...changed('identifier', before.identifier, after.identifier),
    ...changed('userPool', before.userPool, after.userPool),
  ];
  if (differences.length === 0) return [];
  const scopes = before.scopes.map((scope) => joinText([before.identifier, '/', isUnknown(scope) ? scope : scope.name]));
  const lists = (others: readonly Value<string>[]) => others.some((scope) => scopes.some((each) => sameText(each, scope) === true));
  const clients = context.before.clients.filter((client) => sameText(client.userPool, before.userPool) === true && lists(client.scopes));
  const methods = new Set(context.before.methods.filter(({ access }) => access.kind === 'anyOf' && lists(scopesOf(access))).map(({ id }) => id));
  return differences.map((difference) => replacement(context, 'resourceServer', before, difference, clients, (id) => methods.has(id)));
}

function ofClient(context: Context, [before, after]: Pair<Client>): Replacement[] {
  return [...movedId(before, after), ...changed('userPool', before.userPool, after.userPool), ...changed('secret', before.secret, after.secret)]
    .map((difference) => replacement(context, 'client', before, difference, [before]));
}

function ofDomain(context: Context, [before, after]: Pair<Domain>): Replacement[] {
  const clients = context.before.clients.filter((client) => client.flows.length > 0 && sameText(client.userPool, before.userPool) === true);
  return [...movedId(before, after), ...changed('domain', before.domain, after.domain), ...changed('userPool', before.userPool, after.userPool)]
    .map((difference) => replacement(context, 'domain', before, difference, clients));
}

function movedId(before: Entity, after: Entity): Difference[] {
  return before.id === after.id ? [] : [{ change: 'logicalId', before: before.id, after: after.id, certain: true }];
}

/** What is not known and reads the same in both is taken for unchanged. */
function changed(change: Difference['change'], before: Value<string | boolean>, after: Value<string | boolean>): Difference[] {
  if (isUnknown(before) && isUnknown(after) && before.unknown === after.unknown && before.expression === after.expression) return [];
  const texts = [before, after].map((value) => (isKnown(value) ? String(value) : value)) as [Value<string>, Value<string>];
  const same = sameText(...texts);
  return same === true ? [] : [{ change, before: textOf(texts[0]), after: textOf(texts[1]), certain: same === false }];
}

function replacement(
  { allowed }: Context, kind: Replacement['kind'], { id }: Entity, difference: Difference, clients: readonly Client[],
  counts: (method: string) => boolean = () => true,
): Replacement {
  const ids = new Set(clients.map((client) => client.id));
  const methods = allowed.filter(({ principal, method }) => ids.has(principal) && counts(method)).map(({ method }) => method);
  const broken = clients.map((client) => ({ id: client.id, name: nameOf(client) }));
  return { kind, id, ...difference, clients: broken, methods: [...new Set(methods)].sort() };
}
