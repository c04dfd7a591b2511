import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnUserPool, UserPool } from 'aws-cdk-lib/aws-cognito';
import { App, CfnParameter, Duration, Fn, Lazy, Stack, Stage } from 'aws-cdk-lib/core';
import { codesOf, ENV, manyScopes, newApp, newPhotos, newStack, problemsOf, resourcesOf } from './harness';
import { MachineClient, MobileClient, Scope, ScopedResourceServer, SpaClient, WebClient, type UserClientOptions } from '../../src';

const CLIENT = 'AWS::Cognito::UserPoolClient';
const SERVER = 'AWS::Cognito::UserPoolResourceServer';
const KINDS = ['Web', 'Spa', 'Mobile'] as const;

const callbackUrls = ['https://album.example.com/cb'];

/** Adds a client with users of one of the three kinds. */
function addClient(kind: typeof KINDS[number], options: Partial<UserClientOptions> = {}, stack = newStack()): Stack {
  const { photos, read } = newPhotos(stack);
  photos[`add${kind}Client`]('Album', { scopes: [read], callbackUrls, ...options });
  return stack;
}

/** Adds a machine client with other options. */
function addMachine(options: { scopes?: Scope[]; clientName?: string; accessTokenValidity?: Duration }, stack = newStack()): Stack {
  const { photos, read } = newPhotos(stack);
  photos.addMachineClient('Job', { scopes: [read], ...options });
  return stack;
}

describe('a machine client', () => {
  test('has a secret and the client credentials grant alone, with a short token', () => {
    const stack = addMachine({});
    Template.fromStack(stack).hasResourceProperties(CLIENT, {
      ClientName: 'Job',
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['photos/read'],
      CallbackURLs: Match.absent(),
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: 'ENABLED',
      AccessTokenValidity: 30,
      TokenValidityUnits: { AccessToken: 'minutes' },
    });
  });

  test.each([Scope.OPENID, Scope.EMAIL, Scope.COGNITO_ADMIN, Scope.external('openid')])('fails with the standard scope $fullName', (scope) => {
    expect(problemsOf(() => addMachine({ scopes: [scope] }))[0]).toContain(`[MachineClientScope] machine client "Job" lists a scope that needs a user, got "${scope.fullName}"`);
  });

  test('takes scopes of another app', () => {
    Template.fromStack(addMachine({ scopes: [Scope.external('orders/read')] })).hasResourceProperties(CLIENT, { AllowedOAuthScopes: ['orders/read'] });
  });
});

