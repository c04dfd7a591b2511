import * as fc from 'fast-check';
import { anyOf, api, authorizer, machine, method, photoModel, pool, server, spa } from './models';
import { plainText } from './plain-text';
import { buildMatrix } from '../../src/analysis/matrix';
import { needsOf } from '../../src/analysis/matrix-cells-text';
import { renderMatrixText } from '../../src/analysis/render-matrix-text';
import type { Access } from '../../src/model/access';
import type { AccessModel } from '../../src/model/access-model';
import { arbitraryModel } from '../model/arbitrary-model';

const textOf = (model: AccessModel, width = 100) => renderMatrixText(buildMatrix(model), plainText(width));

test('a small matrix is a grid of methods and clients', () => {
  expect(textOf(photoModel())).toBe(`3 methods, 2 clients

photo-api

method        needs                                Album   NightlyExport  anyone
GET /health   nothing: probe of the load balancer  open    open           open
GET /photos   photos/read                          access  access         -
POST /photos  photos/write                         access  -              -

access: with an access token   open: without a token
`);
});

test('scopes and clients that no template declares are named below the table', () => {
  const model = photoModel({
    resourceServers: [{ ...server('App/Photos', 'photos', ['read']), origin: 'external' }],
    clients: [machine('App/Ext/Partner', 'partner', ['photos/read'], { origin: 'external' }), machine('App/Export', 'NightlyExport', ['photos/read'])],
  });
  expect(textOf(model)).toContain(`external scopes, declared by no resource server of the authorizer's user pools in these templates
  photos/read, photos/write

external clients, as their app states them
  partner
`);
  expect(textOf(photoModel())).not.toContain('external');
});

test('what only a trigger opens says so in the cell, and the legend says what that means', () => {
  const userPools = [pool('App/Pool', { tokenTrigger: 'V2_0', triggerScopes: ['photos/write'] })];
  const clients = [spa('App/Album', 'Album', ['photos/read']), machine('App/Job', 'Job', ['photos/read'])];
  const text = textOf(photoModel({ userPools, clients }), 160);
  expect(text).toContain(`method        needs                                Album       Job     anyone
GET /health   nothing: probe of the load balancer  open        open    open
GET /photos   photos/read                          access      access  -
POST /photos  photos/write                         by trigger  -       -
`);
  expect(text).toContain('by trigger: with an access token to which the user pool\'s trigger adds the scope, for callers of its choice');
  const narrow = textOf(photoModel({ userPools, clients }), 40);
  expect(narrow).toContain('Album (by trigger)');
  expect(narrow).toContain('\nby trigger: with an access token to\n');
});

test('a matrix that is wider than the terminal is a list of methods with their callers', () => {
  const clients = ['Album', 'Export', 'Mailer', 'Search', 'Import', 'Report'].map((name, position) => machine(
    `App/${name}`, name, [`photos/s${position}`, 'photos/all'],
  ));
  const methods = clients.map(({ name }, position) => method(`App/M${position}`, 'GET', `/${String(name).toLowerCase()}`, anyOf(`photos/s${position}`)));
  const scopes = ['all', ...clients.map((_, position) => `s${position}`)];
  const text = textOf(photoModel({
    clients, methods: [...methods, method('App/All', 'GET', '/all', anyOf('photos/all'))], resourceServers: [server('App/S', 'photos', scopes)],
  }), 60);
  expect(text).toContain('method       needs       callers');
  expect(text).toContain('GET /album   photos/s0   Album');
  expect(text).toContain('Album, Export, Import, Mailer,');
});

