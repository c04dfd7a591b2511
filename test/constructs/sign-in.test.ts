import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import {
  ClientAttributes, ProviderAttribute, UserPool, UserPoolClientIdentityProvider, UserPoolIdentityProvider,
  UserPoolIdentityProviderOidc,
} from 'aws-cdk-lib/aws-cognito';
import { Annotations as CdkAnnotations, CfnParameter, Duration, Lazy, Stack } from 'aws-cdk-lib/core';
import { codesOf, ENV, mock, newApp, newPhotos, newStack, problemsOf, resourcesOf } from './harness';
import {
  Access, ProtectedApi, Scope, SdkClient, SpaClient, type SdkClientProps, type SpaClientOptions, type WebClientOptions,
} from '../../src';
import { buildMatrix } from '../../src/analysis/matrix';
import { modelFromTemplates } from '../../src/template/read-access-model';

const CLIENT = 'AWS::Cognito::UserPoolClient';
const PROVIDER = 'AWS::Cognito::UserPoolIdentityProvider';
const WARNING = 'cdk-protected-api:SdkSignInScopes';

const callbackUrls = ['https://album.example.com/cb'];

/** A stack with a client of a single-page application. */
function withSpa(options: Partial<SpaClientOptions> = {}, stack = newStack()): Stack {
  const { photos, read } = newPhotos(stack);
  photos.addSpaClient('Album', { scopes: [read], callbackUrls, ...options });
  return stack;
}

function withWeb(options: Partial<WebClientOptions> = {}, stack = newStack()): Stack {
  const { photos, read } = newPhotos(stack);
  photos.addWebClient('Album', { scopes: [read], callbackUrls, ...options });
  return stack;
}

function oidcProvider(stack: Stack, userPool: UserPool, id = 'Partner'): UserPoolIdentityProviderOidc {
  return new UserPoolIdentityProviderOidc(stack, id, {
    userPool, name: id, clientId: 'id', clientSecret: 'from-elsewhere', issuerUrl: 'https://idp.example.com', attributeMapping: { email: ProviderAttribute.other('email') },
  });
}

describe('identity providers of a client', () => {
  test('are by default the user pool and what is registered with it', () => {
    const stack = newStack();
    const userPool = new UserPool(stack, 'Pool');
    const provider = oidcProvider(stack, userPool);
    const { photos, read } = newPhotos(stack, { userPool });
    photos.addSpaClient('Album', { scopes: [read], callbackUrls });
    Template.fromStack(stack).hasResourceProperties(CLIENT, { SupportedIdentityProviders: [stack.resolve(provider.providerName), 'COGNITO'] });
  });

  test('are those that are listed', () => {
    const identityProviders = [UserPoolClientIdentityProvider.GOOGLE, UserPoolClientIdentityProvider.custom('Partner')];
    Template.fromStack(withSpa({ identityProviders })).hasResourceProperties(CLIENT, { SupportedIdentityProviders: ['Google', 'Partner'] });
  });

  test('are deployed before the client, also where they are declared after it', () => {
    const stack = newStack();
    const userPool = new UserPool(stack, 'Pool');
    oidcProvider(stack, userPool, 'Early');
    userPool.registerIdentityProvider(UserPoolIdentityProvider.fromProviderName(stack, 'Imported', 'Imported'));
    const { photos, read } = newPhotos(stack, { userPool });
    photos.addSpaClient('Album', { scopes: [read], callbackUrls, identityProviders: [UserPoolClientIdentityProvider.custom('Late')] });
    oidcProvider(stack, userPool, 'Late');
    const template = Template.fromStack(stack);
    const providers = Object.keys(resourcesOf(template.toJSON(), PROVIDER));
    expect(providers).toHaveLength(2);
    template.hasResource(CLIENT, { DependsOn: Match.arrayWith(providers.sort()) });
  });

  test('of another stack order the stacks', () => {
    const app = newApp();
    const [identity, apps] = [new Stack(app, 'Identity'), new Stack(app, 'Apps')];
    const userPool = new UserPool(identity, 'Pool');
    const providers = new Stack(app, 'Providers');
    oidcProvider(providers, userPool);
    new SpaClient(apps, 'Album', { userPool, scopes: [Scope.OPENID], callbackUrls });
    app.synth();
    expect(apps.dependencies).toContain(providers);
  });

  test('fails for an empty list and for one that is listed twice', () => {
    expect(codesOf(() => withSpa({ identityProviders: [] }))).toEqual(['IdentityProviders']);
    const { COGNITO } = UserPoolClientIdentityProvider;
    expect(problemsOf(() => withSpa({ identityProviders: [COGNITO, COGNITO] }))[0]).toContain('client "Album" lists an identity provider twice, got "COGNITO"');
  });

  test('may have names that only deployment knows', () => {
    const stack = newStack();
    const names = ['A', 'B'].map((id) => new CfnParameter(stack, id).valueAsString);
    const identityProviders = names.map((name) => UserPoolClientIdentityProvider.custom(name));
    Template.fromStack(withSpa({ identityProviders }, stack)).hasResourceProperties(CLIENT, { SupportedIdentityProviders: [{ Ref: 'A' }, { Ref: 'B' }] });
  });
});