describe('a client with users', () => {
  test.each([['Web', true, 43200], ['Spa', false, 1440], ['Mobile', false, 43200]] as const)(
    'of kind %s has a secret: %s, the code grant alone and a refresh token of %i minutes',
    (kind, secret, refresh) => {
      Template.fromStack(addClient(kind)).hasResourceProperties(CLIENT, {
        ClientName: 'Album',
        GenerateSecret: secret,
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['photos/read'],
        CallbackURLs: callbackUrls,
        LogoutURLs: Match.absent(),
        ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
        EnableTokenRevocation: true,
        PreventUserExistenceErrors: 'ENABLED',
        SupportedIdentityProviders: ['COGNITO'],
        AccessTokenValidity: 60,
        IdTokenValidity: 60,
        RefreshTokenValidity: refresh,
      });
    });

  test('takes validities, logout URLs and a name', () => {
    const stack = addClient('Spa', {
      clientName: 'Photo album',
      logoutUrls: ['https://album.example.com/bye'],
      accessTokenValidity: Duration.minutes(5),
      idTokenValidity: Duration.days(1),
      refreshTokenValidity: Duration.days(3650),
    });
    Template.fromStack(stack).hasResourceProperties(CLIENT, {
      ClientName: 'Photo album',
      LogoutURLs: ['https://album.example.com/bye'],
      AccessTokenValidity: 5,
      IdTokenValidity: 1440,
      RefreshTokenValidity: 5256000,
    });
  });

  test('uses the implicit grant for a stated reason only, and carries it as metadata', () => {
    const stack = addClient('Spa', { implicitGrantReason: 'a kiosk from 2015' });
    Template.fromStack(stack).hasResource(CLIENT, {
      Properties: { AllowedOAuthFlows: ['implicit', 'code'] },
      Metadata: { 'cdk-protected-api': { implicitGrantReason: 'a kiosk from 2015' } },
    });
    expect(codesOf(() => addClient('Spa', { implicitGrantReason: ' ' }))).toEqual(['ImplicitGrantReason']);
  });

  test.each(['https://a.example.com/cb?x=1', 'http://localhost:3000/cb', 'http://127.0.0.1/cb', 'http://[::1]:1/cb', 'com.example.album:/cb', 'myapp://cb'])(
    'takes the callback URL %p', (url) => {
      Template.fromStack(addClient('Mobile', { callbackUrls: [url], logoutUrls: [url] })).hasResourceProperties(CLIENT, { CallbackURLs: [url], LogoutURLs: [url] });
    });

  test.each([
    ['https://a.example.com/#cb', 'has a fragment'],
    ['http://a.example.com/cb', 'uses http for a host other than loopback'],
    ['http://localhost.example.com/cb', 'uses http for a host other than loopback'],
    ['HTTP://a.example.com', 'uses http for a host other than loopback'],
    ['/cb', 'is not absolute'],
    ['a.example.com/cb', 'is not absolute'],
    ['', 'is not absolute'],
  ])('fails for the callback URL %p, which %s', (url, wrong) => {
    expect(problemsOf(() => addClient('Spa', { callbackUrls: [url], logoutUrls: [url] }))).toEqual([
      expect.stringContaining(`[CallbackUrl] callback URL of client "Album" ${wrong}, got "${url}"`),
      expect.stringContaining(`[LogoutUrl] logout URL of client "Album" ${wrong}, got "${url}"`),
    ]);
  });

  test.each(KINDS)('of kind %s fails without a callback URL', (kind) => {
    expect(codesOf(() => addClient(kind, { callbackUrls: [] }))).toEqual(['CallbackMissing']);
  });

  test('can have 100 callback and logout URLs, and fails with 101, those of deployment counted', () => {
    const urls = (count: number) => Array.from({ length: count }, (_, number) => (number % 2 ? `https://a.example.com/${number}` : Fn.importValue(`Url${number}`)));
    expect(() => addClient('Spa', { callbackUrls: urls(100), logoutUrls: urls(100) })).not.toThrow();
    expect(codesOf(() => addClient('Spa', { callbackUrls: urls(101), logoutUrls: urls(101) }))).toEqual(['UrlsPerClient', 'UrlsPerClient']);
  });

  test('takes URLs that only deployment knows, alone, in part and as a list', () => {
    const stack = newStack();
    const list = new CfnParameter(stack, 'Urls', { type: 'CommaDelimitedList' }).valueAsList;
    addClient('Web', { callbackUrls: [Fn.importValue('Url'), `${Fn.importValue('Host')}/cb`], logoutUrls: list }, stack);
    Template.fromStack(stack).hasResourceProperties(CLIENT, {
      CallbackURLs: [{ 'Fn::ImportValue': 'Url' }, { 'Fn::Join': ['', [{ 'Fn::ImportValue': 'Host' }, '/cb']] }],
      LogoutURLs: { Ref: 'Urls' },
    });
  });
});

describe('token validities', () => {
  const validities = (access: Duration, id?: Duration, refresh?: Duration) =>
    ({ accessTokenValidity: access, idTokenValidity: id, refreshTokenValidity: refresh });

  test.each([
    ['access', 'is too short', validities(Duration.minutes(4))],
    ['access', 'is too long', validities(Duration.minutes(1441))],
    ['id', 'is too short', validities(Duration.minutes(5), Duration.minutes(4))],
    ['id', 'is too long', validities(Duration.minutes(5), Duration.hours(25))],
    ['refresh', 'is too short', validities(Duration.minutes(5), Duration.minutes(5), Duration.minutes(59))],
    ['refresh', 'is too long', validities(Duration.minutes(5), Duration.minutes(5), Duration.days(3651))],
    ['access', 'is not a whole number of minutes', validities(Duration.seconds(301))],
    ['access', 'is not a whole number of minutes', validities(Duration.millis(300_001))],
    ['access', 'is known only at deployment', validities(Duration.minutes(Lazy.number({ produce: () => 10 })))],
  ])('fails for an %s token that %s', (use, wrong, options) => {
    expect(problemsOf(() => addClient('Spa', options))[0]).toContain(`[TokenValidityRange] ${use} token validity of client "Album" ${wrong}, got`);
  });

  test('of machine clients are checked too', () => {
    expect(codesOf(() => addMachine({ accessTokenValidity: Duration.minutes(4) }))).toEqual(['TokenValidityRange']);
    expect(codesOf(() => addMachine({ accessTokenValidity: Duration.seconds(Lazy.number({ produce: () => 600 })) }))).toEqual(['TokenValidityRange']);
    Template.fromStack(addMachine({ accessTokenValidity: Duration.days(1) })).hasResourceProperties(CLIENT, { AccessTokenValidity: 1440 });
  });

  test('fails for access and ID tokens that outlive the refresh token', () => {
    const options = validities(Duration.minutes(61), Duration.minutes(62), Duration.minutes(60));
    expect(codesOf(() => addClient('Web', options))).toEqual(['TokenValidityOrder', 'TokenValidityOrder']);
    expect(() => addClient('Web', validities(Duration.minutes(60), Duration.minutes(60), Duration.minutes(60)))).not.toThrow();
  });
});

