import {
  DescribeUserPoolClientCommand, UpdateUserPoolClientCommand, type UpdateUserPoolClientCommandInput, type UserPoolClientType,
} from '@aws-sdk/client-cognito-identity-provider';
import { startApi, type ApiServer } from './api-server';
import { modelFromTemplates } from '../../../../src/template/read-access-model';
import { runtimeFromTemplates } from '../../../../src/template/runtime/runtime-from-templates';
import { source } from '../../../template/templates';

const SETTINGS = {
  ClientName: 'Web',
  AccessTokenValidity: 10,
  IdTokenValidity: 1,
  RefreshTokenValidity: 2,
  TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'days', RefreshToken: 'days' },
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['code', 'implicit'],
  AllowedOAuthScopes: ['openid', 'email', 'photos/read'],
  CallbackURLs: ['https://app.example.com/cb', 'myapp://cb'],
  LogoutURLs: ['myapp://bye'],
  DefaultRedirectURI: 'myapp://cb',
  ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
  PreventUserExistenceErrors: 'ENABLED',
  EnableTokenRevocation: false,
  EnablePropagateAdditionalUserContextData: true,
  RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 30 },
  ReadAttributes: ['email', 'email_verified', 'custom:team'],
  WriteAttributes: ['name'],
  SupportedIdentityProviders: ['COGNITO', 'Google'],
  AuthSessionValidity: 5,
  AnalyticsConfiguration: { ApplicationId: '0a1b', ExternalId: 'x', RoleArn: 'arn:aws:iam::111122223333:role/analytics', UserDataShared: true },
};

const TEMPLATE = {
  Resources: {
    Pool: { Type: 'AWS::Cognito::UserPool' },
    Photos: {
      Type: 'AWS::Cognito::UserPoolResourceServer',
      Properties: { UserPoolId: { Ref: 'Pool' }, Identifier: 'photos', Name: 'photos', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read' }] },
    },
    Google: { Type: 'AWS::Cognito::UserPoolIdentityProvider', Properties: { UserPoolId: { Ref: 'Pool' }, ProviderName: 'Google', ProviderType: 'Google' } },
    Full: {
      Type: 'AWS::Cognito::UserPoolClient',
      Properties: { UserPoolId: { Ref: 'Pool' }, GenerateSecret: true, ...SETTINGS, SupportedIdentityProviders: ['COGNITO', { Ref: 'Google' }] },
    },
    Plain: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' }, ClientName: 'Plain' } },
    Units: {
      Type: 'AWS::Cognito::UserPoolClient',
      Properties: { UserPoolId: { Ref: 'Pool' }, ClientName: 'Units', TokenValidityUnits: { AccessToken: 'days' }, IdTokenValidity: '3', RefreshTokenValidity: 0 },
    },
  },
};

let api: ApiServer;

beforeAll(async () => {
  const set = { templates: [source(TEMPLATE)] };
  const model = modelFromTemplates(set);
  api = await startApi(model, runtimeFromTemplates(set, model));
});

afterAll(() => api.close());

const describeClient = async (id: string): Promise<UserPoolClientType> => {
  const { clientId: ClientId } = api.client(`App/${id}`);
  return (await api.sdk.send(new DescribeUserPoolClientCommand({ UserPoolId: api.pool.poolId, ClientId }))).UserPoolClient!;
};

describe('a client of a template', () => {
  test('is shown with all that the template says', async () => {
    expect(await describeClient('Full')).toEqual({
      ...SETTINGS,
      UserPoolId: api.pool.poolId,
      ClientId: api.client('App/Full').clientId,
      ClientSecret: expect.any(String),
      CreationDate: expect.any(Date),
      LastModifiedDate: expect.any(Date),
    });
  });

  test.each(['Full', 'Plain', 'Units'])('loses nothing when what is shown is passed back: %s', async (id) => {
    const before = await describeClient(id);
    const { ClientSecret, CreationDate, LastModifiedDate, ...members } = before;
    await api.sdk.send(new UpdateUserPoolClientCommand(members as UpdateUserPoolClientCommandInput));
    expect(await describeClient(id)).toEqual({ ...before, LastModifiedDate: expect.any(Date) });
  });

  test('shows no attributes to read where the template names none', async () => {
    expect(await describeClient('Plain')).not.toHaveProperty('ReadAttributes');
  });
});
