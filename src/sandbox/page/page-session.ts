import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { LRUCache } from 'lru-cache';
import type { CallResult } from './call-method';
import type { TokenAnswer } from '../control';

/** What one browser has chosen and got on the page. In memory only. */
export interface PageSession {
  /** What every form of the session carries. */
  readonly formToken: string;
  /** Id of the chosen client. */
  client?: string;
  /** Id of the chosen method, at its stage (`CallableMethod`). */
  method?: string;
  /** By client id; the newest of each. */
  readonly tokens: LRUCache<string, HeldTokens>;
  /** What the forms show again: names of fields and their values. Never a password. */
  readonly typed: Map<string, string>;
  call?: CallResult;
  /** Said once, at the part it belongs to. */
  notice?: PageNotice;
}

/** Tokens of a client. */
export interface HeldTokens extends TokenAnswer {
  /** Scopes that were asked for; absent for all. */
  readonly asked?: readonly string[];
  /** Who signed in, for tokens of a user. */
  readonly username?: string;
}

/** Something to tell after a form was sent. */
export interface PageNotice {
  readonly part: 'token' | 'call';
  readonly kind: 'error' | 'done';
  readonly text: string;
}

const MAX_SESSIONS = 64;
const MAX_CLIENTS_WITH_TOKENS = 32;
const SESSION_BYTES = 16;

/** The sessions of the page. */
export interface PageSessions {
  /** The session that a request names; undefined where there is none. */
  find(context: Context): PageSession | undefined;
  /** That session, or a new one. */
  open(context: Context): PageSession;
}

/** Keeps sessions in memory; each has a cookie that only this page gets. */
export function pageSessions(): PageSessions {
  const sessions = new LRUCache<string, PageSession>({ max: MAX_SESSIONS });
  const find = (context: Context) => sessions.get(getCookie(context, cookieName(context)) ?? '');
  return {
    find,
    open(context) {
      const known = find(context);
      if (known !== undefined) return known;
      const id = randomBytes(SESSION_BYTES).toString('base64url');
      const session: PageSession = {
        formToken: randomBytes(SESSION_BYTES).toString('base64url'), tokens: new LRUCache({ max: MAX_CLIENTS_WITH_TOKENS }), typed: new Map(),
      };
      sessions.set(id, session);
      setCookie(context, cookieName(context), id, { httpOnly: true, sameSite: 'Strict', path: '/' });
      return session;
    },
  };
}

/** Browsers send the cookies of an address to all of its ports, so that the name has the port. */
function cookieName({ req }: Context): string {
  return `sandbox-page-${new URL(req.url).port || '80'}`;
}
