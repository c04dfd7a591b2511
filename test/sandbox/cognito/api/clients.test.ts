import {
  CreateUserPoolClientCommand, DeleteUserPoolClientCommand, DescribeUserPoolClientCommand, paginateListUserPoolClients, UpdateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { PREFIX, startApi, type ApiServer } from './api-server';
import { START } from '../entities';

let api: ApiServer;
let UserPoolId: string;

beforeAll(async () => {
  api = await startApi();
  UserPoolId = api.pool.poolId;
});

afterAll(() => api.close());

const URL = 'https://app.example.com/cb';
const MACHINE = {
  GenerateSecret: true, AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: ['photos/read'],
};
const WEB = {
  AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['openid', 'photos/read'], CallbackURLs: [URL],
};
const create = (members: object) => api.post(`${PREFIX}CreateUserPoolClient`, { UserPoolId, ClientName: 'x', ...members });
const make = async (members: object) => (await api.sdk.send(new CreateUserPoolClientCommand(
  { UserPoolId, ClientName: 'made', ...members } as CreateUserPoolClientCommandInput,
))).UserPoolClient!;

describe('app clients', () => {
  test('obtain tokens as soon as they are made, and none once they are deleted', async () => {
    const { ClientId, ClientSecret } = await make(MACHINE);
    expect(ClientSecret).toMatch(/^[a-z0-9]{52}$/);
    const client = api.pool.clients.get(ClientId!)!;
    expect(await api.machineScope(client)).toBe('photos/read');
    await api.sdk.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId }));
    expect(await api.machineScope(client)).toEqual({ error: 'invalid_client' });
    await expect(api.sdk.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId })))
      .rejects.toMatchObject({ name: 'ResourceNotFoundException', message: `User pool client ${ClientId} does not exist.` });
  });

  test('are shown as they were made', async () => {
    const members = {
      ...WEB,
      ClientName: 'Web 2',
      AccessTokenValidity: 10,
      IdTokenValidity: 1,
      RefreshTokenValidity: 2,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'days', RefreshToken: 'days' },
      LogoutURLs: ['myapp://bye'],
      DefaultRedirectURI: URL,
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: false,
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
      ReadAttributes: ['email', 'custom:team'],
      WriteAttributes: ['name'],
      SupportedIdentityProviders: ['COGNITO'],
      AuthSessionValidity: 5,
      AnalyticsConfiguration: { ApplicationId: '0a1b', ExternalId: 'x', RoleArn: 'arn:aws:iam::111122223333:role/analytics', UserDataShared: true },
    };
    const { ClientId } = await make(members);
    const { UserPoolClient } = await api.sdk.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    const date = new Date(START);
    expect(UserPoolClient).toEqual({ ...members, UserPoolId, ClientId, CreationDate: date, LastModifiedDate: date });
  });

  test('lose what a change does not repeat', async () => {
    const { ClientId } = await make({
      ...WEB,
      AccessTokenValidity: 10,
      TokenValidityUnits: { AccessToken: 'minutes' },
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: false,
      ReadAttributes: ['email'],
      WriteAttributes: ['email'],
      SupportedIdentityProviders: ['COGNITO'],
    });
    api.pass(60);
    const { UserPoolClient } = await api.sdk.send(new UpdateUserPoolClientCommand({ UserPoolId, ClientId }));
    expect(UserPoolClient).toEqual({
      UserPoolId,
      ClientId,
      ClientName: 'made',
      CreationDate: expect.any(Date),
      LastModifiedDate: new Date(UserPoolClient!.CreationDate!.getTime() + 60_000),
      AccessTokenValidity: 1,
      IdTokenValidity: 1,
      RefreshTokenValidity: 30,
      TokenValidityUnits: { AccessToken: 'hours', IdToken: 'hours', RefreshToken: 'days' },
      AllowedOAuthFlowsUserPoolClient: false,
      PreventUserExistenceErrors: 'LEGACY',
      EnableTokenRevocation: true,
    });
  });

  test('keep their secret when they change', async () => {
    const { ClientId, ClientSecret } = await make(MACHINE);
    const { UserPoolClient } = await api.sdk.send(new UpdateUserPoolClientCommand({
      UserPoolId,
      ClientId,
      ClientName: 'other',
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['photos/write'],
    }));
    expect(UserPoolClient).toMatchObject({ ClientSecret, ClientName: 'other' });
    expect(await api.machineScope(api.pool.clients.get(ClientId!)!)).toBe('photos/write');
  });

  test('come in pages that skip nothing, without secrets', async () => {
    const ids = new Set<string>();
    for await (const { UserPoolClients } of paginateListUserPoolClients({ client: api.sdk, pageSize: 2 }, { UserPoolId })) {
      expect(UserPoolClients!.length).toBeLessThanOrEqual(2);
      UserPoolClients!.forEach((each) => {
        ids.add(each.ClientId!);
        expect(Object.keys(each).sort()).toEqual(['ClientId', 'ClientName', 'UserPoolId']);
      });
    }
    expect([...ids].sort()).toEqual([...api.pool.clients.keys()].sort());
  });

  test('are at most 1,000', async () => {
    const full = await startApi();
    const client = full.client('Spa');
    for (let count = full.pool.clients.size; count < 999; count++) full.pool.clients.set(`c${count}`, { ...client, id: `c${count}`, clientId: `c${count}` });
    const body = { UserPoolId, ClientName: 'x' };
    expect((await full.post(`${PREFIX}CreateUserPoolClient`, body)).status).toBe(200);
    expect(await full.post(`${PREFIX}CreateUserPoolClient`, body)).toMatchObject({ status: 400, body: { __type: 'LimitExceededException' } });
    await full.close();
  });

  const INVALID = 'InvalidParameterException';
  const OAUTH = 'InvalidOAuthFlowException';
  const RANGE = 'Invalid range for token validity.';
  const minutes = (members: object) => ({ ...members, TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' } });
  test.each<[string, object, string?, string?]>([
    ['nothing but a name', {}],
    ['a name of 128 characters', { ClientName: 'x'.repeat(128) }],
    ['a name of 129 characters', { ClientName: 'x'.repeat(129) }, INVALID, 'Member must have length less than or equal to 128'],
    ['a name with a slash', { ClientName: 'a/b' }, INVALID, 'regular expression pattern: [\\w\\s+=,.@-]+'],
    ['client credentials without a secret', { ...MACHINE, GenerateSecret: false }, OAUTH, 'if client does not have a client secret.'],
    ['client credentials and code', { ...MACHINE, AllowedOAuthFlows: ['client_credentials', 'code'], CallbackURLs: [URL] }, OAUTH, 'along with code flow'],
    ['an unknown flow', { ...WEB, AllowedOAuthFlows: ['password'] }, INVALID, 'enum value set: [code, implicit, client_credentials]'],
    ['OAuth without flows', { ...WEB, AllowedOAuthFlows: [] }, INVALID, 'AllowedOAuthFlows and AllowedOAuthScopes are required'],
    ['OAuth without scopes', { ...WEB, AllowedOAuthScopes: undefined }, INVALID, 'AllowedOAuthFlows and AllowedOAuthScopes are required'],
    ['code without callback URLs', { ...WEB, CallbackURLs: [] }, INVALID, 'CallbackUrls can not be empty when code flow or implicit flow is selected'],
    ['an http callback', { ...WEB, CallbackURLs: ['http://example.com/cb'] }, INVALID, 'http://example.com/cb cannot use the HTTP protocol.'],
    ['an http callback on loopback', { ...WEB, CallbackURLs: ['http://localhost:3000/cb', 'http://127.0.0.1/cb', 'http://[::1]/cb'] }],
    ['a callback with a fragment', { ...WEB, CallbackURLs: [`${URL}#x`] }, INVALID, 'cannot use fragment'],
    ['a relative logout URL', { ...WEB, LogoutURLs: ['/bye'] }, INVALID, '/bye is not a valid redirect URL'],
    ['a callback that runs a script', { ...WEB, CallbackURLs: ['javascript:alert(1)'] }, INVALID, 'is not a valid redirect URL'],
    ['100 callback URLs', { ...WEB, CallbackURLs: Array.from({ length: 100 }, (_, count) => URL + count) }],
    ['101 callback URLs', { ...WEB, CallbackURLs: Array.from({ length: 101 }, (_, count) => URL + count) }, INVALID, 'less than or equal to 100'],
    ['a default redirect URI that is no callback URL', { ...WEB, DefaultRedirectURI: `${URL}/` }, INVALID, `The default redirect URI ${URL}/ is not in`],
    ['a scope of no resource server', { ...WEB, AllowedOAuthScopes: ['photos/print'] }, 'ScopeDoesNotExistException', 'Invalid scope requested: photos/print'],
    ['a scope in other case', { ...WEB, AllowedOAuthScopes: ['Photos/read'] }, 'ScopeDoesNotExistException', 'Invalid scope requested: Photos/read'],
    ['a scope that is no full name', { ...WEB, AllowedOAuthScopes: ['read'] }, 'ScopeDoesNotExistException', 'Invalid scope requested: read'],
    ['51 scopes', { ...WEB, AllowedOAuthScopes: Array.from({ length: 51 }, () => 'openid') }, INVALID, 'less than or equal to 50'],
    ['the grant of GetClientToken', { GenerateSecret: true, ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'] }],
    ['the grant of GetClientToken without a secret', { ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'] }, INVALID, 'Client Secret is required'],
    ['the grant of GetClientToken beside another', {
      GenerateSecret: true, ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }, INVALID, 'cannot be used with other auth flows'],
    ['old and new names of flows', { ExplicitAuthFlows: ['USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] }, INVALID, "Auth flow name with prefix 'ALLOW'"],
    ['rotation beside the refresh flow', {
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'], RefreshTokenRotation: { Feature: 'ENABLED' },
    }, INVALID, 'rotation cannot be used'],
    ['rotation beside the default flows', { RefreshTokenRotation: { Feature: 'ENABLED' } }, INVALID, 'rotation cannot be used'],
    ['rotation that is off', { RefreshTokenRotation: { Feature: 'DISABLED' } }],
    ['a grace period of 61 seconds', { RefreshTokenRotation: { Feature: 'DISABLED', RetryGracePeriodSeconds: 61 } }, INVALID, 'less than or equal to 60'],
    ['access tokens of 5 minutes', minutes({ AccessTokenValidity: 5 })],
    ['access tokens of 4 minutes', minutes({ AccessTokenValidity: 4 }), INVALID, RANGE],
    ['ID tokens of a day', { IdTokenValidity: 24 }],
    ['ID tokens of 25 hours', { IdTokenValidity: 25 }, INVALID, RANGE],
    ['refresh tokens of 60 minutes', minutes({ RefreshTokenValidity: 60, AccessTokenValidity: 60, IdTokenValidity: 60 })],
    ['refresh tokens of 59 minutes', minutes({ RefreshTokenValidity: 59, AccessTokenValidity: 5, IdTokenValidity: 5 }), INVALID, RANGE],
    ['refresh tokens of 3,650 days', { RefreshTokenValidity: 3650 }],
    ['refresh tokens of 3,651 days', { RefreshTokenValidity: 3651 }, INVALID, RANGE],
    ['refresh tokens of 0 days, the default', { RefreshTokenValidity: 0 }],
    ['access tokens that outlive refresh tokens', minutes({ RefreshTokenValidity: 60, AccessTokenValidity: 61 }), INVALID, 'Access and Id Token expiration'],
    ['a secret of 24 characters', { ClientSecret: 'x'.repeat(24) }],
    ['a secret of 23 characters', { ClientSecret: 'x'.repeat(23) }, INVALID, 'length greater than or equal to 24'],
    ['a secret of 64 characters', { ClientSecret: 'x'.repeat(64) }],
    ['a secret of 65 characters', { ClientSecret: 'x'.repeat(65) }, INVALID, 'length less than or equal to 64'],
    ['a secret, and another to be made', { ClientSecret: 'x'.repeat(24), GenerateSecret: true }, INVALID, 'ClientSecret cannot be provided'],
    ['a verified flag to write', { WriteAttributes: ['email_verified'] }, INVALID, 'Invalid write attributes specified'],
    ['an attribute that is none', { ReadAttributes: ['colour'] }, INVALID, 'Invalid read attributes specified'],
    ['user context data without a secret', { EnablePropagateAdditionalUserContextData: true }, INVALID, 'Client Secret is required'],
    ['a sign-in session of 16 minutes', { AuthSessionValidity: 16 }, INVALID, 'less than or equal to 15'],
    ['a text in place of a boolean', { GenerateSecret: 'true' }, 'SerializationException', 'generateSecret is a string'],
  ])('with %s are judged as the service does', async (...[, members, type, wrong]) => {
    const { status, body } = await create(members);
    if (type === undefined) expect({ status, body }).toMatchObject({ status: 200 });
    else expect({ status, body }).toMatchObject({ status: 400, body: { __type: type, message: expect.stringContaining(wrong!) } });
  });
});