test('on a narrow terminal where no table fits, each row is a paragraph', () => {
  const methods = [
    method('App/Health', 'GET', '/health', { kind: 'public', reason: 'probe of the load balancer' }),
    method('App/One', 'GET', '/photos/{photoId}', anyOf('photos/read')),
    method('App/List', 'GET', '/photos', anyOf('photos/read')),
    method('App/Never', 'GET', '/never', anyOf('photos/none')),
  ];
  const text = textOf(photoModel({ methods, apis: [api('App/Api', 'the api of photos and of much more, by region')] }), 40);
  expect(text.slice(0, text.indexOf('\n! '))).toBe(`4 methods, 2 clients

the api of photos and of much more, by
region

GET /health
  needs    nothing: probe of the load
           balancer
  callers  anyone

GET /never
  needs    photos/none
  callers  nobody

GET /photos
GET /photos/{photoId}
  needs    photos/read
  callers  Album, NightlyExport
`);
});

test('a path stands below its verbs where both do not fit side by side', () => {
  const verbs = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD'] as const;
  const methods = verbs.map((verb) => method(`App/${verb}`, verb, '/photos/{photoId}', anyOf('photos/read')));
  expect(textOf(photoModel({ methods }), 34)).toContain('\nGET,PUT,POST,DELETE,PATCH,HEAD\n  /photos/{photoId}\n  needs ');
  expect(textOf(photoModel({ methods, clients: [machine('App/Export', 'A-client-of-a-long-name', ['photos/read'])] }), 64)).toContain('GET,PUT,POST,DELETE,');
});

test('phrases below the grid break between them', () => {
  expect(textOf(photoModel(), 80)).toContain('\naccess: with an access token   open: without a token\n');
  const grid = textOf(photoModel({ clients: [], methods: [method('App/A', 'GET', '/a', { kind: 'public' }), method('App/B', 'GET', '/b', { kind: 'lambda', authorizer: 'App/L' })] }), 44);
  expect(grid).toContain('\nopen: without a token\n?: cannot be known, see below\n');
});

test('clients that reach the same methods share a column; more than three go by a letter', () => {
  const clients = ['A1', 'B2', 'C3', 'D4'].map((name) => machine(`App/${name}`, name, ['photos/read']));
  const text = textOf(photoModel({ clients }));
  expect(text).toMatch(/needs +A \(4\) +anyone/);
  expect(text).toContain('clients\n  A  A1, B2, C3, D4');
});

test('clients that call nothing stand below the table', () => {
  expect(textOf(photoModel({ clients: [machine('App/Idle', 'Idle', [])] }))).toContain('clients whose tokens open no method\n  Idle\n');
});

test.each<[string, Access, string]>([
  ['unknown', { kind: 'unknown', unknown: 'parameter Auth' }, 'clients of which no token is known to open a method'],
  ['left to a Lambda authorizer', { kind: 'lambda', authorizer: 'App/L' }, 'clients of which no token is known to open a method'],
  ['public', { kind: 'public' }, 'clients whose tokens open no method'],
])('nothing is said of what their tokens cannot open where the access of a method is %s', (_, access, heading) => {
  const methods = [method('App/It', 'GET', '/it', access), method('App/C', 'GET', '/c', { kind: 'public' }, { condition: { unknown: 'condition' } })];
  expect(textOf(photoModel({ clients: [machine('App/Idle', 'Idle', [])], methods }))).toContain(`\n${heading}\n  Idle\n`);
});

test.each(['anonymous', 'anyone'])('a client named %s shows its id', (name) => {
  expect(textOf(photoModel({ clients: [machine('App/It', name, ['photos/read'])] }), 160)).toMatch(new RegExp(` ${name} \\(App/It\\) `));
});

test('clients of one name are told apart by their ids, clients without a name go by their logical id', () => {
  const unnamed = { ...machine('Web/Phone', '', ['photos/write']), name: undefined };
  const text = textOf(photoModel({ clients: [machine('A/One', 'Same', ['photos/read']), machine('B/Two', 'Same', []), unnamed] }), 160);
  expect(text).toContain('Same (A/One)');
  expect(text).toContain('Same (B/Two)');
  expect(text).toMatch(/ Phone /);
});

test('methods of equal access share a row from 25 methods on', () => {
  const many = (number: number) => Array.from({ length: number }, (_, position) => method(`App/M${position}`, 'GET', `/p${position}`, anyOf('photos/read')));
  const accesses = (text: string) => text.split('\n').filter((line) => line.includes('photos/read')).length;
  expect(accesses(textOf(photoModel({ methods: many(24) })))).toBe(24);
  expect(accesses(textOf(photoModel({ methods: many(25) })))).toBe(1);
});

