import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { UserPool, UserPoolClientIdentityProvider } from 'aws-cdk-lib/aws-cognito';
import { Lazy } from 'aws-cdk-lib/core';
import { codesOf, mock, newFunction, newPhotos, newStack, problemsOf } from './harness';
import {
  Access, DeclaredAccess, MachineClient, MobileClient, ProtectedApi, ReplacementGuard, Scope, ScopedResourceServer, SdkClient, SpaClient,
  TokenTrigger, WebClient,
} from '../../src';

/** What JavaScript may pass. */
const NOTHING = undefined as any;

function setUp() {
  const stack = newStack();
  const { photos, read } = newPhotos(stack);
  return { stack, photos, read, api: new ProtectedApi(stack, 'Api', { resourceServers: [photos] }) };
}
type Set = ReturnType<typeof setUp>;

function newTrigger({ stack, photos: { userPool }, read }: Set, lambdaVersion: any): TokenTrigger {
  return new TokenTrigger(stack, 'X', { userPool, handler: newFunction(stack), addsScopes: [read], lambdaVersion });
}

function newDeclared({ stack }: Set): DeclaredAccess {
  return new DeclaredAccess(stack, 'X', { file: 'examples/partner-m2m/access.yaml' });
}

describe('fails with what to pass', () => {
  test.each<[string, (set: Set) => unknown]>([
    ['properties of resource server "X" is missing', ({ stack }) => new ScopedResourceServer(stack, 'X', NOTHING)],
    ['identifier of resource server "X" is missing', ({ stack }) => new ScopedResourceServer(stack, 'X', {} as any)],
    ['identifier of resource server "X" is of another kind, got <number>', ({ stack }) => new ScopedResourceServer(stack, 'X', { identifier: 7 as any })],
    ['userPool of resource server "X" is of another kind, got "eu-west-1_a"; expected a user pool',
      ({ stack }) => new ScopedResourceServer(stack, 'X', { identifier: 'x', userPool: 'eu-west-1_a' as any })],
    ['userPool of resource server "X" is missing', ({ stack }) => new ScopedResourceServer(stack, 'X', { identifier: 'x', userPool: null as any })],
    ['properties of resource server "X" is missing', ({ stack }) => ScopedResourceServer.fromAttributes(stack, 'X', NOTHING)],
    ['userPool of resource server "X" is missing', ({ stack }) => ScopedResourceServer.fromAttributes(stack, 'X', { identifier: 'x' } as any)],
    ['scopeNames of resource server "X", number 2 is missing',
      ({ stack, photos: { userPool } }) => ScopedResourceServer.fromAttributes(stack, 'X', { identifier: 'x', userPool, scopeNames: ['a', NOTHING] })],
    ['manifest of resource server "X" is of another kind, got <object>', ({ stack }) => ScopedResourceServer.fromManifest(stack, 'X', { manifest: {} as any })],
    ['description of scope of resource server "Stack/Photos" is missing', ({ photos }) => photos.addScope('a', NOTHING)],
    ['options of scope of resource server "Stack/Photos" is missing', ({ photos }) => photos.addScope('a', 'A', null as any)],
    ['name of scope of resource server "Stack/Photos" is missing', ({ photos }) => photos.scope(NOTHING)],
    ['fullName of external scope is missing', () => Scope.external(NOTHING)],
    ['scopes of anyOf access, number 1 is missing', () => Access.anyOf(NOTHING)],
    ['scopes of anyOf access, number 2 is of another kind, got "photos/read"; expected a Scope; pass what addScope returned', ({ read }) => Access.anyOf(read, 'photos/read' as any)],
    ['scopes of anyOf access, number 1 is of another kind, got <list>', ({ read }) => Access.anyOf([read] as any)],
    ['reason of public access is missing', () => Access.public(NOTHING)],
    ['properties of API "X" is missing', ({ stack }) => new ProtectedApi(stack, 'X', null as any)],
    ['resourceServers of API "X" is of another kind, got <object>; expected a list, each a resource server', ({ stack, photos }) => new ProtectedApi(stack, 'X', { resourceServers: photos as any })],
    ['userPools of API "X", number 1 is missing', ({ stack }) => new ProtectedApi(stack, 'X', { userPools: [NOTHING] })],
    ['route of addRoute is missing', ({ api }) => api.addRoute(NOTHING, { access: Access.idToken() })],
    ['options of route "GET /x" is missing', ({ api }) => api.addRoute('GET /x', NOTHING)],
    ['access of route "GET /x" is of another kind, got "public"', ({ api }) => api.addRoute('GET /x', { access: 'public' as any, integration: mock() })],
    ['access of route "GET /x" is of another kind, got <object>', ({ api, read }) => api.addRoute('GET /x', { access: read as any, integration: mock() })],
    ['handler of route "GET /x" is missing', ({ api }) => api.addRoute('GET /x', { access: Access.idToken(), handler: null as any })],
    ['handler of route "GET /x" is of another kind, got <object>', ({ api }) => api.addRoute('GET /x', { access: Access.idToken(), handler: mock() as any })],
    ['certificate of customDomain of domain of resource server "X" is missing; expected a certificate',
      ({ stack }) => new ScopedResourceServer(stack, 'X', { identifier: 'x', domain: { customDomain: { domainName: 'a.example.com' } as any } })],
    ['domainName of customDomain of domain of resource server "X" is missing',
      ({ stack }) => new ScopedResourceServer(stack, 'X', { identifier: 'x', domain: { customDomain: {} as any } })],
    ['domainPrefix of cognitoDomain of domain of resource server "X" is of another kind, got <number>; expected a text',
      ({ stack }) => new ScopedResourceServer(stack, 'X', { identifier: 'x', domain: { cognitoDomain: { domainPrefix: 5 as any } } })],
    ['cognitoDomain of domain of resource server "X" is of another kind, got "photos"; expected an object with domainPrefix',
      ({ stack }) => new ScopedResourceServer(stack, 'X', { identifier: 'x', domain: { cognitoDomain: 'photos' as any } })],
    ['domain of resource server "X" is of another kind, got "photos"; expected an object with cognitoDomain or customDomain',
      ({ stack }) => new ScopedResourceServer(stack, 'X', { identifier: 'x', domain: 'photos' as any })],
    ['existingDomain of resource server "X" is of another kind, got <object>; expected a user pool domain',
      ({ stack, photos: { userPool } }) => new ScopedResourceServer(stack, 'X', { identifier: 'x', userPool, existingDomain: {} as any })],
    ['domainPrefix of cognitoDomain of domain of declaration "X" is missing',
      ({ stack }) => new DeclaredAccess(stack, 'X', { file: 'x.yaml', domain: { cognitoDomain: {} as any } })],
    ['options of gateway response is missing; expected an object', ({ api }) => api.addGatewayResponse('X', NOTHING)],
    ['id of gateway response is missing', ({ api }) => api.addGatewayResponse(NOTHING, { type: ResponseType.UNAUTHORIZED })],
    ['type of gateway response "X" is missing; expected a gateway response type', ({ api }) => api.addGatewayResponse('X', {} as any)],
    ['type of gateway response "X" is of another kind, got "UNAUTHORIZED"', ({ api }) => api.addGatewayResponse('X', { type: 'UNAUTHORIZED' as any })],
    ['defaultCorsPreflightOptions of API "X" is of another kind, got "*"; expected an object with allowOrigins',
      ({ stack }) => new ProtectedApi(stack, 'X', { defaultCorsPreflightOptions: '*' as any })],
    ['allowOrigins of defaultCorsPreflightOptions of API "X" is missing; expected a list, each a text',
      ({ stack }) => new ProtectedApi(stack, 'X', { defaultCorsPreflightOptions: {} as any })],
    ['allowOrigins of defaultCorsPreflightOptions of API "X" is of another kind, got "*"; expected a list, each a text',
      ({ stack }) => new ProtectedApi(stack, 'X', { defaultCorsPreflightOptions: { allowOrigins: '*' as any } })],
    ['properties of token trigger "X" is missing', ({ stack }) => new TokenTrigger(stack, 'X', NOTHING)],
    ['handler of token trigger "X" is missing', ({ stack, photos, read }) => new TokenTrigger(stack, 'X', { userPool: photos.userPool, addsScopes: [read] } as any)],
    ['options of replacement guard is missing', ({ stack }) => ReplacementGuard.check(stack, NOTHING)],
    ['scopes of client "X" is missing', ({ photos }) => photos.addMachineClient('X', NOTHING)],
    ['userPool of resource server "X" is of another kind, got <object>; expected a user pool',
      ({ stack }) => new ScopedResourceServer(stack, 'X', { identifier: 'x', userPool: { userPoolId: 'eu-west-1_a' } as any })],
    ['removalPolicy of resource server "X" is of another kind, got "keep"; expected a removal policy',
      ({ stack }) => new ScopedResourceServer(stack, 'X', { identifier: 'x', removalPolicy: 'keep' as any })],
    ['deprecated of scope "a" is of another kind, got "soon"; expected an object with removeAfter and reason', ({ photos }) => photos.addScope('a', 'A', { deprecated: 'soon' as any })],
    ['deprecated of scope "a" is missing', ({ photos }) => photos.addScope('a', 'A', { deprecated: null as any })],
    ['removeAfter of deprecated of scope "a" is missing; expected a text', ({ photos }) => photos.addScope('a', 'A', { deprecated: {} as any })],
    ['removeAfter of deprecated of scope "a" is of another kind, got <object>',
      ({ photos }) => photos.addScope('a', 'A', { deprecated: { removeAfter: new Date() as any, reason: 'old' } })],
    ['reason of deprecated of scope "a" is missing', ({ photos }) => photos.addScope('a', 'A', { deprecated: { removeAfter: '2030-01-31' } as any })],
    ['reason of deprecated of scope "a" is of another kind, got <number>',
      ({ photos }) => photos.addScope('a', 'A', { deprecated: { removeAfter: '2030-01-31', reason: 5 as any } })],
    ['replacedBy of deprecated of scope "a" is of another kind, got "photos/read"; expected a Scope',
      ({ photos }) => photos.addScope('a', 'A', { deprecated: { removeAfter: '2030-01-31', reason: 'old', replacedBy: 'photos/read' as any } })],
    ['enablePropagateAdditionalUserContextData of client "X" is of another kind, got "yes"', ({ stack, photos: { userPool }, read }) => new WebClient(stack, 'X', {
      userPool, scopes: [read], callbackUrls: ['https://a.example.com/cb'], enablePropagateAdditionalUserContextData: 'yes' as any,
    })],
    ['generateSecret of client "X" is of another kind, got "no"; expected true, false or a token',
      ({ stack, photos: { userPool } }) => new SdkClient(stack, 'X', { userPool, authFlows: { userSrp: true }, generateSecret: 'no' as any })],
    ['lambdaVersion of token trigger "X" is of another kind, got "V9"; expected a Lambda version', (set) => newTrigger(set, 'V9')],
    ['lambdaVersion of token trigger "X" is of another kind, got <number>', (set) => newTrigger(set, 3)],
    ['"staff" of userPools of declaration "X" is of another kind, got "eu-west-1_a"; expected a user pool',
      ({ stack }) => new DeclaredAccess(stack, 'X', { file: 'x.yaml', userPools: { staff: 'eu-west-1_a' as any } })],
    ['"staff" of userPools of declaration "X" is missing', ({ stack }) => new DeclaredAccess(stack, 'X', { file: 'x.yaml', userPools: { staff: NOTHING } })],
    ['userPools of declaration "X" is of another kind, got <list>; expected an object, each member a user pool',
      ({ stack }) => new DeclaredAccess(stack, 'X', { file: 'x.yaml', userPools: [] as any })],
    ['removalPolicy of declaration "X" is of another kind, got "keep"', ({ stack }) => new DeclaredAccess(stack, 'X', { file: 'x.yaml', removalPolicy: 'keep' as any })],
    ['api of addRoutes of declaration "X" is missing; expected a ProtectedApi', (set) => newDeclared(set).addRoutes(NOTHING)],
    ['api of addRoutes of declaration "X" is of another kind, got <object>', (set) => newDeclared(set).addRoutes({} as any)],
    ['settings of addRoutes of declaration "X" is missing', (set) => newDeclared(set).addRoutes(set.api, null as any)],
    ['route of access of declaration "X" is of another kind, got <number>', (set) => newDeclared(set).access(5 as any)],
    ['key of client of declaration "X" is of another kind, got <number>', (set) => newDeclared(set).client(5 as any)],
    ['key of resource server of declaration "X" is missing', (set) => newDeclared(set).resourceServer(NOTHING)],
  ])('%s', (text, act) => {
    const set = setUp();
    const problems = problemsOf(() => act(set));
    expect(problems[0]).toContain(`[ArgumentKind] ${text}`);
  });

  test.each([MachineClient, WebClient, SpaClient, MobileClient])('for clients of every kind (%p)', (Client) => {
    const { stack, photos, read } = setUp();
    const make = (props: any) => () => new (Client as any)(stack, `X${Math.random()}`, props);
    const callbackUrls = ['https://a.example.com/cb'];
    expect(codesOf(make(undefined))).toEqual(['ArgumentKind']);
    expect(codesOf(make({ scopes: [read], callbackUrls }))).toEqual(['ArgumentKind']);
    expect(codesOf(make({ userPool: photos.userPool, scopes: [undefined], callbackUrls }))).toEqual(['ArgumentKind']);
    expect(codesOf(make({ userPool: photos.userPool, scopes: 'photos/read', callbackUrls }))).toEqual(['ArgumentKind']);
    expect(codesOf(make({ userPool: photos.userPool, scopes: [read], callbackUrls, accessTokenValidity: 60 }))).toEqual(['ArgumentKind']);
  });

  test.each<[string, object]>([
    ['a text for a list of identity providers', { identityProviders: 'COGNITO' }],
    ['a list with no identity provider in it', { identityProviders: [undefined] }],
    ['a list for the attributes to read', { readAttributes: ['email'] }],
    ['null for the attributes to read', { readAttributes: null }],
    ['a text for the attributes to write', { writeAttributes: 'email' }],
    ['a number for the sign-in session', { authSessionValidity: 3 }],
    ['a number for the grace period', { refreshTokenRotationGracePeriod: 10 }],
    ['a number for the validity of ID tokens', { idTokenValidity: 60 }],
    ['a text for the validity of refresh tokens', { refreshTokenValidity: 'PT1H' }],
    ['a text for the revocation', { enableTokenRevocation: 'yes' }],
    ['a text for the errors about users', { preventUserExistenceErrors: 'no' }],
    ['a text for a flow', { authFlows: { userSrp: 'yes' } }],
    ['a text for the branding', { managedLoginBranding: 'none' }],
    ['an object for the branding', { managedLoginBranding: {} }],
  ])('for clients with users: %s', (_title, given) => {
    const { stack, photos: { userPool }, read } = setUp();
    const user = { userPool, scopes: [read], callbackUrls: ['https://a.example.com/cb'] };
    for (const Client of [WebClient, SpaClient, MobileClient]) {
      expect(codesOf(() => new Client(stack, Client.name, { ...user, ...given }))).toEqual(['ArgumentKind']);
    }
    if ('identityProviders' in given || 'managedLoginBranding' in given) return;
    expect(codesOf(() => new SdkClient(stack, 'Sdk', { userPool, authFlows: { userSrp: true }, ...given }))).toEqual(['ArgumentKind']);
  });

  test.each([
    MachineClient.fromMachineClientAttributes, WebClient.fromWebClientAttributes,
    SpaClient.fromSpaClientAttributes, MobileClient.fromMobileClientAttributes,
  ])('for imported clients of every kind (%p)', (from) => {
    const { stack, read } = setUp();
    expect(codesOf(() => from(stack, 'X', NOTHING))).toEqual(['ArgumentKind']);
    expect(codesOf(() => from(stack, 'Y', { scopes: [read] } as any))).toEqual(['ArgumentKind', 'ArgumentKind']);
  });
});

