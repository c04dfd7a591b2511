import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock';

/** What an authorization code stands for. */
export interface CodeGrant {
  readonly poolId: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly username: string;
  /** Tells the user from a later one of the same name. */
  readonly sub: string;
  readonly scopes: readonly string[];
  /** Seconds since 1970. */
  readonly authTime: number;
  /** S256 challenge, where the request had one. */
  readonly challenge?: string;
  readonly nonce?: string;
  readonly audience?: string;
}

/** The authorization codes that wait for their exchange. */
export interface AuthorizationCodes {
  issue(grant: CodeGrant): string;
  /** The grant of a code that is good now. */
  find(code: string): CodeGrant | undefined;
  /** Ends a code; to be called before tokens are made, so that no second exchange comes between. */
  use(code: string): void;
}

/** Codes are good once and for 5 minutes (Cognito developer guide, «The redirect and authorization endpoint»). */
const CODE_LIFE_MS = 5 * 60 * 1000;
const WAITING_CODES = 1_000;

/** Keeps authorization codes in memory. */
export function authorizationCodeStore(clock: Clock): AuthorizationCodes {
  const codes = new LRUCache<string, { readonly grant: CodeGrant; readonly goodUntil: number }>({ max: WAITING_CODES });
  return {
    issue(grant) {
      const code = randomUUID();
      codes.set(code, { grant, goodUntil: clock() + CODE_LIFE_MS });
      return code;
    },
    find(code) {
      const entry = codes.get(code);
      return entry === undefined || clock() >= entry.goodUntil ? undefined : entry.grant;
    },
    use: (code) => {
      codes.delete(code);
    },
  };
}