test('verbs of one path share a line where they share a row', () => {
  const methods = Array.from({ length: 13 }, (_, position) => (['GET', 'PUT'] as const).map(
    (verb) => method(`App/${verb}${position}`, verb, `/p${position}`, anyOf('photos/read')),
  )).flat();
  expect(textOf(photoModel({ methods }))).toContain('GET,PUT /p0');
});

test('several preflight methods are one row', () => {
  const preflight = (id: string, path: string) => method(id, 'OPTIONS', path, { kind: 'public', reason: 'CORS preflight' });
  expect(textOf(photoModel({ methods: [preflight('App/A', '/a'), preflight('App/B', '/b')] }))).toMatch(/OPTIONS on 2 paths +nothing: CORS preflight +open/);
});

test('each API has a table', () => {
  const model = photoModel({
    apis: [api('App/Api', 'photo-api'), api('App/Orders', 'order-api')],
    methods: [method('App/A', 'GET', '/a', { kind: 'iam' }), method('App/B', 'GET', '/b', { kind: 'apiKey' }, { api: 'App/Orders' })],
  });
  const text = textOf(model);
  expect(text).toMatch(/\nphoto-api\n[^]*GET \/a +AWS credentials +signed/);
  expect(text).toMatch(/\norder-api\n[^]*GET \/b +API key +key/);
});

test('what API keys and AWS credentials open is open to whoever has them, in a grid and in a list', () => {
  const methods = [
    method('App/A', 'GET', '/a', { kind: 'iam' }), method('App/B', 'GET', '/b', { kind: 'apiKey' }), method('App/C', 'GET', '/c', anyOf('photos/read')),
  ];
  expect(textOf(photoModel({ methods }))).toContain(`method  needs            Album          anyone
                         NightlyExport
GET /a  AWS credentials  -              signed
GET /b  API key          -              key
GET /c  photos/read      access         -

access: with an access token   key: for whoever has an API key
signed: for whoever has AWS credentials that may call it
`);
  const list = textOf(photoModel({ methods }), 40);
  expect(list).toMatch(/GET \/a\n +needs +AWS credentials\n +callers +whoever has AWS credentials\n +that may call it\n/);
  expect(list).toMatch(/GET \/b\n +needs +API key\n +callers +whoever has an API key\n/);
  expect(list).not.toContain('nobody');
});

test('with several user pools, the clients of each stand below the table', () => {
  const clients = [machine('App/A', 'A', ['photos/read']), machine('App/B', 'B', [], { userPool: 'App/Other' }), machine('App/C', 'C', [])];
  const userPools = [pool('App/Pool'), pool('App/Other')];
  expect(textOf(photoModel({ userPools, clients }))).toContain('clients of user pool\n  App/Other  B\n  App/Pool   A, C\n');
  expect(textOf(photoModel())).not.toContain('clients of user pool');
});

test('APIs of one name are told apart by their ids', () => {
  const model = photoModel({
    apis: [api('App/Api', 'photo-api'), api('App/Green', 'photo-api'), api('App/Orders', 'order-api')],
    methods: ['Api', 'Green', 'Orders'].map((id) => method(`App/${id}List`, 'GET', '/a', { kind: 'iam' }, { api: `App/${id}` })),
  });
  expect(textOf(model).split('\n').filter((line) => line.includes('-api'))).toEqual(['photo-api (App/Api)', 'photo-api (App/Green)', 'order-api']);
});

test('unknown cells are numbered, with their reasons below', () => {
  const clients = [machine('App/Export', 'Export', [{ unknown: 'parameter Scope has no default' }])];
  const text = textOf(photoModel({ clients, methods: [method('App/List', 'GET', '/photos', anyOf('photos/read'))] }));
  expect(text).toMatch(/GET \/photos +photos\/read +\?1 +-/);
  expect(text).toContain('?1 parameter Scope has no default');
});

