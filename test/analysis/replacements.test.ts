import * as fc from 'fast-check';
import { machine, photoModel, pool, server, spa } from './models';
import { replacements } from '../../src/analysis/replacements';
import type { AccessModel } from '../../src/model/access-model';
import { arbitraryModel } from '../model/arbitrary-model';

const EXPORT = { id: 'App/Export', name: 'NightlyExport' };
const ALBUM = { id: 'App/Album', name: 'Album' };

/** What is replaced when some entities of the photo service change. */
const after = (parts: Partial<AccessModel>, before = photoModel()) => replacements(before, { ...before, ...parts });

describe('nothing is replaced', () => {
  test('property: where nothing changed', () => {
    fc.assert(fc.property(arbitraryModel(), (model) => expect(replacements(model, model)).toEqual([])));
  });

  test('where names, scopes and grants change, and things are added or removed', () => {
    expect(after({
      resourceServers: [{ ...server('App/Photos', 'photos', ['view']), name: 'Photos' }, server('App/Orders', 'orders', ['read'])],
      clients: [machine('App/Export', 'Another name', ['photos/view']), machine('App/New', 'New', ['photos/view'])],
      domains: [],
    })).toEqual([]);
  });

  test('where a value is not known before and after, and reads the same', () => {
    const unknown = { unknown: 'parameter Secret of stack App' };
    const clients = [machine('App/Export', 'NightlyExport', ['photos/read'], { secret: unknown })];
    expect(after({ clients }, photoModel({ clients }))).toEqual([]);
  });
});

describe('a resource server is replaced', () => {
  test('with another identifier, and breaks the clients and methods that list its scopes', () => {
    expect(after({ resourceServers: [server('App/Photos', 'pictures', ['read', 'write'])] })).toEqual([{
      kind: 'resourceServer',
      id: 'App/Photos',
      change: 'identifier',
      before: 'photos',
      after: 'pictures',
      certain: true,
      clients: [EXPORT, ALBUM],
      methods: ['App/Create', 'App/List'],
    }]);
  });

  test('in another user pool', () => {
    expect(after({ resourceServers: [server('App/Photos', 'photos', ['read'], 'App/Other')] }))
      .toMatchObject([{ change: 'userPool', before: 'App/Pool', after: 'App/Other', certain: true }]);
  });

  test('under another logical id', () => {
    expect(after({ resourceServers: [server('App/Pictures', 'photos', ['read'])] }))
      .toMatchObject([{ kind: 'resourceServer', change: 'logicalId', before: 'App/Photos', after: 'App/Pictures' }]);
  });

  test('perhaps, with an identifier that only deployment knows', () => {
    const identifier = { unknown: 'parameter Name of stack App', expression: '${App/Name}' };
    expect(after({ resourceServers: [{ ...server('App/Photos', '', ['read']), identifier }] }))
      .toMatchObject([{ change: 'identifier', after: '${App/Name}', certain: false }]);
  });

  test('and breaks no client of another server or pool', () => {
    const before = photoModel({
      resourceServers: [server('App/Photos', 'photos', ['read']), server('App/Orders', 'orders', ['read'])],
      clients: [machine('App/A', 'A', ['orders/read']), machine('App/B', 'B', ['photos/read'], { userPool: 'App/Other' })],
    });
    expect(after({ resourceServers: [server('App/Photos', 'pictures', ['read'])] }, before)).toMatchObject([{ clients: [], methods: [] }]);
  });
});

