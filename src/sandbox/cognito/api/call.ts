import { ApiError } from './api-error';
import type { Clock } from '../../clock';
import type { Cognito } from '../cognito';
import type { LiveClient, LivePool } from '../live-pool';

/** What operations work on. */
export interface ApiContext {
  readonly cognito: Cognito;
  readonly clock: Clock;
}

/** One call of an operation. What it looks up is in the log. */
export interface Call extends ApiContext {
  /** The user pool of an id. Fails where there is none. */
  pool(id: string): LivePool;
  /** The client of an id in a user pool. Fails where there is none. */
  client(pool: LivePool, clientId: string): LiveClient;
  /** The client of an id in whatever user pool has it. */
  findClient(clientId: string): { readonly pool: LivePool; readonly client: LiveClient } | undefined;
}

/** Names of what a call is about, for the log. */
export interface Subjects {
  pool?: string;
  client?: string;
}

/** Makes a call that keeps the names of what it looks up. */
export function callOf(context: ApiContext, subjects: Subjects): Call {
  const { pools } = context.cognito;
  return {
    ...context,
    pool(id) {
      const pool = pools.get(id);
      if (pool === undefined) throw new ApiError('ResourceNotFoundException', `User pool ${id} does not exist.`, 'no user pool has the id');
      subjects.pool = pool.name;
      return pool;
    },
    client(pool, clientId) {
      const client = pool.clients.get(clientId);
      if (client === undefined) throw clientNotFound(clientId);
      subjects.client = client.name;
      return client;
    },
    findClient(clientId) {
      for (const pool of pools.values()) {
        const client = pool.clients.get(clientId);
        if (client === undefined) continue;
        subjects.pool = pool.name;
        subjects.client = client.name;
        return { pool, client };
      }
      return undefined;
    },
  };
}

/** The error of a client id that no client has. */
export function clientNotFound(clientId: string): ApiError {
  return new ApiError('ResourceNotFoundException', `User pool client ${clientId} does not exist.`, 'no client has the id');
}
