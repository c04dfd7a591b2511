import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ClientAttributes, UserPool, UserPoolClientIdentityProvider } from 'aws-cdk-lib/aws-cognito';
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { parse } from 'yaml';
import { codesOf, mock, newFunction, newStack, problemsOf, resourcesOf } from './harness';
import {
  Access, DeclaredAccess, MachineClient, MobileClient, ProtectedApi, Scope, ScopedResourceServer, SdkClient, SpaClient, WebClient,
  type DeclaredAccessProps,
} from '../../src';

const folder = mkdtempSync(join(tmpdir(), 'declared-access-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file with a declaration, of which the members are given, or the whole text. */
function fileWith(content: object | string, name = 'access.yaml'): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify({ version: 1, ...content }));
  return file;
}

const PHOTOS = { photos: { identifier: 'photos', scopes: { read: 'View photos', write: 'Change photos' } } };
const EXPORT = { kind: 'machine', scopes: ['photos/read'] };

function declare(content: object | string, props: Partial<DeclaredAccessProps> = {}, stack: Stack = newStack()): DeclaredAccess {
  return new DeclaredAccess(stack, 'Access', { file: fileWith(content), ...props });
}

const templateOf = (stack: Stack) => Template.fromStack(stack).toJSON();

/** The one line of what a call fails with, without the folder of the file. */
function problemOf(act: () => unknown): string {
  const lines = problemsOf(act).map((line) => line.replaceAll(`${folder}/`, ''));
  expect(lines).toHaveLength(1);
  return lines[0];
}

/** What the file below says, in code, at the same places of the tree. */
function declareInCode(stack: Stack, userPool: UserPool): void {
  const parent = new Construct(stack, 'Access');
  const servers = new Construct(parent, 'ResourceServers');
  const clients = new Construct(parent, 'Clients');
  const photos = new ScopedResourceServer(servers, 'photos', { identifier: 'https://photos.example.com', resourceServerName: 'Photos', userPool });
  const read = photos.addScope('read', 'View photos');
  const write = photos.addScope('write', 'Change photos');
  photos.addScope('list', 'List photos', { deprecated: { replacedBy: read, removeAfter: '2099-01-31', reason: 'reading includes it' } });
  const orders = new ScopedResourceServer(servers, 'orders', { identifier: 'orders', userPool });
  const place = orders.addScope('place', 'Place an order');
  new MachineClient(clients, 'NightlyExport', { userPool, scopes: [read, place, Scope.external('billing/read')], accessTokenValidity: Duration.minutes(15) });
  new SpaClient(clients, 'Album', {
    userPool,
    clientName: 'The album',
    scopes: [Scope.OPENID, Scope.EMAIL, read],
    callbackUrls: ['https://album.example.com/cb'],
    logoutUrls: ['https://album.example.com'],
    idTokenValidity: Duration.minutes(30),
    refreshTokenValidity: Duration.days(2),
    identityProviders: [UserPoolClientIdentityProvider.COGNITO, UserPoolClientIdentityProvider.custom('Partner')],
    readAttributes: new ClientAttributes().withStandardAttributes({ email: true, familyName: true }).withCustomAttributes('tier'),
    writeAttributes: new ClientAttributes().withStandardAttributes({ fullname: true }),
  });
  new MobileClient(clients, 'Phone', {
    userPool,
    scopes: [Scope.COGNITO_ADMIN],
    callbackUrls: ['photos://cb'],
    authFlows: { userSrp: true, user: true },
    authSessionValidity: Duration.minutes(5),
    refreshTokenRotationGracePeriod: Duration.seconds(30),
  });
  new SdkClient(clients, 'Kiosk', { userPool, authFlows: { userPassword: true }, generateSecret: true, authSessionValidity: Duration.minutes(4) });
  new WebClient(clients, 'Office', {
    userPool,
    scopes: [Scope.OPENID],
    callbackUrls: ['https://office.example.com/cb'],
    implicitGrantReason: 'an old frame',
    enableTokenRevocation: false,
    preventUserExistenceErrors: false,
    enablePropagateAdditionalUserContextData: true,
  });
  const api = new ProtectedApi(stack, 'Api', { resourceServers: [photos, orders], defaultIntegration: mock() });
  api.addRoute('GET /health', { access: Access.public('probe of the load balancer') });
  api.addRoute('GET /jobs', { access: Access.iam() });
  api.addRoute('GET /me', { access: Access.idToken() });
  api.addRoute('GET /photos', { access: Access.anyOf(read, write), handler: newFunction(stack), operationName: 'listPhotos' });
  api.addRoute('GET /quota', { access: Access.apiKey() });
}

