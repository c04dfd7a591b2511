import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { LivePool, LiveUser } from './live-pool';
import type { Clock } from '../clock';

/** Life of the session of the sign-in page in seconds (Cognito developer guide, «Managed login», 2026). */
export const SESSION_SECONDS = 3600;
const KEPT_SESSIONS = 1_000;

/** A user who has signed in on the page. */
export interface Session {
  readonly poolId: string;
  readonly username: string;
  readonly sub: string;
  /** Seconds since 1970. */
  readonly authTime: number;
}

/** The sessions of the sign-in page. They last as long as the process. */
export interface Sessions {
  /** Begins a session; the result is the value of its cookie. */
  begin(pool: LivePool, user: LiveUser): string;
  /** The user of a session that is good now. */
  find(pool: LivePool, cookie: string | undefined): { readonly user: LiveUser; readonly authTime: number } | undefined;
  end(cookie: string | undefined): void;
}

/** Keeps sessions in memory, by opaque random values. */
export function sessionStore(clock: Clock): Sessions {
  const sessions = new LRUCache<string, Session>({ max: KEPT_SESSIONS });
  return {
    begin({ poolId }, { username, sub }) {
      const cookie = randomBytes(32).toString('base64url');
      sessions.set(cookie, { poolId, username, sub, authTime: Math.floor(clock() / 1000) });
      return cookie;
    },
    find(pool, cookie) {
      const session = cookie === undefined ? undefined : sessions.get(cookie);
      if (session?.poolId !== pool.poolId || clock() >= (session.authTime + SESSION_SECONDS) * 1000) return undefined;
      const user = pool.users.get(session.username);
      return user?.sub === session.sub && user.enabled ? { user, authTime: session.authTime } : undefined;
    },
    end(cookie) {
      if (cookie !== undefined) sessions.delete(cookie);
    },
  };
}
