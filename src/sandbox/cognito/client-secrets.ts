import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import type { ClientSecret, LiveClient } from './live-pool';

const CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** Length of the secrets that Cognito makes. */
const SECRET_CHARACTERS = 52;

/** Length of the client ids that Cognito makes. */
const CLIENT_ID_CHARACTERS = 26;

/** A new random client id. */
export function newClientId(): string {
  return randomText(CLIENT_ID_CHARACTERS);
}

/** A new random secret of a client, or one with a given value. */
export function newClientSecret(clientId: string, now: number, value?: string): ClientSecret {
  return {
    id: `${clientId}--${Math.floor(now / 1000)}`,
    value: value ?? randomText(SECRET_CHARACTERS),
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

function randomText(length: number): string {
  return Array.from({ length }, () => CHARACTERS[randomInt(CHARACTERS.length)]).join('');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
