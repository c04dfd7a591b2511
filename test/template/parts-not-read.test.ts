import { modelOf, modelOfResources, source } from './templates';
import { buildMatrix } from '../../src/analysis/matrix';
import type { AccessModel } from '../../src/model/access-model';
import { readAccessModel, writeAccessModel } from '../../src/model/model-json';

const POOL = { Type: 'AWS::Cognito::UserPool' };
const loop = (body: unknown) => ({ 'Fn::ForEach::Name': body });
const nestedLoops = (levels: number): object => (levels === 0
  ? { Pool: POOL } : { [`Fn::ForEach::L${levels}`]: [`V${levels}`, ['a'], nestedLoops(levels - 1)] });

describe('a part that may be about access and is not read leaves a note', () => {
  test.each<[string, object, string, RegExp]>([
    ['a nested stack whose template is elsewhere', { Part: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://s3.amazonaws.com/b/k' } } },
      'App/Part', /nested stack is not at hand/],
    ['a module', { Part: { Type: 'Org::Api::Photos::MODULE' } }, 'App/Part', /module Org::Api::Photos::MODULE/],
    ['an API that is a copy', { Part: { Type: 'AWS::ApiGateway::RestApi', Properties: { CloneFrom: 'abc123' } } }, 'App/Part', /CloneFrom/],
    ['a SAM resource without the transform', { Part: { Type: 'AWS::Serverless::Api' } }, 'App/Part', /transform of SAM/],
    ['a resource from an include', { Part: { 'Fn::Transform': { Name: 'AWS::Include' } } }, 'App/Part', /transform writes the resource/],
    ['an HTTP API', { Part: { Type: 'AWS::ApiGatewayV2::Api' }, Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Part' } } } },
      'App/Part', /HTTP and WebSocket APIs are not read/],
    ['a route of an HTTP API that is elsewhere', { Part: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: 'abc' } } }, 'App/Part', /HTTP and WebSocket APIs/],
    ['a stack set', { Part: { Type: 'AWS::CloudFormation::StackSet' } }, 'App/Part', /stack set/],
    ['a product', { Part: { Type: 'AWS::ServiceCatalog::CloudFormationProvisionedProduct' } }, 'App/Part', /Service Catalog/],
    ['an API whose keys come from authorizers', { Part: { Type: 'AWS::ApiGateway::RestApi', Properties: { ApiKeySourceType: 'AUTHORIZER' } } },
      'App/Part', /takes API keys from its authorizers/],
    ['a document with keys from authorizers',
      { Part: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: { 'openapi': '3.0.1', 'paths': {}, 'x-amazon-apigateway-api-key-source': 'AUTHORIZER' } } } },
      'App/Part', /takes API keys from its authorizers/],
    ['a loop that is no list', loop('x'), 'App/Fn::ForEach::Name', /no variable, collection and object/],
    ['a loop without a fragment', loop(['Name', ['a', 'b']]), 'App/Fn::ForEach::Name', /no variable, collection and object/],
    ['loops that are nested too deep', nestedLoops(6), 'App/Fn::ForEach::L1', /deeper than 5 levels/],
  ])('%s', (_, resources, subject, reason) => {
    const model = modelOfResources(resources);
    expect(model.notRead).toEqual([{ subject, reason: expect.stringMatching(reason) }]);
    expect(buildMatrix(model).notes).toEqual([{ kind: 'notRead', subjects: [subject], note: expect.stringMatching(reason) }]);
    expect(readAccessModel(writeAccessModel(model))).toEqual(model);
  });
});

test('what is read, what does not exist and what is not about access leaves none', () => {
  const parent = source({
    Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
    Resources: {
      ...nestedLoops(5),
      Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'nested.json' } },
      Absent: { Type: 'AWS::CloudFormation::Stack', Condition: 'Never' },
      Queue: { Type: 'AWS::SQS::Queue' },
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { CloneFrom: { Ref: 'AWS::NoValue' }, ApiKeySourceType: 'HEADER' } },
      Name: { Type: 'AWS::ApiGatewayV2::DomainName' },
    },
  });
  const nested = source({ Resources: { Pool: POOL } }, { stack: 'App/Nested', nestedIn: { stack: 'App', logicalId: 'Nested' } });
  expect(modelOf(parent, nested)).not.toHaveProperty('notRead');
});

test('a loop that cannot be read leaves the object unknown in which it stands', () => {
  const properties = { 'UserPoolId': 'us-east-1_AbCdEfGhI', 'Fn::ForEach::Name': ['Name', ['a']] };
  expect(modelOfResources({ Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: properties } }).clients)
    .toMatchObject([{ scopes: [{ unknown: expect.stringMatching(/Fn::ForEach::Name cannot be read/) }] }]);
});

describe('in an OpenAPI document', () => {
  const accessesOf = (document: object): [unknown, unknown, string][] => {
    const Body = { openapi: '3.0.1', ...document };
    return modelOfResources({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body } } }).methods.map(({ verb, path, access }) => [verb, path, access.kind]);
  };
  const unknown = { unknown: expect.any(String) };

  test.each<[string, object, unknown[]]>([
    ['paths that are no object', { paths: ['/photos'] }, [[unknown, unknown, 'unknown']]],
    ['a path item that is a text', { paths: { '/photos': 'later' } }, [[unknown, '/photos', 'unknown']]],
    ['a path item that is empty', { paths: { '/photos': null } }, [[unknown, '/photos', 'unknown']]],
    ['an operation that is a list', { paths: { '/photos': { get: [] } } }, [['GET', '/photos', 'unknown']]],
    ['an operation that is empty', { paths: { '/photos': { get: null } } }, [['GET', '/photos', 'unknown']]],
    ['an extension beside the paths', { paths: { 'x-note': 'later' } }, []],
    ['no paths', {}, []],
  ])('%s', (_, document, expected) => {
    expect(accessesOf(document)).toEqual(expected);
  });

  test('scopes beside those of a Cognito authorizer are kept as unchecked', () => {
    const pool = {
      'type': 'apiKey',
      'name': 'Authorization',
      'in': 'header',
      'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: ['arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_AbCdEfGhI'] },
    };
    const Body = {
      openapi: '3.0.1',
      components: { securitySchemes: { Pool: pool, OAuth: { type: 'oauth2' } } },
      paths: {
        '/checked': { get: { security: [{ Pool: ['photos/read'], OAuth: ['photos/write'] }] } },
        '/unscoped': { get: { security: [{ Pool: [], OAuth: ['photos/write'] }] } },
      },
    };
    const model = modelOfResources({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body } } });
    expect(model.methods.map(({ access }) => access)).toEqual([
      { kind: 'anyOf', authorizer: 'App/Api Pool', scopes: ['photos/read'], uncheckedScopes: ['photos/write'] },
      { kind: 'idToken', authorizer: 'App/Api Pool', uncheckedScopes: ['photos/write'] },
    ]);
    const { methods, notes } = buildMatrix(model);
    expect(methods.map(({ access }) => access.uncheckedScopes)).toEqual([['photos/write'], ['photos/write']]);
    expect(notes.find(({ kind }) => kind === 'uncheckedScopes')).toMatchObject({ subjects: ['App/Api GET /checked', 'App/Api GET /unscoped'] });
  });
});

test.each([[{}], ['x'], [[{ subject: 'App/Part' }]], [[null]]])('fails to read a model whose parts not read are %j', (notRead) => {
  const model = { ...modelOfResources({}), notRead } as unknown as AccessModel;
  expect(() => readAccessModel(JSON.stringify(model))).toThrow('[ModelFormat]');
});
