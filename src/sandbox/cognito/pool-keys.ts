import { createPrivateKey, createPublicKey, generateKeyPair, randomBytes, sign, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/** What a token is for. Cognito signs each use with a key of its own. */
export type TokenUse = 'access' | 'id';

/** A key of a user pool. */
export interface PoolKey {
  readonly kid: string;
  readonly use: TokenUse;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The public half as the JWKS of Cognito has it. */
export interface PublicJwk {
  readonly kid: string;
  readonly alg: 'RS256';
  readonly kty: 'RSA';
  readonly e: string;
  readonly n: string;
  readonly use: 'sig';
}

/** A key as plain data, with its private half. */
export interface StoredKey {
  readonly kid: string;
  readonly use: TokenUse;
  readonly jwk: JsonWebKey;
}

/** The keys of one user pool. */
export interface PoolKeys {
  /** The key of a use; waits until it is there. */
  key(use: TokenUse): Promise<PoolKey>;
  /** The key of a kid, of those that are there: no other has signed anything. */
  find(kid: string): PoolKey | undefined;
  /** All keys that are there. */
  stored(): readonly StoredKey[];
}

/** Those of Cognito's keys; RS256 takes no fewer (RFC 7518, 3.3). */
const KEY_BITS = 2048;

const generate = promisify(generateKeyPair);

/**
 * Makes a private key, in the thread pool of Node.js.
 *
 * That takes longer than all else until the first token: whoever starts a sandbox begins it as the first thing of the process.
 */
export async function newPrivateKey(): Promise<KeyObject> {
  return (await generate('rsa', { modulusLength: KEY_BITS })).privateKey;
}

/**
 * Makes the keys of a user pool, RSA with 2,048 bits: that of access tokens on the first use, that of ID tokens after it.
 *
 * @param stored keys of an earlier run
 * @param begun takes a key that was begun before; called when a key has to be made
 */
export function poolKeys(stored: readonly StoredKey[] = [], begun: () => Promise<KeyObject> | undefined = () => undefined): PoolKeys {
  const there = new Map<TokenUse, PoolKey>();
  const pending = new Map<TokenUse, Promise<PoolKey>>();
  for (const { kid, use, jwk } of stored) {
    there.set(use, poolKey(kid, use, createPrivateKey({ key: jwk, format: 'jwk' })));
  }
  async function make(use: TokenUse): Promise<PoolKey> {
    const made = poolKey(randomBytes(32).toString('base64'), use, await (begun() ?? newPrivateKey()));
    there.set(use, made);
    return made;
  }
  function key(use: TokenUse): Promise<PoolKey> {
    const ready = there.get(use);
    if (ready !== undefined) return Promise.resolve(ready);
    let made = pending.get(use);
    if (made === undefined) {
      // Two at once would share the processor and delay the first token.
      made = use === 'id' && !there.has('access') ? key('access').then(() => make('id')) : make(use);
      pending.set(use, made);
    }
    return made;
  }
  return {
    key,
    find: (kid) => [...there.values()].find((each) => each.kid === kid),
    stored: () => [...there.values()].map(({ kid, use, privateKey }) => ({ kid, use, jwk: privateKey.export({ format: 'jwk' }) })),
  };
}

/** Whether a key of an earlier run signs what its public half verifies. */
export function isUsableKey({ jwk }: StoredKey): boolean {
  const probe = randomBytes(32);
  try {
    const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
    if ((privateKey.asymmetricKeyDetails?.modulusLength ?? 0) < KEY_BITS) return false;
    return verify('sha256', probe, createPublicKey(privateKey), sign('sha256', probe, privateKey));
  } catch {
    return false;
  }
}

/** The public keys of a user pool, as its JWKS: two RSA keys (Cognito developer guide, «Verifying JSON web tokens»). */
export async function jwksOf(keys: PoolKeys): Promise<{ readonly keys: readonly PublicJwk[] }> {
  const both = await Promise.all((['access', 'id'] as const).map((use) => keys.key(use)));
  return {
    keys: both.map(({ kid, publicKey }) => {
      const { n, e } = publicKey.export({ format: 'jwk' });
      return { alg: 'RS256', e: e!, kid, kty: 'RSA', n: n!, use: 'sig' };
    }),
  };
}

function poolKey(kid: string, use: TokenUse, privateKey: KeyObject): PoolKey {
  return { kid, use, privateKey, publicKey: createPublicKey(privateKey) };
}