const YAML = `
version: 1
resourceServers:
  photos:
    identifier: https://photos.example.com
    resourceServerName: Photos
    scopes:
      read: View photos
      write: Change photos
      list: { description: List photos, deprecated: { replacedBy: https://photos.example.com/read, removeAfter: 2099-01-31, reason: reading includes it } }
  orders:
    identifier: orders
    scopes: { place: Place an order }
clients:
  NightlyExport: { kind: machine, scopes: [https://photos.example.com/read, orders/place, { external: billing/read }], accessTokenValidity: PT15M }
  Album:
    kind: spa
    clientName: The album
    scopes: [openid, email, https://photos.example.com/read]
    callbackUrls: [https://album.example.com/cb]
    logoutUrls: [https://album.example.com]
    idTokenValidity: PT30M
    refreshTokenValidity: P2D
    identityProviders: [COGNITO, Partner]
    readAttributes: [family_name, email, 'custom:tier']
    writeAttributes: [name]
  Phone:
    kind: mobile
    scopes: [aws.cognito.signin.user.admin]
    callbackUrls: ['photos://cb']
    authFlows: [userSrp, user]
    authSessionValidity: PT5M
    refreshTokenRotationGracePeriod: PT30S
  Kiosk: { kind: sdk, authFlows: [userPassword], generateSecret: true, authSessionValidity: PT4M }
  Office:
    kind: web
    scopes: [openid]
    callbackUrls: [https://office.example.com/cb]
    implicitGrantReason: an old frame
    enableTokenRevocation: false
    preventUserExistenceErrors: false
    enablePropagateAdditionalUserContextData: true
routes:
  GET /photos: { anyOf: [https://photos.example.com/read, https://photos.example.com/write] }
  GET /me: idToken
  GET /jobs: iam
  GET /quota: apiKey
  GET /health: { public: probe of the load balancer }
`;

/** A stack with a user pool that has a domain. */
function newUsers(stack = newStack()): { stack: Stack; userPool: UserPool } {
  const userPool = new UserPool(stack, 'Users');
  userPool.addDomain('Domain', { cognitoDomain: { domainPrefix: 'my-album' } });
  return { stack, userPool };
}

function declareYaml(stack: Stack, userPool: UserPool): DeclaredAccess {
  const declared = declare(YAML, { userPool }, stack);
  const api = new ProtectedApi(stack, 'Api', { resourceServers: declared.resourceServers, defaultIntegration: mock() });
  declared.addRoutes(api, { 'get /photos': { handler: newFunction(stack), operationName: 'listPhotos' } });
  return declared;
}

