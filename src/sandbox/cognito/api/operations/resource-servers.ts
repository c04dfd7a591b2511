import type { LivePool, LiveServer } from '../../live-pool';
import { ApiError } from '../api-error';
import { optional, whole } from '../input';
import { IDENTIFIER, NEXT_TOKEN, SERVER_NAME, SERVER_SCOPES, USER_POOL_ID } from '../members';
import { operation, type Operations } from '../operation';
import { pageOf } from '../page-of';

/** Resource servers per user pool; AWS raises it to 300 on request («Quotas in Amazon Cognito», 2026). */
const MAX_SERVERS_PER_POOL = 25;
/** Page where the call names no size («unverified»). */
const DEFAULT_PAGE = 50;

const ONE = { UserPoolId: USER_POOL_ID, Identifier: IDENTIFIER };
const ALL = { ...ONE, Name: SERVER_NAME, Scopes: optional(SERVER_SCOPES) };

/** The operations on resource servers. What they change acts on the next token. */
export const RESOURCE_SERVER_OPERATIONS: Operations = {
  CreateResourceServer: operation(ALL, (call, { UserPoolId, Identifier, Name, Scopes = [] }) => {
    const pool = call.pool(UserPoolId);
    if (pool.servers.has(Identifier)) {
      // The words of the service are «unverified».
      throw new ApiError('InvalidParameterException', `${Identifier} already exists in user pool ${UserPoolId}.`, 'the identifier is taken');
    }
    if (pool.servers.size >= MAX_SERVERS_PER_POOL) {
      throw new ApiError('LimitExceededException', `User pool ${UserPoolId} has ${MAX_SERVERS_PER_POOL} resource servers, the quota.`);
    }
    const server: LiveServer = {
      id: `${pool.poolId}/${Identifier}`, origin: 'declared', identifier: Identifier, name: Name, scopes: scopesOf(Scopes),
    };
    pool.servers.set(Identifier, server);
    call.cognito.changed();
    return { ResourceServer: serverOutput(pool, server) };
  }),

  DescribeResourceServer: operation(ONE, (call, { UserPoolId, Identifier }) => {
    const pool = call.pool(UserPoolId);
    return { ResourceServer: serverOutput(pool, serverOf(pool, Identifier)) };
  }),

  ListResourceServers: operation({
    UserPoolId: USER_POOL_ID, MaxResults: optional(whole({ min: 1, max: 50 })), NextToken: optional(NEXT_TOKEN),
  }, (call, { UserPoolId, MaxResults = DEFAULT_PAGE, NextToken }) => {
    const pool = call.pool(UserPoolId);
    const { items, nextToken } = pageOf(pool.servers.values(), ({ identifier }) => identifier, MaxResults, NextToken);
    return { ResourceServers: items.map((server) => serverOutput(pool, server)), NextToken: nextToken };
  }),

  UpdateResourceServer: operation(ALL, (call, { UserPoolId, Identifier, Name, Scopes = [] }) => {
    const pool = call.pool(UserPoolId);
    const server = serverOf(pool, Identifier);
    // Scopes that are left out go: the call replaces the whole resource server (API reference, UpdateResourceServer).
    const scopes = scopesOf(Scopes);
    server.name = Name;
    server.scopes = scopes;
    call.cognito.changed();
    return { ResourceServer: serverOutput(pool, server) };
  }),

  DeleteResourceServer: operation(ONE, (call, { UserPoolId, Identifier }) => {
    const pool = call.pool(UserPoolId);
    const { identifier } = serverOf(pool, Identifier);
    pool.servers.delete(identifier);
    pool.deletedServers.add(identifier);
    call.cognito.changed();
    return {};
  }),
};

/** Finds a resource server. The words of the error are «unverified». */
function serverOf(pool: LivePool, identifier: string): LiveServer {
  const server = pool.servers.get(identifier);
  if (server === undefined) throw new ApiError('ResourceNotFoundException', `Resource server ${identifier} does not exist.`, 'no resource server has the identifier');
  return server;
}

function scopesOf(scopes: readonly { readonly ScopeName: string; readonly ScopeDescription: string }[]): LiveServer['scopes'] {
  const names = scopes.map(({ ScopeName }) => ScopeName);
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  // The words of the service are «unverified».
  if (twice !== undefined) throw new ApiError('InvalidParameterException', `Scope ${twice} is listed twice.`, 'a scope is listed twice');
  return scopes.map(({ ScopeName, ScopeDescription }) => ({ name: ScopeName, description: ScopeDescription }));
}

function serverOutput({ poolId }: LivePool, { identifier, name, scopes }: LiveServer): object {
  return {
    UserPoolId: poolId,
    Identifier: identifier,
    Name: name,
    Scopes: scopes.map((scope) => ({ ScopeName: scope.name, ScopeDescription: scope.description })),
  };
}
