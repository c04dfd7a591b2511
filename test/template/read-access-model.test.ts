import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { modelOf, modelOfResources, source } from './templates';
import type { AccessModel } from '../../src/model/access-model';
import { METADATA_KEY } from '../../src/model/metadata';
import { ProblemError } from '../../src/model/problem';
import { loadTemplates } from '../../src/template/load';
import { modelFromTemplates } from '../../src/template/read-access-model';
import { SYNTHESIZED, synthesize } from '../fixtures/apps/l2-two-stacks';

const FIXTURES = join(__dirname, '..', 'fixtures');
const fixture = (name: string) => modelFromTemplates(loadTemplates(join(FIXTURES, name)));

/** What a method demands, in one line. */
function accesses(model: AccessModel): { [route: string]: string } {
  return Object.fromEntries(model.methods.map(({ verb, path, access }) => {
    const details = access.kind === 'anyOf' ? access.scopes : access.kind === 'public' ? [access.reason ?? 'no reason'] : [];
    return [`${String(verb)} ${String(path)}`, [access.kind, ...details].join(' ')];
  }));
}

describe('a hand-written L2 app of two stacks', () => {
  const model = fixture('l2-two-stacks');

  test('is what the committed app synthesizes', () => {
    for (const [file, text] of synthesize()) expect(readFileSync(join(SYNTHESIZED, file), 'utf8')).toBe(text);
  });

  test('the authorizer of one stack holds the pool of the other', () => {
    expect(model.authorizers).toMatchObject([{ kind: 'cognito', userPools: ['Identity/PoolD3F588B8'] }]);
  });

  test('each method demands what the app says, and preflight methods are recognised', () => {
    expect(accesses(model)).toEqual({
      'GET /photos': 'anyOf photos/read',
      'POST /photos': 'anyOf photos/write',
      'OPTIONS /photos': 'public CORS preflight',
      'DELETE /photos/{id}': 'anyOf photos/write',
      'OPTIONS /photos/{id}': 'public CORS preflight',
      'GET /me': 'idToken',
      'GET /health': 'public no reason',
    });
  });

  test('clients have their scopes and flows', () => {
    expect(model.clients).toMatchObject([
      { oauth: true, flows: ['code'], scopes: ['openid', 'photos/read', 'photos/write'], secret: false },
      { name: 'NightlyExport', oauth: true, flows: ['client_credentials'], scopes: ['photos/read'], secret: true },
    ]);
  });

  test('the API has its stage', () => {
    expect(model.apis).toMatchObject([{ origin: 'declared', name: 'PhotoApi', stages: [{ name: 'live' }] }]);
  });
});

describe('plain CloudFormation', () => {
  const model = fixture('plain.yaml');

  test('ids carry the name of the file', () => {
    expect(model.clients.map(({ id }) => id)).toEqual(['plain/AlbumApp', 'plain/NightlyExport']);
  });

  test('each method demands what the template says', () => {
    expect(accesses(model)).toEqual({
      'GET /photos': 'anyOf https://photos.example.com/photos.read',
      'POST /photos': 'anyOf https://photos.example.com/photos.write',
      'GET /profile': 'idToken',
      'GET /health': 'public no reason',
    });
  });

  test('integrations are recognised by type and URI', () => {
    expect(model.methods.map(({ integration }) => integration)).toEqual(['lambda', 'mock', 'lambda', 'lambda']);
  });

  test('pool, domain and server are linked', () => {
    expect(model.domains).toMatchObject([{ userPool: 'plain/Users', domain: 'photo-service-dev', custom: false }]);
    expect(model.resourceServers).toMatchObject([{ userPool: 'plain/Users', identifier: 'https://photos.example.com' }]);
  });
});