describe('a user pool is replaced', () => {
  const moved = (model: AccessModel, id: string): Partial<AccessModel> => ({
    userPools: model.userPools.map((each) => ({ ...each, id })),
    resourceServers: model.resourceServers.map((each) => ({ ...each, id: `${each.id}2`, userPool: id })),
    clients: model.clients.map((each) => ({ ...each, id: `${each.id}2`, userPool: id })),
  });

  test('with all that it holds, where another one appears in its place', () => {
    const found = after(moved(photoModel(), 'App/New'));
    expect(found.map(({ kind, change, after: now }) => `${kind} ${change} ${now}`)).toEqual([
      'userPool logicalId App/New',
      'resourceServer logicalId App/Photos2', 'resourceServer userPool App/New',
      'client logicalId App/Export2', 'client userPool App/New',
      'client logicalId App/Album2', 'client userPool App/New',
    ]);
    expect(found[0]).toMatchObject({ id: 'App/Pool', clients: [EXPORT, ALBUM], methods: ['App/Create', 'App/List'] });
  });

  test('where several vanish and appear: by its name', () => {
    const named = (id: string, name: string) => ({ ...pool(id), name });
    const before = photoModel({ userPools: [named('App/Pool', 'users'), named('App/B', 'staff')] });
    const userPools = [named('App/X', 'staff'), named('App/Y', 'others')];
    expect(after({ userPools }, before).filter(({ kind }) => kind === 'userPool')).toMatchObject([{ id: 'App/B', after: 'App/X' }]);
  });
});

test('what the models only refer to is not replaced', () => {
  const external = <T extends object>(entities: readonly T[], change: object) => entities.map((each) => ({ ...each, origin: 'external' as const, ...change }));
  const before = photoModel();
  const model = {
    ...before,
    resourceServers: external(before.resourceServers, {}),
    clients: external(before.clients, {}),
    domains: external(before.domains, {}),
    userPools: external(before.userPools, {}),
  };
  expect(after({
    resourceServers: external(model.resourceServers, { identifier: 'pictures' }),
    clients: external(model.clients, { id: 'App/Renamed' }),
    domains: external(model.domains, { domain: 'pictures' }),
    userPools: external(model.userPools, { id: 'App/Renamed' }),
  }, model)).toEqual([]);
});

describe('a client is replaced', () => {
  test.each([['a machine that loses its secret', true, false], ['one that gets a secret', false, true]])('%s', (_, before, now) => {
    const client = machine('App/Export', 'NightlyExport', ['photos/read'], { secret: before });
    expect(after({ clients: [{ ...client, secret: now }] }, photoModel({ clients: [client] }))).toEqual([{
      kind: 'client',
      id: 'App/Export',
      change: 'secret',
      before: String(before),
      after: String(now),
      certain: true,
      clients: [EXPORT],
      // Without a secret a machine obtains no token.
      methods: before ? ['App/List'] : [],
    }]);
  });

  test('in another user pool', () => {
    const [client] = photoModel().clients;
    expect(after({ userPools: [pool('App/Pool'), pool('App/Other')], clients: [{ ...client, userPool: 'App/Other' }] }))
      .toMatchObject([{ kind: 'client', id: 'App/Export', change: 'userPool', clients: [EXPORT], methods: ['App/List'] }]);
  });

  test('under another logical id', () => {
    expect(after({ clients: [machine('App/Job', 'NightlyExport', ['photos/read']), spa('App/Album', 'Album', ['photos/read'])] }))
      .toMatchObject([{ kind: 'client', change: 'logicalId', before: 'App/Export', after: 'App/Job' }]);
  });
});

describe('a domain is replaced', () => {
  const domain = { id: 'App/Domain', userPool: 'App/Pool', domain: 'photos', custom: false };

  test('with another name, and breaks every client of the pool that uses it', () => {
    expect(after({ domains: [{ ...domain, domain: 'pictures' }] })).toEqual([{
      kind: 'domain',
      id: 'App/Domain',
      change: 'domain',
      before: 'photos',
      after: 'pictures',
      certain: true,
      clients: [EXPORT, ALBUM],
      methods: ['App/Create', 'App/List'],
    }]);
  });

  test('and breaks no client without a grant', () => {
    const clients = [machine('App/Export', 'NightlyExport', [], { flows: [] })];
    expect(after({ domains: [{ ...domain, domain: 'pictures' }] }, photoModel({ clients }))).toMatchObject([{ clients: [], methods: [] }]);
  });
});
