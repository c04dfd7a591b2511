import { randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import { isSecretOf } from '../../client-secrets';
import { mayRefresh } from '../../grants/refresh-token';
import type { LiveClient, LivePool } from '../../live-pool';
import { allowsPasswordFlow, isPasswordFlow } from '../../password-flows';
import type { IssuedTokens } from '../../user-tokens';
import { findUser } from '../../users';
import { ApiError, type ApiErrorName } from '../api-error';
import { clientNotFound, type Call } from '../call';
import { checkSecretHash } from '../client-proof';
import { oneOf, optional, text, texts } from '../input';
import { CLIENT_ID, UNUSED, USER_POOL_ID } from '../members';
import { operation, type Operations } from '../operation';

type Parameters = ReadonlyMap<string, string>;

const AUTHENTICATION = {
  AuthFlow: oneOf(
    'USER_SRP_AUTH', 'REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN', 'CUSTOM_AUTH', 'ADMIN_NO_SRP_AUTH', 'USER_PASSWORD_AUTH', 'ADMIN_USER_PASSWORD_AUTH',
    'USER_AUTH',
  ),
  AuthParameters: optional(texts()),
  ClientId: CLIENT_ID,
  ClientMetadata: UNUSED,
  Session: UNUSED,
};

/** The operations that sign users in with a password, and those that refresh their tokens. */
export const SIGN_IN_OPERATIONS: Operations = {
  InitiateAuth: operation(AUTHENTICATION, (call, { AuthFlow, AuthParameters = new Map(), ClientId }) => {
    const { client, pool } = knownClient(call, ClientId);
    // These need AWS credentials, and AdminInitiateAuth. The words of the service are «unverified».
    if (AuthFlow.startsWith('ADMIN_')) throw new ApiError('InvalidParameterException', 'Initiate Auth method not supported.');
    return authenticate(call, pool, client, AuthFlow, AuthParameters);
  }),

  AdminInitiateAuth: operation({
    ...AUTHENTICATION, UserPoolId: USER_POOL_ID,
  }, (call, { AuthFlow, AuthParameters = new Map(), ClientId, UserPoolId }) => {
    const pool = call.pool(UserPoolId);
    return authenticate(call, pool, call.client(pool, ClientId), AuthFlow, AuthParameters);
  }),

  GetTokensFromRefreshToken: operation({
    ClientId: CLIENT_ID, RefreshToken: text({ min: 1 }), ClientSecret: optional(text()), ClientMetadata: UNUSED, DeviceKey: UNUSED,
  }, async (call, { ClientId, ClientSecret, RefreshToken }) => {
    const { client, pool } = knownClient(call, ClientId);
    const proved = client.secrets.length === 0 ? ClientSecret === undefined : ClientSecret !== undefined && isSecretOf(client, ClientSecret);
    // The words of the service are «unverified».
    if (!proved) throw new ApiError('NotAuthorizedException', 'Invalid client or secret');
    if (!mayRefresh(client)) throw flowNotEnabled('REFRESH_TOKEN_AUTH');
    return { AuthenticationResult: authenticationResult(await refreshed(call, pool, client, RefreshToken, 'RefreshTokenReuseException')) };
  }),
};

/** The client of a call that names no user pool. */
function knownClient(call: Call, clientId: string): { readonly pool: LivePool; readonly client: LiveClient } {
  const found = call.findClient(clientId);
  if (found === undefined) throw clientNotFound(clientId);
  return found;
}

async function authenticate(call: Call, pool: LivePool, client: LiveClient, flow: string, parameters: Parameters): Promise<object> {
  if (flow === 'REFRESH_TOKEN' || flow === 'REFRESH_TOKEN_AUTH') return refresh(call, pool, client, parameters);
  if (!isPasswordFlow(flow)) {
    throw new ApiError('InvalidParameterException', `${flow} is a flow that the sandbox does not have; use a flow with USERNAME and PASSWORD`);
  }
  if (!allowsPasswordFlow(client, flow)) throw flowNotEnabled(flow);
  const username = required(parameters, 'USERNAME');
  const password = required(parameters, 'PASSWORD');
  checkSecretHash(client, [username], parameters.get('SECRET_HASH'));
  const result = await call.cognito.signIn(pool, client, username, password);
  if (!('refused' in result)) return resultOf(result);
  switch (result.refused) {
    case 'unknownUser':
      if (!client.hidesUserExistence) throw new ApiError('UserNotFoundException', 'User does not exist.');
      throw new ApiError('NotAuthorizedException', 'Incorrect username or password.', 'no user has this name');
    case 'wrongPassword':
      throw new ApiError('NotAuthorizedException', 'Incorrect username or password.', 'the password is wrong');
    case 'disabled':
      throw new ApiError('NotAuthorizedException', 'User is disabled.');
    case 'newPasswordRequired':
      return newPasswordChallenge(pool, username);
  }
}

/**
 * The challenge of a user with a temporary password. The sandbox has no RespondToAuthChallenge: a permanent password comes by
 * AdminSetUserPassword.
 */
function newPasswordChallenge(pool: LivePool, name: string): object {
  const { attributes = {}, username = name } = findUser(pool, name) ?? {};
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: randomBytes(48).toString('base64url'),
    ChallengeParameters: { USER_ID_FOR_SRP: username, requiredAttributes: '[]', userAttributes: JSON.stringify(attributes) },
  };
}