describe('conditions and parameters', () => {
  const model = fixture('conditions.yaml');
  const pool = { expression: '${conditions/SharedPoolArn}' };

  test('a false condition drops a resource, an undecided one stays with its entity', () => {
    expect(model.clients.map(({ id, condition }) => [id, condition?.unknown])).toEqual([
      ['conditions/LiveClient', undefined],
      ['conditions/PartnerClient',
        'condition conditions/HasLivePartner cannot be decided: parameter conditions/WithPartner has no default'],
    ]);
  });

  test('an ARN parameter and the id taken out of it are one user pool', () => {
    expect(model.authorizers[0].userPools).toMatchObject([pool]);
    expect(model.clients[0].userPool).toMatchObject(pool);
    expect(model.resourceServers[0].userPool).toMatchObject(pool);
  });

  test('an authorization type that depends on a condition is unknown', () => {
    expect(model.methods.find(({ id }) => id === 'conditions/PutRoot')?.access.kind).toBe('unknown');
  });
});

const POOL = { Type: 'AWS::Cognito::UserPool' };
const client = (properties: object) => ({ Type: 'AWS::Cognito::UserPoolClient', Properties: properties });
const clientOf = (properties: object, more: object = {}) => modelOfResources({ Pool: POOL, Client: client(properties), ...more }).clients[0];

