import { createHmac } from 'node:crypto';
import {
  AdminCreateUserCommand, AdminDeleteUserCommand, AdminInitiateAuthCommand, AdminSetUserPasswordCommand, CreateUserPoolClientCommand,
  GetClientTokenCommand, GetTokensFromRefreshTokenCommand, InitiateAuthCommand, ListUsersCommand, type AuthFlowType,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { PREFIX, startApi, type ApiServer } from './api-server';
import type { LiveClient } from '../../../../src/sandbox/cognito/live-pool';
import type { IssuedTokens } from '../../../../src/sandbox/cognito/user-tokens';
import { claimsOf } from '../entities';

const PASSWORD = 'Correct-Horse-1';
let api: ApiServer;
let UserPoolId: string;
let sdk: LiveClient;

beforeEach(async () => {
  api = await startApi();
  UserPoolId = api.pool.poolId;
  sdk = api.client('Sdk');
  await api.cognito.addUser(api.pool, { username: 'ada', password: PASSWORD, attributes: { email: 'ada@example.com' } });
});

afterEach(() => api.close());

const initiate = (AuthFlow: AuthFlowType, AuthParameters: Record<string, string>, { clientId: ClientId } = sdk) => (
  api.sdk.send(new InitiateAuthCommand({ AuthFlow, ClientId, AuthParameters })));
const signIn = (USERNAME = 'ada', password = PASSWORD, more = {}, client = sdk) => (
  initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD: password, ...more }, client));
const hashOf = ({ clientId, secrets: [{ value }] }: LiveClient, username: string) => (
  createHmac('sha256', value).update(username + clientId).digest('base64'));

async function makeClient(members: object): Promise<LiveClient> {
  const { UserPoolClient } = await api.sdk.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'made', ...members }));
  return api.pool.clients.get(UserPoolClient!.ClientId!)!;
}

