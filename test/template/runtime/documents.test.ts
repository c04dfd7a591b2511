import { idsOf } from './ids';
import { OPEN, UNKNOWN, runtimeOfResources } from './runtime-of';
import type { MethodSettings, RuntimeModel } from '../../../src/model/runtime-model';
import { modelFromTemplates } from '../../../src/template/read-access-model';
import { runtimeFromTemplates } from '../../../src/template/runtime/runtime-from-templates';
import { source } from '../templates';

const runtimeOf = (document: unknown, properties: object = {}): RuntimeModel => runtimeOfResources({
  Fn: { Type: 'AWS::Lambda::Function' },
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: document, ...properties } },
});
const openApi = (operation: object, more: object = {}) => ({ openapi: '3.0.1', paths: { '/photos/{id}': { post: operation } }, ...more });
const settings = (operation: object, more: object = {}): MethodSettings => runtimeOf(openApi(operation, more)).methods[0];
const EXTENSION = 'x-amazon-apigateway-integration';

describe('integrations', () => {
  test('with Lambda', () => {
    const uri = { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations' };
    expect(settings({ [EXTENSION]: { type: 'aws_proxy', httpMethod: 'POST', uri, timeoutInMillis: 5_000 } }).integration)
      .toEqual({ kind: 'lambdaProxy', function: 'App/Fn', timeout: 5_000 });
  });

  test('by mocks: the pattern of the default response is none', () => {
    expect(settings({
      [EXTENSION]: {
        type: 'mock',
        passthroughBehavior: 'when_no_templates',
        requestTemplates: { 'application/json': '{"statusCode": 200}' },
        responses: { 'default': { statusCode: '200', responseTemplates: { 'application/json': '{}' } }, '4\\d{2}': { statusCode: 400 }, '5': OPEN },
      },
    }).integration).toEqual({
      kind: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      passthroughBehavior: 'WHEN_NO_TEMPLATES',
      // A key that is a number comes first in an object.
      responses: [
        { statusCode: UNKNOWN, responseParameters: {}, responseTemplates: {} },
        { statusCode: '200', responseParameters: {}, responseTemplates: { 'application/json': '{}' } },
        { statusCode: '400', selectionPattern: '4\\d{2}', responseParameters: {}, responseTemplates: {} },
      ],
    });
  });

  test('with HTTP', () => {
    expect(settings({
      [EXTENSION]: {
        type: 'http_proxy', httpMethod: 'get', uri: 'https://example.com/{id}', requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
      },
    }).integration).toEqual({
      kind: 'httpProxy',
      url: 'https://example.com/{id}',
      verb: 'GET',
      requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
      timeout: 29_000,
    });
  });

  test.each<readonly [unknown, string]>([
    [undefined, 'no integration'],
    [OPEN, `an integration that is not known: ${UNKNOWN.unknown}`],
    [{ type: 'http_proxy', connectionType: 'VPC_LINK', uri: 'https://example.com' }, 'an integration through a VPC link'],
    [{ type: 'aws', uri: 'arn:aws:apigateway:eu-west-1:sqs:path/queue' }, 'an AWS service integration (sqs)'],
  ])('%j', (extension, what) => {
    expect(settings({ [EXTENSION]: extension }).integration).toEqual({ kind: 'other', what });
  });
});

describe('request validators', () => {
  const validators = {
    'x-amazon-apigateway-request-validators': {
      all: { validateRequestBody: true, validateRequestParameters: true }, body: { validateRequestBody: true }, open: OPEN,
    },
  };
  const VALIDATOR = 'x-amazon-apigateway-request-validator';
  const absent = { unknown: 'the document has no request validator none' };
  test.each<readonly [string, object, object, unknown, unknown]>([
    ['no operation has one', {}, validators, false, false],
    ['the document chooses one', {}, { ...validators, [VALIDATOR]: 'all' }, true, true],
    ['an operation chooses another', { [VALIDATOR]: 'body' }, { ...validators, [VALIDATOR]: 'all' }, true, false],
    ['the validator is open', { [VALIDATOR]: 'open' }, validators, { unknown: UNKNOWN.unknown }, { unknown: UNKNOWN.unknown }],
    ['the choice is open', { [VALIDATOR]: OPEN }, validators, { unknown: UNKNOWN.unknown }, { unknown: UNKNOWN.unknown }],
    ['there is none of the name', { [VALIDATOR]: 'none' }, validators, absent, absent],
    ['there are none', { [VALIDATOR]: 'none' }, {}, absent, absent],
  ])('%s', (_, operation, more, body, parameters) => {
    expect(settings(operation, more)).toMatchObject({ validatesBody: body, validatesParameters: parameters });
  });
});

test('parameters of a path and of its operation count, and references to parameters', () => {
  const { methods } = runtimeOf({
    openapi: '3.0.1',
    paths: {
      '/photos/{id}': {
        parameters: [{ in: 'path', name: 'id', required: true }, { in: 'query', name: 'size', required: true }],
        get: { parameters: [{ in: 'query', name: 'size' }, { $ref: '#/components/parameters/Trace' }, { in: 'cookie', name: 'c' }, { in: 'query' }, OPEN] },
      },
    },
    components: { parameters: { Trace: { in: 'header', name: 'X-Trace', required: true } } },
  });
  expect(methods[0].requestParameters).toEqual({
    'method.request.path.id': true, 'method.request.querystring.size': false, 'method.request.header.X-Trace': true,
  });
});

describe('models', () => {
  const photo = { type: 'object', properties: { tags: { $ref: '#/components/schemas/Tags' } } };
  const components = { schemas: { Photo: photo, Tags: { type: 'array' }, Open: { type: OPEN } } };

  test('of OpenAPI 3.0 are by content type; a schema in place gets a name', () => {
    const operation = {
      requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Photo' } }, 'text/json': { schema: { type: 'array' } }, 'a/b': {} } },
    };
    const { methods, apis } = runtimeOf(openApi(operation, { components }));
    expect(methods[0].requestModels).toEqual({ 'application/json': 'Photo', 'text/json': 'POST /photos/{id} text/json' });
    expect(apis[0].models).toMatchObject({
      'Photo': { schema: { type: 'object', properties: { tags: { $ref: 'model:Tags' } } } },
      'Tags': { schema: { type: 'array' } },
      'Open': { unknown: `a part of the schema is not known: ${UNKNOWN.unknown}` },
      'POST /photos/{id} text/json': { schema: { type: 'array' } },
    });
  });

  test('of a body that is declared elsewhere in the document are found', () => {
    const requestBodies = { Photo: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Photo' } } } } };
    expect(settings({ requestBody: { $ref: '#/components/requestBodies/Photo' } }, { components: { ...components, requestBodies } }).requestModels)
      .toEqual({ 'application/json': 'Photo' });
  });

  test.each<readonly [object, readonly string[]]>([
    [{}, ['application/json']],
    [{ consumes: ['text/json', 'a/b'] }, ['text/json', 'a/b']],
  ])('of OpenAPI 2.0 with %j are those of the body parameter', (more, contentTypes) => {
    const { methods, apis } = runtimeOf({
      swagger: '2.0',
      definitions: { Photo: { items: { $ref: '#/definitions/Tag' } }, Tag: {} },
      paths: { '/photos': { post: { parameters: [{ in: 'body', name: 'photo', schema: { $ref: '#/definitions/Photo' } }] } } },
      ...more,
    });
    expect(methods[0].requestModels).toEqual(Object.fromEntries(contentTypes.map((each) => [each, 'Photo'])));
    expect(apis[0].models.Photo).toEqual({ schema: { items: { $ref: 'model:Tag' } } });
  });
});

test('the document says where keys are and what is binary, unless the resource does', () => {
  const document = openApi({}, { 'x-amazon-apigateway-api-key-source': 'AUTHORIZER', 'x-amazon-apigateway-binary-media-types': ['image/png'] });
  expect(runtimeOf(document).apis[0]).toMatchObject({ apiKeySource: 'AUTHORIZER', binaryMediaTypes: ['image/png'] });
  expect(runtimeOf(document, { ApiKeySourceType: 'HEADER', BinaryMediaTypes: [] }).apis[0]).toMatchObject({ apiKeySource: 'HEADER', binaryMediaTypes: [] });
});

test('a document that is an asset is read as it is', () => {
  const document = openApi({ [EXTENSION]: { type: 'mock' } });
  const Api = { Type: 'AWS::ApiGateway::RestApi', Properties: { BodyS3Location: { Bucket: 'assets', Key: 'abc.json' } } };
  const { methods } = runtimeFromTemplates({ templates: [source({ Resources: { Api } })], bodies: { 'abc.json': document } });
  expect(methods).toMatchObject([{ id: 'App/Api POST /photos/{id}', integration: { kind: 'mock' } }]);
});

describe('documents that cannot be read whole', () => {
  test.each<readonly [string, unknown]>([
    ['is open', OPEN],
    ['is a list', []],
    ['is a text that is no JSON', '{'],
    ['has a version that is not imported', { openapi: '3.1.0', paths: { '/a': { get: {} } } }],
    ['has open paths', { openapi: '3.0.1', paths: OPEN }],
    ['has paths that are a list', { openapi: '3.0.1', paths: [] }],
    ['has an open path', { openapi: '3.0.1', paths: { '/a': OPEN, '/b': [], '/c': { get: OPEN, put: 'x', post: {} } } }],
    ['has parts of other types', {
      openapi: '3.0.1', components: [], definitions: 'x', paths: { '/a/': { parameters: {}, get: { parameters: 'x', requestBody: [], [EXTENSION]: [] } } },
    }],
    ['has references in circles', {
      openapi: '3.0.1',
      paths: { '/a': { $ref: '#/paths/~1a' }, '/b': { post: { requestBody: { content: { 'a/b': { schema: { $ref: '#/components/schemas/A' } } } } } } },
      components: { schemas: { A: { $ref: '#/components/schemas/A' } } },
    }],
  ])('%s: its methods are those of the access model', (_, document) => {
    const set = { templates: [source({ Parameters: { Open: { Type: 'String' } }, Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: document } } } })] };
    expect(idsOf(runtimeFromTemplates(set))).toEqual(idsOf(modelFromTemplates(set)));
  });

  test('what is not known of a method says why', () => {
    const { unknown } = UNKNOWN;
    expect(runtimeOf(OPEN).methods).toEqual([{
      id: 'App/Api Body',
      validatesBody: { unknown },
      validatesParameters: { unknown },
      requestParameters: {},
      requestModels: {},
      integration: { kind: 'other', what: `an integration that is not known: ${unknown}` },
    }]);
  });
});