test('lists that only deployment knows are taken', () => {
  const { stack, photos, read } = setUp();
  const callbackUrls = Lazy.list({ produce: () => ['https://a.example.com/cb'] });
  expect(() => photos.addWebClient('X', { scopes: [read], callbackUrls })).not.toThrow();
  const userPool = UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_a');
  expect(() => ScopedResourceServer.fromAttributes(stack, 'Y', { identifier: 'y', userPool })).not.toThrow();
});

test('values that only deployment knows are taken where the CDK takes them', () => {
  const { stack, photos, read } = setUp();
  const later = Lazy.any({ produce: () => true }) as any;
  const text = Lazy.string({ produce: () => 'later' });
  const identityProviders = [UserPoolClientIdentityProvider.custom(text)];
  expect(() => photos.addWebClient('X', {
    scopes: [read], callbackUrls: ['https://a.example.com/cb'], clientName: text, identityProviders, enableTokenRevocation: later,
  })).not.toThrow();
  expect(() => new SdkClient(stack, 'Y', { userPool: photos.userPool, authFlows: { userSrp: true }, generateSecret: later })).not.toThrow();
  expect(() => photos.addScope('old', text, { deprecated: { removeAfter: '2999-01-31', reason: text } })).not.toThrow();
});

test('members that are undefined are left out', () => {
  const { stack, photos, read } = setUp();
  const nothing = {
    identityProviders: undefined,
    readAttributes: undefined,
    enableTokenRevocation: undefined,
    managedLoginBranding: undefined,
    authSessionValidity: undefined,
  };
  expect(() => photos.addWebClient('X', { scopes: [read], callbackUrls: ['https://a.example.com/cb'], ...nothing, authFlows: undefined })).not.toThrow();
  expect(() => new SdkClient(stack, 'Y', { userPool: photos.userPool, authFlows: { userSrp: true, custom: undefined }, ...nothing })).not.toThrow();
  expect(() => photos.addScope('new', 'New', { deprecated: undefined })).not.toThrow();
});
