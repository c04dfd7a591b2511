import { api, authorizer, machine, method, photoModel, pool, spa } from './models';
import { dependsOnToken, judge, judgementOf, requestFor } from '../../src/analysis/judge';
import type { Access } from '../../src/model/access';
import { obtainableTokens } from '../../src/model/tokens';

const ACCESSES: readonly [Access['kind'], Access][] = [
  ['anyOf', { kind: 'anyOf', authorizer: 'App/Auth', scopes: ['photos/read'] }],
  ['idToken', { kind: 'idToken', authorizer: 'App/Auth' }],
  ['iam', { kind: 'iam' }],
  ['apiKey', { kind: 'apiKey' }],
  ['public', { kind: 'public' }],
  ['lambda', { kind: 'lambda', authorizer: 'App/Auth' }],
  ['unknown', { kind: 'unknown', unknown: 'a parameter' }],
];
const methodWith = (access: Access) => method('App/It', 'GET', '/it', access);
const kinds = (test_: (access: Access) => boolean) => ACCESSES.filter(([, access]) => test_(access)).map(([kind]) => kind);

test('the answer depends on the token where an authorizer checks it, and nowhere else', () => {
  expect(kinds((access) => dependsOnToken(methodWith(access)))).toEqual(['anyOf', 'idToken']);
});

test('callers are judged as having an API key, except where it is all that is needed or nothing is', () => {
  expect(kinds((access) => requestFor(methodWith(access)).apiKey === true)).toEqual(['anyOf', 'idToken', 'iam', 'lambda', 'unknown']);
});

describe('what opens a method', () => {
  const model = photoModel({
    userPools: [pool('App/Pool')],
    apis: [api('App/Api')],
    authorizers: [authorizer('App/Auth', 'App/Api', ['App/Pool'])],
    methods: ACCESSES.map(([, access]) => methodWith(access)),
  });
  const tokens = [...obtainableTokens(model, machine('App/A', 'A', ['photos/read'])), ...obtainableTokens(model, spa('App/B', 'B', ['openid', 'photos/read']))];

  test.each([
    ['anyOf', { verdict: 'allow', token: 'access', scopes: ['photos/read'] }],
    ['idToken', { verdict: 'allow', token: 'id', scopes: [] }],
    ['public', { verdict: 'allow', token: 'none', scopes: [] }],
    ['iam', { verdict: 'deny' }],
    ['apiKey', { verdict: 'deny' }],
    ['lambda', { verdict: 'unknown', reason: 'a Lambda authorizer decides' }],
    ['unknown', { verdict: 'unknown', reason: 'a parameter' }],
  ])('of access %s', (kind, expected) => {
    const access = ACCESSES.find(([each]) => each === kind)![1];
    expect(judge({ ...model, methods: [methodWith(access)] }, methodWith(access), tokens)).toEqual(expected);
  });

  test('by scopes that only a trigger adds is marked so, by others not, and never where no token is needed', () => {
    const [, access] = ACCESSES[0];
    const decision = { verdict: 'allow', reason: 'scopeMatched', method: 'App/It', scopes: ['photos/read'] } as const;
    const token = { use: 'access', source: 'code', userPool: 'App/Pool', scopes: ['photos/read'] } as const;
    expect(judgementOf(methodWith(access), [decision], [{ ...token, byTrigger: ['photos/read'] }])).toMatchObject({ byTrigger: true });
    expect(judgementOf(methodWith(access), [decision, decision], [{ ...token, byTrigger: ['photos/read'] }, token])).not.toHaveProperty('byTrigger');
    const open = { verdict: 'allow', reason: 'public', method: 'App/It', scopes: [] } as const;
    expect(judgementOf(methodWith({ kind: 'public' }), [open], [{ ...token, byTrigger: ['photos/read'] }])).toEqual({ verdict: 'allow', token: 'none', scopes: [] });
  });
});
