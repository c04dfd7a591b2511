import { isSecretOf } from './client-secrets';
import type { Form } from './form';
import type { LiveClient, LivePool } from './live-pool';
import { refuse, WRONG_SECRET_DESCRIPTION, type OAuthError } from './oauth-error';

/** A client id and what came as its secret. */
interface Credentials {
  readonly clientId: string;
  readonly secret?: string;
}

/**
 * The client that sends a request: by `Authorization: Basic`, by `client_id` and `client_secret` in the form, or, where it has no
 * secret, by `client_id` alone.
 */
export function authenticateClient(pool: LivePool, authorization: string | undefined, form: Form): LiveClient | OAuthError {
  const credentials = credentialsOf(authorization, form);
  if ('error' in credentials) return credentials;
  const client = pool.clients.get(credentials.clientId);
  if (client === undefined) return refuse('invalid_client', 'no client of the user pool has this client id');
  if (client.secrets.length === 0) {
    return credentials.secret === undefined ? client : refuse('invalid_client', 'a secret came for a client that has none');
  }
  if (credentials.secret === undefined) return refuse('invalid_client', 'the client has a secret, and none came', WRONG_SECRET_DESCRIPTION);
  return isSecretOf(client, credentials.secret) ? client : refuse('invalid_client', 'the secret is not that of the client', WRONG_SECRET_DESCRIPTION);
}

function credentialsOf(authorization: string | undefined, form: Form): Credentials | OAuthError {
  const clientId = form.get('client_id');
  const secret = form.get('client_secret');
  if (authorization === undefined) {
    if (clientId === undefined) return refuse('invalid_request', 'client_id is missing');
    return { clientId, ...(secret !== undefined && { secret }) };
  }
  const basic = readBasic(authorization);
  if (basic === undefined) return refuse('invalid_client', 'the Authorization header is not Basic with a client id and a secret');
  if (secret !== undefined) return refuse('invalid_request', 'the client authenticates in two ways at once');
  if (clientId !== undefined && clientId !== basic.clientId) return refuse('invalid_request', 'client_id is not the one of the Authorization header');
  return basic;
}

function readBasic(header: string): Credentials | undefined {
  const [, encoded] = /^Basic +([\w+/=-]+)$/i.exec(header) ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  const secret = decode(text.slice(colon + 1));
  return { clientId: decode(text.slice(0, colon)), ...(secret !== '' && { secret }) };
}

/** Standard clients encode both parts as in a form (RFC 6749, 2.3.1); others send them as they are. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
