import { createHmac, timingSafeEqual } from 'node:crypto';
import { ApiError } from './api-error';
import type { LiveClient } from '../live-pool';

/**
 * Checks `SECRET_HASH`: HMAC-SHA256 of user name and client id with the client's secret, in base64 (Cognito developer guide,
 * «Computing secret hash values»). Each active secret and each of the names is good. Messages are those that users of the service report.
 */
export function checkSecretHash(client: LiveClient, usernames: readonly string[], hash: string | undefined): void {
  if (client.secrets.length === 0) {
    if (hash === undefined) return;
    throw new ApiError('NotAuthorizedException', `Unable to verify secret hash for client ${client.clientId}`);
  }
  if (hash === undefined) {
    throw new ApiError('NotAuthorizedException', `Client ${client.clientId} is configured with secret but SECRET_HASH was not received`);
  }
  const given = Buffer.from(hash);
  let found = false;
  for (const { value } of client.secrets) {
    for (const username of usernames) {
      const wanted = Buffer.from(createHmac('sha256', value).update(username + client.clientId).digest('base64'));
      if (wanted.length === given.length && timingSafeEqual(wanted, given)) found = true;
    }
  }
  if (!found) throw new ApiError('NotAuthorizedException', `Unable to verify secret hash for client ${client.clientId}`);
}
