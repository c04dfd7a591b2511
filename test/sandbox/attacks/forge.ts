import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** Text, or what is written as JSON. */
export type Part = string | object;

/** A key that signs, and the kid that a pool knows it by. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** base64url of a text as it is, or of an object as JSON. */
export function encoded(part: Part | Uint8Array): string {
  const bytes = part instanceof Uint8Array ? part : Buffer.from(typeof part === 'string' ? part : JSON.stringify(part));
  return Buffer.from(bytes).toString('base64url');
}

/** A compact JWS with a good RS256 signature over whatever header and payload. */
export function forged(header: Part, payload: Part, { privateKey }: Pick<SigningKey, 'privateKey'>): string {
  const input = `${encoded(header)}.${encoded(payload)}`;
  return `${input}.${sign('RSA-SHA256', Buffer.from(input), privateKey).toString('base64url')}`;
}

/** One that is signed by a shared secret. */
export function forgedByHmac(header: Part, payload: Part, secret: string | Buffer): string {
  const input = `${encoded(header)}.${encoded(payload)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** A key that no pool knows, with the kid of one that a pool knows. */
export function strangeKey(kid: string): SigningKey {
  return { kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

/** What a token says, unchecked. */
export function claimsOf(jwt: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString()) as Record<string, unknown>;
}