/** With rotation, refreshing goes by GetTokensFromRefreshToken alone: the client cannot have the flow. */
async function refresh(call: Call, pool: LivePool, client: LiveClient, parameters: Parameters): Promise<object> {
  if (client.refreshTokenRotation !== undefined || !mayRefresh(client)) throw flowNotEnabled('REFRESH_TOKEN_AUTH');
  const token = required(parameters, 'REFRESH_TOKEN');
  const tokens = await refreshed(call, pool, client, token);
  // The hash is made with the name of the user whom the token belongs to; that `sub` does as well is «unverified».
  const { sub, username } = decodeJwt<{ username: string }>(tokens.accessToken);
  checkSecretHash(client, [username, sub!], parameters.get('SECRET_HASH'));
  return resultOf(tokens);
}

/**
 * A refresh token of the code grant is good here as well (Cognito developer guide, «Refresh tokens»). That its tokens keep the scopes of
 * the code grant is «unverified».
 *
 * @param whenReplaced error for a token that rotation has replaced: GetTokensFromRefreshToken alone has one of its own (API reference);
 * its words are «unverified»
 */
async function refreshed(
  call: Call, pool: LivePool, client: LiveClient, token: string, whenReplaced: ApiErrorName = 'NotAuthorizedException',
): Promise<IssuedTokens> {
  const tokens = await call.cognito.refresh(pool, client, token);
  if (!('refused' in tokens)) return tokens;
  throw new ApiError(tokens.reused ? whenReplaced : 'NotAuthorizedException', 'Invalid Refresh Token', tokens.refused);
}

function required(parameters: Parameters, name: string): string {
  const value = parameters.get(name);
  if (value === undefined || value === '') throw new ApiError('InvalidParameterException', `Missing required parameter ${name}`);
  return value;
}

function flowNotEnabled(flow: string): ApiError {
  // Users report both texts; which of the other flows has which is «unverified».
  const message = flow === 'USER_PASSWORD_AUTH' ? `${flow} flow not enabled for this client` : 'Auth flow not enabled for this client';
  return new ApiError('InvalidParameterException', message, `${flow} is not among the flows of the client`);
}

function resultOf(tokens: IssuedTokens): object {
  return { AuthenticationResult: authenticationResult(tokens), ChallengeParameters: {} };
}

function authenticationResult({ accessToken, expiresIn, idToken, refreshToken }: IssuedTokens): object {
  return { AccessToken: accessToken, ExpiresIn: expiresIn, TokenType: 'Bearer', IdToken: idToken, RefreshToken: refreshToken };
}
