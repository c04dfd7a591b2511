import { join } from 'node:path';
import { modelOfResources, source } from './templates';
import { loadTemplates } from '../../src/template/load';
import { modelFromTemplates } from '../../src/template/read-access-model';

const model = modelFromTemplates(loadTemplates(join(__dirname, '..', 'fixtures', 'openapi-body.yaml')));

describe('an API from one OpenAPI document', () => {
  test('each operation is a method with its access', () => {
    expect(Object.fromEntries(model.methods.map(({ id, access }) => [id.replace('openapi-body/PhotoApi ', ''), access]))).toEqual({
      'GET /photos': { kind: 'anyOf', authorizer: 'openapi-body/PhotoApi PhotoUsers', scopes: ['photos/read'] },
      'POST /photos': { kind: 'anyOf', authorizer: 'openapi-body/PhotoApi PhotoUsers', scopes: ['photos/write'] },
      'OPTIONS /photos': { kind: 'public', reason: 'CORS preflight' },
      'GET /profile': { kind: 'idToken', authorizer: 'openapi-body/PhotoApi PhotoUsers' },
      'GET /metered': { kind: 'anyOf', authorizer: 'openapi-body/PhotoApi PhotoUsers', scopes: ['photos/read'] },
      'GET /health': { kind: 'public', reason: 'probe of the load balancer' },
      'ANY /legacy/{proxy+}': { kind: 'iam' },
    });
  });

  test('the security scheme is an authorizer of the declared pool', () => {
    expect(model.authorizers).toEqual([{
      id: 'openapi-body/PhotoApi PhotoUsers',
      api: 'openapi-body/PhotoApi',
      kind: 'cognito',
      name: 'PhotoUsers',
      userPools: ['openapi-body/Users'],
      identitySource: 'method.request.header.Authorization',
    }]);
  });

  test('an API key is demanded in addition', () => {
    expect(model.methods.filter(({ apiKeyRequired }) => apiKeyRequired === true).map(({ path }) => path)).toEqual(['/metered']);
  });

  test('name and gateway responses come from the document', () => {
    expect(model.apis).toMatchObject([{ name: 'photo-api', gatewayResponses: [{ responseType: 'UNAUTHORIZED', statusCode: '401' }] }]);
  });
});

describe('a document that is not known', () => {
  const api = (properties: object) => modelOfResources({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: properties } });

  test.each<[string, object]>([
    ['an include', { Body: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } } } }],
    ['an object of S3', { BodyS3Location: { Bucket: 'b', Key: 'k' } }],
    ['an object with an unknown key', { BodyS3Location: { Bucket: 'b', Key: { Ref: 'Nope' } } }],
    ['a text that is no JSON', { Body: 'openapi: 3.0.1' }],
  ])('%s leaves one method with everything unknown', (_, properties) => {
    expect(api(properties).methods).toEqual([{
      id: 'App/Api Body',
      api: 'App/Api',
      verb: { unknown: expect.any(String) },
      path: { unknown: expect.any(String) },
      access: { kind: 'unknown', unknown: expect.any(String) },
      apiKeyRequired: { unknown: expect.any(String) },
    }]);
  });

  test('a document as a JSON text is read', () => {
    const body = JSON.stringify({ openapi: '3.0.1', paths: { '/a': { get: {} } } });
    expect(api({ Body: body }).methods).toMatchObject([{ id: 'App/Api GET /a', access: { kind: 'public' } }]);
  });

  test('scopes under a condition that may remove them all leave the kind of token unknown', () => {
    const scheme = { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: ['arn'] } };
    const perhaps = { 'Fn::If': ['C', 'a/b', { Ref: 'AWS::NoValue' }] };
    const paths = { '/a': { get: { security: [{ Pool: [perhaps] }] } }, '/b': { get: { security: [{ Pool: ['a/c', perhaps] }] } } };
    const Body = { openapi: '3.0.1', paths, components: { securitySchemes: { Pool: scheme } } };
    const template = {
      Parameters: { A: { Type: 'String' } },
      Conditions: { C: { 'Fn::Equals': [{ Ref: 'A' }, 'x'] } },
      Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body } } },
    };
    expect(modelFromTemplates({ templates: [source(template)] }).methods.map(({ access }) => access.kind)).toEqual(['unknown', 'anyOf']);
  });

  test('an audience of a Cognito scheme is unknown', () => {
    const authorizer = { type: 'cognito_user_pools', providerARNs: ['arn'], identityValidationExpression: '^x$' };
    const scheme = { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authorizer': authorizer };
    expect(api({ Body: { openapi: '3.0.1', paths: {}, components: { securitySchemes: { Pool: scheme } } } }).authorizers)
      .toMatchObject([{ kind: 'cognito', audience: { unknown: 'identityValidationExpression is documented for authorizers of type token only' } }]);
  });

  test('intrinsic functions in an asset stay what they are', () => {
    const set = {
      templates: [source({ Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { BodyS3Location: { Key: 'k' } } } } })],
      bodies: { k: { openapi: '3.0.1', info: { title: { Ref: 'AWS::StackName' } }, paths: { '/a': { get: {} } } } },
    };
    expect(modelFromTemplates(set).apis[0]).not.toHaveProperty('name');
    expect(modelFromTemplates(set).methods).toHaveLength(1);
  });

  test('methods of a document and methods of the template are all there', () => {
    const Method = {
      Type: 'AWS::ApiGateway::Method',
      Properties: { RestApiId: { Ref: 'Api' }, ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, HttpMethod: 'GET' },
    };
    const Api = { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: { swagger: '2.0', paths: { '/a': { get: {} } } } } };
    expect(modelOfResources({ Api, Method }).methods.map(({ id }) => id)).toEqual(['App/Api GET /a', 'App/Method']);
  });
});

