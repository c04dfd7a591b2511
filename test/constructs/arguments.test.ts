import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Lazy } from 'aws-cdk-lib/core';
import { codesOf, mock, newPhotos, newStack, problemsOf } from './harness';
import {
  Access, DeclaredAccess, MachineClient, MobileClient, ProtectedApi, ReplacementGuard, Scope, ScopedResourceServer, SpaClient, TokenTrigger,
  WebClient,
} from '../../src';

/** What JavaScript may pass. */
const NOTHING = undefined as any;

function setUp() {
  const stack = newStack();
  const { photos, read } = newPhotos(stack);
  return { stack, photos, read, api: new ProtectedApi(stack, 'Api', { resourceServers: [photos] }) };
}
type Set = ReturnType<typeof setUp>;

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
