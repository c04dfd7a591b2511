import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import * as fc from 'fast-check';
import { readDeclaration } from '../../src/declaration/read-declaration';
import { formatProblem } from '../../src/model/problem';

const schema = JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'access-declaration.v1.json'), 'utf8'));
const matchesSchema = new Ajv({ allowUnionTypes: true }).compile(schema);

const WEB = { kind: 'web', scopes: ['openid'], callbackUrls: ['https://a.example.com'] };
/** A declaration with a value for every member. */
const FULL = {
  $schema: 'x',
  version: 1,
  resourceServers: {
    photos: {
      identifier: 'photos',
      resourceServerName: 'Photos',
      userPool: 'users',
      scopes: { read: 'View', list: { description: 'List', deprecated: { replacedBy: 'photos/read', removeAfter: '2099-01-31', reason: 'broad' } } },
    },
  },
  clients: {
    Export: { kind: 'machine', scopes: ['photos/read', { external: 'orders/read' }], userPool: 'users', clientName: 'Export', accessTokenValidity: 'PT30M' },
    Album: {
      ...WEB,
      kind: 'spa',
      logoutUrls: ['https://a.example.com'],
      idTokenValidity: 'PT1H',
      refreshTokenValidity: 'P1D',
      implicitGrantReason: 'old browser',
      identityProviders: ['COGNITO'],
      authFlows: ['userSrp'],
      authSessionValidity: 'PT3M',
      refreshTokenRotationGracePeriod: 'PT10S',
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
      readAttributes: ['email'],
      writeAttributes: ['name'],
    },
    App: { ...WEB, kind: 'mobile' },
    Kiosk: { kind: 'sdk', authFlows: ['user'], generateSecret: true, userPool: 'users', clientName: 'Kiosk', readAttributes: ['email'] },
    Office: { ...WEB, enablePropagateAdditionalUserContextData: true },
  },
  routes: { 'GET /a': { anyOf: ['photos/read'] }, 'GET /b': { public: 'probe' }, 'GET /c': 'idToken', 'GET /d': 'iam', 'GET /e': 'apiKey' },
};

const problemsOf = (value: unknown) => {
  const read = readDeclaration(JSON.stringify(value), 'access.json');
  return 'problems' in read ? read.problems.map(formatProblem) : [];
};

test('a declaration with everything is read, and follows the schema', () => {
  expect(readDeclaration(JSON.stringify(FULL), 'access.json')).toEqual({ declaration: FULL });
  expect(matchesSchema(FULL)).toBe(true);
});

test('a version is enough', () => {
  expect(problemsOf({ version: 1 })).toEqual([]);
});

