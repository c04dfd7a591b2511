import { compactVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { secondsOf, type CognitoContext } from './cognito-context';
import { issuerOf } from './issuers';
import type { LivePool } from './live-pool';
import type { PoolKey, TokenUse } from './pool-keys';
import { isObject, type JsonObject } from '../../model/shape';

/** A token that a user pool of the sandbox signed. */
export interface VerifiedToken {
  readonly pool: LivePool;
  readonly use: TokenUse;
  readonly claims: JsonObject;
  /** Of access tokens; ID tokens have none. */
  readonly scopes: readonly string[];
  /** The `aud` claim, where it is there. */
  readonly audience?: string;
  readonly expired: boolean;
}

/** Checks tokens of all user pools of the sandbox. */
export type VerifyToken = (jwt: string) => Promise<VerifiedToken | undefined>;

/** More than any token that a request of API Gateway can carry: its headers together have at most 20,480 bytes. */
const MAX_TOKEN_CHARACTERS = 20_480;
const REMEMBERED_SIGNATURES = 2_000;
/** How far the clock may go back between signing and checking. */
const CLOCK_TOLERANCE_SECONDS = 10;
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Makes the check of tokens: `undefined` for whatever is not a token that one of the user pools signed for what it says.
 *
 * The key is one of the sandbox's own, found by `kid`; what else a header says of keys is not looked at. Signature, issuer and use must fit
 * the key. An expired token is one all the same: who asks decides. Only signatures are remembered, all else is judged each time.
 */
export function tokenVerifier(context: CognitoContext): VerifyToken {
  const verified = new LRUCache<string, { readonly key: PoolKey; readonly claims: JsonObject }>({ max: REMEMBERED_SIGNATURES });
  return async (jwt) => {
    const kid = kidOf(jwt);
    if (kid === undefined) return undefined;
    const [pool, key] = findKey(context, kid);
    if (pool === undefined || key === undefined) return undefined;
    const known = verified.get(jwt);
    const claims = known?.key === key ? known.claims : await verifySignature(jwt, key);
    if (claims === undefined) return undefined;
    if (known?.key !== key) verified.set(jwt, { key, claims });
    return judge(context, pool, key, claims);
  };
}

/** The key that a token names, of those without anything unusual in form and header. */
function kidOf(jwt: string): string | undefined {
  if (jwt.length > MAX_TOKEN_CHARACTERS || !COMPACT_JWS.test(jwt)) return undefined;
  const [header, , signature] = jwt.split('.');
  // The last character of a signature has bits that count for nothing: one token has one text.
  if (Buffer.from(signature, 'base64url').toString('base64url') !== signature) return undefined;
  const parsed = parseJson(header);
  if (parsed === undefined || parsed.alg !== 'RS256' || 'crit' in parsed) return undefined;
  return typeof parsed.kid === 'string' ? parsed.kid : undefined;
}

function findKey(context: CognitoContext, kid: string): [LivePool, PoolKey] | [] {
  for (const pool of context.pools.values()) {
    const key = context.keysOf(pool).find(kid);
    if (key !== undefined) return [pool, key];
  }
  return [];
}

async function verifySignature(jwt: string, key: PoolKey): Promise<JsonObject | undefined> {
  try {
    await compactVerify(jwt, key.publicKey, { algorithms: ['RS256'] });
  } catch {
    return undefined;
  }
  return parseJson(jwt.split('.')[1]);
}

function judge(context: CognitoContext, pool: LivePool, key: PoolKey, claims: JsonObject): VerifiedToken | undefined {
  const now = secondsOf(context.clock);
  const { iss, token_use: use, scope, aud, exp, iat, nbf } = claims;
  if (iss !== issuerOf(context.baseUrl(), pool) || use !== key.use) return undefined;
  if (!isTime(exp) || !isTime(iat) || iat > now + CLOCK_TOLERANCE_SECONDS) return undefined;
  if (nbf !== undefined && (!isTime(nbf) || nbf > now + CLOCK_TOLERANCE_SECONDS)) return undefined;
  if (scope !== undefined && typeof scope !== 'string') return undefined;
  if (aud !== undefined && typeof aud !== 'string') return undefined;
  return {
    pool,
    use: key.use,
    claims,
    scopes: key.use === 'access' && scope !== undefined ? scope.split(' ').filter((each) => each !== '') : [],
    ...(aud !== undefined && { audience: aud }),
    expired: exp <= now,
  };
}

/** Whole seconds since 1970: no user pool writes another time. */
function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function parseJson(part: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
