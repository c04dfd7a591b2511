import { anyOf, authorizer, machine, method, photoModel, pool, server } from './models';
import { buildMatrix } from '../../src/analysis/matrix';
import type { AccessModel } from '../../src/model/access-model';

/** The notes about the scope of a method whose authorizer takes tokens of `App/Other`. */
function notesOf(parts: Partial<AccessModel> = {}) {
  const methods = [method('App/List', 'GET', '/photos', anyOf('photos/read'))];
  const authorizers = [authorizer('App/Auth', 'App/Api', ['App/Other'])];
  return buildMatrix(photoModel({ userPools: [pool('App/Pool'), pool('App/Other')], authorizers, methods, ...parts })).notes
    .filter(({ kind }) => kind === 'scopeOfOtherPool' || kind === 'scopeUnobtainable')
    .map(({ subjects, note }) => `${subjects.join()} ${note}`);
}

const UNOBTAINABLE = 'App/List accepts the scope photos/read, which no client of its authorizer\'s user pools obtains in these templates';

test('a scope of a user pool that the authorizer does not take is noted with its resource server', () => {
  expect(notesOf()).toEqual(['App/List accepts the scope photos/read, which resource server App/Photos declares in user pool App/Pool; '
    + 'its authorizer takes tokens of App/Other only']);
});

test('a scope that a resource server of an accepted user pool may declare is not', () => {
  expect(notesOf({ resourceServers: [server('App/Photos', 'photos', ['read']), server('App/Same', 'photos', ['read'], 'App/Other')] })).toEqual([UNOBTAINABLE]);
  expect(notesOf({ authorizers: [authorizer('App/Auth', 'App/Api', ['App/Other', 'App/Pool'])] })).toEqual([]);
});

test('a scope that no resource server declares is not', () => {
  expect(notesOf({ resourceServers: [server('App/Photos', 'photos', ['write'])] })).toEqual([UNOBTAINABLE]);
  expect(notesOf({ resourceServers: [], clients: [machine('App/Export', 'Export', ['photos/read'])] })).toEqual([UNOBTAINABLE]);
});

test('nothing is said of other user pools where the authorizer takes tokens of none', () => {
  expect(notesOf({ authorizers: [authorizer('App/Auth', 'App/Api', [])] })).toEqual([UNOBTAINABLE]);
});

test('a user pool that may be an accepted one is not', () => {
  expect(notesOf({ authorizers: [authorizer('App/Auth', 'App/Api', ['us-east-1_AbCdEfGhI'])] })).toEqual([]);
  const resourceServers = [{ ...server('App/Photos', 'photos', ['read']), origin: 'external' as const }];
  expect(notesOf({ authorizers: [authorizer('App/Auth', 'App/Api', ['us-east-1_AbCdEfGhI'])], resourceServers })).toEqual([]);
});