test.each([
  ['no object', [], 'access.json is no object, got <a list>'],
  ['nothing', null, 'access.json is no object, got <null>'],
  ['no version', {}, '[DeclarationVersion] access.json has an unknown version, got <none>; expected version 1; write "version: 1"'],
  ['a newer version', { version: 2, pools: {} }, '[DeclarationVersion] access.json has a newer version than this release knows, got 2; expected version 1; upgrade this package'],
  ['a version that is a text', { version: '1' }, '[DeclarationVersion]'],
  ['an unknown member', { version: 1, client: {} }, 'access.json has an unknown member, got "client"; expected "clients"; correct the file'],
  ['a client of no kind', { version: 1, clients: { A: { scopes: [] } } }, 'clients.A of access.json has no "kind"; expected one of "machine", "spa", "mobile", "web", "sdk"'],
  ['a client of another kind', { version: 1, clients: { A: { kind: 'machin' } } }, 'clients.A.kind of access.json is none of the known values, got "machin"; expected "machine"'],
  ['a machine with callback URLs', { version: 1, clients: { A: { kind: 'machine', scopes: [], callbackUrls: [] } } }, 'clients.A of access.json has an unknown member, got "callbackUrls"'],
  ['an SPA without callback URLs', { version: 1, clients: { A: { kind: 'spa', scopes: [] } } }, 'clients.A of access.json has no "callbackUrls"; expected a list'],
  ['an SPA that passes on devices', { version: 1, clients: { A: { ...WEB, kind: 'spa', enablePropagateAdditionalUserContextData: true } } }, 'has an unknown member, got "enablePropagateAdditionalUserContextData"'],
  ['scopes that are a text', { version: 1, clients: { A: { kind: 'machine', scopes: 'photos/read' } } }, 'clients.A.scopes of access.json has the wrong type, got <a string>; expected a list'],
  ['a scope that is a number', { version: 1, clients: { A: { kind: 'machine', scopes: [5] } } }, 'clients.A.scopes[0] of access.json has the wrong type, got <a number>; expected a string'],
  ['a misspelt flow', { version: 1, clients: { A: { ...WEB, authFlows: ['userSRP'] } } }, 'clients.A.authFlows[0] of access.json is none of the known values, got "userSRP"; expected "userSrp"'],
  ['a key that is no id', { version: 1, clients: { 'A/B': { kind: 'machine', scopes: [] } } }, 'clients of access.json has a key that is no id, got "A/B"'],
  ['a server without scopes', { version: 1, resourceServers: { a: { identifier: 'a' } } }, 'resourceServers.a of access.json has no "scopes"; expected an object'],
  ['a scope without a text', { version: 1, resourceServers: { a: { identifier: 'a', scopes: { read: null } } } }, 'resourceServers.a.scopes.read of access.json has the wrong type, got <null>; expected a string or an object'],
  ['a misspelt access', { version: 1, routes: { 'GET /a': 'idtoken' } }, 'routes["GET /a"] of access.json is none of the known values, got "idtoken"; expected "idToken"'],
  ['an access of two kinds', { version: 1, routes: { 'GET /a': { public: 'x', anyOf: [] } } }, 'routes["GET /a"] of access.json has an unknown member, got "anyOf"'],
  ['an access that is true', { version: 1, routes: { 'GET /a': { public: true } } }, 'routes["GET /a"].public of access.json has the wrong type, got <a boolean>'],
  ['one route in two writings', { version: 1, routes: { 'GET /a': 'iam', 'get  /a': 'apiKey' } }, '[RouteDuplicate] routes of access.json state "GET /a" twice, got "get  /a"'],
])('%s is refused', (_, value, message) => {
  const lines = problemsOf(value);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(message);
});

test('all that is wrong is told at once', () => {
  expect(problemsOf({ version: 1, x: 1, clients: { A: { kind: 'machine' }, B: { kind: 'spa', scopes: [1], callbackUrls: '' } } })).toHaveLength(4);
});

test('property: what is no declaration for the schema is none for the reader, and the other way round', () => {
  const junk = fc.constantFrom<unknown>(0, true, 'x', [], {}, ['x'], { a: 'x' }, null);
  const paths = pathsOf(FULL);
  const change = fc.record({ path: fc.constantFrom(...paths), value: fc.option(junk, { nil: undefined }), added: fc.boolean() });
  let accepted = 0;
  fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 2 }), (changes) => {
    const value = JSON.parse(JSON.stringify(FULL));
    for (const { path, value: other, added } of changes) put(value, added ? [...path.slice(0, -1), 'added'] : path, other);
    const forms = problemsOf(value).filter((line) => !line.includes('has a key that is no id') && !line.includes('[RouteDuplicate]'));
    expect({ value, accepted: forms.length === 0 }).toEqual({ value, accepted: matchesSchema(value) });
    if (forms.length === 0) accepted++;
  }), { numRuns: 2000 });
  expect(accepted).toBeGreaterThan(50);
});

/** The places of all members and elements. */
function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  const own = path.length === 0 ? [] : [[...path]];
  return [...own, ...Object.entries(value).flatMap(([name, each]) => pathsOf(each, [...path, name]))];
}

/** Puts a value at a place, if the place is there; takes it away without one. */
function put(value: any, path: readonly string[], other: unknown): void {
  const parent = path.slice(0, -1).reduce((each, name) => (typeof each === 'object' && each !== null ? each[name] : undefined), value);
  if (typeof parent !== 'object' || parent === null) return;
  const name = path[path.length - 1];
  if (other !== undefined) parent[name] = JSON.parse(JSON.stringify(other));
  else if (Array.isArray(parent)) parent.splice(Number(name), 1);
  else delete parent[name];
}
