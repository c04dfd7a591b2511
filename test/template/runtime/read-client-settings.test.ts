import { OPEN, UNKNOWN, runtimeOf, runtimeOfResources } from './runtime-of';
import { METADATA_KEY } from '../../../src/model/metadata';
import type { ClientSettings } from '../../../src/model/runtime-model';
import { source } from '../templates';

const settings = (properties: object): ClientSettings => runtimeOfResources({
  Pool: { Type: 'AWS::Cognito::UserPool' },
  Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' }, ...properties } },
}).clients[0];

test('a client that says nothing has the defaults of Cognito', () => {
  expect(settings({})).toEqual({
    id: 'App/Client',
    callbackUrls: [],
    logoutUrls: [],
    accessTokenValidity: 3_600,
    idTokenValidity: 3_600,
    refreshTokenValidity: 2_592_000,
    tokenRevocation: true,
    hidesUserExistence: false,
  });
});

test('URLs are read in order, and those that are not fixed keep their expression', () => {
  expect(settings({
    CallbackURLs: ['https://a.example.com', { 'Fn::Sub': 'https://${Open}/cb' }],
    LogoutURLs: ['https://a.example.com/bye'],
    DefaultRedirectURI: 'https://a.example.com',
  })).toMatchObject({
    callbackUrls: ['https://a.example.com', { ...UNKNOWN, expression: 'https://${App/Open}/cb' }],
    logoutUrls: ['https://a.example.com/bye'],
    defaultRedirectUri: 'https://a.example.com',
  });
});