describe('a declaration', () => {
  test('gives the template that the same calls give', () => {
    const fromFile = newUsers();
    const inCode = newUsers();
    declareYaml(fromFile.stack, fromFile.userPool);
    declareInCode(inCode.stack, inCode.userPool);
    expect(templateOf(fromFile.stack)).toEqual(templateOf(inCode.stack));
  });

  test('gives the same resources in JSON and in another order', () => {
    const first = newUsers();
    const second = newUsers();
    declareYaml(first.stack, first.userPool);
    const reversed = Object.fromEntries(Object.entries<object>(parse(YAML)).reverse()
      .map(([key, value]) => [key, typeof value === 'object' ? Object.fromEntries(Object.entries(value).reverse()) : value]));
    const declared = declare(JSON.stringify(reversed), { userPool: second.userPool }, second.stack);
    const api = new ProtectedApi(second.stack, 'Api', { resourceServers: declared.resourceServers, defaultIntegration: mock() });
    declared.addRoutes(api, { 'GET /photos': { handler: newFunction(second.stack), operationName: 'listPhotos' } });
    const resources = (stack: Stack) => Object.fromEntries(Object.entries<any>(templateOf(stack).Resources)
      .map(([id, resource]) => [id, { ...resource, DependsOn: [resource.DependsOn ?? []].flat().sort() }]));
    expect(resources(second.stack)).toEqual(resources(first.stack));
  });

  test('has a new user pool as that of a resource server, and a domain, where the app gives none', () => {
    const stack = newStack();
    const declared = declare({ resourceServers: PHOTOS, clients: { Export: EXPORT } }, { removalPolicy: RemovalPolicy.DESTROY }, stack);
    const other = newStack();
    new ScopedResourceServer(other, 'Photos', { identifier: 'photos', removalPolicy: RemovalPolicy.DESTROY });
    expect(Object.values(resourcesOf(templateOf(stack), 'AWS::Cognito::UserPool'))).toEqual(Object.values(resourcesOf(templateOf(other), 'AWS::Cognito::UserPool')));
    expect(declared.resourceServer('photos').domain).toBeDefined();
    expect(Object.keys(resourcesOf(templateOf(stack), 'AWS::Cognito::UserPoolDomain'))).toHaveLength(1);
  });

  test('takes the domain of its new user pool', () => {
    const stack = newStack();
    declare({ resourceServers: PHOTOS, clients: { Export: EXPORT } }, { domain: { cognitoDomain: { domainPrefix: 'my-album' } } }, stack);
    Template.fromStack(stack).hasResourceProperties('AWS::Cognito::UserPoolDomain', { Domain: 'my-album' });
  });

  test('defines no user pool where nothing needs one', () => {
    const stack = newStack();
    declare({ routes: {} }, {}, stack);
    expect(templateOf(stack).Resources).toBeUndefined();
  });

  test('keeps all logical ids when one thing joins', () => {
    const idsOf = (content: object) => {
      const stack = newStack();
      declare(content, {}, stack);
      return Object.keys(templateOf(stack).Resources);
    };
    const before = idsOf({ resourceServers: PHOTOS, clients: { Export: EXPORT } });
    const after = idsOf({
      resourceServers: { alpha: { identifier: 'alpha', scopes: { x: 'X' } }, ...PHOTOS }, clients: { Alpha: EXPORT, Export: EXPORT },
    });
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after).toHaveLength(before.length + 2);
  });

  test('gives resource servers, clients and the access of routes by name', () => {
    const declared = declare({ resourceServers: PHOTOS, clients: { Export: EXPORT }, routes: { 'GET /photos': { anyOf: ['photos/read'] } } });
    expect(declared.resourceServers).toEqual([declared.resourceServer('photos')]);
    expect(declared.clients).toEqual([declared.client('Export')]);
    expect(declared.client('Export').scopes.map(({ fullName }) => fullName)).toEqual(['photos/read']);
    expect(declared.access('get /photos')).toBeInstanceOf(Access);
  });

  test('holds 66 clients, each with an id of its key alone', () => {
    const clients = Object.fromEntries(Array.from({ length: 66 }, (_, number) => [`Partner${number}`, EXPORT]));
    const ids = (names: readonly string[]) => {
      const stack = newStack();
      declare({ resourceServers: PHOTOS, clients: Object.fromEntries(names.map((name) => [name, clients[name]])) }, {}, stack);
      return Object.keys(resourcesOf(templateOf(stack), 'AWS::Cognito::UserPoolClient'));
    };
    const all = ids(Object.keys(clients));
    expect(new Set(all).size).toBe(66);
    expect(all).toEqual(expect.arrayContaining(ids(Object.keys(clients).slice(40))));
  });
});

