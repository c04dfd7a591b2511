import * as fc from 'fast-check';
import { resolve, resolveIn, source } from './templates';
import { Unresolved } from '../../src/template/unresolved';

const PARAMETERS = {
  Host: { Type: 'String' },
  Stage: { Type: 'String', Default: 'live' },
  Count: { Type: 'Number', Default: 3 },
  Zones: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
  Pools: { Type: 'CommaDelimitedList' },
  Secret: { Type: 'String', Default: 'hidden', NoEcho: true },
  Parameter: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/photos/pool' },
  Broken: { Type: 'String', Default: { a: 1 } },
};
const RESOURCES = {
  Pool: { Type: 'AWS::Cognito::UserPool' },
  Server: { Type: 'AWS::Cognito::UserPoolResourceServer', Properties: { Identifier: { 'Fn::Sub': 'https://${Stage}.example.com' } } },
  Domain: { Type: 'AWS::Cognito::UserPoolDomain', Properties: { Domain: 'photos' } },
  Client: { Type: 'AWS::Cognito::UserPoolClient' },
  Other: { Type: 'AWS::S3::Bucket' },
};
const SECTIONS = {
  Parameters: PARAMETERS,
  Resources: RESOURCES,
  Mappings: { Names: { live: { host: 'photos.example.com' } } },
};

describe('texts that are known', () => {
  test.each<[string, unknown, unknown]>([
    ['Ref of a parameter with a default gives the default', { Ref: 'Stage' }, 'live'],
    ['Ref of a number gives a text', { Ref: 'Count' }, '3'],
    ['Ref of a list gives its trimmed elements', { Ref: 'Zones' }, ['a', 'b', 'c']],
    ['Ref of a resource server gives its identifier', { Ref: 'Server' }, 'https://live.example.com'],
    ['Ref of a domain gives its prefix', { Ref: 'Domain' }, 'photos'],
    ['Fn::Join puts a delimiter between elements', { 'Fn::Join': ['/', ['a', { Ref: 'Stage' }, 'c']] }, 'a/live/c'],
    ['Fn::Join joins a list parameter', { 'Fn::Join': ['', { Ref: 'Zones' }] }, 'abc'],
    ['Fn::Join leaves AWS::NoValue out', { 'Fn::Join': ['/', ['a', { Ref: 'AWS::NoValue' }, 'c']] }, 'a/c'],
    ['Fn::Sub puts names in place', { 'Fn::Sub': '${Server}/${Stage}' }, 'https://live.example.com/live'],
    ['Fn::Sub knows its own values first', { 'Fn::Sub': ['${Stage}-${x}', { Stage: 'own', x: { Ref: 'Count' } }] }, 'own-3'],
    ['Fn::Sub keeps a name with an exclamation mark', { 'Fn::Sub': '${!Literal}/${Stage}' }, '${Literal}/live'],
    ['Fn::Select takes an element', { 'Fn::Select': ['1', { 'Fn::Split': ['.', 'a.b.c'] }] }, 'b'],
    ['Fn::FindInMap finds a value', { 'Fn::FindInMap': ['Names', { Ref: 'Stage' }, 'host'] }, 'photos.example.com'],
    ['Fn::FindInMap falls back to its default', { 'Fn::FindInMap': ['Names', 'dev', 'host', { DefaultValue: 'localhost' }] }, 'localhost'],
    ['Fn::Base64 encodes', { 'Fn::Base64': 'photos' }, 'cGhvdG9z'],
    ['Fn::Length counts', { 'Fn::Length': { Ref: 'Zones' } }, 3],
    ['Fn::ToJsonString writes JSON', { 'Fn::ToJsonString': { a: { Ref: 'Stage' } } }, '{"a":"live"}'],
    ['AWS::NoValue removes a member and an element', { a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }] }, { b: [1] }],
    ['a member named like an inherited one is an ordinary member', JSON.parse('{"__proto__":{"a":1},"constructor":2}'),
      JSON.parse('{"__proto__":{"a":1},"constructor":2}')],
  ])('%s', (_, expression, expected) => {
    expect(resolve(expression, SECTIONS)).toEqual(expected);
  });
});

