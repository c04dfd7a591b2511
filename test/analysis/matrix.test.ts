import * as fc from 'fast-check';
import { anyOf, api, authorizer, machine, method, photoModel, pool, server, spa } from './models';
import { buildMatrix } from '../../src/analysis/matrix';
import type { Matrix } from '../../src/analysis/matrix-data';
import type { AccessModel, Api, Method } from '../../src/model/access-model';
import { decide, type Decision } from '../../src/model/decide';
import { canonicalModel } from '../../src/model/model-json';
import { obtainableTokens } from '../../src/model/tokens';
import { arbitraryModel } from '../model/arbitrary-model';

describe('cells', () => {
  test('allow a client what one of its tokens opens, with the scopes that matched', () => {
    const { allowed, unknown } = buildMatrix(photoModel());
    expect(allowed).toEqual([
      { principal: 'anonymous', method: 'App/Health', token: 'none', scopes: [] },
      { principal: 'App/Album', method: 'App/List', token: 'access', scopes: ['photos/read'] },
      { principal: 'App/Album', method: 'App/Create', token: 'access', scopes: ['photos/write'] },
      { principal: 'App/Export', method: 'App/List', token: 'access', scopes: ['photos/read'] },
    ]);
    expect(unknown).toEqual([]);
  });

  test('name the ID token where a method takes one', () => {
    const profile = method('App/Profile', 'GET', '/me', { kind: 'idToken', authorizer: 'App/Auth' });
    expect(buildMatrix(photoModel({ methods: [profile] })).allowed).toEqual([
      { principal: 'App/Album', method: 'App/Profile', token: 'id', scopes: [] },
    ]);
  });

  test('join the scopes of all tokens that open a method, in the order of the method', () => {
    const both = method('App/Both', 'GET', '/both', anyOf('aws.cognito.signin.user.admin', 'photos/read', 'photos/write'));
    const album = spa('App/Album', 'Album', ['photos/write', 'photos/read'], { authFlows: ['ALLOW_USER_SRP_AUTH'] });
    expect(buildMatrix(photoModel({ clients: [album], methods: [both] })).allowed[0].scopes)
      .toEqual(['aws.cognito.signin.user.admin', 'photos/read', 'photos/write']);
  });

  test('stand in the order of the methods where methods of equal access stand apart', () => {
    const [read, write] = [anyOf('photos/read'), anyOf('photos/write')];
    const methods = ['/a', '/b', '/c', '/d'].map((path, position) => method(`App${path}`, 'GET', path, position % 2 === 0 ? write : read));
    const clients = [spa('App/Album', 'Album', ['photos/read', 'photos/write'])];
    const order = ['App/a', 'App/b', 'App/c', 'App/d'];
    expect(buildMatrix(photoModel({ methods, clients })).allowed.map(({ method: id }) => id)).toEqual(order);
    const apis = [api('App/Api', 'photo-api', { resourcePolicyDoubt: { unknown: 'it denies' } })];
    expect(buildMatrix(photoModel({ apis, methods, clients })).unknown.map(({ method: id }) => id)).toEqual(order);
  });

  test('say where only the trigger of the user pool gives the scope', () => {
    const album = spa('App/Album', 'Album', ['photos/read']);
    const userPools = [pool('App/Pool', { tokenTrigger: 'V2_0', triggerScopes: ['photos/write'] })];
    const { allowed, unknown, notes } = buildMatrix(photoModel({ userPools, clients: [album, machine('App/Job', 'Job', ['photos/read'])] }));
    expect(allowed.filter(({ principal }) => principal !== 'anonymous')).toEqual([
      { principal: 'App/Album', method: 'App/List', token: 'access', scopes: ['photos/read'] },
      { principal: 'App/Album', method: 'App/Create', token: 'access', scopes: ['photos/write'], byTrigger: true },
      { principal: 'App/Job', method: 'App/List', token: 'access', scopes: ['photos/read'] },
    ]);
    expect(unknown).toEqual([]);
    expect(notes.map(({ kind }) => kind)).not.toContain('scopeUnobtainable');
  });

  test('are unknown where an identity validation expression may match the resource that a user\'s token is asked for', () => {
    const { allowed, unknown } = buildMatrix(photoModel({ authorizers: [authorizer('App/Auth', 'App/Api', ['App/Pool'], { audience: 'https://photos' })] }));
    expect(allowed.map(({ method: id }) => id)).toEqual(['App/Health']);
    expect(unknown.map(({ principal, method: id, reason }) => [principal, id, reason])).toEqual(['App/List', 'App/Create'].map((id) => (
      ['App/Album', id, 'the request for the token can name a resource, which becomes its audience'])));
  });

  test('do not say so where a scope of the client opens the method too', () => {
    const userPools = [pool('App/Pool', { tokenTrigger: 'V2_0', triggerScopes: ['photos/write'] })];
    const either = method('App/Either', 'GET', '/either', anyOf('photos/read', 'photos/write'));
    const { allowed } = buildMatrix(photoModel({ userPools, clients: [spa('App/Album', 'Album', ['photos/read'])], methods: [either] }));
    expect(allowed).toEqual([{ principal: 'App/Album', method: 'App/Either', token: 'access', scopes: ['photos/read', 'photos/write'] }]);
  });

  test('keep user pools apart that have scopes of equal names', () => {
    const model = photoModel({
      userPools: [pool('App/Pool'), pool('App/Other')],
      clients: [machine('App/Stranger', 'Stranger', ['photos/read'], { userPool: 'App/Other' })],
      resourceServers: [server('App/Photos', 'photos', ['read']), server('App/Others', 'photos', ['read'], 'App/Other')],
    });
    expect(buildMatrix(model).allowed.map(({ principal }) => principal)).toEqual(['anonymous']);
  });

  test('list a method with a Lambda authorizer once, as unknown for the anonymous caller', () => {
    const custom = method('App/Custom', 'GET', '/custom', { kind: 'lambda', authorizer: 'App/Lambda' });
    expect(buildMatrix(photoModel({ methods: [custom] }))).toMatchObject({
      allowed: [],
      unknown: [{ principal: 'anonymous', method: 'App/Custom', reason: 'a Lambda authorizer decides' }],
      notes: [{ kind: 'lambdaAuthorizer', subjects: ['App/Custom'] }],
    });
  });

  test('allow nobody where only an API key or AWS credentials open a method', () => {
    const methods = [method('App/Key', 'GET', '/key', { kind: 'apiKey' }), method('App/Iam', 'GET', '/iam', { kind: 'iam' })];
    expect(buildMatrix(photoModel({ methods }))).toMatchObject({ allowed: [], unknown: [] });
  });

  test('judge callers as having the API key that a method demands on top of a token', () => {
    const keyed = method('App/Keyed', 'GET', '/keyed', anyOf('photos/read'), { apiKeyRequired: true });
    expect(buildMatrix(photoModel({ methods: [keyed] }))).toMatchObject({
      methods: [{ apiKeyRequired: true }],
      allowed: [{ principal: 'App/Album' }, { principal: 'App/Export' }],
      notes: [{ kind: 'apiKey', subjects: ['App/Keyed'] }],
    });
  });

  test('are unknown with the reason where a client, its scope or a method is', () => {
    const clients = [machine('App/Export', 'NightlyExport', [{ unknown: 'parameter Scope has no default' }])];
    expect(buildMatrix(photoModel({ clients })).unknown).toEqual([
      { principal: 'App/Export', method: 'App/List', reason: 'parameter Scope has no default' },
      { principal: 'App/Export', method: 'App/Create', reason: 'parameter Scope has no default' },
    ]);
  });
});

