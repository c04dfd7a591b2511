import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import type { ClientSecret, LiveClient } from './live-pool';

const CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** Length of the secrets that Cognito makes. */
const SECRET_CHARACTERS = 52;

/** A new random secret of a client, or one with a given value. */
export function newClientSecret(clientId: string, now: number, value?: string): ClientSecret {
  return {
    id: `${clientId}--${Math.floor(now / 1000)}`,
    value: value ?? Array.from({ length: SECRET_CHARACTERS }, () => CHARACTERS[randomInt(CHARACTERS.length)]).join(''),
    createdAt: now,
  };
}

/** Whether a text is one of the secrets of a client. Takes the same time for every text. */
export function isSecretOf(client: Pick<LiveClient, 'secrets'>, text: string): boolean {
  const given = digest(text);
  let found = false;
  for (const { value } of client.secrets) {
    if (timingSafeEqual(given, digest(value))) found = true;
  }
  return found;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
