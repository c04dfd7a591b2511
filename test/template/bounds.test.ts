import { resolve } from './templates';
import { Unresolved } from '../../src/template/unresolved';

describe('work and texts have bounds', () => {
  test('the values of Fn::Sub are resolved once each, however often they stand in the text', () => {
    let expression: unknown = 'x';
    for (let level = 0; level < 30; level++) {
      expression = { 'Fn::Select': ['0', { 'Fn::Split': ['-', { 'Fn::Sub': ['${a}-${a}', { a: expression }] }] }] };
    }
    let doubling: unknown = { Ref: 'Host' };
    for (let level = 0; level < 30; level++) doubling = { 'Fn::Sub': ['${a}${a}', { a: doubling }] };
    expect(resolve(expression)).toBe('x');
    expect(resolve(doubling, { Parameters: { Host: { Type: 'String' } } })).toMatchObject({ unknown: expect.stringContaining('longer') as string });
  });

  test.each<[string, unknown]>([
    ['Fn::Sub', { 'Fn::Sub': '${Before}${Before}' }],
    ['Fn::Join', { 'Fn::Join': ['-', [{ Ref: 'Before' }, { Ref: 'Before' }]] }],
    ['Fn::FindInMap', { 'Fn::FindInMap': [{ Ref: 'Unknown' }, { Ref: 'Before' }, { Ref: 'Before' }] }],
    ['Fn::ToJsonString', { 'Fn::ToJsonString': [{ Ref: 'Before' }, { Ref: 'Before' }] }],
    ['Fn::Base64', { 'Fn::Base64': { 'Fn::Sub': '${Before}${Before}' } }],
  ])('a text that %s doubles again and again is unknown', (_, step) => {
    const resources: { [name: string]: unknown } = { R0: { Type: 'AWS::Cognito::UserPoolDomain', Properties: { Domain: '0123456789' } } };
    for (let count = 1; count < 50; count++) {
      const text = JSON.stringify(step).replaceAll('Before', `R${count - 1}`);
      resources[`R${count}`] = { Type: 'AWS::Cognito::UserPoolDomain', Properties: { Domain: JSON.parse(text) as unknown } };
    }
    expect(resolve({ Ref: 'R49' }, { Resources: resources })).toBeInstanceOf(Unresolved);
    expect(resolve({ Ref: 'R2' }, { Resources: resources })).toBeDefined();
  });

  test('a mapping holds no functions', () => {
    const find = { 'Fn::FindInMap': ['M', 'a', 'b'] };
    expect(resolve(find, { Mappings: { M: { a: { b: { 'Fn::Join': ['', [find, find]] } } } } }))
      .toMatchObject({ unknown: 'mapping M.a.b of template App is neither text nor list' });
    expect(resolve(find, { Mappings: { M: { a: { b: ['x', 1] } } } })).toEqual(['x', 1]);
  });
});