describe('texts that are not known', () => {
  test.each<[string, unknown, string | undefined]>([
    ['a parameter without a default', { Ref: 'Host' }, '${App/Host}'],
    ['a secret parameter, default or not', { Ref: 'Secret' }, '${App/Secret}'],
    ['a parameter of Systems Manager', { Ref: 'Parameter' }, '${App/Parameter}'],
    ['a parameter whose default is an object', { Ref: 'Broken' }, '${App/Broken}'],
    ['a missing name', { Ref: 'Nothing' }, '${App/Nothing}'],
    ['a text around an unknown', { 'Fn::Sub': 'https://${Host}/read' }, 'https://${App/Host}/read'],
    ['an element of an unknown list', { 'Fn::Select': [0, { Ref: 'Pools' }] }, '${App/Pools [0]}'],
    ['a part of an unknown text', { 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: 'Host' }] }] }, '${App/Host split / [1]}'],
    ['a user pool', { Ref: 'Pool' }, '${App/Pool}'],
    ['a user pool by its attribute', { 'Fn::GetAtt': ['Pool', 'UserPoolId'] }, '${App/Pool}'],
    ['a client by its attribute in one text', { 'Fn::GetAtt': 'Client.ClientId' }, '${App/Client}'],
    ['the id in the ARN of a user pool', { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Pool', 'Arn'] }] }] }, '${App/Pool}'],
    ['an attribute of any resource', { 'Fn::Sub': '${Other.Arn}' }, '${App/Other.Arn}'],
    ['an import from elsewhere', { 'Fn::ImportValue': { 'Fn::Sub': '${Stage}-pool' } }, '${import:live-pool}'],
    ['an output of a stack elsewhere', { 'Fn::GetStackOutput': { StackName: 'Auth', OutputName: 'Pool' } }, '${output:Auth.Pool}'],
    ['a dynamic reference', 'a/{{resolve:ssm:/photos/pool:1}}', 'a/${resolve:ssm:/photos/pool:1}'],
    ['a dynamic reference in Fn::Sub', { 'Fn::Sub': '{{resolve:ssm:/${Stage}/pool}}' }, '${resolve:ssm:/live/pool}'],
    ['a Region', { Ref: 'AWS::Region' }, '${AWS::Region}'],
    ['a stack name', { Ref: 'AWS::StackName' }, '${App/AWS::StackName}'],
    ['a mapping by an unknown key', { 'Fn::FindInMap': ['Names', { Ref: 'Host' }, 'host'] }, '${App/Names[<App/Host>][host]}'],
    ['availability zones', { 'Fn::GetAZs': '' }, undefined],
    ['address ranges', { 'Fn::Cidr': ['10.0.0.0/16', 1] }, undefined],
    ['an include', { 'Fn::Transform': { Name: 'AWS::Include', Parameters: {} } }, undefined],
    ['a function of the future', { 'Fn::Sort': ['b', 'a'] }, undefined],
    ['a part of Fn::Join that is an object', { 'Fn::Join': ['', ['a', { b: 1 }]] }, undefined],
  ])('%s keeps its expression', (_, expression, expected) => {
    const value = resolve(expression, SECTIONS);
    expect(value).toBeInstanceOf(Unresolved);
    expect((value as Unresolved).expression).toBe(expected);
    expect((value as Unresolved).unknown).not.toBe('');
  });

  test('a secret default appears nowhere', () => {
    expect(JSON.stringify(resolve({ 'Fn::Sub': 'x${Secret}' }, SECTIONS))).not.toContain('hidden');
  });
});

