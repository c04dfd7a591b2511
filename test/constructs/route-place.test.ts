import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cors, type Method } from 'aws-cdk-lib/aws-apigateway';
import { codesOf, mock, newApp, newPhotos, newStack, problemsOf } from './harness';
import { Access, DeclaredAccess, ProtectedApi, type ProtectedApiProps } from '../../src';

function setUp(props: ProtectedApiProps = {}) {
  const stack = newStack();
  const { photos, read } = newPhotos(stack);
  const api = new ProtectedApi(stack, 'Api', { resourceServers: [photos], ...props });
  const add = (...routes: string[]): Method[] => routes.map((route) => api.addRoute(route, { access: Access.anyOf(read), integration: mock() }));
  return { app: stack.node.root as ReturnType<typeof newApp>, stack, api, add, photos, read };
}

describe('a route that the CDK cannot hold fails at the call', () => {
  test.each([
    '/constructor', '/toString', '/valueOf/x', '/a/hasOwnProperty', '/__proto__', '/{id}/isPrototypeOf',
    '/Default', '/a/Default/b', '/a/Resource', '/CloudWatchRole',
  ])('%s', (path) => {
    const { add } = setUp();
    expect(problemsOf(() => add(`GET ${path}`))).toEqual([expect.stringMatching(/^\[RoutePathPart\] route "GET .*" has a path part with a name that the CDK needs itself, got ".*"; expected another name; rename/)]);
  });

  test.each([
    [['GET /a', 'GET /a/GET'], 'route "GET /a/GET" has a path part named as the method GET of "/a", and the CDK keeps both by one id, got "GET"'],
    [['GET /a/GET', 'GET /a'], 'route "GET /a" has a verb named as the resource "/a/GET", and the CDK keeps both by one id, got "GET"'],
    [['GET /GET/x', 'GET /'], 'route "GET /" has a verb named as the resource "/GET"'],
  ])('%p', (routes, text) => {
    const { add } = setUp();
    expect(problemsOf(() => add(...routes))).toEqual([expect.stringContaining(`[RoutePathPart] ${text}`)]);
  });

  test.each(['/OPTIONS', '/a/OPTIONS'])('%s beside the preflight method of its parent', (path) => {
    expect(codesOf(() => setUp({ defaultCorsPreflightOptions: { allowOrigins: Cors.ALL_ORIGINS } }).add(`GET ${path}`))).toEqual(['RoutePathPart']);
  });

  test('and names like these synthesize', () => {
    const { app, add } = setUp();
    add('GET /Resource', 'GET /GET', 'POST /a/GET', 'PUT /a', 'GET /Deployment', 'GET /default', 'GET /Constructor', 'GET /b/{constructor}', 'GET /c/OPTIONS', 'GET /Account');
    expect(() => app.synth()).not.toThrow();
  });
});

test('a route that failed can be added when what was in its place is gone', () => {
  const { api, add } = setUp();
  const albums = api.root.addResource('albums');
  albums.addMethod('GET', mock(), { authorizationScopes: ['photos/read'] });
  expect(codesOf(() => add('GET /albums'))).toEqual(['RouteDuplicate']);
  albums.node.tryRemoveChild('GET');
  expect(() => add('GET /albums')).not.toThrow();
});

describe('the key of a client', () => {
  test.each<[unknown, string]>([
    ['constructor', '[ConstructKey] client "constructor" has a key that the CDK cannot give to a construct, got "constructor"; expected a text'],
    ['toString', '[ConstructKey] client "toString" has a key'], ['__proto__', '[ConstructKey] client "__proto__" has a key'],
    ['', '[ConstructKey] client "" has an empty key'], ['${Token[TOKEN.1]}', '[ConstructKey] client "<token>" has a key that is known only later'],
    [5, '[ArgumentKind] id of client is of another kind, got <number>; expected a text'], [undefined, '[ArgumentKind] id of client is missing'],
  ])('fails at the call where it is %p', (id, text) => {
    const { photos, read } = setUp();
    const callbackUrls = ['https://a.example.com/cb'];
    const acts = [
      () => photos.addMachineClient(id as string, { scopes: [read] }),
      () => photos.addWebClient(id as string, { scopes: [read], callbackUrls }),
      () => photos.addSpaClient(id as string, { scopes: [read], callbackUrls }),
      () => photos.addMobileClient(id as string, { scopes: [read], callbackUrls }),
    ];
    for (const act of acts) expect(problemsOf(act)).toEqual([expect.stringContaining(text)]);
  });

  test('of a file fails with its place, as that of a resource server does', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'keys-')), 'access.json');
    writeFileSync(file, JSON.stringify({
      version: 1,
      resourceServers: { valueOf: { identifier: 'a', scopes: {} }, photos: { identifier: 'photos', scopes: { read: 'View' } } },
      clients: { constructor: { kind: 'machine', scopes: ['photos/read'] } },
    }));
    expect(problemsOf(() => new DeclaredAccess(newStack(), 'Access', { file }))).toEqual([
      expect.stringContaining('[ConstructKey] resource server "valueOf" (resource server "valueOf" of '),
      expect.stringContaining('[ConstructKey] client "constructor" (client "constructor" of '),
    ]);
  });
});