describe('user pools', () => {
  const ref = { Ref: 'Pool' };
  const arn = { 'Fn::GetAtt': ['Pool', 'Arn'] };

  test.each<[string, unknown]>([
    ['Ref', ref],
    ['its attribute', { 'Fn::GetAtt': 'Pool.UserPoolId' }],
    ['its ARN', arn],
    ['an ARN built by Fn::Join', { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cognito-idp:eu-west-1:1:userpool/', ref]] }],
    ['an ARN built by Fn::Sub in another partition', { 'Fn::Sub': 'arn:aws-cn:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/${Pool}' }],
    ['the id taken from its ARN', { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Select': [5, { 'Fn::Split': [':', arn] }] }] }] }],
  ])('%s names the declared pool', (_, value) => {
    expect(clientOf({ UserPoolId: value }).userPool).toBe('App/Pool');
  });

  test.each([
    ['us-east-1_AbC'],
    ['arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_AbC'],
    ['arn:aws-us-gov:cognito-idp:us-gov-west-1:111122223333:userpool/us-east-1_AbC'],
  ])('%s is an external pool', (value) => {
    const model = modelOfResources({ Client: client({ UserPoolId: value }) });
    expect(model.clients[0].userPool).toBe('us-east-1_AbC');
    expect(model.userPools).toEqual([{ id: 'us-east-1_AbC', origin: 'external', issuer: 'original' }]);
  });

  test('a parameter and an ARN around it are one pool', () => {
    const model = modelOf(source({
      Parameters: { PoolId: { Type: 'String' } },
      Resources: {
        A: client({ UserPoolId: { Ref: 'PoolId' } }),
        B: client({ UserPoolId: { 'Fn::Sub': 'arn:${AWS::Partition}:cognito-idp:${AWS::Region}:1:userpool/${PoolId}' } }),
      },
    }));
    expect(model.clients.map(({ userPool }) => userPool)).toMatchObject([{ expression: '${App/PoolId}' }, { expression: '${App/PoolId}' }]);
    expect(model.userPools).toEqual([]);
  });

  test.each<[string, object, object]>([
    ['nothing', {}, { issuer: 'original' }],
    ['the updated issuer', { IssuerConfiguration: { Type: 'UPDATED' } }, { issuer: 'updated' }],
    ['the original issuer', { IssuerConfiguration: { Type: 'ORIGINAL' } }, { issuer: 'original' }],
    ['another issuer', { IssuerConfiguration: { Type: 'X' } }, { issuer: { unknown: expect.any(String) } }],
    ['a plain trigger', { LambdaConfig: { PreTokenGeneration: 'arn' } }, { tokenTrigger: 'V1_0' }],
    ['a trigger with a version', { LambdaConfig: { PreTokenGeneration: 'arn', PreTokenGenerationConfig: { LambdaVersion: 'V3_0' } } }, { tokenTrigger: 'V3_0' }],
    ['a plan', { UserPoolTier: 'PLUS' }, { plan: 'PLUS' }],
  ])('%s is read', (_, properties, expected) => {
    expect(modelOfResources({ Pool: { ...POOL, Properties: properties } }).userPools[0]).toMatchObject(expected);
  });
});

describe('what a trigger is declared to add', () => {
  const triggerScopes = (addsScopes: unknown) =>
    modelOfResources({ Pool: { ...POOL, Metadata: { [METADATA_KEY]: { addsScopes } } } }).userPools[0].triggerScopes;

  test('is read from the metadata of the user pool, with what only deployment knows as unknown', () => {
    expect(triggerScopes(['photos/write', { 'Fn::Sub': '${Missing}/read' }])).toEqual(['photos/write', { unknown: expect.any(String), expression: '${App/Missing}/read' }]);
    expect(triggerScopes([7])).toEqual(['7']);
  });

  test('is absent where the metadata has no list', () => {
    for (const addsScopes of [undefined, 'photos/write', {}, null]) expect(triggerScopes(addsScopes)).toBeUndefined();
  });
});

describe('clients', () => {
  test('authentication flows that are absent stay absent', () => {
    expect(clientOf({ UserPoolId: { Ref: 'Pool' } })).not.toHaveProperty('authFlows');
    expect(clientOf({ UserPoolId: { Ref: 'Pool' }, ExplicitAuthFlows: [] }).authFlows).toEqual([]);
  });

  test('flags can be texts', () => {
    expect(clientOf({ AllowedOAuthFlowsUserPoolClient: 'true', GenerateSecret: 'false' })).toMatchObject({ oauth: true, secret: false });
  });

  test.each<[string, object, object]>([
    ['scopes that are an object', { AllowedOAuthScopes: { a: 1 } }, { scopes: [{ unknown: 'AllowedOAuthScopes are no list' }] }],
    ['a scope that is a list', { AllowedOAuthScopes: [['a']] }, { scopes: [{ unknown: 'a scope is no text' }] }],
    ['a flow that Cognito does not know', { AllowedOAuthFlows: ['password'] }, { flows: [{ unknown: expect.stringContaining('password') }] }],
    ['a flag that is a list', { GenerateSecret: [] }, { secret: { unknown: 'GenerateSecret is neither true nor false' } }],
    ['a missing pool', {}, { userPool: { unknown: 'UserPoolId is missing' } }],
    ['a pool that does not exist', { UserPoolId: { Ref: 'Nope' } }, { userPool: { expression: '${App/Nope}' } }],
  ])('%s is unknown with a reason', (_, properties, expected) => {
    expect(clientOf(properties)).toMatchObject(expected);
  });

  test('properties that are a text leave everything unknown', () => {
    const model = modelOfResources({ Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: 'x' } });
    expect(model.clients[0].secret).toEqual({ unknown: 'the properties of App/Client are no object' });
  });

  test('a loop over an unknown collection leaves one client with a condition', () => {
    const model = modelOf(source({
      Parameters: { Names: { Type: 'CommaDelimitedList' } },
      Resources: { 'Fn::ForEach::Clients': ['Name', { Ref: 'Names' }, { 'Client${Name}': client({ ClientName: { 'Fn::Sub': '${Name}' } }) }] },
    }));
    expect(model.clients).toMatchObject([{ id: 'App/Client${Name}', condition: { unknown: expect.stringContaining('App/Names') } }]);
  });
});

const API = { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } };
const AUTHORIZER = {
  Type: 'AWS::ApiGateway::Authorizer',
  Properties: { RestApiId: { Ref: 'Api' }, Type: 'COGNITO_USER_POOLS', ProviderARNs: [{ 'Fn::GetAtt': ['Pool', 'Arn'] }] },
};
const root = { 'Fn::GetAtt': ['Api', 'RootResourceId'] };
const path = (part: unknown, parent: unknown = root) => ({ Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: { Ref: 'Api' }, ParentId: parent, PathPart: part } });
const method = (properties: object, more: object = {}) => ({
  Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, ResourceId: root, HttpMethod: 'GET', ...properties }, ...more,
});
const methodOf = (properties: object, more: object = {}, resources: object = {}) => {
  return modelOfResources({ Api: API, Pool: POOL, Users: AUTHORIZER, Method: method(properties, more), ...resources }).methods[0];
};
const COGNITO = { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: { Ref: 'Users' } };

