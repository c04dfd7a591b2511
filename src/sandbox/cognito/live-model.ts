import type { LiveClient, LivePool, LiveServer } from './live-pool';
import type { AccessModel, Client, ResourceServer, UserPool } from '../../model/access-model';
import { isKnown } from '../../model/value';

/** The access model of this moment. */
export interface LiveModel {
  /** The model; the same object until something changes. */
  current(): AccessModel;
  /** To be called after each change of a resource server or client. */
  changed(): void;
}

/**
 * Keeps the access model of this moment: that of the templates, with the resource servers and clients of user pools that run as
 * they are now. Ids are kept, so that authorizers point at the same pools; methods are those of the templates.
 *
 * @param template the model of the templates
 * @param pools the user pools that run
 */
export function liveModel(template: () => AccessModel, pools: () => Iterable<LivePool>): LiveModel {
  let model: AccessModel | undefined;
  return {
    current: () => model ??= modelOfMoment(template(), [...pools()]),
    changed: () => {
      model = undefined;
    },
  };
}

function modelOfMoment(template: AccessModel, pools: readonly LivePool[]): AccessModel {
  const live = new Set(pools.map(({ id }) => id));
  const elsewhere = ({ userPool }: ResourceServer | Client) => !isKnown(userPool) || !live.has(userPool);
  const stated = new Map(template.resourceServers.map((server) => [server.id, server]));
  return {
    ...template,
    userPools: sorted(template.userPools.map((pool) => userPoolOfMoment(pool, pools))),
    resourceServers: sorted([
      ...template.resourceServers.filter(elsewhere),
      ...pools.flatMap((pool) => [...pool.servers.values()].map((server) => serverOfMoment(pool, server, stated.get(server.id)))),
      ...pools.flatMap(deletedServers),
    ]),
    clients: sorted([
      ...template.clients.filter(elsewhere),
      ...pools.flatMap((pool) => [...pool.clients.values()].map((client) => clientOfMoment(pool, client))),
    ]),
  };
}

function userPoolOfMoment(pool: UserPool, pools: readonly LivePool[]): UserPool {
  const live = pools.find(({ id }) => id === pool.id);
  if (live === undefined) return pool;
  const { condition: _, ...unconditional } = pool;
  return { ...unconditional, name: live.name, issuer: live.issuer };
}

function serverOfMoment(pool: LivePool, server: LiveServer, stated: ResourceServer | undefined): ResourceServer {
  const deprecatedOf = (name: string) => {
    const scope = stated?.scopes.find((each) => 'name' in each && each.name === name);
    return scope !== undefined && 'deprecated' in scope ? scope.deprecated : undefined;
  };
  return {
    id: server.id,
    origin: server.origin,
    userPool: pool.id,
    identifier: server.identifier,
    name: server.name,
    scopes: server.scopes.map(({ name, description }) => {
      const deprecated = deprecatedOf(name);
      return { name, description, ...(deprecated && { deprecated }) };
    }),
  };
}

/** A deleted resource server declares no scopes: those that clients keep are inactive. */
function deletedServers(pool: LivePool): ResourceServer[] {
  return [...pool.deletedServers].filter((identifier) => !pool.servers.has(identifier))
    .map((identifier) => ({ id: `${pool.poolId}/${identifier}`, origin: 'declared', userPool: pool.id, identifier, scopes: [] }));
}

function clientOfMoment(pool: LivePool, client: LiveClient): Client {
  return {
    id: client.id,
    origin: client.origin,
    clientId: client.clientId,
    name: client.name,
    userPool: pool.id,
    oauth: client.oauth,
    flows: client.flows,
    scopes: client.scopes,
    ...(client.authFlows && { authFlows: client.authFlows }),
    secret: client.secrets.length > 0,
  };
}

function sorted<T extends { readonly id: string }>(entities: readonly T[]): T[] {
  return [...entities].sort((a, b) => (a.id < b.id ? -1 : 1));
}
