import type { LiveClient, LivePool, LiveServer } from './live-pool';

/** What the templates said of a user pool, to be compared with what they say later: texts by identifier and by client id. */
interface Baseline {
  readonly servers: ReadonlyMap<string, string>;
  readonly clients: ReadonlyMap<string, string>;
}

/** What the templates said of all user pools, by user pool id. */
export type Baselines = ReadonlyMap<string, Baseline>;

/** Remembers what user pools are that were just made from templates. */
export function baselinesOf(pools: readonly LivePool[]): Baselines {
  return new Map(pools.map(({ poolId, servers, clients }) => [poolId, {
    servers: new Map([...servers].map(([identifier, server]) => [identifier, JSON.stringify(server)])),
    clients: new Map([...clients].map(([clientId, client]) => [clientId, textOf(client)])),
  }]));
}

/**
 * Takes new templates over into user pools that run.
 *
 * Users, secrets and the time of creation are kept. A resource server or client of which the templates say something else than
 * before becomes what they say now; one of which they say the same stays as it is, changed or deleted through the API though it may be;
 * one that they no longer have goes. What was made through the API stays. User pools that the templates no longer have
 * do not run.
 *
 * @param live the user pools that run, and those that did
 * @param made the user pools of the new templates; becomes the result
 * @param baselines what the templates said before, when they last had the user pool
 */
export function mergePools(live: ReadonlyMap<string, LivePool>, made: readonly LivePool[], baselines: Baselines): LivePool[] {
  return made.map((pool) => {
    const old = live.get(pool.poolId);
    const before = baselines.get(pool.poolId);
    if (old === undefined || before === undefined) return pool;
    const servers = merge<LiveServer>(old.servers, pool.servers, before.servers, JSON.stringify, (_, now) => now);
    return {
      ...pool,
      createdAt: old.createdAt,
      users: old.users,
      servers,
      deletedServers: new Set([...old.deletedServers, ...leaving(old.servers, servers)]),
      clients: merge<LiveClient>(old.clients, pool.clients, before.clients, textOf, withSecrets),
    };
  });
}

function merge<T>(
  live: ReadonlyMap<string, T>, made: ReadonlyMap<string, T>, before: ReadonlyMap<string, string>,
  toText: (entity: T) => string, takeOver: (old: T, now: T) => T,
): Map<string, T> {
  const merged = new Map<string, T>();
  for (const [key, now] of made) {
    const old = live.get(key);
    const same = before.get(key) === toText(now);
    if (!same) merged.set(key, old === undefined ? now : takeOver(old, now));
    else if (old !== undefined) merged.set(key, old);
  }
  for (const [key, old] of live) {
    if (!made.has(key) && !before.has(key)) merged.set(key, old);
  }
  return merged;
}

/** Identifiers of resource servers that go. One that templates only named is not deleted by that. */
function leaving(old: LivePool['servers'], now: LivePool['servers']): string[] {
  return [...old.values()].filter(({ identifier, origin }) => origin === 'declared' && !now.has(identifier)).map(({ identifier }) => identifier);
}

/** A client keeps its secrets as long as it has any. */
function withSecrets(old: LiveClient, now: LiveClient): LiveClient {
  const keeps = now.secrets.length > 0 && old.secrets.length > 0;
  return { ...now, createdAt: old.createdAt, ...(keeps && { secrets: old.secrets }) };
}

/** What templates say of a client: without times and random values. */
function textOf({ secrets, createdAt: _, updatedAt: __, ...client }: LiveClient): string {
  return JSON.stringify({ ...client, secret: secrets.length > 0 });
}