describe('methods', () => {
  test('a path is read along its parents', () => {
    const resources = { Photos: path('photos'), Photo: path('{id}', { Ref: 'Photos' }), All: path('{proxy+}', { 'Fn::GetAtt': ['Photo', 'ResourceId'] }) };
    expect(methodOf({ ResourceId: { Ref: 'All' } }, {}, resources).path).toBe('/photos/{id}/{proxy+}');
  });

  test('a path below a resource of another application is unknown', () => {
    expect(methodOf({ ResourceId: { Ref: 'Photos' } }, {}, { Photos: path('photos', 'abc123') }).path)
      .toEqual({ unknown: 'resource abc123 is outside of the templates', expression: '${path of abc123}/photos' });
  });

  test('a method in another stack belongs to the API that it imports', () => {
    const api = source({
      Resources: { Api: API, Photos: path('photos') },
      Outputs: {
        Api: { Value: { Ref: 'Api' }, Export: { Name: 'api' } },
        Photos: { Value: { Ref: 'Photos' }, Export: { Name: 'photos' } },
      },
    });
    const imported = { RestApiId: { 'Fn::ImportValue': 'api' }, ResourceId: { 'Fn::ImportValue': 'photos' } };
    const model = modelOf(api, source({ Resources: { Method: method(imported) } }, { stack: 'More' }));
    expect(model.methods).toMatchObject([{ id: 'More/Method', api: 'App/Api', path: '/photos' }]);
    expect(model.apis).toHaveLength(1);
  });

  test.each<[string, unknown, string]>([
    ['a literal id', 'a1b2c3', 'a1b2c3'],
    ['an import', { 'Fn::ImportValue': 'api' }, '${import:api}'],
    ['nothing', undefined, 'App/Method.RestApiId'],
  ])('an API named by %s is external', (_, value, id) => {
    const model = modelOfResources({ Method: method({ RestApiId: value }) });
    expect(model.methods[0].api).toBe(id);
    expect(model.apis).toMatchObject([{ id, origin: 'external' }]);
  });

  test.each<[string, object, object]>([
    ['scopes', { ...COGNITO, AuthorizationScopes: ['a/b'] }, { kind: 'anyOf', authorizer: 'App/Users', scopes: ['a/b'] }],
    ['no scopes', { ...COGNITO, AuthorizationScopes: [] }, { kind: 'idToken', authorizer: 'App/Users' }],
    ['a literal authorizer', { ...COGNITO, AuthorizerId: 'abc' }, { kind: 'idToken', authorizer: 'abc' }],
    ['no authorizer', { AuthorizationType: 'COGNITO_USER_POOLS' }, { kind: 'unknown' }],
    ['a Lambda authorizer', { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Users' } }, { kind: 'lambda' }],
    ['IAM', { AuthorizationType: 'AWS_IAM' }, { kind: 'iam' }],
    ['an API key', { AuthorizationType: 'NONE', ApiKeyRequired: true }, { kind: 'apiKey' }],
    ['nothing', {}, { kind: 'public' }],
    ['scopes that nothing checks', { AuthorizationType: 'NONE', AuthorizationScopes: ['a/b'] }, { kind: 'public', uncheckedScopes: ['a/b'] }],
    ['a type of the future', { AuthorizationType: 'JWT' }, { kind: 'unknown' }],
    ['scopes that are an object', { ...COGNITO, AuthorizationScopes: { a: 1 } }, { kind: 'anyOf', scopes: [{ unknown: expect.any(String) }] }],
  ])('a method with %s', (_, properties, expected) => {
    expect(methodOf(properties).access).toMatchObject(expected);
  });

  test('scopes that a condition may take away leave open which token is needed', () => {
    const model = modelOf(source({
      Parameters: { Open: { Type: 'String' } },
      Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Open' }, 'yes'] } },
      Resources: {
        Api: API,
        Users: AUTHORIZER,
        Method: method({ ...COGNITO, AuthorizationScopes: { 'Fn::If': ['Open', { Ref: 'AWS::NoValue' }, ['a/b']] } }),
      },
    }));
    expect(model.methods[0].access.kind).toBe('unknown');
  });

  test('the reason of a public method is read from its metadata', () => {
    const metadata = { Metadata: { [METADATA_KEY]: { access: 'public', reason: 'health probe' } } };
    expect(methodOf({ AuthorizationType: 'NONE' }, metadata).access).toEqual({ kind: 'public', reason: 'health probe' });
    expect(methodOf({}, { Metadata: 'x' }).access).toEqual({ kind: 'public' });
  });

  const responses = (name: string) => [{ StatusCode: '204', ResponseParameters: { [name]: '\'*\'' } }];
  const preflight = { Type: 'MOCK', IntegrationResponses: responses('method.response.header.Access-Control-Allow-Origin') };
  test.each<[string, object, boolean]>([
    ['an OPTIONS mock with the header', { HttpMethod: 'OPTIONS', Integration: preflight }, true],
    ['another verb', { HttpMethod: 'GET', Integration: preflight }, false],
    ['another integration', { HttpMethod: 'OPTIONS', Integration: { ...preflight, Type: 'HTTP' } }, false],
    ['a mock without the header', { HttpMethod: 'OPTIONS', Integration: { Type: 'MOCK', IntegrationResponses: responses('method.response.header.Vary') } }, false],
  ])('%s is a CORS preflight: %s', (_, properties, expected) => {
    expect(methodOf(properties).access).toEqual(expected ? { kind: 'public', reason: 'CORS preflight' } : { kind: 'public' });
  });

  const lambda = { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations' };
  test.each<[string, object, unknown]>([
    ['AWS_PROXY with a Lambda URI', { Type: 'AWS_PROXY', Uri: lambda }, 'lambda'],
    ['AWS with a Lambda URI', { Type: 'AWS', Uri: lambda }, 'lambda'],
    ['AWS with another URI', { Type: 'AWS', Uri: 'arn:aws:apigateway:eu-west-1:sqs:path/1/queue' }, 'aws'],
    ['HTTP_PROXY', { Type: 'HTTP_PROXY' }, 'http'],
    ['a mock', { Type: 'MOCK' }, 'mock'],
    ['no type', {}, { unknown: 'Integration.Type is missing' }],
  ])('the integration of %s', (_, integration, expected) => {
    expect(methodOf({ Integration: integration }).integration).toEqual(expected);
  });
});

describe('APIs', () => {
  test('stages and gateway responses belong to their API', () => {
    const model = modelOfResources({
      Api: API,
      Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'first' } },
      Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'live' } },
      Unauthorized: {
        Type: 'AWS::ApiGateway::GatewayResponse',
        Properties: { RestApiId: { Ref: 'Api' }, ResponseType: 'UNAUTHORIZED', StatusCode: 401, ResponseParameters: { 'gatewayresponse.header.Vary': '\'Origin\'' } },
      },
    });
    expect(model.apis).toMatchObject([{
      stages: [{ id: 'App/Deployment', name: 'first' }, { id: 'App/Stage', name: 'live' }],
      gatewayResponses: [{ responseType: 'UNAUTHORIZED', statusCode: '401', parameters: { 'gatewayresponse.header.Vary': '\'Origin\'' }, templates: {} }],
    }]);
  });

  test('a resource policy of the Region and account of the stack is one of the API', () => {
    const Resource = { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:*/*' };
    const template = { Resources: { Api: { ...API, Properties: { Policy: { Statement: { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource } } } } } };
    for (const environment of [{}, { account: '123456789012', region: 'eu-west-1' }, { region: 'cn-north-1' }]) {
      expect(modelFromTemplates({ templates: [{ stack: 'App', template, environment }] }).apis[0]).not.toHaveProperty('resourcePolicyDoubt');
    }
  });

  test('a resource policy is noticed, and whether it may refuse', () => {
    const policyOf = (Policy?: object) => {
      const { resourcePolicy, resourcePolicyDoubt } = modelOfResources({ Api: { ...API, Properties: { Policy } } }).apis[0];
      return [resourcePolicy, resourcePolicyDoubt?.unknown];
    };
    expect(policyOf()).toEqual([false, undefined]);
    expect(policyOf({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: { 'Fn::Join': ['', ['execute-api:/', '*']] } }] }))
      .toEqual([true, undefined]);
    const everyApi = 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:*/*';
    expect(policyOf({ Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: '*', Resource: { 'Fn::Sub': everyApi } } })).toEqual([true, undefined]);
    expect(policyOf({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: { 'Fn::Sub': 'execute-api:/${AWS::Region}/*' } }] }))
      .toEqual([true, expect.stringContaining('the resources that the resource policy of the API allows cannot be known')]);
    expect(policyOf({})).toEqual([true, expect.stringContaining('no Allow statement')]);
    expect(policyOf({ Statement: { Effect: 'Deny', Principal: '*', Action: '*' } })).toEqual([true, expect.stringContaining('a Deny statement')]);
    expect(policyOf({ Ref: 'Policy' })).toEqual([true, expect.stringContaining('cannot be known')]);
  });

  describe('a private API', () => {
    const apiWith = (Properties: object, sections: object = {}) => {
      return modelOf(source({ Resources: { Api: { ...API, Properties } }, ...sections })).apis[0];
    };
    const ALLOW = { Statement: { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' } };
    const WITHOUT = { private: true, resourcePolicyDoubt: { unknown: expect.stringContaining('private and has no resource policy') } };

    test('is one by its endpoint, or by the import of its document', () => {
      expect(apiWith({ EndpointConfiguration: { Types: ['PRIVATE'] } })).toMatchObject(WITHOUT);
      expect(apiWith({ Body: { openapi: '3.0.1', paths: {} }, Parameters: { endpointConfigurationTypes: 'PRIVATE' } })).toMatchObject(WITHOUT);
      expect(apiWith({ EndpointConfiguration: { Types: ['REGIONAL'] } })).not.toHaveProperty('private');
    });

    test('is reached where its resource policy allows it, in the template or in the document', () => {
      const body = { 'openapi': '3.0.1', 'paths': {}, 'x-amazon-apigateway-policy': ALLOW };
      for (const api of [apiWith({ EndpointConfiguration: { Types: ['PRIVATE'] }, Policy: ALLOW }), apiWith({ EndpointConfiguration: { Types: ['PRIVATE'] }, Body: body })]) {
        expect(api.private).toBe(true);
        expect(api).not.toHaveProperty('resourcePolicyDoubt');
      }
    });

    test('is perhaps one where the endpoint is not known', () => {
      const sections = { Parameters: { Endpoint: { Type: 'String' } } };
      for (const Types of [[{ Ref: 'Endpoint' }], { Ref: 'Endpoint' }]) {
        const api = apiWith({ EndpointConfiguration: { Types } }, sections);
        expect(api.private).toEqual({ unknown: expect.stringContaining('Endpoint') });
        expect(api.resourcePolicyDoubt?.unknown).toContain('whether it is private and needs one cannot be known');
      }
    });
  });

  test('the expression of a Lambda authorizer is no audience', () => {
    const withType = (Type: string) => ({ ...AUTHORIZER, Properties: { ...AUTHORIZER.Properties, Type, IdentityValidationExpression: '^Bearer .+$' } });
    expect(modelOfResources({ Authorizer: withType('TOKEN') }).authorizers[0]).not.toHaveProperty('audience');
    expect(modelOfResources({ Authorizer: withType('COGNITO_USER_POOLS') }).authorizers[0]).toMatchObject({ audience: '^Bearer .+$' });
  });

  test.each([['TOKEN', 'lambda'], ['REQUEST', 'lambda'], ['COGNITO_USER_POOLS', 'cognito']])('an authorizer of type %s is of kind %s', (type, kind) => {
    const authorizer = { ...AUTHORIZER, Properties: { ...AUTHORIZER.Properties, Type: type } };
    expect(modelOfResources({ Api: API, Pool: POOL, Users: authorizer }).authorizers[0].kind).toBe(kind);
  });
});