describe('lives of tokens', () => {
  type Row = readonly [properties: object, access: unknown, id: unknown, refresh: unknown];
  test.each<Row>([
    [{ AccessTokenValidity: 1, IdTokenValidity: 1, RefreshTokenValidity: 1 }, 3_600, 3_600, 86_400],
    [{ AccessTokenValidity: '2', IdTokenValidity: '2', RefreshTokenValidity: '2' }, 7_200, 7_200, 172_800],
    [{ RefreshTokenValidity: 0 }, 3_600, 3_600, 2_592_000],
    [{ RefreshTokenValidity: 0, TokenValidityUnits: { RefreshToken: 'minutes' } }, 3_600, 3_600, 2_592_000],
    [{ AccessTokenValidity: 300, TokenValidityUnits: { AccessToken: 'seconds' } }, 300, 3_600, 2_592_000],
    [{ AccessTokenValidity: 5, IdTokenValidity: 6, RefreshTokenValidity: 60, TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' } },
      300, 360, 3_600],
    [{ AccessTokenValidity: 1, RefreshTokenValidity: 2, TokenValidityUnits: { AccessToken: 'days', RefreshToken: 'hours' } }, 86_400, 3_600, 7_200],
    [{ TokenValidityUnits: { AccessToken: 'days' } }, 3_600, 3_600, 2_592_000],
    [{ AccessTokenValidity: OPEN }, UNKNOWN, 3_600, 2_592_000],
    [{ AccessTokenValidity: 1, TokenValidityUnits: { AccessToken: OPEN } }, UNKNOWN, 3_600, 2_592_000],
    [{ AccessTokenValidity: 1, TokenValidityUnits: { AccessToken: 'weeks' } },
      { unknown: 'TokenValidityUnits.AccessToken "weeks" is none of seconds, minutes, hours, days' }, 3_600, 2_592_000],
    [{ IdTokenValidity: -1 }, 3_600, { unknown: 'IdTokenValidity is no whole number' }, 2_592_000],
    [{ RefreshTokenValidity: [] }, 3_600, 3_600, { unknown: 'RefreshTokenValidity is no text' }],
  ])('%j', (properties, access, id, refresh) => {
    const { accessTokenValidity, idTokenValidity, refreshTokenValidity } = settings(properties);
    expect([accessTokenValidity, idTokenValidity, refreshTokenValidity]).toEqual([access, id, refresh]);
  });
});

describe('rotation of refresh tokens', () => {
  const open = (reason: string) => ({ graceSeconds: { unknown: `whether refresh tokens rotate is not known: ${reason}` } });
  test.each<readonly [unknown, unknown]>([
    [undefined, undefined],
    [{ Feature: 'DISABLED', RetryGracePeriodSeconds: 10 }, undefined],
    [{ Feature: 'ENABLED' }, { graceSeconds: 0 }],
    [{ Feature: 'ENABLED', RetryGracePeriodSeconds: 60 }, { graceSeconds: 60 }],
    [{ Feature: 'ENABLED', RetryGracePeriodSeconds: OPEN }, { graceSeconds: UNKNOWN }],
    [{ Feature: OPEN }, open(UNKNOWN.unknown)],
    [{}, open('RefreshTokenRotation.Feature is missing')],
    [OPEN, open(UNKNOWN.unknown)],
  ])('%j', (rotation, expected) => {
    expect(settings({ RefreshTokenRotation: rotation }).refreshTokenRotation).toEqual(expected);
  });
});

test.each<readonly [object, Partial<ClientSettings>]>([
  [{ EnableTokenRevocation: false }, { tokenRevocation: false }],
  [{ EnableTokenRevocation: 'false' }, { tokenRevocation: false }],
  [{ EnableTokenRevocation: OPEN }, { tokenRevocation: UNKNOWN }],
  [{ PreventUserExistenceErrors: 'ENABLED' }, { hidesUserExistence: true }],
  [{ PreventUserExistenceErrors: 'LEGACY' }, { hidesUserExistence: false }],
  [{ PreventUserExistenceErrors: OPEN }, { hidesUserExistence: UNKNOWN }],
  [{ PreventUserExistenceErrors: 'yes' }, { hidesUserExistence: { unknown: 'PreventUserExistenceErrors "yes" is none of ENABLED, LEGACY' } }],
])('%j', (properties, expected) => {
  expect(settings(properties)).toMatchObject(expected);
});

describe('user attributes that a client may read are', () => {
  test.each<readonly [unknown, unknown]>([
    [['email', 'custom:team', OPEN], ['email', 'custom:team', UNKNOWN]],
    ['email', ['email']],
    [OPEN, [UNKNOWN]],
    [[], undefined],
    [undefined, undefined],
  ])('%j', (attributes, expected) => {
    expect(settings({ ReadAttributes: attributes }).readAttributes).toEqual(expected);
  });
});

describe('settings that the API of Cognito shows are', () => {
  test.each<readonly [object, unknown]>([
    [{ WriteAttributes: ['name', OPEN] }, { WriteAttributes: ['name', UNKNOWN] }],
    [{ SupportedIdentityProviders: ['COGNITO', OPEN] }, { SupportedIdentityProviders: ['COGNITO', UNKNOWN] }],
    [{ AuthSessionValidity: '5' }, { AuthSessionValidity: 5 }],
    [{ EnablePropagateAdditionalUserContextData: 'true' }, { EnablePropagateAdditionalUserContextData: true }],
    [{ TokenValidityUnits: { AccessToken: 'minutes', IdToken: OPEN } }, { TokenValidityUnits: { AccessToken: 'minutes', IdToken: UNKNOWN } }],
    [{ AnalyticsConfiguration: { ApplicationId: 'a1', RoleArn: OPEN, UserDataShared: 'true' } },
      { AnalyticsConfiguration: { ApplicationId: 'a1', RoleArn: UNKNOWN, UserDataShared: true } }],
    [{ WriteAttributes: [], SupportedIdentityProviders: [], TokenValidityUnits: {}, AnalyticsConfiguration: {} }, undefined],
  ])('%j', (properties, expected) => {
    expect(settings(properties).shown).toEqual(expected);
  });

  test('providers of the template by their names', () => {
    const { clients: [client] } = runtimeOfResources({
      Pool: { Type: 'AWS::Cognito::UserPool' },
      Google: { Type: 'AWS::Cognito::UserPoolIdentityProvider', Properties: { UserPoolId: { Ref: 'Pool' }, ProviderName: 'Google', ProviderType: 'Google' } },
      Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' }, SupportedIdentityProviders: [{ Ref: 'Google' }, { Ref: 'Pool' }] } },
    });
    expect(client.shown).toEqual({ SupportedIdentityProviders: ['Google', expect.objectContaining({ expression: '${App/Pool}' })] });
  });
});

test('nothing is known of a client that an app only states', () => {
  const stated = { clients: [{ id: 'Partner', clientId: 'abc', userPool: 'us-east-1_Example00', flows: ['code'], scopes: [] }] };
  const { clients: [client] } = runtimeOf(source({ Metadata: { [METADATA_KEY]: stated }, Resources: {} }));
  const unknown = { unknown: 'the app client App/Partner is declared outside of the templates' };
  expect(client).toMatchObject({ id: 'App/Partner', callbackUrls: [unknown], accessTokenValidity: unknown, tokenRevocation: unknown });
});