describe('sign-in through the API', () => {
  test('gives tokens that carry only the scope aws.cognito.signin.user.admin, whatever the client lists', async () => {
    sdk.scopes = ['openid', 'photos/read'];
    const { AuthenticationResult: tokens } = await signIn();
    expect(tokens).toMatchObject({ ExpiresIn: 3600, TokenType: 'Bearer', RefreshToken: expect.any(String) });
    expect(claimsOf(tokens!.AccessToken!)).toMatchObject({ scope: 'aws.cognito.signin.user.admin', username: 'ada', client_id: sdk.clientId });
    expect(claimsOf(tokens!.IdToken!)).toMatchObject({ 'token_use': 'id', 'aud': sdk.clientId, 'cognito:username': 'ada' });
  });

  test('goes by AdminInitiateAuth where the client has the flow', async () => {
    const call = () => api.sdk.send(new AdminInitiateAuthCommand({
      UserPoolId, ClientId: sdk.clientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'ada', PASSWORD },
    }));
    await expect(call()).rejects.toMatchObject({ name: 'InvalidParameterException', message: 'Auth flow not enabled for this client' });
    sdk.authFlows = ['ALLOW_ADMIN_USER_PASSWORD_AUTH'];
    api.cognito.changed();
    expect(claimsOf((await call()).AuthenticationResult!.AccessToken!).scope).toBe('aws.cognito.signin.user.admin');
    await expect(signIn()).rejects.toMatchObject({ name: 'InvalidParameterException', message: 'USER_PASSWORD_AUTH flow not enabled for this client' });
  });

  test.each([
    ['a wrong password', 'ada', 'wrong', true, 'NotAuthorizedException', 'Incorrect username or password.'],
    ['a wrong password, of a client that shows users', 'ada', 'wrong', false, 'NotAuthorizedException', 'Incorrect username or password.'],
    ['an unknown user, of a client that hides users', 'bob', PASSWORD, true, 'NotAuthorizedException', 'Incorrect username or password.'],
    ['an unknown user, of a client that shows users', 'bob', PASSWORD, false, 'UserNotFoundException', 'User does not exist.'],
    ['no password', 'ada', '', true, 'InvalidParameterException', 'Missing required parameter PASSWORD'],
  ])('refuses %s, without the password in the log', async (_, username, password, hides, name, message) => {
    sdk.hidesUserExistence = hides;
    await expect(signIn(username, password)).rejects.toMatchObject({ name, message });
    expect(JSON.stringify(api.log.last())).not.toMatch(/Correct-Horse|"wrong"/);
  });

  test('refuses an unknown client and a flow that the sandbox does not have', async () => {
    await expect(signIn('ada', PASSWORD, {}, { ...sdk, clientId: 'nobody' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(initiate('USER_SRP_AUTH', { USERNAME: 'ada', SRP_A: '1' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(initiate('ADMIN_USER_PASSWORD_AUTH', { USERNAME: 'ada', PASSWORD })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('wants the secret hash of a client with a secret, at refreshing too', async () => {
    const client = await makeClient({ GenerateSecret: true, ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] });
    const SECRET_HASH = hashOf(client, 'ada');
    await expect(signIn('ada', PASSWORD, {}, client)).rejects.toMatchObject({ name: 'NotAuthorizedException', message: expect.stringContaining('SECRET_HASH was not received') });
    await expect(signIn('ada', PASSWORD, { SECRET_HASH: hashOf(client, 'bob') }, client)).rejects.toMatchObject({
      name: 'NotAuthorizedException', message: `Unable to verify secret hash for client ${client.clientId}`,
    });
    const REFRESH_TOKEN = (await signIn('ada', PASSWORD, { SECRET_HASH }, client)).AuthenticationResult!.RefreshToken!;
    await expect(initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN }, client)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    expect((await initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN, SECRET_HASH }, client)).AuthenticationResult?.AccessToken).toBeDefined();
  });
});

describe('the attributes that a client may read', () => {
  test('are in its ID tokens, and the standard ones again after a change that does not name any', async () => {
    const flows = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const] };
    const client = await makeClient({ ...flows, ReadAttributes: ['name'] });
    const emailNow = async () => claimsOf((await signIn('ada', PASSWORD, {}, client)).AuthenticationResult!.IdToken!).email;
    expect(await emailNow()).toBeUndefined();
    await api.sdk.send(new UpdateUserPoolClientCommand({ UserPoolId, ClientId: client.clientId, ...flows }));
    expect(await emailNow()).toBe('ada@example.com');
  });
});

describe('refreshing through the API', () => {
  test.each(['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'] as const)('gives new tokens by %s, and no new refresh token', async (flow) => {
    const { RefreshToken: REFRESH_TOKEN } = (await signIn()).AuthenticationResult!;
    const { AuthenticationResult: tokens } = await initiate(flow, { REFRESH_TOKEN: REFRESH_TOKEN! });
    expect(claimsOf(tokens!.AccessToken!).scope).toBe('aws.cognito.signin.user.admin');
    expect(tokens!.RefreshToken).toBeUndefined();
    await expect(initiate(flow, { REFRESH_TOKEN: `${REFRESH_TOKEN}x` })).rejects.toMatchObject({ name: 'NotAuthorizedException', message: 'Invalid Refresh Token' });
  });

  test('rotates by GetTokensFromRefreshToken where the client rotates', async () => {
    const client = await makeClient({
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'], RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
    });
    const { RefreshToken } = (await signIn('ada', PASSWORD, {}, client)).AuthenticationResult!;
    const renew = (token = RefreshToken) => api.sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId: client.clientId, RefreshToken: token }));
    await expect(initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken! }, client)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const { RefreshToken: next } = (await renew()).AuthenticationResult!;
    expect(next).not.toBe(RefreshToken);
    api.pass(11);
    await expect(renew()).rejects.toMatchObject({ name: 'RefreshTokenReuseException', message: 'Invalid Refresh Token' });
    expect(api.log.last()[0]).toMatchObject({ reason: 'RefreshTokenReuseException: rotation has replaced the refresh token' });
    expect((await renew(next)).AuthenticationResult!.AccessToken).toBeDefined();
  });

  test.each([
    ['is that of another client', {}, () => api.client('Sdk')],
    ['has lived its life', { RefreshTokenValidity: 1, TokenValidityUnits: { RefreshToken: 'hours' } }, (client: LiveClient) => {
      api.pass(3600);
      return client;
    }],
    ['is revoked', {}, async (client: LiveClient, token: string) => {
      await fetch(`${api.cognito.domainUrl(api.pool)}/oauth2/revoke`, { method: 'POST', body: new URLSearchParams({ token, client_id: client.clientId }) });
      return client;
    }],
  ])('tells nothing of a replaced refresh token that %s', async (_, members, callerOf) => {
    const rotating = await makeClient({
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'], RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 }, ...members,
    });
    const { RefreshToken } = (await signIn('ada', PASSWORD, {}, rotating)).AuthenticationResult!;
    const renew = ({ clientId }: LiveClient) => api.sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken }));
    await renew(rotating);
    await expect(renew(rotating)).rejects.toMatchObject({ name: 'RefreshTokenReuseException' });
    await expect(renew(await callerOf(rotating, RefreshToken!))).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  test('gives tokens to one of many GetTokensFromRefreshToken at once', async () => {
    const client = await makeClient({
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'], RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    });
    const { RefreshToken } = (await signIn('ada', PASSWORD, {}, client)).AuthenticationResult!;
    const renew = () => api.sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId: client.clientId, RefreshToken }));
    const answers = await Promise.allSettled(Array.from({ length: 8 }, renew));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('ends with the user', async () => {
    const { RefreshToken } = (await signIn()).AuthenticationResult!;
    await api.sdk.send(new AdminDeleteUserCommand({ UserPoolId, Username: 'ada' }));
    await expect(initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken! })).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  test('keeps the scopes of the code grant, with whichever operation', async () => {
    const { clientId: ClientId } = api.client('Spa');
    const { tokens } = await api.cognito.tokenFor('Spa', { user: 'ada', scopes: ['openid', 'photos/read'] }) as { tokens: Required<IssuedTokens> };
    const initiated = await api.post(`${PREFIX}InitiateAuth`, { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: tokens.refreshToken } });
    const refreshed = await api.post(`${PREFIX}GetTokensFromRefreshToken`, { ClientId, RefreshToken: tokens.refreshToken });
    for (const { body } of [initiated, refreshed]) {
      const { AccessToken } = body.AuthenticationResult as { AccessToken: string };
      expect(claimsOf(AccessToken).scope).toBe('openid photos/read');
    }
    expect([Object.keys(initiated.body), Object.keys(refreshed.body)]).toEqual([['AuthenticationResult', 'ChallengeParameters'], ['AuthenticationResult']]);
  });
});