describe('nested stacks', () => {
  const child = source({ Resources: { Pool: POOL } }, { stack: 'App/Inner', nestedIn: { stack: 'App', logicalId: 'Inner' } });
  const parent = (condition: unknown) => source({
    Parameters: { Mode: { Type: 'String' } },
    Conditions: { When: condition },
    Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Condition: 'When', Properties: {} } },
  });

  test('a nested stack under a false condition has no entities', () => {
    expect(modelOf(parent({ 'Fn::Equals': ['a', 'b'] }), child).userPools).toEqual([]);
  });

  test('entities of a nested stack under an undecided condition carry it', () => {
    expect(modelOf(parent({ 'Fn::Equals': [{ Ref: 'Mode' }, 'b'] }), child).userPools).toMatchObject([{ id: 'App/Inner/Pool', condition: {} }]);
  });
});

describe('references in a circle', () => {
  const resource = (properties: unknown, more: object = {}) => ({ Type: 'AWS::S3::Bucket', Properties: properties, ...more });

  test.each<[string, object, string]>([
    ['conditions', { Conditions: { A: { Condition: 'B' }, B: { 'Fn::Not': [{ Condition: 'A' }] } }, Resources: { R: resource({}, { Condition: 'A' }) } },
      'condition App/A -> condition App/B -> condition App/A'],
    ['resources', { Resources: { A: resource({ x: { Ref: 'B' } }), B: resource({ x: { 'Fn::GetAtt': ['C', 'Arn'] } }), C: resource({ x: { 'Fn::Sub': '${A}' } }) } },
      'App/A -> App/B -> App/C -> App/A'],
    ['DependsOn', { Resources: { A: resource({}, { DependsOn: ['B'] }), B: resource({}, { DependsOn: 'A' }) } }, 'App/A -> App/B -> App/A'],
    ['itself', { Resources: { A: resource({ x: { Ref: 'A' } }) } }, 'App/A -> App/A'],
  ])('fails with the names of the circle: %s', (_, template, circle) => {
    expect(() => modelOf(source(template))).toThrow(`[TemplateCircular] references run in a circle: ${circle}; `);
  });

  test('fails where exports of two stacks need each other', () => {
    const stack = (name: string, other: string) => source({
      Resources: { Client: client({ UserPoolId: { 'Fn::ImportValue': other } }) },
      Outputs: { Out: { Value: { 'Fn::ImportValue': other }, Export: { Name: name } } },
    }, { stack: name });
    expect(() => modelOf(stack('A', 'B'), stack('B', 'A'))).toThrow('output B/Out -> output A/Out -> output B/Out');
  });

  test('a branch that is not taken closes no circle', () => {
    const template = {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { A: resource({ x: { 'Fn::If': ['Never', { Ref: 'B' }, 'y'] } }), B: resource({ x: { Ref: 'A' } }) },
    };
    expect(() => modelOf(source(template))).not.toThrow();
  });

  test('a chain of 20,000 resources is no circle and no stack overflow', () => {
    const chain = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`R${i}`, resource({ x: { Ref: `R${i + 1}` } })]));
    expect(() => modelOfResources(chain)).not.toThrow();
  });
});