describe('names', () => {
  test('of clients and APIs are their ids where they have no name', () => {
    const matrix = buildMatrix(photoModel({ apis: [api('App/Api')], clients: [{ ...machine('App/Export', '', []), name: undefined }] }));
    expect(matrix.principals[1].name).toBe('App/Export');
    expect(matrix.methods[0].api).toBe('App/Api');
  });

  test('of clients and APIs that templates do not fix are expressions, or else their ids', () => {
    const named = (name: Api['name']) => {
      const { principals, apis, methods } = buildMatrix(photoModel({ apis: [api('App/Api', undefined, { name })], clients: [{ ...machine('App/Export', '', []), name }] }));
      return [principals[1].name, apis[0].name, methods[0].api];
    };
    const expression = '${App/Stage}-photos';
    expect(named({ unknown: 'parameter', expression })).toEqual([expression, expression, expression]);
    expect(named({ unknown: 'parameter' })).toEqual(['App/Export', 'App/Api', 'App/Api']);
  });

  test('that templates do not fix are expressions, or reasons in angle brackets', () => {
    const scopes = [{ unknown: 'no default', expression: '${App/Id}/read' }, { unknown: 'parameter Scope has no default' }];
    const open = method('App/Open', 'GET', '/open', { kind: 'anyOf', authorizer: 'App/Auth', scopes });
    const { methods, allowed } = buildMatrix(photoModel({ methods: [open], clients: [machine('App/Export', 'Export', scopes)] }));
    expect(methods[0].access.scopes).toEqual(['${App/Id}/read', '<parameter Scope has no default>']);
    expect(allowed[0].scopes).toEqual(['${App/Id}/read']);
  });
});

