import { anyOf, authorizer, machine, method, photoModel, pool, server, spa } from './models';
import { buildMatrix } from '../../src/analysis/matrix';
import type { MatrixNoteKind } from '../../src/analysis/matrix-data';
import type { AccessModel, UserPool } from '../../src/model/access-model';

const notesOf = (kind: MatrixNoteKind, parts: Partial<AccessModel>) => buildMatrix(photoModel(parts)).notes.filter((note) => note.kind === kind);

describe('a pre token generation trigger, which can take scopes away', () => {
  const withTrigger = (tokenTrigger: UserPool['tokenTrigger'], parts: Partial<AccessModel> = {}, triggerScopes: readonly string[] = []) =>
    notesOf('tokenTrigger', { userPools: [pool('App/Pool', { tokenTrigger, triggerScopes })], ...parts });
  const machines = { clients: [machine('App/Export', 'Export', ['photos/read'])] };

  test('is noted where a user\'s token opens a method', () => {
    expect(withTrigger('V2_0')).toEqual([{
      kind: 'tokenTrigger',
      subjects: ['App/Pool'],
      note: 'has a pre token generation trigger (V2_0), which can take scopes away: access tokens of users may open less than these answers say',
    }]);
  });

  test('of version V2_0 is not noted where only machines open methods, one of version V3_0 is', () => {
    expect(withTrigger('V2_0', machines)).toEqual([]);
    expect(withTrigger('V3_0', machines)).toMatchObject([{ subjects: ['App/Pool'], note: expect.stringContaining('(V3_0)') }]);
    expect(withTrigger('V3_0', machines)[0].note).toContain('tokens of users and machines');
  });

  test('of version V2_0 is not noted where the scope is only in the machine token of a client that signs users in too', () => {
    const both = machine('App/Both', 'Both', ['photos/read'], { authFlows: ['ALLOW_USER_SRP_AUTH'] });
    expect(withTrigger('V2_0', { clients: [both] })).toEqual([]);
  });

  test('is noted where its version is not known', () => {
    expect(withTrigger({ unknown: 'a parameter' })).toMatchObject([{ note: expect.stringContaining('of a version that is not known') }]);
  });

  test('of version V1_0, of another user pool, or of tokens that open nothing is not noted', () => {
    expect(withTrigger('V1_0')).toEqual([]);
    expect(notesOf('tokenTrigger', { userPools: [pool('App/Pool'), pool('App/Other', { tokenTrigger: 'V3_0' })] })).toEqual([]);
    expect(withTrigger('V2_0', { methods: [method('App/Nobody', 'GET', '/nobody', anyOf('orders/read'))] })).toEqual([]);
  });

  test('is not noted where it is itself what opens the method, nor where an ID token does', () => {
    const profile = method('App/Profile', 'GET', '/me', { kind: 'idToken', authorizer: 'App/Auth' });
    const create = method('App/Create', 'POST', '/photos', anyOf('photos/write'));
    const album = spa('App/Album', 'Album', ['openid', 'photos/read']);
    expect(withTrigger('V2_0', { clients: [album], methods: [profile, create] }, ['photos/write'])).toEqual([]);
  });
});

test('a user pool that no template declares is noted with what is assumed of it', () => {
  expect(notesOf('externalUserPool', { userPools: [pool('App/Pool'), pool('us-east-1_AbC', { origin: 'external' })] })).toEqual([{
    kind: 'externalUserPool',
    subjects: ['us-east-1_AbC'],
    note: 'is declared by no template here and taken for one with the original issuer and without a pre token generation trigger that changes access tokens',
  }]);
});

test('a user pool that only a parameter or an import names is noted so too, once', () => {
  const pools = ['${App/PoolId}', '${import:net-PoolId}'].map((expression) => ({ unknown: 'outside of the templates', expression }));
  const [parameter] = pools;
  const clients = [machine('App/Export', 'Export', ['photos/read'], { userPool: parameter })];
  const notes = notesOf('externalUserPool', { userPools: [], clients, authorizers: [{ ...authorizer('App/Auth', 'App/Api', []), userPools: pools }] });
  expect(notes).toMatchObject([{ subjects: ['${App/PoolId}', '${import:net-PoolId}'], note: expect.stringContaining('with the original issuer') }]);
});

test('a user pool of which nothing is known is not noted', () => {
  const clients = [machine('App/Export', 'Export', ['photos/read'], { userPool: { unknown: 'a function' } })];
  expect(notesOf('externalUserPool', { clients })).toEqual([]);
});

describe('a scope of one full name in two user pools of an authorizer', () => {
  const two = (other: AccessModel['resourceServers'], pools = ['App/Pool', 'App/Other']): Partial<AccessModel> => ({
    userPools: [pool('App/Pool'), pool('App/Other')],
    resourceServers: [server('App/Photos', 'photos', ['read', 'write']), ...other],
    authorizers: [authorizer('App/Auth', 'App/Api', pools)],
  });
  const shared = server('App/OtherPhotos', 'photos', ['read'], 'App/Other');

  test('is noted at the methods that accept it', () => {
    expect(notesOf('sharedScope', two([shared]))).toEqual([{
      kind: 'sharedScope',
      subjects: ['App/List'],
      note: 'accepts photos/read of user pools App/Other and App/Pool: API Gateway compares the name alone',
    }]);
  });

  test('is noted where the second resource server may declare it', () => {
    const open = { ...shared, scopes: [{ unknown: 'a parameter' }] };
    expect(notesOf('sharedScope', two([open])).map(({ subjects }) => subjects)).toEqual([['App/List'], ['App/Create']]);
  });

  test('is not noted where the authorizer takes one of the user pools, or the other has another identifier', () => {
    expect(notesOf('sharedScope', two([shared], ['App/Pool']))).toEqual([]);
    expect(notesOf('sharedScope', two([shared], ['App/Pool', 'App/Pool']))).toEqual([]);
    expect(notesOf('sharedScope', two([server('App/Orders', 'orders', ['read'], 'App/Other')]))).toEqual([]);
  });

  test('standard scopes are not noted', () => {
    const methods = [method('App/Profile', 'GET', '/me', anyOf('openid'))];
    expect(notesOf('sharedScope', { ...two([shared]), methods })).toEqual([]);
  });
});