describe('the resource policy of a document', () => {
  const apiOf = (policy?: object, own?: object) => {
    const body = { openapi: '3.0.1', info: { title: 'Photos' }, paths: {}, ...(policy && { 'x-amazon-apigateway-policy': policy }) };
    return modelOfResources({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: body, Policy: own } } }).apis[0];
  };
  const policyOf = (policy?: object, own?: object) => {
    const { resourcePolicy, resourcePolicyDoubt } = apiOf(policy, own);
    return [resourcePolicy, resourcePolicyDoubt?.unknown];
  };
  const ALLOW = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }] };
  const DENY = { Statement: [{ Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke' }] };

  test('counts as that of the API does, and the doubt of either stays', () => {
    const deny = expect.stringContaining('a Deny statement');
    expect([policyOf(), policyOf(ALLOW), policyOf(DENY)]).toEqual([[false, undefined], [true, undefined], [true, deny]]);
    expect([policyOf(undefined, DENY), policyOf(ALLOW, DENY), policyOf(DENY, ALLOW)]).toEqual([[true, deny], [true, deny], [true, deny]]);
  });

  test('denies everybody every call only where that of the API, if there is one, does so too', () => {
    const [all, some] = ['execute-api:/*', 'execute-api:/*/GET/photos'].map((Resource) => ({ Statement: [{ ...DENY.Statement[0], Resource }] }));
    const denies = (...policies: Parameters<typeof apiOf>) => apiOf(...policies).resourcePolicyDenies ?? false;
    expect([denies(all), denies(undefined, all), denies(all, all)]).toEqual([true, true, true]);
    expect([denies(), denies(some), denies(all, ALLOW), denies(ALLOW, all), denies(some, all)]).toEqual([false, false, false, false, false]);
  });
});

describe('the base path of a document', () => {
  const pathsOf = (basepath: unknown, document: object = { swagger: '2.0', basePath: '/a/b/c' }) => {
    const Body = { ...document, paths: { '/': { get: {} }, '/photos': { get: {} }, '/open': 5 } };
    const { methods } = modelOfResources({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body, Parameters: { basepath } } } });
    return methods.map(({ path }) => (typeof path === 'string' ? path : path.unknown)).sort();
  };

  test('is ignored unless the import asks for it', () => {
    for (const basepath of [undefined, 'ignore']) expect(pathsOf(basepath)).toEqual(['/', '/open', '/photos']);
  });

  test('is put before each path, whole or without its first part', () => {
    expect(pathsOf('prepend')).toEqual(['/a/b/c', '/a/b/c/open', '/a/b/c/photos']);
    expect(pathsOf('split')).toEqual(['/b/c', '/b/c/open', '/b/c/photos']);
    expect(pathsOf('split', { swagger: '2.0', basePath: 'v1/' })).toEqual(['/', '/open', '/photos']);
    expect(pathsOf('prepend', { openapi: '3.0.1' })).toEqual(['/', '/open', '/photos']);
  });

  test.each<[string, unknown, object | undefined, string]>([
    ['the servers of OpenAPI 3.0', 'prepend', { openapi: '3.0.1', servers: [{ url: 'https://example.com/v1' }] }, 'in the servers'],
    ['a basePath that is not known', 'split', { swagger: '2.0', basePath: { Ref: 'Nowhere' } }, 'Nowhere'],
    ['a basePath that is no text', 'split', { swagger: '2.0', basePath: ['v1'] }, 'no text'],
    ['an import parameter that is not known', { Ref: 'Nowhere' }, undefined, 'Nowhere'],
    ['another import parameter', 'append', undefined, 'none of ignore, prepend, split'],
  ])('leaves paths unknown where it has %s', (_, basepath, document, expected) => {
    const paths = pathsOf(basepath, document);
    expect(new Set(paths).size).toBe(1);
    expect(paths[0]).toContain(expected);
  });
});