describe('pseudo parameters', () => {
  test.each([
    ['eu-west-1', 'aws', 'amazonaws.com'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
  ])('in %s the partition is %s', (region, partition, suffix) => {
    const text = { 'Fn::Sub': '${AWS::Region} ${AWS::AccountId} ${AWS::Partition} ${AWS::URLSuffix} ${AWS::StackName}' };
    const more = { environment: { region, account: '111122223333' }, stackName: 'photos' };
    expect(resolve(text, {}, more)).toBe(`${region} 111122223333 ${partition} ${suffix} photos`);
  });
});

describe('language extensions', () => {
  const loop = (collection: unknown) => ({ 'Fn::ForEach::Names': ['Name', collection, { 'key${Name}': { 'Fn::Sub': 'is ${Name} in ${Stage}' }, 'x&{Name}': { Ref: 'Name' } }] });

  test('Fn::ForEach makes members for each element', () => {
    expect(resolve(loop(['a', 'b-c']), SECTIONS)).toEqual({
      'keya': 'is a in live', 'xa': 'a', 'keyb-c': 'is b-c in live', 'xbc': 'b-c',
    });
  });

  test('Fn::ForEach over an unknown collection leaves one unknown member', () => {
    const value = resolve(loop({ Ref: 'Pools' }), SECTIONS) as { [name: string]: unknown };
    expect(Object.keys(value)).toEqual(['key${Name}', 'x&{Name}']);
    expect(value['key${Name}']).toBeInstanceOf(Unresolved);
  });
});

describe('conditions', () => {
  const sections = {
    Parameters: PARAMETERS,
    Conditions: {
      Live: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] },
      Test: { 'Fn::Not': [{ Condition: 'Live' }] },
      Open: { 'Fn::Equals': [{ Ref: 'Host' }, 'a'] },
      Same: { 'Fn::Equals': [{ Ref: 'Host' }, { 'Fn::Sub': '${Host}' }] },
      Different: { 'Fn::Equals': [{ 'Fn::Sub': '${Host}/a' }, { 'Fn::Sub': '${Host}/b' }] },
      LiveAndOpen: { 'Fn::And': [{ Condition: 'Live' }, { Condition: 'Open' }] },
      TestAndOpen: { 'Fn::And': [{ Condition: 'Open' }, { Condition: 'Test' }] },
      LiveOrOpen: { 'Fn::Or': [{ Condition: 'Open' }, { Condition: 'Live' }] },
      TestOrOpen: { 'Fn::Or': [{ Condition: 'Test' }, { Condition: 'Open' }] },
      Odd: ['not a condition'],
    },
  };
  test.each([
    ['Live', 'yes'], ['Test', 'no'], ['Same', 'yes'], ['Different', 'no'], ['TestAndOpen', 'no'], ['LiveOrOpen', 'yes'],
    ['Open', undefined], ['LiveAndOpen', undefined], ['TestOrOpen', undefined], ['Odd', undefined], ['Missing', undefined],
  ])('Fn::If of %s gives %s', (name, expected) => {
    const value = resolve({ 'Fn::If': [name, 'yes', 'no'] }, sections);
    if (expected === undefined) expect(value).toBeInstanceOf(Unresolved);
    else expect(value).toBe(expected);
  });

  test('Fn::If with equal branches is known whatever the condition', () => {
    expect(resolve({ 'Fn::If': ['Open', 'same', 'same'] }, sections)).toBe('same');
  });

  test('the same undecided choice has the same expression', () => {
    const choice = { 'Fn::If': ['Open', { Ref: 'Host' }, 'b'] };
    expect(resolve(choice, sections)).toMatchObject({ expression: '${App/Open ? <App/Host> : b}' });
  });

  test('an undecided condition names the parameter that decides it', () => {
    expect(resolve({ 'Fn::If': ['LiveAndOpen', 1, 2] }, sections)).toMatchObject({
      unknown: 'condition App/LiveAndOpen cannot be decided: parameter App/Host has no default',
    });
  });
});