describe('several user pools', () => {
  const CONTENT = {
    resourceServers: {
      shop: { identifier: 'shop', userPool: 'customers', scopes: { buy: 'Buy' } },
      office: { identifier: 'office', userPool: 'staff', scopes: { refund: 'Pay back' } },
    },
    clients: {
      Shop: { kind: 'machine', scopes: ['shop/buy'] },
      Office: { kind: 'machine', scopes: ['office/refund'] },
    },
    routes: { 'POST /orders': { anyOf: ['shop/buy', 'office/refund'] } },
  };
  const newPools = (stack: Stack) => ({ customers: new UserPool(stack, 'Customers'), staff: new UserPool(stack, 'Staff') });

  test('each thing belongs to the pool of its scopes', () => {
    const stack = newStack();
    const userPools = newPools(stack);
    const declared = declare(CONTENT, { userPools }, stack);
    expect(declared.client('Shop').userPool).toBe(userPools.customers);
    expect(declared.client('Office').userPool).toBe(userPools.staff);
    const api = new ProtectedApi(stack, 'Api', { resourceServers: declared.resourceServers, defaultIntegration: mock() });
    declared.addRoutes(api);
    Template.fromStack(stack).resourceCountIs('AWS::Cognito::UserPool', 2);
    Template.fromStack(stack).hasResourceProperties('AWS::ApiGateway::Method', { AuthorizationScopes: ['shop/buy', 'office/refund'] });
    expect(Object.values(resourcesOf(templateOf(stack), 'AWS::ApiGateway::Authorizer'))[0].Properties.ProviderARNs).toHaveLength(2);
  });

  test('an unknown one is refused, and the nearest named', () => {
    const stack = newStack();
    const content = { ...CONTENT, clients: {}, routes: {}, resourceServers: { shop: { ...CONTENT.resourceServers.shop, userPool: 'customer' } } };
    expect(problemOf(() => declare(content, { userPools: newPools(stack) }, stack))).toBe(
      '[DeclarationUserPool] userPool (resource server "shop" of access.yaml) is none that the app gives, got "customer"; expected "customers"; '
      + 'correct the name, or pass the user pool in userPools',
    );
  });

  test('a client of standard scopes has to name its own', () => {
    const content = (userPool?: string) => ({ ...CONTENT, clients: { Web: { kind: 'spa', scopes: ['openid'], callbackUrls: ['https://a.example.com'], userPool } } });
    const stack = newStack();
    expect(problemOf(() => declare(content(), { userPools: newPools(stack) }, stack))).toMatch(/^\[DeclarationUserPool\] client \(client "Web" of access\.yaml\) leaves open/);
    const other = newStack();
    const userPools = newPools(other);
    expect(declare(content('staff'), { userPools }, other).client('Web').userPool).toBe(userPools.staff);
  });

  test('one identifier may be in both: clients have to choose, routes take either', () => {
    const both = (userPool?: string) => ({
      resourceServers: {
        a: { identifier: 'shop', userPool: 'customers', scopes: { buy: 'Buy' } },
        b: { identifier: 'shop', userPool: 'staff', scopes: { buy: 'Buy' } },
      },
      clients: { Shop: { kind: 'machine', scopes: ['shop/buy'], userPool } },
      routes: { 'GET /a': { anyOf: ['shop/buy'] } },
    });
    const stack = newStack();
    expect(problemOf(() => declare(both(), { userPools: newPools(stack) }, stack))).toMatch(/^\[DeclarationUserPool\] scope \(client "Shop" of access\.yaml\) is one of several user pools/);
    const other = newStack();
    const userPools = newPools(other);
    const declared = declare(both('staff'), { userPools }, other);
    expect(declared.client('Shop').userPool).toBe(userPools.staff);
    expect(declared.client('Shop').scopes[0].resourceServer).toBe(declared.resourceServer('b'));
    declared.addRoutes(new ProtectedApi(other, 'Api', { resourceServers: declared.resourceServers, defaultIntegration: mock() }));
    expect(Object.values(resourcesOf(templateOf(other), 'AWS::ApiGateway::Authorizer'))[0].Properties.ProviderARNs).toHaveLength(2);
  });

  test('a client with a scope of another pool than its own is refused as in code, and does not lose the scope', () => {
    const stack = newStack();
    const content = { ...CONTENT, clients: { Shop: { kind: 'machine', userPool: 'staff', scopes: ['office/refund', 'shop/buy'] } }, routes: {} };
    expect(problemOf(() => declare(content, { userPools: newPools(stack) }, stack))).toMatch(/^\[ScopeOfOtherPool\] client "Shop" .* got "shop\/buy"/);
  });

  test('a client of scopes of two pools is refused as in code', () => {
    const stack = newStack();
    const content = { ...CONTENT, clients: { Shop: { kind: 'machine', scopes: ['shop/buy', 'office/refund'] } }, routes: {} };
    expect(problemOf(() => declare(content, { userPools: newPools(stack) }, stack))).toMatch(/^\[ScopeOfOtherPool\] client "Shop" \(client "Shop" of access\.yaml\)/);
  });
});

