import { newClientId, newClientSecret } from '../../client-secrets';
import type { LiveClient, LivePool } from '../../live-pool';
import { ApiError } from '../api-error';
import { CLIENT_SETTINGS, readClientSettings } from '../client-settings';
import { flag, oneOf, optional, whole } from '../input';
import { CLIENT_ID, CLIENT_NAME, CLIENT_SECRET, NEXT_TOKEN, USER_POOL_ID } from '../members';
import { operation, type Operations } from '../operation';
import { pageOf } from '../page-of';
import { showValidities, type ValidityUnits } from '../token-validities';

/** Clients per user pool; AWS raises it to 10,000 on request («Quotas in Amazon Cognito», 2026). */
const MAX_CLIENTS_PER_POOL = 1000;
const MAX_PAGE = 60;

const ONE = { UserPoolId: USER_POOL_ID, ClientId: CLIENT_ID };

/** The operations on app clients. What they change acts on the next token. */
export const CLIENT_OPERATIONS: Operations = {
  CreateUserPoolClient: operation({
    ...CLIENT_SETTINGS,
    UserPoolId: USER_POOL_ID,
    ClientName: CLIENT_NAME,
    ClientSecret: optional(CLIENT_SECRET),
    GenerateSecret: optional(flag()),
  }, (call, { ClientName, ClientSecret, GenerateSecret = false, UserPoolId, ...settings }) => {
    const pool = call.pool(UserPoolId);
    if (ClientSecret !== undefined && GenerateSecret) {
      // The words of the service are «unverified».
      throw new ApiError('InvalidParameterException', 'ClientSecret cannot be provided when GenerateSecret is true.');
    }
    const hasSecret = GenerateSecret || ClientSecret !== undefined;
    const live = readClientSettings(pool, hasSecret, settings);
    if (pool.clients.size >= MAX_CLIENTS_PER_POOL) {
      throw new ApiError('LimitExceededException', `User pool ${UserPoolId} has ${MAX_CLIENTS_PER_POOL} clients, the quota.`);
    }
    const now = call.clock();
    const clientId = newClientId();
    const client: LiveClient = {
      ...live,
      id: `${pool.poolId}/${clientId}`,
      origin: 'declared',
      clientId,
      createdAt: now,
      updatedAt: now,
      name: ClientName,
      secrets: hasSecret ? [newClientSecret(clientId, now, ClientSecret)] : [],
    };
    pool.clients.set(clientId, client);
    call.cognito.changed();
    return { UserPoolClient: clientOutput(pool, call.client(pool, clientId)) };
  }),

  DescribeUserPoolClient: operation(ONE, (call, { ClientId, UserPoolId }) => {
    const pool = call.pool(UserPoolId);
    return { UserPoolClient: clientOutput(pool, call.client(pool, ClientId)) };
  }),

  ListUserPoolClients: operation({
    UserPoolId: USER_POOL_ID,
    MaxResults: optional(whole({ min: 1, max: MAX_PAGE })),
    NextToken: optional(NEXT_TOKEN),
    ClientType: optional(oneOf('REGULAR', 'DCR')),
  }, (call, { ClientType, MaxResults = MAX_PAGE, NextToken, UserPoolId }) => {
    const pool = call.pool(UserPoolId);
    // Clients of the sandbox did not register themselves.
    const clients = ClientType === 'DCR' ? [] : pool.clients.values();
    const { items, nextToken } = pageOf(clients, ({ clientId }) => clientId, MaxResults, NextToken);
    return {
      UserPoolClients: items.map(({ clientId, name }) => ({ ClientId: clientId, ClientName: name, UserPoolId })),
      NextToken: nextToken,
    };
  }),

  UpdateUserPoolClient: operation({
    ...CLIENT_SETTINGS, ...ONE, ClientName: optional(CLIENT_NAME),
  }, (call, { ClientId, ClientName, UserPoolId, ...settings }) => {
    const pool = call.pool(UserPoolId);
    const client = call.client(pool, ClientId);
    const live = readClientSettings(pool, client.secrets.length > 0, settings);
    // A name has no default: that it stays is «unverified».
    Object.assign(client, live, { name: ClientName ?? client.name, updatedAt: call.clock() });
    call.cognito.changed();
    return { UserPoolClient: clientOutput(pool, client) };
  }),

  DeleteUserPoolClient: operation(ONE, (call, { ClientId, UserPoolId }) => {
    const pool = call.pool(UserPoolId);
    pool.clients.delete(call.client(pool, ClientId).clientId);
    call.cognito.changed();
    return {};
  }),
};

/** A client as the API shows it; of two secrets the older one («unverified» which). */
function clientOutput({ poolId }: LivePool, client: LiveClient): object {
  const { authFlows = [], callbackUrls, defaultRedirectUri, flows, logoutUrls, readAttributes, refreshTokenRotation, scopes } = client;
  const [secret] = client.secrets;
  const { TokenValidityUnits, ...unserved } = client.unserved ?? {};
  return {
    UserPoolId: poolId,
    ClientName: client.name,
    ClientId: client.clientId,
    ...(secret && { ClientSecret: secret.value }),
    CreationDate: client.createdAt / 1000,
    LastModifiedDate: client.updatedAt / 1000,
    ...showValidities(client, TokenValidityUnits as ValidityUnits | undefined),
    ...unserved,
    ...(readAttributes && { ReadAttributes: readAttributes }),
    ...(authFlows.length > 0 && { ExplicitAuthFlows: authFlows }),
    ...(callbackUrls.length > 0 && { CallbackURLs: callbackUrls }),
    ...(logoutUrls.length > 0 && { LogoutURLs: logoutUrls }),
    ...(defaultRedirectUri !== undefined && { DefaultRedirectURI: defaultRedirectUri }),
    ...(flows.length > 0 && { AllowedOAuthFlows: flows }),
    ...(scopes.length > 0 && { AllowedOAuthScopes: scopes }),
    AllowedOAuthFlowsUserPoolClient: client.oauth,
    PreventUserExistenceErrors: client.hidesUserExistence ? 'ENABLED' : 'LEGACY',
    EnableTokenRevocation: client.tokenRevocation,
    ...(refreshTokenRotation && {
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: refreshTokenRotation.graceSeconds },
    }),
  };
}
