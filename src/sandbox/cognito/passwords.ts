import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { PasswordHash } from './live-pool';

const HASH_BYTES = 32;

/** Hashes a password by scrypt with a salt of its own. */
export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  return { salt: salt.toString('base64'), hash: (await derive(password, salt)).toString('base64') };
}

/** Whether a password is the hashed one. Takes as long where there is none. */
export async function isPassword(password: string, hash: PasswordHash | undefined): Promise<boolean> {
  const derived = await derive(password, Buffer.from(hash?.salt ?? '', 'base64'));
  const wanted = Buffer.from(hash?.hash ?? '', 'base64');
  return wanted.length === derived.length && timingSafeEqual(wanted, derived);
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