describe('property:', () => {
  const names = fc.constantFrom('Pool', 'Client', 'Api', 'Method', 'Users', 'Missing', 'AWS::Region', 'AWS::NoValue');
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 5 },
      fc.oneof(names, fc.boolean(), fc.integer(), fc.constant(null), fc.string()),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.tuple(fc.constantFrom(
        'Ref', 'Fn::GetAtt', 'Fn::Join', 'Fn::Sub', 'Fn::Select', 'Fn::Split', 'Fn::If', 'Fn::FindInMap', 'Fn::ImportValue', 'Fn::GetStackOutput',
        'Fn::Base64', 'Fn::Transform', 'Fn::ForEach::X', 'Fn::Length', 'Fn::ToJsonString', 'Fn::And', 'Fn::Equals', 'Fn::Not', 'Condition', 'Type',
      ), tie('node')).map(([key, value]) => ({ [key]: value })),
      fc.dictionary(fc.string({ maxLength: 3 }), tie('node'), { maxKeys: 3 }),
    ),
  }));
  const TYPES: { [type: string]: string[] } = {
    'AWS::Cognito::UserPool': ['LambdaConfig', 'IssuerConfiguration', 'UserPoolName'],
    'AWS::Cognito::UserPoolClient': ['UserPoolId', 'AllowedOAuthScopes', 'AllowedOAuthFlows', 'GenerateSecret', 'ExplicitAuthFlows'],
    'AWS::Cognito::UserPoolResourceServer': ['UserPoolId', 'Identifier', 'Scopes'],
    'AWS::ApiGateway::RestApi': ['Body', 'Policy', 'BodyS3Location', 'Name'],
    'AWS::ApiGateway::Resource': ['ParentId', 'PathPart'],
    'AWS::ApiGateway::Method': ['RestApiId', 'ResourceId', 'AuthorizationType', 'AuthorizerId', 'AuthorizationScopes', 'Integration', 'HttpMethod'],
    'AWS::ApiGateway::Authorizer': ['RestApiId', 'Type', 'ProviderARNs'],
    'AWS::CloudFormation::Stack': ['Parameters', 'TemplateURL'],
  };
  const resource = fc.constantFrom(...Object.keys(TYPES)).chain((type) => fc.record({
    Type: fc.constant(type),
    Properties: fc.oneof(node, fc.record(Object.fromEntries(TYPES[type].map((name) => [name, node])))),
    Condition: fc.oneof(fc.constant(undefined), names, node),
    DependsOn: node,
    Metadata: node,
  }));
  const section = (value: fc.Arbitrary<unknown>) => fc.oneof(node, fc.dictionary(names, value, { maxKeys: 4 }));

  test('any JSON in any place of a template gives a model or names a circle', () => {
    const template = fc.record({
      Parameters: section(fc.oneof(node, fc.record({ Type: fc.constantFrom('String', 'CommaDelimitedList'), Default: node }))),
      Mappings: node,
      Conditions: section(node),
      Resources: fc.oneof(fc.dictionary(names, fc.oneof(resource, node), { maxKeys: 6 }), node),
      Outputs: section(fc.record({ Value: node, Export: fc.record({ Name: node }) })),
    });
    fc.assert(fc.property(template, (each) => {
      try {
        JSON.stringify(modelOf(source(each)));
      } catch (error) {
        expect(error).toBeInstanceOf(ProblemError);
        expect((error as ProblemError).problems[0].code).toBe('TemplateCircular');
      }
    }), { numRuns: 500 });
  });

  test('the order of resources changes nothing', () => {
    const resources = Object.entries({ Pool: POOL, Api: API, Users: AUTHORIZER, A: method(COGNITO), B: client({ UserPoolId: { Ref: 'Pool' } }), P: path('p') });
    const expected = modelOfResources(Object.fromEntries(resources));
    fc.assert(fc.property(fc.shuffledSubarray(resources, { minLength: resources.length }), (shuffled) => {
      expect(modelOfResources(Object.fromEntries(shuffled))).toEqual(expected);
    }), { numRuns: 20 });
  });
});