describe('references across stacks', () => {
  const auth = source({
    Resources: { Pool: { Type: 'AWS::Cognito::UserPool' } },
    Outputs: { PoolId: { Value: { Ref: 'Pool' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-pool' } } } },
  }, { stack: 'Auth', stackName: 'auth' });
  const importing = { 'Fn::ImportValue': 'auth-pool' };
  const user = source({}, { stack: 'User' });

  test('an import gives what another stack exports', () => {
    expect(resolveIn(importing, user, auth)).toMatchObject({ expression: '${Auth/Pool}' });
  });

  test('an output of another stack is found by the stack name', () => {
    const output = { 'Fn::GetStackOutput': { StackName: 'auth', OutputName: 'PoolId' } };
    expect(resolveIn(output, user, auth)).toMatchObject({ expression: '${Auth/Pool}' });
  });

  test('an export of another Region is not imported', () => {
    const elsewhere = { ...auth, environment: { region: 'us-east-1' } };
    expect(resolveIn(importing, { ...user, environment: { region: 'eu-west-1' } }, elsewhere)).toMatchObject({ expression: '${import:auth-pool in eu-west-1}' });
  });

  test('an output is read from the Region that the function names', () => {
    const output = { 'Fn::GetStackOutput': { StackName: 'auth', OutputName: 'PoolId', Region: 'us-east-1' } };
    const elsewhere = { ...auth, environment: { region: 'us-east-1' } };
    expect(resolveIn(output, { ...user, environment: { region: 'eu-west-1' } }, elsewhere)).toMatchObject({ expression: '${Auth/Pool}' });
  });

  test('an output is found by the Region of the stack itself, whether that is known or not', () => {
    const output = { 'Fn::GetStackOutput': { StackName: 'auth', OutputName: 'PoolId', Region: { Ref: 'AWS::Region' } } };
    expect(resolveIn(output, user, auth)).toMatchObject({ expression: '${Auth/Pool}' });
    const [here, there] = ['eu-west-1', 'us-east-1'].map((region) => ({ environment: { region } }));
    expect(resolveIn(output, { ...user, ...here }, { ...auth, ...here })).toMatchObject({ expression: '${Auth/Pool}' });
    expect(resolveIn(output, { ...user, ...here }, { ...auth, ...there })).toMatchObject({ expression: '${output:auth.PoolId in eu-west-1}' });
    expect(resolveIn(output, user, { ...auth, ...there })).toMatchObject({ expression: '${output:auth.PoolId}' });
  });

  test('of two stages that export one name, a stack imports from its own', () => {
    const stages = ['Dev', 'Prod'].map((stage) => ({ ...auth, stack: `${stage}/Auth` }));
    expect(resolveIn(importing, { ...user, stack: 'Prod/User' }, ...stages)).toMatchObject({ expression: '${Prod/Auth/Pool}' });
    expect(resolveIn(importing, user, ...stages)).toMatchObject({ unknown: 'several stacks export auth-pool' });
  });
});

describe('nested stacks', () => {
  const parent = source({
    Parameters: { Host: { Type: 'String' } },
    Resources: {
      Pool: { Type: 'AWS::Cognito::UserPool' },
      Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { PoolId: { Ref: 'Pool' }, Names: 'a,b', Host: { Ref: 'Host' } } } },
    },
  });
  const child = source({
    Parameters: { PoolId: { Type: 'String', Default: 'x' }, Names: { Type: 'CommaDelimitedList' }, Host: { Type: 'String' } },
    Outputs: { Same: { Value: { Ref: 'PoolId' } } },
  }, { stack: 'App/Inner', nestedIn: { stack: 'App', logicalId: 'Inner' } });

  test.each([
    ['PoolId', { expression: '${App/Pool}' }],
    ['Names', ['a', 'b']],
    ['Host', { expression: '${App/Host}' }],
  ])('parameter %s comes from the parent', (name, expected) => {
    expect(resolveIn({ Ref: name }, child, parent)).toMatchObject(expected);
  });

  test('an output of a nested stack is resolved', () => {
    expect(resolveIn({ 'Fn::GetAtt': ['Inner', 'Outputs.Same'] }, parent, child)).toMatchObject({ expression: '${App/Pool}' });
  });

  test('an output of a nested stack without its template is unknown', () => {
    expect(resolveIn({ 'Fn::GetAtt': ['Inner', 'Outputs.Same'] }, parent)).toMatchObject({ expression: '${App/Inner.Outputs.Same}' });
  });
});

describe('property:', () => {
  const text = fc.stringMatching(/^[a-z:/.]{0,8}$/);

  test('Fn::Join of an unknown list is not the list', () => {
    const sections = { Parameters: { List: { Type: 'CommaDelimitedList' } } };
    const [list, joined, dashed] = [{ Ref: 'List' }, { 'Fn::Join': [',', { Ref: 'List' }] }, { 'Fn::Join': ['-', { Ref: 'List' }] }]
      .map((each) => (resolve(each, sections) as Unresolved).expression);
    expect([list, joined, dashed]).toEqual(['${App/List}', '${App/List joined by ,}', '${App/List joined by -}']);
  });

  test('Fn::Join and Fn::Sub of the same parts are equal', () => {
    const part = fc.oneof(text.map((literal) => ({ literal })), fc.constantFrom('Host', 'Stage', 'Server', 'Pool', 'AWS::Region').map((name) => ({ name })));
    fc.assert(fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const join = { 'Fn::Join': ['', parts.map((each) => ('name' in each ? { Ref: each.name } : each.literal))] };
      const sub = { 'Fn::Sub': parts.map((each) => ('name' in each ? `\${${each.name}}` : each.literal)).join('') };
      expect(resolve(join, SECTIONS)).toEqual(resolve(sub, SECTIONS));
    }));
  });

  test('Fn::Split undoes Fn::Join', () => {
    fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-z]{0,5}$/), { minLength: 1 }), (parts) => {
      expect(resolve({ 'Fn::Split': ['/', { 'Fn::Join': ['/', parts] }] })).toEqual(parts);
    }));
  });
});

describe('hostile depth', () => {
  const elements = Array.from({ length: 100 }, (_, i) => `e${i}`);
  const deep = (wrap: (inner: unknown) => unknown) => {
    let node: unknown = 'x';
    for (let level = 0; level < 50_000; level++) node = wrap(node);
    return node;
  };

  test.each<[string, (inner: unknown) => unknown]>([
    ['lists', (inner) => [inner]],
    ['objects', (inner) => ({ a: inner })],
    ['joins', (inner) => ({ 'Fn::Join': ['', [inner]] })],
    ['negations', (inner) => ({ 'Fn::Not': [inner] })],
    ['choices', (inner) => ({ 'Fn::If': [inner, 'a', 'b'] })],
    ['nested loops', (inner) => ({ 'Fn::ForEach::X': ['X', elements, typeof inner === 'string' ? { '${X}': 1 } : inner] })],
    ['loops', (inner) => ({ 'Fn::ForEach::X': ['X', ['a'], { '${X}': inner }] })],
  ])('50,000 %s in each other exhaust no stack', (_, wrap) => {
    expect(() => resolve(deep(wrap))).not.toThrow();
  });

  test('a chain of 20,000 conditions exhausts no stack', () => {
    const conditions = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`C${i}`, { 'Fn::Not': [{ Condition: `C${i + 1}` }] }]));
    expect(resolve({ 'Fn::If': ['C0', 'a', 'b'] }, { Conditions: conditions })).toBeInstanceOf(Unresolved);
  });
});
