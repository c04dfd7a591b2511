import { newClientSecret } from '../../client-secrets';
import type { ClientSecret, LiveClient } from '../../live-pool';
import { ApiError } from '../api-error';
import { optional, text } from '../input';
import { CLIENT_ID, CLIENT_SECRET, NEXT_TOKEN, USER_POOL_ID } from '../members';
import { operation, type Operations } from '../operation';

/** Active secrets of one client (API reference, AddUserPoolClientSecret, 2026). */
const MAX_SECRETS = 2;

const ONE = { UserPoolId: USER_POOL_ID, ClientId: CLIENT_ID };

/** The life of client secrets. All active ones authenticate the client. The words of errors are «unverified». */
export const CLIENT_SECRET_OPERATIONS: Operations = {
  AddUserPoolClientSecret: operation({ ...ONE, ClientSecret: optional(CLIENT_SECRET) }, (call, { ClientId, ClientSecret, UserPoolId }) => {
    const client = call.client(call.pool(UserPoolId), ClientId);
    if (client.secrets.length === 0) throw new ApiError('InvalidParameterException', `Client ${ClientId} does not have a client secret.`);
    if (client.secrets.length >= MAX_SECRETS) {
      throw new ApiError('LimitExceededException', `Client ${ClientId} has ${MAX_SECRETS} secrets; delete one before adding another.`);
    }
    const secret = newSecret(client, call.clock(), ClientSecret);
    client.secrets = [...client.secrets, secret];
    call.cognito.changed();
    // A value that the caller chose is not repeated.
    return { ClientSecretDescriptor: { ...descriptorOf(secret), ...(ClientSecret === undefined && { ClientSecretValue: secret.value }) } };
  }),

  // Both fit on one page: there is never a next one.
  ListUserPoolClientSecrets: operation({ ...ONE, NextToken: optional(NEXT_TOKEN) }, (call, { ClientId, UserPoolId }) => ({
    ClientSecrets: call.client(call.pool(UserPoolId), ClientId).secrets.map(descriptorOf),
  })),

  DeleteUserPoolClientSecret: operation({
    ...ONE, ClientSecretId: text({ min: 1, max: 160, pattern: '[\\w+-]+' }),
  }, (call, { ClientId, ClientSecretId, UserPoolId }) => {
    const client = call.client(call.pool(UserPoolId), ClientId);
    const rest = client.secrets.filter(({ id }) => id !== ClientSecretId);
    if (rest.length === client.secrets.length) {
      throw new ApiError('ResourceNotFoundException', `Client secret ${ClientSecretId} does not exist.`, 'no secret of the client has the id');
    }
    if (rest.length === 0) throw new ApiError('InvalidParameterException', `Client secret ${ClientSecretId} is the only one of its client.`);
    client.secrets = rest;
    call.cognito.changed();
    return {};
  }),
};

/** Ids count seconds: of two secrets of one second the second has the next one. */
function newSecret({ clientId, secrets }: LiveClient, now: number, value: string | undefined): ClientSecret {
  const secret = newClientSecret(clientId, now, value);
  return secrets.some(({ id }) => id === secret.id) ? { ...secret, id: newClientSecret(clientId, now + 1000).id } : secret;
}

function descriptorOf({ createdAt, id }: ClientSecret): object {
  return { ClientSecretId: id, ClientSecretCreateDate: createdAt / 1000 };
}