describe('the scopes of a client', () => {
  test('can be 50, and fails with 51', () => {
    const photos = new ScopedResourceServer(newStack(), 'Photos', { identifier: 'photos' });
    const scopes = manyScopes(photos, 51);
    expect(() => photos.addMachineClient('Fifty', { scopes: scopes.slice(0, 50) })).not.toThrow();
    expect(problemsOf(() => photos.addMachineClient('Job', { scopes }))[0]).toContain('[ScopesPerClient] client "Job" lists too many scopes, got 51 scopes');
  });

  test('fails where there are none, or one is listed twice', () => {
    const { photos, read } = newPhotos(newStack());
    expect(codesOf(() => photos.addMachineClient('None', { scopes: [] }))).toEqual(['ClientWithoutScopes']);
    expect(codesOf(() => photos.addMachineClient('Twice', { scopes: [read, Scope.external('photos/read')] }))).toEqual(['ScopeDuplicate']);
  });

  test('fails for a scope of another user pool', () => {
    const stack = newStack();
    const { photos } = newPhotos(stack);
    const { read } = newPhotos(stack, { identifier: 'orders' }, 'Orders');
    expect(problemsOf(() => photos.addMachineClient('Job', { scopes: [read] }))[0])
      .toContain('[ScopeOfOtherPool] client "Job" lists a scope of another user pool, got "orders/read"; expected scopes of resource servers of user pool "Stack/Photos/UserPool"');
  });

  test('may be those of several resource servers of the user pool, however it is obtained', () => {
    const stack = newStack({ env: ENV });
    const { photos, read } = newPhotos(stack);
    const byId = UserPool.fromUserPoolId(stack, 'ById', photos.userPool.userPoolId);
    const byArn = UserPool.fromUserPoolArn(stack, 'ByArn', photos.userPool.userPoolArn);
    const { read: orders } = newPhotos(stack, { identifier: 'orders', userPool: byId }, 'Orders');
    const { read: albums } = newPhotos(stack, { identifier: 'albums', userPool: byArn }, 'Albums');
    photos.addMachineClient('Job', { scopes: [read, orders, albums] });
    const template = Template.fromStack(stack);
    template.hasResource(CLIENT, {
      Properties: { AllowedOAuthScopes: ['photos/read', 'orders/read', 'albums/read'] },
      DependsOn: Object.keys(resourcesOf(template.toJSON(), SERVER)).sort(),
    });
  });

  test('a user pool is one by all three references to its resource, and others tell nothing of it', () => {
    const stack = newStack({ env: ENV });
    const resource = new CfnUserPool(stack, 'Users');
    const byRef = UserPool.fromUserPoolId(stack, 'ByRef', resource.ref);
    const byAttribute = UserPool.fromUserPoolId(stack, 'ByAttribute', resource.attrUserPoolId);
    const byArn = UserPool.fromUserPoolArn(stack, 'ByArn', resource.attrArn);
    const { photos, read } = newPhotos(stack, { userPool: byAttribute });
    for (const userPool of [byRef, byAttribute, byArn]) {
      expect(() => new MachineClient(stack, `Job${userPool.node.id}`, { userPool, scopes: [read] })).not.toThrow();
    }
    const other = UserPool.fromUserPoolId(stack, 'Other', resource.attrProviderName);
    expect(codesOf(() => new MachineClient(stack, 'Stranger', { userPool: other, scopes: [read] }))).toEqual(['ScopeOfOtherPool']);
    new MachineClient(stack, 'Late', { userPool: byRef, scopes: [Scope.external('photos/gone')] });
    expect(codesOf(() => Template.fromStack(stack))).toEqual(['ScopeUnknown']);
    expect(codesOf(() => newPhotos(stack, { identifier: photos.identifier, userPool: byRef }, 'Again'))).toEqual(['IdentifierDuplicate']);
  });

  test('an imported pool is one pool by id and by ARN, and another id is another pool', () => {
    const stack = newStack({ env: ENV });
    const byId = UserPool.fromUserPoolId(stack, 'ById', 'eu-west-1_abc');
    const byArn = UserPool.fromUserPoolArn(stack, 'ByArn', 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc');
    const other = UserPool.fromUserPoolId(stack, 'Other', 'eu-west-1_xyz');
    const { read } = newPhotos(stack, { userPool: byId });
    expect(() => new MachineClient(stack, 'Job', { userPool: byArn, scopes: [read] })).not.toThrow();
    expect(codesOf(() => new MachineClient(stack, 'Stranger', { userPool: other, scopes: [read] }))).toEqual(['ScopeOfOtherPool']);
  });

  test('fails at synthesis for an external scope that the declared resource server lacks, wherever it is declared', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const { photos } = newPhotos(stack);
    photos.addMachineClient('Job', { scopes: [Scope.external('photos/raed'), Scope.external('late/raed'), Scope.external('late/read'), Scope.external('far/any')] });
    newPhotos(stack, { identifier: 'late', userPool: photos.userPool }, 'Late');
    expect(problemsOf(() => app.synth())).toEqual([
      expect.stringMatching(/^\[ScopeUnknown\] client "Job" .*got "photos\/raed"; expected "photos\/read"/),
      expect.stringMatching(/^\[ScopeUnknown\] client "Job" .*got "late\/raed"; expected "late\/read"/),
    ]);
  });

  test('fails at synthesis for a scope that an import lists and its declaration in the app lacks', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const { photos } = newPhotos(stack);
    const reference = ScopedResourceServer.fromAttributes(stack, 'Reference', { identifier: 'photos', userPool: photos.userPool });
    photos.addMachineClient('Job', { scopes: [reference.scope('raed')] });
    expect(codesOf(() => app.synth())).toEqual(['ScopeUnknown']);
  });
});