test('a method that a Lambda authorizer decides about is unknown in every column', () => {
  const methods = [method('App/Custom', 'GET', '/c', { kind: 'lambda', authorizer: 'App/L' }), method('App/L', 'GET', '/photos', anyOf('photos/read'))];
  expect(textOf(photoModel({ methods }))).toMatch(/GET \/c +Lambda authorizer decides +\?1 +\?1\n/);
});

test('notes stand below with at most five of their subjects', () => {
  const methods = Array.from({ length: 7 }, (_, position) => method(`App/M${position}`, 'GET', `/p${position}`, anyOf('photos/none')));
  expect(textOf(photoModel({ methods }))).toContain('! App/M0, App/M1, App/M2, App/M3, App/M4 and 2 more: accepts the scope photos/none');
});

describe('scope names', () => {
  const long = 'https://photos.example.com';
  const withScopes = (...scopes: string[]) => textOf(photoModel({
    clients: [], methods: scopes.map((scope, position) => method(`App/M${position}`, 'GET', `/p${position}`, anyOf(scope))),
  }));

  test('lose a long identifier, which the legend keeps', () => {
    const text = withScopes(`${long}/read`, `${long}/write`);
    expect(text).toMatch(/GET \/p0 +read /);
    expect(text).toContain(`scopes of\n  ${long}  read, write`);
  });

  test('stay whole where the name alone would stand for two scopes', () => {
    const text = withScopes(`${long}/read`, 'https://orders.example.com/read');
    expect(text).toContain(`GET /p0  ${long}/read`);
    expect(text).not.toContain('scopes of');
  });

  test('stay whole where a standard scope has that name', () => {
    expect(withScopes(`${long}/openid`, 'openid')).toContain(`${long}/openid`);
  });
});

describe('property:', () => {
  test('no line is wider than the terminal', () => {
    fc.assert(fc.property(arbitraryModel(), fc.integer({ min: 32, max: 200 }), (model, width) => {
      for (const line of textOf(model, width).split('\n')) expect(line.length).toBeLessThanOrEqual(width);
    }));
  });

  test('every client and every path is named', () => {
    fc.assert(fc.property(arbitraryModel({ unknowns: false }), (model) => {
      const matrix = buildMatrix(model);
      const text = renderMatrixText(matrix, plainText(400));
      for (const { name } of matrix.principals.slice(1)) expect(text).toContain(name.replace(/^App\//, ''));
    }));
  });
});

test('an authorizer of two user pools does not change the text', () => {
  const two = photoModel({ authorizers: [authorizer('App/Auth', 'App/Api', ['App/Pool', 'App/Other'])] });
  expect(textOf(two)).toBe(textOf(photoModel()));
});

test('what would move the cursor, hide text or turn it is escaped', () => {
  const reason = '\u001b[2K\rDELETE /  photos.admin  \u001b[8m\u202e';
  const text = textOf(photoModel({ methods: [method('App/Open', 'GET', '/open', { kind: 'public', reason })] }));
  expect(text).toContain('\\u001b[2K\\u000dDELETE');
  expect(text).not.toMatch(/[\u001b\r\u202e]/);
});

test.each<[Access, boolean, string]>([
  [{ kind: 'iam' }, false, 'AWS credentials'],
  [{ kind: 'iam' }, true, 'AWS credentials and API key'],
  [anyOf('photos/read', 'photos/write'), true, 'photos/read or photos/write and API key'],
  [{ kind: 'idToken', authorizer: 'App/Auth' }, true, 'ID token and API key'],
  [{ kind: 'apiKey' }, true, 'API key'],
])('a method with %j, API key demanded: %j, needs: %s', (access, apiKeyRequired, expected) => {
  const { methods: [entry] } = buildMatrix(photoModel({ methods: [method('App/It', 'GET', '/it', access, { apiKeyRequired })] }));
  expect(needsOf(entry, { show: (scope) => scope })).toBe(expected);
});
