import { resolve, resolveIn, source } from './templates';
import { sameText } from '../../src/model/value';
import type { Unresolved } from '../../src/template/unresolved';

const PARAMETERS = {
  Whole: { Type: 'String', Default: '{{resolve:ssm:/pool}}' },
  Name: { Type: 'String', Default: '/pool' },
  List: { Type: 'CommaDelimitedList', Default: 'a,{{resolve:ssm:/pool}}' },
  Host: { Type: 'String' },
};

describe('dynamic references', () => {
  test.each<[string, unknown, unknown]>([
    ['the default of a parameter', { Ref: 'Whole' }, '${resolve:ssm:/pool}'],
    ['a default in Fn::Sub', { 'Fn::Sub': 'a/${Whole}' }, 'a/${resolve:ssm:/pool}'],
    ['Fn::Sub that puts one together', { 'Fn::Sub': '{{resolve:ssm:${Name}}}' }, '${resolve:ssm:/pool}'],
    ['Fn::Join that puts one together', { 'Fn::Join': ['', ['{{resolve:ssm:', { Ref: 'Name' }, '}}']] }, '${resolve:ssm:/pool}'],
    ['an unknown part inside', { 'Fn::Sub': 'a/{{resolve:ssm:/${Host}/pool}}/b' }, 'a/${resolve:ssm:/<App/Host>/pool}/b'],
    ['an unknown part that may end it', { 'Fn::Sub': 'a/{{resolve:ssm:/${Host}' }, undefined],
    ['an unknown part that may begin it', { 'Fn::Sub': 'a/{{${Host}:ssm:/b}}' }, undefined],
  ])('%s', (_, expression, expected) => {
    const { unknown, expression: actual } = resolve(expression, { Parameters: PARAMETERS }) as Unresolved;
    expect([typeof unknown, actual]).toEqual(['string', expected]);
  });

  test('one element of a list', () => {
    expect(resolve({ Ref: 'List' }, { Parameters: PARAMETERS })).toEqual(['a', expect.objectContaining({ expression: '${resolve:ssm:/pool}' })]);
  });
});

describe('what is looked up belongs to an account and a Region', () => {
  const here = { account: '111111111111', region: 'eu-west-1' };
  const there = { account: '111111111111', region: 'us-east-1' };
  const at = (expression: unknown, environment: object) => resolve(expression, {}, { environment }) as Unresolved;

  test.each<[string, unknown, string]>([
    ['a dynamic reference', '{{resolve:ssm:/pool}}', '${resolve:ssm:/pool in 111111111111/eu-west-1}'],
    ['an import', { 'Fn::ImportValue': 'pool' }, '${import:pool in 111111111111/eu-west-1}'],
    ['an output', { 'Fn::GetStackOutput': { StackName: 'S', OutputName: 'O' } }, '${output:S.O in 111111111111/eu-west-1}'],
  ])('%s', (_, expression, expected) => {
    expect(at(expression, here).expression).toBe(expected);
    expect(sameText(at(expression, here), at(expression, here))).toBe(true);
    expect(sameText(at(expression, here), at(expression, there))).toBeUndefined();
  });

  test('an output names its own Region', () => {
    const output = (region: unknown) => ({ 'Fn::GetStackOutput': { StackName: 'S', OutputName: 'O', Region: region } });
    expect(at(output('us-east-1'), here).expression).toBe(at({ 'Fn::GetStackOutput': { StackName: 'S', OutputName: 'O' } }, there).expression);
    expect(at(output('us-east-1'), {}).expression).toBe('${output:S.O in us-east-1}');
  });

  test('an output in a Region that is not known is none of the templates', () => {
    const reading = source({ Parameters: { Where: { Type: 'String' } }, Resources: {} }, { environment: here });
    const other = source({ Resources: {}, Outputs: { O: { Value: 'x' } } }, { stack: 'Other', stackName: 'S', environment: here });
    const output = (region: unknown) => ({ 'Fn::GetStackOutput': { StackName: 'S', OutputName: 'O', Region: region } });
    expect(resolveIn(output({ Ref: 'Where' }), reading, other)).toMatchObject({ expression: '${output:S.O in 111111111111/<App/Where>}' });
    expect(resolveIn(output({ 'Fn::GetAZs': '' }), reading, other)).toMatchObject({ unknown: 'Fn::GetAZs is computed at deployment' });
    expect(resolveIn(output('eu-west-1'), reading, other)).toBe('x');
  });
});

describe('outputs with a condition', () => {
  const importing = source({ Resources: {} });
  const exporting = (expected: string) => source({
    Conditions: { C: { 'Fn::Equals': ['a', expected] } },
    Resources: {},
    Outputs: { O: { Condition: 'C', Value: 'x', Export: { Name: 'pool' } } },
  }, { stack: 'Other', stackName: 'S' });
  test.each([{ 'Fn::ImportValue': 'pool' }, { 'Fn::GetStackOutput': { StackName: 'S', OutputName: 'O' } }])('%j', (expression) => {
    expect(resolveIn(expression, importing, exporting('a'))).toBe('x');
    expect(resolveIn(expression, importing, exporting('b'))).toMatchObject({ unknown: expect.any(String) as string });
  });
});