describe('users', () => {
  test.each(['cognito:groups', 'amr', 'foobar?=x', 'custom:', 'aud'])('have no attribute that would be another claim: %s', async (Name) => {
    const made = api.sdk.send(new AdminCreateUserCommand({ UserPoolId, Username: 'eve', UserAttributes: [{ Name, Value: 'admins' }] }));
    await expect(made).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect(api.pool.users.has('eve')).toBe(false);
  });

  test('are made with a temporary password, which sign-in wants changed until a permanent one is set', async () => {
    const { User } = await api.sdk.send(new AdminCreateUserCommand({
      UserPoolId, Username: 'bob', TemporaryPassword: 'Temporary-1', UserAttributes: [{ Name: 'email', Value: 'bob@example.com' }],
    }));
    expect(User).toMatchObject({ Username: 'bob', Enabled: true, UserStatus: 'FORCE_CHANGE_PASSWORD' });
    const challenge = await signIn('bob', 'Temporary-1');
    expect(challenge).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED', Session: expect.any(String) });
    expect(challenge.AuthenticationResult).toBeUndefined();
    await api.sdk.send(new AdminSetUserPasswordCommand({ UserPoolId, Username: 'bob', Password: 'Permanent-1', Permanent: true }));
    expect((await signIn('bob', 'Permanent-1')).AuthenticationResult?.AccessToken).toBeDefined();
    await expect(signIn('bob', 'Temporary-1')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(api.sdk.send(new AdminCreateUserCommand({ UserPoolId, Username: 'bob' }))).rejects.toMatchObject({ name: 'UsernameExistsException' });
  });

  test('are made once, of many calls at once with one name', async () => {
    const make = () => api.sdk.send(new AdminCreateUserCommand({ UserPoolId, Username: 'bob' }));
    const answers = await Promise.allSettled(Array.from({ length: 5 }, make));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'UsernameExistsException' } });
  });

  test('are listed in pages, by filter, and with chosen attributes', async () => {
    await api.sdk.send(new AdminCreateUserCommand({ UserPoolId, Username: 'bob' }));
    const names = async (members: object) => (
      (await api.sdk.send(new ListUsersCommand({ UserPoolId, ...members }))).Users!.map(({ Username }) => Username)
    );
    const first = await api.sdk.send(new ListUsersCommand({ UserPoolId, Limit: 1 }));
    expect(first.Users!.map(({ Username }) => Username)).toEqual(['ada']);
    expect(await names({ PaginationToken: first.PaginationToken })).toEqual(['bob']);
    expect(await names({ Filter: 'email ^= "ada@"' })).toEqual(['ada']);
    expect(await names({ Filter: 'cognito:user_status = "FORCE_CHANGE_PASSWORD"' })).toEqual(['bob']);
    await expect(names({ Filter: 'email' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const { Users } = await api.sdk.send(new ListUsersCommand({ UserPoolId, Limit: 1, AttributesToGet: ['email'] }));
    expect(Users![0].Attributes).toEqual([{ Name: 'email', Value: 'ada@example.com' }]);
  });

  test.each(['AdminSetUserPassword', 'AdminDeleteUser'])('who do not exist are an error of %s', async (name) => {
    expect(await api.post(PREFIX + name, { UserPoolId, Username: 'nobody', Password: PASSWORD })).toMatchObject({ status: 400, body: { __type: 'UserNotFoundException' } });
  });
});

describe('GetClientToken', () => {
  const MACHINE = {
    GenerateSecret: true,
    ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthScopes: ['photos/read', 'photos/write'],
  };
  const get = (client: LiveClient, members: object = {}) => (
    api.sdk.send(new GetClientTokenCommand({ ClientId: client.clientId, Secret: client.secrets[0]?.value ?? 'none', ...members })));

  test('gives a machine token with all scopes of the client, or those asked for', async () => {
    const client = await makeClient(MACHINE);
    const { ClientAuthenticationResult: result } = await get(client);
    expect(result).toEqual({ AccessToken: expect.any(String), ExpiresIn: 3600, TokenType: 'Bearer' });
    expect(claimsOf(result!.AccessToken!)).toMatchObject({ scope: 'photos/read photos/write', sub: client.clientId });
    const { ClientAuthenticationResult: some } = await get(client, { Scopes: ['photos/write'] });
    expect(claimsOf(some!.AccessToken!).scope).toBe('photos/write');
  });

  test('tells once of a client whose OAuth switch is off that its tokens are unverified', async () => {
    const { AllowedOAuthFlowsUserPoolClient, ...off } = MACHINE;
    const [client, other, on] = await Promise.all([off, off, MACHINE].map(makeClient));
    const told = () => api.cognito.notices.filter(({ what }) => what.startsWith('GetClientToken')).map(({ entity }) => entity);
    await expect(get(client, { Scopes: ['photos/delete'] })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect(told()).toEqual([]);
    for (const each of [client, client, other, on]) await get(each);
    expect(told()).toEqual([client.id, other.id]);
    expect(api.notified).toEqual(told());
  });

  test('refuses a wrong secret, an unknown client, a scope of others, and a client without the flow', async () => {
    const client = await makeClient(MACHINE);
    const wrong = { name: 'NotAuthorizedException', message: 'Invalid client or secret' };
    await expect(get(client, { Secret: 'x'.repeat(24) })).rejects.toMatchObject(wrong);
    await expect(get(client, { ClientId: 'nobody' })).rejects.toMatchObject(wrong);
    await expect(get(client, { Scopes: ['photos/delete'] })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(get(api.client('Machine'))).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    expect(JSON.stringify(api.log.last())).not.toContain(client.secrets[0].value);
  });
});