describe('methods', () => {
  test('are ordered by API, path and verb', () => {
    const order = ['POST /b', 'DELETE /b', 'ANY /a', 'GET /b', 'GET /a', 'PUT /b'].map((route) => {
      const [verb, path] = route.split(' ');
      return method(`App/${route}`, verb as Method['verb'] & string, path, { kind: 'iam' });
    });
    expect(buildMatrix(photoModel({ methods: order })).methods.map(({ verb, path }) => `${verb} ${path}`))
      .toEqual(['GET /a', 'ANY /a', 'GET /b', 'PUT /b', 'POST /b', 'DELETE /b']);
  });

  test('with a verb that is not known come after the others of their path', () => {
    const methods = [
      method('App/2', { unknown: 'a parameter', expression: '${App/Verb}' }, '/a', { kind: 'iam' }), method('App/3', 'ANY', '/a', { kind: 'iam' }),
      method('App/1', { unknown: 'another' }, '/a', { kind: 'iam' }), method('App/4', 'GET', '/b', { kind: 'iam' }),
    ];
    expect(buildMatrix(photoModel({ methods })).methods.map(({ id }) => id)).toEqual(['App/3', 'App/1', 'App/2', 'App/4']);
  });
});

describe('notes', () => {
  const notesOf = (parts: Partial<AccessModel>) => buildMatrix(photoModel(parts)).notes.map(({ kind, subjects }) => ({ kind, subjects }));

  test('are absent where the cells say everything', () => {
    expect(notesOf({})).toEqual([]);
  });

  test('name an API with a resource policy', () => {
    expect(notesOf({ apis: [api('App/Api', 'photo-api', { resourcePolicy: true })] })).toEqual([{ kind: 'resourcePolicy', subjects: ['App/Api'] }]);
  });

  test('name a private API, certain or not', () => {
    const apis = [api('App/Api', 'photo-api', { private: true }), api('App/Other', 'other-api', { private: { unknown: 'a parameter' } })];
    expect(buildMatrix(photoModel({ apis })).notes).toEqual([
      { kind: 'privateApi', subjects: ['App/Other'], note: 'is perhaps private: only interface VPC endpoints reach it' },
      { kind: 'privateApi', subjects: ['App/Api'], note: 'is private: only interface VPC endpoints reach it' },
    ]);
  });

  test('of a resource policy that may refuse leave the cells of its API unknown, and of no other', () => {
    const apis = [api('App/Api', 'photo-api', { resourcePolicy: true, resourcePolicyDoubt: { unknown: 'it denies' } }), api('App/Other')];
    const methods = ['App/Api', 'App/Other'].map((id) => method(`${id}Health`, 'GET', '/health', { kind: 'public' }, { api: id }));
    const { allowed, unknown, notes } = buildMatrix(photoModel({ apis, methods }));
    expect(allowed.map(({ method: id }) => id)).toEqual(['App/OtherHealth']);
    expect(unknown).toEqual([{ principal: 'anonymous', method: 'App/ApiHealth', reason: 'it denies' }]);
    expect(notes.map(({ kind }) => kind)).toEqual(['resourcePolicy']);
  });

  test('of a resource policy that denies everybody every call stand beside empty cells', () => {
    const doubt = { unknown: 'it denies' };
    const apis = [
      api('App/Api', 'photo-api', { resourcePolicy: true, resourcePolicyDoubt: doubt, resourcePolicyDenies: true }),
      api('App/Other', 'other-api', { resourcePolicy: true, resourcePolicyDoubt: doubt }),
    ];
    const methods = ['App/Api', 'App/Other'].map((id) => method(`${id}Health`, 'GET', '/health', { kind: 'public' }, { api: id }));
    const { allowed, unknown, notes } = buildMatrix(photoModel({ apis, methods }));
    expect([allowed, unknown.map(({ method: id }) => id)]).toEqual([[], ['App/OtherHealth']]);
    expect(notes.map(({ subjects, note }) => [subjects, note])).toContainEqual([['App/Api'], 'has a resource policy that denies everybody every call']);
  });

  test('name a user pool with OAuth clients and no domain in the templates', () => {
    expect(notesOf({ domains: [] })).toEqual([{ kind: 'domainMissing', subjects: ['App/Pool'] }]);
  });

  test('say nothing of a domain where its user pool cannot be known', () => {
    expect(notesOf({ domains: [{ id: 'App/D', userPool: { unknown: 'parameter' }, domain: 'photos', custom: false }] })).toEqual([]);
  });

  test('name a client with a scope that its resource server no longer declares, and the methods that lose it', () => {
    expect(notesOf({ resourceServers: [server('App/Photos', 'photos', ['read'])] })).toEqual([
      { kind: 'inactiveScope', subjects: ['App/Album'] }, { kind: 'scopeUnobtainable', subjects: ['App/Create'] },
    ]);
  });

  test('name methods with the scope email, with unobtainable and with unchecked scopes', () => {
    expect(notesOf({
      methods: [
        method('App/Email', 'GET', '/email', anyOf('email', 'photos/read')),
        method('App/Nobody', 'GET', '/nobody', anyOf('orders/read')),
        method('App/Open', 'GET', '/open', { kind: 'public', uncheckedScopes: ['photos/read'] }),
        method('App/Perhaps', 'GET', '/perhaps', { kind: 'unknown', unknown: 'parameter Auth', uncheckedScopes: ['photos/read'] }),
      ],
    })).toEqual([
      { kind: 'scopeNeverMatches', subjects: ['App/Email'] },
      { kind: 'scopeUnobtainable', subjects: ['App/Nobody'] },
      { kind: 'uncheckedScopes', subjects: ['App/Open'] },
    ]);
  });

  test('call no scope unobtainable where a token may carry any', () => {
    const clients = [machine('App/Export', 'Export', [{ unknown: 'parameter' }])];
    expect(notesOf({ clients, methods: [method('App/Nobody', 'GET', '/nobody', anyOf('orders/read'))] })).toEqual([]);
  });

  test('name a user pool with the updated issuer, and what exists under a condition', () => {
    expect(notesOf({ userPools: [pool('App/Pool', { issuer: 'updated', condition: { unknown: 'condition IsProd' } })] })).toEqual([
      { kind: 'condition', subjects: ['App/Pool'] }, { kind: 'updatedIssuer', subjects: ['App/Pool'] },
    ]);
  });
});