describe('what code refuses, a file refuses with the same message and its place', () => {
  test.each<[string, object, (photos: ScopedResourceServer) => unknown]>([
    ['a scope name', { resourceServers: { photos: { identifier: 'photos', scopes: { 'a b': 'A' } } } }, (photos) => photos.addScope('a b', 'A')],
    ['a description', { resourceServers: { photos: { identifier: 'photos', scopes: { a: '' } } } }, (photos) => photos.addScope('a', '')],
    ['an unknown scope', { resourceServers: PHOTOS, clients: { A: { kind: 'machine', scopes: ['photos/raed'] } } }, (photos) => photos.scope('raed')],
    ['a callback', { resourceServers: PHOTOS, clients: { A: { kind: 'spa', scopes: ['openid'], callbackUrls: ['http://a.example.com'] } } },
      (photos) => photos.addSpaClient('A', { scopes: [Scope.OPENID], callbackUrls: ['http://a.example.com'] })],
    ['a machine with openid', { resourceServers: PHOTOS, clients: { A: { kind: 'machine', scopes: ['openid'] } } }, (photos) => photos.addMachineClient('A', { scopes: [Scope.OPENID] })],
    ['a validity', { resourceServers: PHOTOS, clients: { A: { ...EXPORT, accessTokenValidity: 'P3D' } } },
      (photos) => photos.addMachineClient('A', { scopes: [photos.scope('read')], accessTokenValidity: Duration.days(3) })],
    ['a reason', { routes: { 'GET /a': { public: ' ' } } }, () => Access.public(' ')],
    ['no scope', { routes: { 'GET /a': { anyOf: [] } } }, () => Access.anyOf()],
  ])('%s', (_, content, inCode) => {
    const { photos } = (() => {
      const server = new ScopedResourceServer(newStack(), 'photos', { identifier: 'photos' });
      server.addScope('read', 'View photos');
      server.addScope('write', 'Change photos');
      return { photos: server };
    })();
    const withoutPlace = problemsOf(() => declare(content)).map((line) => line.replace(/ \([^()]* of [^()]*access\.yaml\)/, '').replace('Stack/Access/ResourceServers/', 'Stack/'));
    expect(withoutPlace).toEqual(problemsOf(() => inCode(photos)));
  });

  test('all of them at once, each with its place', () => {
    const lines = problemsOf(() => declare({
      resourceServers: { ...PHOTOS, other: { identifier: 'photos', scopes: {} } },
      clients: { A: { kind: 'machine', scopes: [] }, B: { ...EXPORT, accessTokenValidity: '1 hour' } },
      routes: { 'GET photos': 'iam', 'GET /a': { anyOf: ['orders/read'] } },
    })).map((line) => line.replaceAll(`${folder}/`, ''));
    expect(lines.map((line) => /^(\[\w+\]).*\((.*) of access\.yaml\)/.exec(line)!.slice(1))).toEqual([
      ['[IdentifierDuplicate]', 'resource server "other"'],
      ['[ClientWithoutScopes]', 'client "A"'],
      ['[DeclarationDuration]', 'client "B"'],
      ['[RoutePath]', 'route "GET photos"'],
      ['[ScopeUnknown]', 'route "GET /a"'],
    ]);
  });
});

describe('fails', () => {
  test.each<[string, () => string, string]>([
    ['a file that does not exist', () => join(folder, 'none.yaml'), '[InputNotFound] declaration "none.yaml" does not exist; expected a file in JSON or YAML; correct the path'],
    ['a folder', () => folder, 'cannot be read, got "EISDIR"'],
    ['an empty file', () => fileWith(''), '[DeclarationFormat] access.yaml is no object, got <null>'],
    ['a file that is too large', () => fileWith('#'.repeat(5_000_001)), '[InputTooLarge] declaration "access.yaml" is larger than 5000000 bytes'],
    ['an anchor', () => fileWith('version: 1\nclients: &a {}\n'), '[InputSyntax] access.yaml has an anchor at line 2'],
    ['a wrong form', () => fileWith({ clients: { A: { ...EXPORT, kind: 'robot' } } }), '[DeclarationFormat] clients.A.kind of access.yaml is none of the known values'],
  ])('for %s', (_, file, message) => {
    expect(problemOf(() => new DeclaredAccess(newStack(), 'Access', { file: file() }))).toContain(message);
  });

  test('for an attribute that no user has, and names the nearest', () => {
    const content = { clients: { A: { kind: 'spa', scopes: ['openid'], callbackUrls: ['https://a.example.com'], readAttributes: ['emial', 'custom:x'] } } };
    expect(problemOf(() => declare(content))).toContain(
      'name one that is neither a standard nor a custom attribute, got "emial"; expected "email", or custom: and a name; correct the name',
    );
  });

  test.each([['removalPolicy', { removalPolicy: RemovalPolicy.DESTROY }], ['domain', { domain: { cognitoDomain: { domainPrefix: 'a' } } }]])('for %s beside a user pool', (_, props) => {
    const { stack, userPool } = newUsers();
    expect(codesOf(() => declare({}, { userPool, ...props }, stack))).toEqual(['UserPoolOptions']);
  });

  test.each<[string, (declared: DeclaredAccess) => unknown, string]>([
    ['resource server', (declared) => declared.resourceServer('photo'), '[ResourceServerUnknown] access.yaml declares no such resource server, got "photo"; expected "photos"; correct the name, or declare it in the file'],
    ['client', (declared) => declared.client('Exprt'), '[ClientUnknown] access.yaml declares no such client, got "Exprt"; expected "Export"; correct the name, or declare it in the file'],
    ['route', (declared) => declared.access('GET /photo'), '[RouteUnknown] access.yaml declares no such route, got "GET /photo"; expected "GET /photos"; correct the name, or declare it in the file'],
  ])('for an unknown %s, and names the nearest', (_, ask, message) => {
    const declared = declare({ resourceServers: PHOTOS, clients: { Export: EXPORT }, routes: { 'GET /photos': 'iam' } });
    expect(problemOf(() => ask(declared))).toBe(message);
  });

  test('for settings of a route that the file does not have, and for a route without an integration', () => {
    const stack = newStack();
    const declared = declare({ resourceServers: PHOTOS, routes: { 'GET /photos': { anyOf: ['photos/read'] } } }, {}, stack);
    const api = new ProtectedApi(stack, 'Api', { resourceServers: declared.resourceServers });
    expect(codesOf(() => declared.addRoutes(api, { 'GET /photo': { integration: mock() } }))).toEqual(['RouteUnknown', 'RouteIntegration']);
  });
});

