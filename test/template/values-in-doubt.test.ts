import { modelOf, modelOfResources, resolve, resolveIn, source } from './templates';

/** A template whose condition `Open` cannot be decided. */
const OPEN = { Parameters: { Mode: { Type: 'String' } }, Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Mode' }, 'a'] } } };
const perhaps = (value: unknown) => ({ 'Fn::If': ['Open', value, { Ref: 'AWS::NoValue' }] });

describe('scopes of a method', () => {
  const accessWith = (scopes: unknown) => modelOf(source({
    ...OPEN,
    Resources: {
      Method: {
        Type: 'AWS::ApiGateway::Method',
        Properties: { RestApiId: 'api', ResourceId: 'res', HttpMethod: 'GET', AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: 'auth', AuthorizationScopes: scopes },
      },
    },
  })).methods[0].access;

  test('that may be an empty list leave open which token is needed', () => {
    expect(accessWith({ 'Fn::If': ['Open', ['a/b'], []] })).toMatchObject({ kind: 'unknown', unknown: expect.stringContaining('whether the method has scopes') });
    expect(accessWith({ 'Fn::If': ['Open', ['a/b'], ['a/c']] })).toMatchObject({ kind: 'anyOf' });
  });

  test('of which one is certain need an access token', () => {
    expect(accessWith([perhaps('a/b'), 'a/c'])).toMatchObject({ kind: 'anyOf' });
    expect(accessWith([perhaps('a/b'), perhaps('a/c')])).toMatchObject({ kind: 'unknown' });
    expect(accessWith([''])).toMatchObject({ kind: 'unknown', unknown: 'whether the method has scopes is not known: the only one is an empty text' });
    expect(accessWith(['', 'a/c'])).toMatchObject({ kind: 'anyOf' });
    expect(accessWith([])).toMatchObject({ kind: 'idToken' });
  });
});

test('an element behind one that may be absent cannot be selected', () => {
  const list = ['a', perhaps('b'), 'c'];
  expect(resolve({ 'Fn::Select': [0, list] }, OPEN)).toBe('a');
  expect(resolve({ 'Fn::Select': [2, list] }, OPEN)).toMatchObject({ unknown: expect.stringContaining('Open') });
});

test('what stands below a conditional stack at any depth is conditional', () => {
  const nest = (stack: string, outer: string, resources: object, sections: object = {}) => (
    source({ ...sections, Resources: resources }, { stack, ...(outer !== '' && { nestedIn: { stack: outer, logicalId: 'Inner' } }) })
  );
  const inner = { Inner: { Type: 'AWS::CloudFormation::Stack' } };
  const pools = (condition: object) => modelOf(
    nest('App', '', { Inner: { ...inner.Inner, ...condition } }, { ...OPEN, Conditions: { ...OPEN.Conditions, Never: { 'Fn::Equals': ['a', 'b'] } } }),
    nest('App/Inner', 'App', inner),
    nest('App/Inner/Inner', 'App/Inner', { Pool: { Type: 'AWS::Cognito::UserPool' } }),
  ).userPools;
  expect(pools({ Condition: 'Never' })).toEqual([]);
  expect(pools({ Condition: 'Open' })).toMatchObject([{ condition: { unknown: expect.stringContaining('Open') } }]);
  expect(pools({})[0]).not.toHaveProperty('condition');
});

test('a plain trigger that may be absent is unknown', () => {
  const trigger = (value: unknown) => modelOf(source({
    ...OPEN, Resources: { Pool: { Type: 'AWS::Cognito::UserPool', Properties: { LambdaConfig: { PreTokenGeneration: value } } } },
  })).userPools[0].tokenTrigger;
  expect(trigger(perhaps('arn'))).toMatchObject({ unknown: expect.stringContaining('Open') });
  expect(trigger({ 'Fn::If': ['Open', 'arn:1', 'arn:2'] })).toBe('V1_0');
});

describe('other stacks', () => {
  const exporting = (stack: string, account: string, value: string) => source(
    { Resources: {}, Outputs: { Id: { Value: value, Export: { Name: 'pool' } } } },
    { stack, stackName: 'auth', environment: { account, region: 'eu-west-1' } },
  );
  const user = source({ Resources: {} }, { environment: { account: '111111111111', region: 'eu-west-1' } });
  const own = exporting('Own/Auth', '111111111111', 'own');
  const other = exporting('Other/Auth', '222222222222', 'other');

  test('of another account export nothing', () => {
    const imported = { 'Fn::ImportValue': 'pool' };
    expect(resolveIn(imported, user, other)).toMatchObject({ unknown: expect.stringContaining('outside of the templates') });
    expect(resolveIn(imported, user, other, own)).toBe('own');
  });

  test('of one name are told apart by their account', () => {
    expect(resolveIn({ 'Fn::GetStackOutput': { StackName: 'auth', OutputName: 'Id' } }, user, other, own)).toBe('own');
  });
});

test('paths have at most a thousand parts', () => {
  const resources = Object.fromEntries(Array.from({ length: 1001 }, (_, depth) => [`R${depth}`, {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: { Ref: 'Api' }, PathPart: 'p', ParentId: depth === 0 ? { 'Fn::GetAtt': ['Api', 'RootResourceId'] } : { Ref: `R${depth - 1}` } },
  }]));
  const pathOf = (deepest: string) => modelOfResources({
    Api: { Type: 'AWS::ApiGateway::RestApi' },
    ...resources,
    Method: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, ResourceId: { Ref: deepest }, HttpMethod: 'GET' } },
  }).methods[0].path;
  expect(pathOf('R999')).toBe('/p'.repeat(1000));
  expect(pathOf('R1000')).toMatchObject({ unknown: expect.stringContaining('too many parts') });
});

test('the id taken out of an ARN by its colons and its slash is the pool of the ARN', () => {
  const id = { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Select': [5, { 'Fn::Split': [':', { Ref: 'Arn' }] }] }] }] };
  const client = (userPool: unknown) => ({ Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: userPool } });
  const { clients } = modelOf(source({ Parameters: { Arn: { Type: 'String' } }, Resources: { A: client(id), B: client({ Ref: 'Arn' }) } }));
  expect(clients.map(({ userPool }) => userPool)).toMatchObject([{ expression: '${App/Arn}' }, { expression: '${App/Arn}' }]);
});

test('a reference to a stage is its name', () => {
  const Stage = { Type: 'AWS::ApiGateway::Stage', Properties: { StageName: 'prod' } };
  expect(resolve({ Ref: 'Stage' }, { Resources: { Stage } })).toBe('prod');
});