describe('property:', () => {
  test('a cell equals what decide says of the tokens of the client', () => {
    fc.assert(fc.property(arbitraryModel(), (model) => {
      const cells = cellsOf(buildMatrix(model));
      for (const method_ of model.methods) {
        const anonymous = decisionsFor(model, method_, undefined);
        expect(cells('anonymous', method_.id)).toEqual(expected([anonymous]));
        for (const client of model.clients) {
          const tokens = obtainableTokens(model, client).map((token) => decisionsFor(model, method_, token));
          expect(cells(client.id, method_.id)).toEqual(expected([anonymous, ...tokens]));
        }
      }
    }), { numRuns: 400 });
  });

  test('the order of entities in the model does not matter', () => {
    fc.assert(fc.property(arbitraryModel(), (model) => {
      const reversed = Object.fromEntries(Object.entries(model).map(([key, value]) => [key, Array.isArray(value) ? [...value].reverse() : value]));
      expect(buildMatrix(reversed as unknown as AccessModel)).toEqual(buildMatrix(canonicalModel(model)));
    }));
  });

  test('each pair has at most one entry', () => {
    fc.assert(fc.property(arbitraryModel(), (model) => {
      const { allowed, unknown } = buildMatrix(model);
      const pairs = [...allowed, ...unknown].map(({ principal, method: id }) => `${principal} ${id}`);
      expect(new Set(pairs).size).toBe(pairs.length);
    }));
  });
});

