import * as fc from 'fast-check';
import { anyOf, method, photoModel } from './models';
import { MethodCandidates } from '../../src/analysis/method-candidates';
import { ScopeIndex } from '../../src/analysis/scope-index';
import type { ObtainableToken } from '../../src/model/tokens';
import { identityOf, sameText, type Value } from '../../src/model/value';
import { arbitraryScope } from '../model/arbitrary-model';

const expression = (text: string) => ({ unknown: 'parameter App/Stage has no default', expression: text });

test('property: finds everything under scopes that are not surely others, and nothing else', () => {
  const found = new Set<boolean>();
  fc.assert(fc.property(fc.array(arbitraryScope(), { maxLength: 8 }), arbitraryScope(), (scopes, wanted) => {
    fc.pre(identityOf(wanted) !== undefined);
    const index = new ScopeIndex<number>();
    scopes.forEach((scope, position) => index.add(scope, position));
    const expected = scopes.flatMap((scope, position) => (sameText(scope, wanted) === false ? [] : [position]));
    expect([...index.find(wanted)].sort()).toEqual(expected);
    expect(index.find(wanted)).toBe(index.find(wanted));
    found.add(expected.length > 0 && expected.length < scopes.length);
  }), { numRuns: 2000 });
  expect(found.size).toBe(2);
});

test('a scope that reads like an expression is none', () => {
  const index = new ScopeIndex<string>();
  index.add('${App/Stage}/read', 'text');
  index.add(expression('${App/Stage}/read'), 'expression');
  index.add(expression('${!App/Stage}/read'), 'escaped');
  expect([...index.find('${App/Stage}/read')].sort()).toEqual(['escaped', 'expression', 'text']);
  expect([...index.find(expression('${App/Stage}/write'))]).toEqual([]);
});

test('a token whose scopes are expressions is only judged at methods that may list one of them', () => {
  const names: Value<string>[] = ['read', 'write', 'delete'].map((name) => expression(`https://\${App/Stage}.example.com/${name}`));
  const groups = names.map((scope, position) => ({
    sample: method(`App/M${position}`, 'GET', `/${position}`, { ...anyOf(), scopes: [scope] } as ReturnType<typeof anyOf>), positions: [position],
  }));
  const token: ObtainableToken = { use: 'access', source: 'client_credentials', userPool: 'App/Pool', scopes: [names[1]] };
  const candidates = new MethodCandidates(photoModel({ methods: groups.map(({ sample }) => sample) }), groups);
  expect([...candidates.of([token])]).toEqual([groups[1]]);
});
