import { OPEN, UNKNOWN, runtimeOfResources } from './runtime-of';
import type { MethodSettings, RuntimeModel } from '../../../src/model/runtime-model';

const API = { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } } };
const method = (properties: object) => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: { RestApiId: { Ref: 'Api' }, ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, HttpMethod: 'GET', ...properties },
});
const settings = (properties: object, more: object = {}): MethodSettings => {
  return runtimeOfResources({ ...API, ...more, Get: method(properties) }).methods[0];
};

describe('request validators', () => {
  const validator = (properties: object) => ({ Validator: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { RestApiId: { Ref: 'Api' }, ...properties } } });
  const REF = { Ref: 'Validator' };
  const outside = { unknown: 'the request validator abc123 is outside of the templates' };
  test.each<readonly [unknown, object, unknown, unknown]>([
    [undefined, {}, false, false],
    [REF, validator({ ValidateRequestBody: true }), true, false],
    [REF, validator({ ValidateRequestParameters: 'true' }), false, true],
    [{ 'Fn::GetAtt': ['Validator', 'RequestValidatorId'] }, validator({ ValidateRequestBody: true, ValidateRequestParameters: true }), true, true],
    [REF, validator({ ValidateRequestBody: OPEN }), UNKNOWN, false],
    [OPEN, {}, UNKNOWN, UNKNOWN],
    ['abc123', {}, outside, outside],
    [{ Ref: 'Api' }, {}, { unknown: 'App/Api is known after deployment' }, { unknown: 'App/Api is known after deployment' }],
  ])('%j of %j', (id, more, body, parameters) => {
    expect(settings({ RequestValidatorId: id }, more)).toMatchObject({ validatesBody: body, validatesParameters: parameters });
  });
});

test('parameters are required or not', () => {
  const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `method.request.querystring.${name}`);
  const flags = [true, false, 'true', OPEN, 'maybe'];
  const { requestParameters } = settings({ RequestParameters: Object.fromEntries(names.map((name, position) => [name, flags[position]])) });
  expect(names.map((name) => requestParameters[name])).toEqual([true, false, true, UNKNOWN, { unknown: `${names[4]} is neither true nor false` }]);
});

describe('models', () => {
  const model = (properties: object) => ({ Type: 'AWS::ApiGateway::Model', Properties: { RestApiId: { Ref: 'Api' }, ...properties } });
  const modelsOf = (resources: object): RuntimeModel['apis'][number]['models'] => runtimeOfResources({ ...API, ...resources }).apis[0].models;
  const SCHEMA = { type: 'object', required: ['title'] };

  test('are named by methods as the API names them', () => {
    const more = { Photo: model({ Name: 'PhotoModel', Schema: SCHEMA }), Album: model({ Schema: SCHEMA }) };
    const requestModels = { 'application/json': { Ref: 'Photo' }, 'text/json': { Ref: 'Album' }, 'a/b': 'Empty', 'c/d': OPEN };
    expect(settings({ RequestModels: requestModels }, more).requestModels)
      .toEqual({ 'application/json': 'PhotoModel', 'text/json': 'Album', 'a/b': 'Empty', 'c/d': UNKNOWN });
    expect(Object.keys(modelsOf(more))).toEqual(['Empty', 'Error', 'PhotoModel', 'Album']);
  });

  test.each<readonly [string, unknown, unknown]>([
    ['an object', SCHEMA, { schema: SCHEMA }],
    ['a text', JSON.stringify(SCHEMA), { schema: SCHEMA }],
    ['a text that is no JSON', '{', { unknown: 'the schema of the model is a text that is no JSON' }],
    ['a text of JSON that is no object', '[]', { unknown: 'the schema is no object' }],
    ['nothing', undefined, { unknown: 'the model has no schema' }],
    ['open', OPEN, { unknown: `a part of the schema is not known: ${UNKNOWN.unknown}` }],
    ['open within', { properties: { a: { enum: ['x', OPEN] } } }, { unknown: `a part of the schema is not known: ${UNKNOWN.unknown}` }],
    ['a property called unknown', { properties: { unknown: { type: 'string' } } }, { schema: { properties: { unknown: { type: 'string' } } } }],
    ['a reference within', { $ref: '#/definitions/a', definitions: { a: {} } }, { schema: { $ref: '#/definitions/a', definitions: { a: {} } } }],
    ['a literal reference', { items: { $ref: 'https://apigateway.amazonaws.com/restapis/abc/models/Photo' } }, { schema: { items: { $ref: 'model:Photo' } } }],
    ['a reference by Fn::Join', { items: { $ref: { 'Fn::Join': ['', ['https://apigateway.amazonaws.com/restapis/', { Ref: 'Api' }, '/models/', { Ref: 'Other' }]] } } },
      { schema: { items: { $ref: 'model:Other' } } }],
    ['a reference by Fn::Sub', { $ref: { 'Fn::Sub': 'https://apigateway.amazonaws.com/restapis/${Api}/models/Photo' } }, { schema: { $ref: 'model:Photo' } }],
    ['an open reference', { $ref: OPEN }, { unknown: `a $ref of the schema is not known: ${UNKNOWN.unknown}` }],
  ])('with a schema that is %s', (_, Schema, expected) => {
    expect(modelsOf({ Photo: model({ Name: 'Photo', Schema }), Other: model({ Schema: {} }) }).Photo).toEqual(expected);
  });
});

describe('an API', () => {
  const settingsOf = (properties: object) => runtimeOfResources({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: properties } }).apis[0];

  test('says where API keys are and which bodies are binary', () => {
    expect(settingsOf({})).toMatchObject({ apiKeySource: 'HEADER', binaryMediaTypes: [] });
    expect(settingsOf({ ApiKeySourceType: 'AUTHORIZER', BinaryMediaTypes: ['image/*', OPEN] }))
      .toMatchObject({ apiKeySource: 'AUTHORIZER', binaryMediaTypes: ['image/*', UNKNOWN] });
    expect(settingsOf({ ApiKeySourceType: 'COOKIE' })).toMatchObject({ apiKeySource: { unknown: 'ApiKeySourceType "COOKIE" is none of HEADER, AUTHORIZER' } });
  });

  test('gives variables to its stages, also to one of a deployment', () => {
    const { apis } = runtimeOfResources({
      ...API,
      Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', Variables: { a: 'x', b: OPEN } } },
      Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'old', StageDescription: { Variables: { c: 1 } } } },
    });
    expect(apis[0].stages).toEqual([{ id: 'App/Deployment', variables: { c: '1' } }, { id: 'App/Stage', variables: { a: 'x', b: UNKNOWN } }]);
  });

  test('that is only named has methods and stages, and nothing else is known', () => {
    const RestApiId = 'abc123';
    const { apis, methods } = runtimeOfResources({
      Get: method({ RestApiId, ResourceId: 'root', Integration: { Type: 'MOCK' } }),
      Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId, StageName: 'prod', Variables: { a: 'x' } } },
    });
    const unknown = { unknown: 'the API abc123 is declared outside of the templates' };
    expect(apis).toMatchObject([{ id: 'abc123', apiKeySource: unknown, binaryMediaTypes: [unknown], stages: [{ variables: { a: 'x' } }] }]);
    expect(methods).toMatchObject([{ id: 'App/Get', integration: { kind: 'mock' } }]);
  });
});