test('an authorizer with several user pools opens a method to clients of each', () => {
  const model = photoModel({
    userPools: [pool('App/Pool'), pool('App/Other')],
    authorizers: [authorizer('App/Auth', 'App/Api', ['App/Pool', 'App/Other'])],
    clients: [machine('App/A', 'A', ['photos/read']), machine('App/B', 'B', ['photos/read'], { userPool: 'App/Other' })],
    methods: [method('App/List', 'GET', '/photos', anyOf('photos/read'))],
  });
  expect(buildMatrix(model).allowed.map(({ principal }) => principal)).toEqual(['App/A', 'App/B']);
});

test('a client of a literal pool may be a client of the declared one', () => {
  const model = photoModel({ clients: [machine('App/A', 'A', ['photos/read'], { userPool: 'us-east-1_AbC' })] });
  const { unknown, notes } = buildMatrix({ ...model, userPools: [pool('App/Pool'), pool('us-east-1_AbC', { origin: 'external' })] });
  expect(unknown).toEqual([{
    principal: 'App/A', method: 'App/List', reason: 'whether the user pools are the same cannot be known: App/Pool and us-east-1_AbC may be one user pool',
  }]);
  expect(notes.filter(({ kind, subjects }) => kind === 'scopeUnobtainable' && subjects.includes('App/List'))).toEqual([]);
});

/** The question of a cell, asked without the library's own grouping. */
function decisionsFor(model: AccessModel, { id, access }: Method, token: ReturnType<typeof obtainableTokens>[number] | undefined): Decision {
  const apiKey = access.kind === 'anyOf' || access.kind === 'idToken' || access.kind === 'lambda' || access.kind === 'iam' || access.kind === 'unknown';
  return decide(model, { target: { method: id }, token, apiKey });
}

function expected(decisions: readonly Decision[]) {
  const allowing = decisions.filter((decision) => decision.verdict === 'allow');
  if (allowing.length > 0) return { verdict: 'allow', scopes: new Set(allowing.flatMap(({ scopes }) => scopes)) };
  return { verdict: decisions.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'deny' };
}

function cellsOf({ allowed, unknown }: Matrix) {
  const keyOf = (principal: string, id: string) => `${principal} ${id}`;
  const allow = new Map(allowed.map((entry) => [keyOf(entry.principal, entry.method), new Set(entry.scopes)]));
  const open = new Set(unknown.map((entry) => keyOf(entry.principal, entry.method)));
  return (principal: string, id: string) => {
    // What holds for the anonymous caller holds for everybody.
    const key = [keyOf(principal, id), keyOf('anonymous', id)].find((each) => allow.has(each) || open.has(each));
    if (key === undefined) return { verdict: 'deny' };
    return open.has(key) ? { verdict: 'unknown' } : { verdict: 'allow', scopes: allow.get(key) };
  };
}

describe('a deprecated scope', () => {
  const deprecated = { removeAfter: '2027-01-31', reason: 'split in two' };
  const scopes = [{ name: 'read', deprecated }, { name: 'write' }, { unknown: 'a parameter' }];
  const withServer = (parts: Partial<AccessModel> = {}) => photoModel({ resourceServers: [{ ...server('App/Photos', 'photos', []), scopes }], ...parts });
  const notesOf = (model: AccessModel) => buildMatrix(model).notes.filter(({ kind }) => kind === 'deprecatedScope');

  test('is noted at the clients that have it and the methods that accept it', () => {
    expect(notesOf(withServer())).toEqual([
      { kind: 'deprecatedScope', subjects: ['App/List'], note: 'accepts photos/read, which is deprecated and may go after 2027-01-31: split in two' },
      { kind: 'deprecatedScope', subjects: ['App/Album', 'App/Export'], note: 'is granted photos/read, which is deprecated and may go after 2027-01-31: split in two' },
    ]);
  });

  test('is noted at its resource server where nothing uses it', () => {
    expect(notesOf(withServer({ clients: [], methods: [] }))).toEqual([{
      kind: 'deprecatedScope',
      subjects: ['App/Photos'],
      note: 'declares photos/read, which is deprecated and may go after 2027-01-31: split in two; nothing in these templates uses it',
    }]);
  });

  test('of another user pool is not noted', () => {
    const other = { ...server('App/Other', 'photos', [], 'App/OtherPool'), scopes };
    expect(notesOf(photoModel({ resourceServers: [server('App/Photos', 'photos', ['read', 'write']), other] }))).toMatchObject([{ subjects: ['App/Other'] }]);
  });
});
