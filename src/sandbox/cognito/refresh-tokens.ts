import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { UserSource } from './sources';
import type { Clock } from '../clock';

/** What a refresh token stands for. */
export interface RefreshGrant {
  readonly poolId: string;
  readonly clientId: string;
  readonly username: string;
  readonly sub: string;
  readonly source: UserSource;
  /** The scopes asked for at sign-in. */
  readonly scopes: readonly string[];
  /** Seconds since 1970. */
  readonly authTime: number;
  readonly originJti: string;
  readonly eventId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly audience?: string;
}

/** The refresh tokens of all user pools. They last as long as the process. */
export interface RefreshTokens {
  issue(grant: RefreshGrant): string;
  /** The grant of a token that is good now. */
  find(token: string): RefreshGrant | undefined;
  /** The grant of a token that would be good if rotation had not replaced it. */
  findReplaced(token: string): RefreshGrant | undefined;
  /** Gives a new token for a good one, which stays good for some seconds. */
  rotate(token: string, graceSeconds: number): string;
  /** The client of a token, good or not. */
  owner(token: string): Pick<RefreshGrant, 'poolId' | 'clientId'> | undefined;
  /** Ends a token, and all that came from the same sign-in. */
  revoke(token: string): void;
  /** Whether the tokens of a sign-in are revoked. */
  isRevoked(originJti: string): boolean;
}

/** More than one developer signs in; the oldest give way. */
const KEPT_TOKENS = 10_000;

/** Keeps refresh tokens in memory. They are opaque random texts. */
export function refreshTokenStore(clock: Clock): RefreshTokens {
  const grants = new LRUCache<string, { readonly grant: RefreshGrant; goodUntil: number }>({ max: KEPT_TOKENS });
  const revoked = new LRUCache<string, true>({ max: KEPT_TOKENS });
  function issue(grant: RefreshGrant): string {
    const token = randomBytes(48).toString('base64url');
    grants.set(token, { grant, goodUntil: grant.expiresAt });
    return token;
  }
  return {
    issue,
    find(token) {
      const entry = grants.get(token);
      return entry === undefined || clock() >= entry.goodUntil || revoked.has(entry.grant.originJti) ? undefined : entry.grant;
    },
    findReplaced(token) {
      const entry = grants.get(token);
      if (entry === undefined || revoked.has(entry.grant.originJti)) return undefined;
      return clock() >= entry.goodUntil && clock() < entry.grant.expiresAt ? entry.grant : undefined;
    },
    rotate(token, graceSeconds) {
      const entry = grants.get(token)!;
      entry.goodUntil = Math.min(entry.goodUntil, clock() + graceSeconds * 1000);
      return issue(entry.grant);
    },
    owner: (token) => grants.get(token)?.grant,
    revoke(token) {
      const entry = grants.get(token);
      if (entry !== undefined) revoked.set(entry.grant.originJti, true);
    },
    isRevoked: (originJti) => revoked.has(originJti),
  };
}