describe('keys that the CDK takes for the main construct', () => {
  test('are fine alone, and fail together, in a file and in code', () => {
    const clients = { Resource: EXPORT, Default: EXPORT };
    expect(() => declare({ resourceServers: PHOTOS, clients: { Default: EXPORT } })).not.toThrow();
    expect(() => declare({ resourceServers: PHOTOS, clients: { Resource: EXPORT } })).not.toThrow();
    expect(problemOf(() => declare({ resourceServers: PHOTOS, clients }))).toContain('has a key that the CDK cannot give to a construct beside the other');
    const servers = { Default: PHOTOS.photos, Resource: { ...PHOTOS.photos, identifier: 'other' } };
    expect(codesOf(() => declare({ resourceServers: servers }))).toEqual(['ConstructKey']);
    const photos = new ScopedResourceServer(newStack(), 'Photos', { identifier: 'photos' });
    const scopes = [photos.addScope('read', 'View photos')];
    photos.addMachineClient('Resource', { scopes });
    expect(codesOf(() => photos.addMachineClient('Default', { scopes }))).toEqual(['ConstructKey']);
  });
});

describe('synthesis warns', () => {
  test('of properties of a new user pool where the file needs none', () => {
    const given = { removalPolicy: RemovalPolicy.DESTROY, domain: { cognitoDomain: { domainPrefix: 'my-album' } } };
    const warningsOf = (stack: Stack) => Annotations.fromStack(stack)
      .findWarning('*', Match.stringLikeRegexp('user-pool-options-unused')).map(({ entry }) => entry.data);
    const stack = newStack();
    const [server, userPools] = [{ ...PHOTOS.photos, userPool: 'staff' }, { staff: new UserPool(stack, 'Staff') }];
    declare({ resourceServers: { photos: server } }, { userPools, ...given }, stack);
    expect(warningsOf(stack)).toEqual([
      expect.stringContaining('[UserPoolOptions] removalPolicy has no effect'), expect.stringContaining('[UserPoolOptions] domain has no effect'),
    ]);
    const needed = newStack();
    declare({ resourceServers: PHOTOS }, given, needed);
    expect(warningsOf(needed)).toEqual([]);
    const silent = newStack();
    declare({ resourceServers: { photos: server } }, { userPools: { staff: new UserPool(silent, 'Staff') } }, silent);
    expect(warningsOf(silent)).toEqual([]);
  });

  test('of a route that no API has', () => {
    const stack = newStack();
    const declared = declare({ routes: { 'GET /a': 'iam', 'GET /b': 'iam' } }, {}, stack);
    new ProtectedApi(stack, 'Api').addRoute('GET /a', { access: declared.access('GET /a'), integration: mock() });
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('declared-route-unused'));
    expect(warnings.map(({ entry }) => entry.data)).toEqual([expect.stringContaining('[DeclaredRouteUnused] route "GET /b" of ')]);
  });
});