describe('names and keys of clients', () => {
  test.each([['Nightly Export', 'Nightly Export'], ['täglich', 't-glich'], ['a/b', 'a--b'], ['x'.repeat(200), 'x'.repeat(128)], ['夜', 'unnamed']])(
    'the key %p gives the name %p', (id, name) => {
      const stack = newStack();
      const { photos, read } = newPhotos(stack);
      photos.addMachineClient(id, { scopes: [read] });
      Template.fromStack(stack).hasResourceProperties(CLIENT, { ClientName: name });
    });

  test.each(['', 'a/b', 'x'.repeat(129)])('fails for the name %p', (clientName) => {
    expect(codesOf(() => addMachine({ clientName }))).toEqual(['ClientName']);
  });

  test('fails for a key that is used twice', () => {
    const { photos, read } = newPhotos(newStack());
    photos.addMachineClient('a/b', { scopes: [read] });
    expect(problemsOf(() => photos.addSpaClient('a/b', { scopes: [read], callbackUrls }))[0]).toContain('[ClientDuplicate] client "a/b" is declared twice;');
  });

  test('fails with all problems of a client at once', () => {
    expect(codesOf(() => addClient('Spa', {
      scopes: [], clientName: '', callbackUrls: ['/cb'], logoutUrls: ['x'], implicitGrantReason: '', accessTokenValidity: Duration.minutes(1),
    })).sort()).toEqual(['CallbackUrl', 'ClientName', 'ClientWithoutScopes', 'ImplicitGrantReason', 'LogoutUrl', 'TokenValidityRange']);
  });
});