describe('SDK sign-in', () => {
  test('is off unless it is asked for, and then has exactly the given flows and the refresh flow', () => {
    Template.fromStack(withSpa())
      .hasResourceProperties(CLIENT, { ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'], AuthSessionValidity: Match.absent() });
    Template.fromStack(withSpa({ authFlows: { userSrp: true, custom: false }, authSessionValidity: Duration.minutes(15) }))
      .hasResourceProperties(CLIENT, { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'], AuthSessionValidity: 15 });
    Template.fromStack(withSpa({ authFlows: { adminUserPassword: true, custom: true, userPassword: true, userSrp: true, user: true } }))
      .hasResourceProperties(CLIENT, {
        ExplicitAuthFlows: [
          'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH',
          'ALLOW_REFRESH_TOKEN_AUTH',
        ],
      });
  });

  test('is warned of where the client lists custom scopes too', () => {
    const warned = Annotations.fromStack(withSpa({ authFlows: { userSrp: true } }))
      .findWarning('*', Match.stringLikeRegexp('access tokens of SDK sign-in carry only aws.cognito.signin.user.admin, not photos/read'));
    expect(warned).toHaveLength(1);
    expect(warned[0].entry.data).toContain(`[ack: ${WARNING}]`);
  });

  test('is not warned of without custom scopes, and the warning can be acknowledged', () => {
    const none = (stack: Stack) => Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('SDK sign-in'));
    none(withSpa());
    none(withSpa({ authFlows: { userSrp: true }, scopes: [Scope.OPENID, Scope.COGNITO_ADMIN] }));
    const stack = withSpa({ authFlows: { userSrp: true } });
    CdkAnnotations.of(stack).acknowledgeWarning(WARNING, 'the scopes are for the pages');
    none(stack);
  });

  test('fails without a flow, and with a session outside 3 to 15 minutes', () => {
    expect(codesOf(() => withSpa({ authFlows: {} }))).toEqual(['AuthFlows']);
    expect(codesOf(() => withSpa({ authFlows: { user: false } }))).toEqual(['AuthFlows']);
    const late = Duration.minutes(Lazy.number({ produce: () => 5 }));
    for (const authSessionValidity of [Duration.seconds(179), Duration.minutes(16), Duration.seconds(181), late]) {
      expect(codesOf(() => withSpa({ authSessionValidity }))).toEqual(['AuthSessionValidity']);
    }
  });
});

describe('refresh token rotation', () => {
  test.each([0, 60])('takes a grace period of %i seconds, and leaves out the refresh flow that it excludes', (seconds) => {
    const stack = withSpa({ authFlows: { userSrp: true }, refreshTokenRotationGracePeriod: Duration.seconds(seconds) });
    Template.fromStack(stack).hasResourceProperties(CLIENT, {
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: seconds },
    });
  });

  test('is off by default', () => {
    Template.fromStack(withSpa()).hasResourceProperties(CLIENT, { RefreshTokenRotation: Match.absent() });
  });

  test('fails without SDK sign-in flows, as Cognito would add the flow that it excludes', () => {
    expect(codesOf(() => withSpa({ refreshTokenRotationGracePeriod: Duration.seconds(10) }))).toEqual(['RefreshTokenRotation']);
  });

  test.each([Duration.seconds(61), Duration.millis(500), Duration.seconds(Lazy.number({ produce: () => 5 }))])('fails with a grace period of %s', (grace) => {
    expect(codesOf(() => withSpa({ authFlows: { userSrp: true }, refreshTokenRotationGracePeriod: grace }))).toEqual(['RefreshTokenRotation']);
  });
});

describe('other settings of a client with users', () => {
  test('turn revocation and hidden user-existence errors off only where asked', () => {
    Template.fromStack(withSpa({ enableTokenRevocation: false, preventUserExistenceErrors: false }))
      .hasResourceProperties(CLIENT, { EnableTokenRevocation: false, PreventUserExistenceErrors: 'LEGACY' });
    Template.fromStack(withSpa()).hasResourceProperties(CLIENT, { EnableTokenRevocation: true, PreventUserExistenceErrors: 'ENABLED' });
  });

  test('limit the attributes that the client reads and writes', () => {
    const readAttributes = new ClientAttributes().withStandardAttributes({ email: true, emailVerified: true }).withCustomAttributes('plan');
    const writeAttributes = new ClientAttributes().withStandardAttributes({ nickname: true });
    Template.fromStack(withSpa({ readAttributes, writeAttributes })).hasResourceProperties(CLIENT, {
      ReadAttributes: ['custom:plan', 'email', 'email_verified'], WriteAttributes: ['nickname'],
    });
    Template.fromStack(withSpa()).hasResourceProperties(CLIENT, { ReadAttributes: Match.absent(), WriteAttributes: Match.absent() });
  });

  test('fails for empty sets of attributes, and for writing whether an address is verified', () => {
    const nothing = new ClientAttributes();
    const verified = nothing.withStandardAttributes({ emailVerified: true, phoneNumberVerified: true, email: true });
    expect(codesOf(() => withSpa({ readAttributes: nothing, writeAttributes: nothing }))).toEqual(['ClientAttributes', 'ClientAttributes']);
    expect(codesOf(() => withSpa({ readAttributes: verified, writeAttributes: verified }))).toEqual(['ClientAttributes', 'ClientAttributes']);
  });

  test('let a web application pass on the device of the user, and do not by default', () => {
    Template.fromStack(withWeb({ enablePropagateAdditionalUserContextData: true }))
      .hasResourceProperties(CLIENT, { EnablePropagateAdditionalUserContextData: true });
    Template.fromStack(withWeb()).hasResourceProperties(CLIENT, { EnablePropagateAdditionalUserContextData: Match.absent() });
  });
});

describe('a client without OAuth', () => {
  function withSdk(props: Partial<SdkClientProps> = {}) {
    const stack = newStack();
    const userPool = new UserPool(stack, 'Pool');
    const client = new SdkClient(stack, 'Kiosk', { userPool, authFlows: { userSrp: true }, ...props });
    return { stack, userPool, client };
  }

  test('signs users in by its flows alone, without a secret', () => {
    const { stack, client } = withSdk();
    const [properties, ...more] = Object.values(resourcesOf(Template.fromStack(stack).toJSON(), CLIENT)).map(({ Properties }) => Properties);
    expect(more).toEqual([]);
    expect(properties).toEqual({
      UserPoolId: stack.resolve(client.userPool.userPoolId),
      ClientName: 'Kiosk',
      AllowedOAuthFlowsUserPoolClient: false,
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      SupportedIdentityProviders: ['COGNITO'],
      GenerateSecret: false,
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: 'ENABLED',
      AccessTokenValidity: 60,
      IdTokenValidity: 60,
      RefreshTokenValidity: 43200,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
    });
    expect(client.scopes).toEqual([]);
  });

  test('needs no domain', () => {
    const stack = newStack();
    const { photos } = newPhotos(stack);
    new SdkClient(stack, 'Kiosk', { userPool: photos.userPool, authFlows: { user: true } });
    Template.fromStack(stack).resourceCountIs('AWS::Cognito::UserPoolDomain', 0);
  });

  test('takes what other clients with users take', () => {
    const { stack } = withSdk({
      clientName: 'Kiosk of the museum',
      generateSecret: true,
      authFlows: { adminUserPassword: true },
      accessTokenValidity: Duration.minutes(5),
      idTokenValidity: Duration.minutes(6),
      refreshTokenValidity: Duration.hours(1),
      authSessionValidity: Duration.minutes(4),
      refreshTokenRotationGracePeriod: Duration.seconds(10),
      enableTokenRevocation: false,
      preventUserExistenceErrors: false,
      readAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
      writeAttributes: new ClientAttributes().withStandardAttributes({ fullname: true }),
    });
    Template.fromStack(stack).hasResourceProperties(CLIENT, {
      ClientName: 'Kiosk of the museum',
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
      AccessTokenValidity: 5,
      IdTokenValidity: 6,
      RefreshTokenValidity: 60,
      AuthSessionValidity: 4,
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
      EnableTokenRevocation: false,
      PreventUserExistenceErrors: 'LEGACY',
      ReadAttributes: ['email'],
      WriteAttributes: ['name'],
    });
  });

  test('opens methods with an ID token, and none that demands a scope', () => {
    const stack = newStack();
    const { photos, read } = newPhotos(stack);
    new SdkClient(stack, 'Kiosk', { userPool: photos.userPool, authFlows: { userSrp: true } });
    const api = new ProtectedApi(stack, 'Api', { resourceServers: [photos] });
    api.addRoute('GET /photos', { access: Access.anyOf(read), integration: mock() });
    api.addRoute('GET /me', { access: Access.idToken(), integration: mock() });
    const template = Template.fromStack(stack).toJSON();
    const { allowed, methods } = buildMatrix(modelFromTemplates({ templates: [{ stack: 'Stack', template, environment: {} }] }));
    expect(allowed.map(({ method, token }) => [methods.find(({ id }) => id === method)!.path, token])).toEqual([['/me', 'id']]);
  });

  test.each<[string, Partial<SdkClientProps>, string]>([
    ['no flow that is true', { authFlows: { userSrp: false } }, 'AuthFlows'],
    ['no flows at all', { authFlows: undefined }, 'ArgumentKind'],
    ['a name with a slash', { clientName: 'a/b' }, 'ClientName'],
    ['a long access token', { accessTokenValidity: Duration.days(2) }, 'TokenValidityRange'],
    ['tokens that outlive the refresh token', { refreshTokenValidity: Duration.hours(1), idTokenValidity: Duration.hours(2) }, 'TokenValidityOrder'],
    ['a long session', { authSessionValidity: Duration.minutes(16) }, 'AuthSessionValidity'],
    ['a long grace period', { refreshTokenRotationGracePeriod: Duration.seconds(61) }, 'RefreshTokenRotation'],
    ['an attribute that no client may write', { writeAttributes: new ClientAttributes().withStandardAttributes({ emailVerified: true }) }, 'ClientAttributes'],
  ])('fails for %s', (_, props, code) => {
    expect(codesOf(() => withSdk(props))).toEqual([code]);
  });

  test('fails for a user pool of another account', () => {
    const stack = newStack({ env: ENV });
    const userPool = UserPool.fromUserPoolArn(stack, 'Pool', 'arn:aws:cognito-idp:eu-west-1:999999999999:userpool/eu-west-1_AbCdEfGhI');
    expect(codesOf(() => new SdkClient(stack, 'Kiosk', { userPool, authFlows: { userSrp: true } }))).toEqual(['UserPoolElsewhere']);
  });
});
