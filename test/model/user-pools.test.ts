import { modelOf, userPool } from './entities';
import { externalUserPool, sameUserPool, userPoolDoubt } from '../../src/model/user-pools';
import type { Value } from '../../src/model/value';

const MODEL = modelOf({
  userPools: [userPool(), userPool({ id: 'Other' }), userPool({ id: 'us-east-1_AbC', origin: 'external' }), userPool({ id: '${stageVariables.pool}', origin: 'external' })],
});
const WHY = 'parameter of stack App';

test.each<[string, Value<string>, Value<string>, boolean | undefined]>([
  ['the same declared pool', 'Pool', 'Pool', true],
  ['two declared pools', 'Pool', 'Other', false],
  ['the same literal id', 'us-east-1_AbC', 'us-east-1_AbC', true],
  ['two literal ids', 'us-east-1_AbC', 'us-east-1_Xyz', false],
  ['a declared pool and a literal id, which it may have', 'Pool', 'us-east-1_AbC', undefined],
  ['a literal id and a text that is no id', 'us-east-1_AbC', '${stageVariables.pool}', undefined],
  ['a declared pool and a text that is no id', 'Pool', '${stageVariables.pool}', undefined],
  ['a declared pool and an expression that reads otherwise', 'Pool', { unknown: WHY, expression: 'us-east-1_${App/Pool}' }, undefined],
  ['a literal id and an expression that it cannot be', 'us-east-1_AbC', { unknown: WHY, expression: 'eu-west-1_${App/Pool}' }, false],
  ['the same expression', { unknown: WHY, expression: '${App/Pool}' }, { unknown: WHY, expression: '${App/Pool}' }, true],
  ['nothing known', 'us-east-1_AbC', { unknown: WHY }, undefined],
])('%s', (_, a, b, expected) => {
  expect(sameUserPool(MODEL, a, b)).toBe(expected);
  expect(sameUserPool(MODEL, b, a)).toBe(expected);
});

test('the doubt tells why', () => {
  expect(userPoolDoubt('Pool', 'us-east-1_AbC').unknown).toBe('whether the user pools are the same cannot be known: Pool and us-east-1_AbC may be one user pool');
  expect(userPoolDoubt('Pool', { unknown: WHY }).unknown).toBe(`whether the user pools are the same cannot be known: ${WHY}`);
});

test('a user pool that templates only name is taken for one with the original issuer and no trigger', () => {
  expect(externalUserPool('us-east-1_AbC')).toEqual({ id: 'us-east-1_AbC', origin: 'external', issuer: 'original' });
});