describe('the order of deployment', () => {
  test('in a stack: a client comes after the resource servers of its scopes and no others', () => {
    const stack = newStack();
    const { photos, read } = newPhotos(stack);
    newPhotos(stack, { identifier: 'orders', userPool: photos.userPool }, 'Orders');
    photos.addMachineClient('Job', { scopes: [read] });
    const template = Template.fromStack(stack);
    const server = Object.entries(resourcesOf(template.toJSON(), SERVER)).find(([, { Properties }]) => Properties.Identifier === 'photos')![0];
    template.hasResource(CLIENT, { DependsOn: [server] });
  });

  test('in a stack: a client comes after the server of an external scope, also one that is declared later', () => {
    const stack = newStack();
    const userPool = new UserPool(stack, 'Pool');
    new MachineClient(stack, 'Job', { userPool, scopes: [Scope.external('photos/read')] });
    newPhotos(stack, { userPool });
    const template = Template.fromStack(stack);
    template.hasResource(CLIENT, { DependsOn: Object.keys(resourcesOf(template.toJSON(), SERVER)) });
  });

  test.each([
    ['a scope', (read: Scope) => read],
    ['an external scope', () => Scope.external('photos/read')],
  ])('across stacks: %s is a literal without export, and orders the stacks', (_, scopeOf) => {
    const app = newApp();
    const [a, b] = [new Stack(app, 'A'), new Stack(app, 'B')];
    const userPool = UserPool.fromUserPoolId(a, 'Pool', 'eu-west-1_abc');
    const { read } = newPhotos(a, { userPool });
    new MachineClient(b, 'Job', { userPool: UserPool.fromUserPoolId(b, 'Pool', 'eu-west-1_abc'), scopes: [scopeOf(read)] });
    const template = Template.fromStack(b);
    expect(b.dependencies).toEqual([a]);
    template.hasResource(CLIENT, { Properties: { AllowedOAuthScopes: ['photos/read'], UserPoolId: 'eu-west-1_abc' }, DependsOn: Match.absent() });
    expect(Template.fromStack(a).toJSON().Outputs).toBeUndefined();
  });

  test('across stacks: the user pool is the only export, and removing a scope or client leaves it as it was', () => {
    const outputs = [['read', 'write'], ['read']].map((names) => {
      const app = newApp();
      const [a, b] = [new Stack(app, 'A'), new Stack(app, 'B')];
      const photos = new ScopedResourceServer(a, 'Photos', { identifier: 'photos' });
      const scopes = names.map((name) => photos.addScope(name, 'Something'));
      new MachineClient(b, 'Job', { userPool: photos.userPool, scopes });
      Template.fromStack(b).hasResourceProperties(CLIENT, { AllowedOAuthScopes: names.map((name) => `photos/${name}`) });
      return Template.fromStack(a).toJSON().Outputs;
    });
    expect(Object.values(outputs[0])).toHaveLength(1);
    expect(outputs[0]).toEqual(outputs[1]);
  });

  test('a client in another stack makes the domain in the stack of the resource server', () => {
    const app = newApp();
    const [a, b] = [new Stack(app, 'A'), new Stack(app, 'B')];
    const { photos, read } = newPhotos(a);
    new MachineClient(b, 'Job', { userPool: photos.userPool, scopes: [read] });
    Template.fromStack(a).resourceCountIs('AWS::Cognito::UserPoolDomain', 1);
    Template.fromStack(b).resourceCountIs('AWS::Cognito::UserPoolDomain', 0);
  });
});

test('stand-alone clients are those that a resource server adds', () => {
  const stack = newStack();
  const { photos: { userPool }, read } = newPhotos(stack);
  const clients = [
    new MachineClient(stack, 'Job', { userPool, scopes: [read] }),
    new WebClient(stack, 'Web', { userPool, scopes: [read], callbackUrls }),
    new SpaClient(stack, 'Spa', { userPool, scopes: [read], callbackUrls }),
    new MobileClient(stack, 'Mobile', { userPool, scopes: [read], callbackUrls }),
  ];
  for (const client of clients) {
    expect(client).toMatchObject({ userPool, scopes: [read], clientId: client.client.userPoolClientId });
  }
  Template.fromStack(stack).resourceCountIs(CLIENT, 4);
});

test('stages are apart: each has its own resource servers of a literal user pool', () => {
  const app: App = newApp();
  for (const id of ['Dev', 'Prod']) {
    const stack = new Stack(new Stage(app, id), 'Stack');
    const { photos, read } = newPhotos(stack);
    photos.addMachineClient('Job', { scopes: [read] });
  }
  const assembly = app.synth();
  const [dev, prod] = ['Dev', 'Prod'].map((id) => assembly.getNestedAssembly(`assembly-${id}`).stacks[0].template);
  expect(Object.keys(resourcesOf(dev, CLIENT))).toHaveLength(1);
  expect(dev).toEqual(prod);
});
