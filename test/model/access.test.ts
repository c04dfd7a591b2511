import { scopesOf, type Access } from '../../src/model/access';

test.each<[string, Access, readonly unknown[]]>([
  ['the scopes of any-of', { kind: 'anyOf', authorizer: 'Authorizer', scopes: ['photos/read'] }, ['photos/read']],
  ['none for ID tokens', { kind: 'idToken', authorizer: 'Authorizer' }, []],
  ['none for a public method', { kind: 'public' }, []],
  ['scopes that a public method does not check', { kind: 'public', uncheckedScopes: ['photos/read'] }, ['photos/read']],
  ['scopes that IAM does not check', { kind: 'iam', uncheckedScopes: ['photos/read'] }, ['photos/read']],
  ['scopes beside an API key', { kind: 'apiKey', uncheckedScopes: ['photos/read'] }, ['photos/read']],
  ['scopes beside a Lambda authorizer', { kind: 'lambda', authorizer: 'Authorizer', uncheckedScopes: ['photos/read'] }, ['photos/read']],
  ['scopes of an unknown access', { kind: 'unknown', unknown: 'parameter Mode', uncheckedScopes: ['photos/read'] }, ['photos/read']],
])('scopesOf gives %s', (_, access, scopes) => {
  expect(scopesOf(access)).toEqual(scopes);
});
