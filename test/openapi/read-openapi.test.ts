import { OPENAPI_EXTENSION } from '../../src/model/metadata';
import { readOpenApi, type Operation } from '../../src/openapi/read-openapi';

const COGNITO = {
  'type': 'apiKey',
  'name': 'X-Token',
  'in': 'header',
  'x-amazon-apigateway-authtype': 'cognito_user_pools',
  'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: ['arn'] },
};
const SCHEMES = {
  Users: COGNITO,
  Admins: COGNITO,
  Custom: { ...COGNITO, 'x-amazon-apigateway-authtype': 'custom', 'x-amazon-apigateway-authorizer': { type: 'request', identitySource: 'method.request.header.X' } },
  Sigv4: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
  Key: { type: 'apiKey', name: 'X-API-Key', in: 'header' },
  HeaderKey: { type: 'apiKey', name: 'X-Other', in: 'header' },
  OtherKey: { type: 'apiKey', name: 'key', in: 'query' },
  Documented: { type: 'oauth2', flows: {} },
  Half: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'cognito_user_pools' },
  Open: { unknown: 'a parameter' },
  OpenType: { type: { unknown: 'a type' }, name: 'x-api-key', in: 'header' },
  OpenName: { type: 'apiKey', name: { unknown: 'a name' }, in: 'header' },
  OpenPlace: { type: 'apiKey', name: 'x-api-key', in: { unknown: 'a place' } },
  QueryName: { type: 'apiKey', name: { unknown: 'a name' }, in: 'query' },
  Typeless: {},
  OAuthUsers: { ...COGNITO, type: 'oauth2' },
  TypelessUsers: { ...COGNITO, type: undefined },
  OpenTypeUsers: { ...COGNITO, type: { unknown: 'a type' } },
  Text: 'apiKey',
  BadAuthorizer: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authorizer': 'cognito' },
};

const document = (operation: object, more: object = {}) => ({
  openapi: '3.0.1', paths: { '/photos': { get: operation } }, components: { securitySchemes: SCHEMES }, ...more,
});
const operationOf = (operation: object, more: object = {}): Operation => readOpenApi(document(operation, more)).operations[0];
const ABSENT = { unknown: 'a condition', mayBeAbsent: true };
const UNCLEAR = { unknown: expect.any(String) };

describe('security of an operation', () => {
  test.each<[string, unknown, object]>([
    ['nothing', undefined, { authorizationType: 'NONE', scopes: [], apiKeyRequired: false }],
    ['an empty list', [], { authorizationType: 'NONE' }],
    ['an empty requirement', [{}], { authorizationType: 'NONE' }],
    ['a Cognito scheme with scopes', [{ Users: ['a/b', 'a/c'] }], { authorizationType: 'COGNITO_USER_POOLS', scheme: 'Users', scopes: ['a/b', 'a/c'] }],
    ['a Cognito scheme without scopes', [{ Users: [] }], { authorizationType: 'COGNITO_USER_POOLS', scheme: 'Users', scopes: [] }],
    ['a Lambda authorizer', [{ Custom: [] }], { authorizationType: 'CUSTOM', scheme: 'Custom' }],
    ['signed requests', [{ Sigv4: [] }], { authorizationType: 'AWS_IAM' }],
    ['an API key', [{ Key: [] }], { authorizationType: 'NONE', apiKeyRequired: true }],
    ['an API key with a Cognito scheme', [{ Users: ['a/b'], Key: [] }], { scheme: 'Users', scopes: ['a/b'], apiKeyRequired: true }],
    ['an API key beside a Cognito scheme', [{ Users: ['a/b'] }, { Key: [] }], { scheme: 'Users', scopes: ['a/b'], apiKeyRequired: true }],
    ['an API key or nothing', [{ Key: [] }, {}], { authorizationType: 'NONE', apiKeyRequired: UNCLEAR }],
    ['a key that API Gateway does not check', [{ OtherKey: [] }], { authorizationType: 'NONE', apiKeyRequired: false }],
    ['a key in a header that API Gateway does not check', [{ HeaderKey: [] }], { authorizationType: 'NONE', apiKeyRequired: false }],
    ['a scheme that is documentation only', [{ Documented: ['x'] }], { authorizationType: 'NONE', scopes: ['x'] }],
    ['documentation beside a Cognito scheme', [{ Users: ['a/b'], Documented: ['x'] }], { authorizationType: 'COGNITO_USER_POOLS', scopes: ['a/b'] }],
    ['documentation beside signed requests', [{ Sigv4: [], Documented: ['x'] }], { authorizationType: 'AWS_IAM', scopes: ['x'] }],
    ['documentation or a Cognito scheme', [{ Users: ['a/b'] }, { Documented: ['x'] }], { authorizationType: UNCLEAR, scopes: ['a/b', 'x'] }],
    ['no authorizer, in the words of SAM', [{ NONE: [] }], { authorizationType: 'NONE', scopes: [], apiKeyRequired: false }],
    ['an API key and no authorizer, in the words of SAM', [{ NONE: [] }, { Key: [] }], { authorizationType: 'NONE', apiKeyRequired: true }],
    ['no authorizer in the words of SAM, or one', [{ NONE: [] }, { Users: ['a/b'] }], { authorizationType: UNCLEAR, scopes: ['a/b'] }],
    ['no authorizer and one at once', [{ NONE: [], Users: ['a/b'] }], { authorizationType: UNCLEAR, scopes: ['a/b'] }],
    ['scopes that may all be absent', [{ Users: [ABSENT, ABSENT] }], { authorizationType: UNCLEAR, scopes: [{ unknown: 'a condition' }, { unknown: 'a condition' }] }],
    ['a list of scopes that may be absent', [{ Users: ABSENT }], { authorizationType: UNCLEAR }],
    ['one scope that may be absent', [{ Users: ['a/b', ABSENT] }], { authorizationType: 'COGNITO_USER_POOLS', scopes: ['a/b', { unknown: 'a condition' }] }],
    ['a scope that is no list', [{ Users: 'a/b' }], { authorizationType: UNCLEAR, scopes: ['a/b'] }],
    ['the same requirement twice', [{ Users: ['a/b'] }, { Users: ['a/b'] }], { scheme: 'Users', scopes: ['a/b'] }],
    ['alternatives of scopes', [{ Users: ['a/b'] }, { Users: ['a/c'] }], { authorizationType: UNCLEAR, scopes: ['a/b', 'a/c'] }],
    ['alternatives of authorizers', [{ Users: ['a/b'] }, { Admins: ['a/b'] }], { authorizationType: UNCLEAR, scopes: ['a/b'] }],
    ['two authorizers at once', [{ Users: [], Admins: [] }], { authorizationType: UNCLEAR }],
    ['an authorizer or nothing', [{ Users: ['a/b'] }, {}], { authorizationType: UNCLEAR }],
    ['a scheme that is not declared', [{ Nobody: [] }], { authorizationType: UNCLEAR }],
    ['a scheme without its authorizer', [{ Half: [] }], { authorizationType: UNCLEAR }],
    ['a scheme that is unknown', [{ Open: [] }], { authorizationType: { unknown: 'a parameter' } }],
    ['a scheme of an unknown type', [{ OpenType: [] }], { authorizationType: { unknown: 'a type' } }],
    ['a key in an unknown header', [{ OpenName: [] }], { authorizationType: { unknown: 'a name' } }],
    ['a key in an unknown place', [{ OpenPlace: [] }], { authorizationType: { unknown: 'a place' } }],
    ['a key in a query parameter of an unknown name', [{ QueryName: [] }], { authorizationType: 'NONE', apiKeyRequired: false }],
    ['a scheme without a type', [{ Typeless: [] }], { authorizationType: UNCLEAR }],
    ['a scheme that is no object', [{ Text: [] }], { authorizationType: UNCLEAR }],
    ['a scheme whose authorizer is no object', [{ BadAuthorizer: [] }], { authorizationType: UNCLEAR }],
    ['a requirement that is no object', ['Users'], { authorizationType: UNCLEAR }],
    ['a scope that is unknown', [{ Users: [{ unknown: 'a parameter', expression: '${P}' }] }], { scopes: [{ unknown: 'a parameter', expression: '${P}' }] }],
    ['no list', 'Users', { authorizationType: UNCLEAR }],
  ])('%s', (_, security, expected) => {
    expect(operationOf({ security })).toMatchObject(expected);
  });

  test.each([
    ['OAuthUsers', 'security scheme OAuthUsers has an authorizer and is not of type apiKey'],
    ['TypelessUsers', 'security scheme TypelessUsers has an authorizer and is not of type apiKey'],
    ['OpenTypeUsers', 'a type'],
  ])('the authorizer of a scheme that is not certainly of type apiKey protects nothing for certain: %s', (name, unknown) => {
    expect(operationOf({ security: [{ [name]: ['photos/read'] }] })).toMatchObject({ authorizationType: { unknown }, scopes: ['photos/read'] });
    expect(readOpenApi(document({})).authorizers.map((authorizer) => authorizer.name)).not.toContain(name);
  });

  test('an empty text for the only scope may be none', () => {
    expect(operationOf({ security: [{ Users: [''] }] })).toMatchObject({ authorizationType: { unknown: expect.stringContaining('an empty text') } });
    expect(operationOf({ security: [{ Users: ['', 'a/b'] }] })).toMatchObject({ authorizationType: 'COGNITO_USER_POOLS' });
  });

  test('the security of the document applies to operations without their own', () => {
    const root = { security: [{ Users: ['a/b'] }] };
    expect(operationOf({}, root)).toMatchObject({ scheme: 'Users', scopes: ['a/b'] });
    expect(operationOf({ security: [{ Users: ['a/c'] }] }, root)).toMatchObject({ scopes: ['a/c'] });
    expect(operationOf({ security: [] }, root)).toMatchObject({ authorizationType: 'NONE' });
  });

  test('NONE is a scheme like others where it is or may be declared', () => {
    const security = [{ NONE: [] }];
    expect(operationOf({ security }, { components: { securitySchemes: { NONE: COGNITO } } })).toMatchObject({ scheme: 'NONE' });
    expect(operationOf({ security }, { components: { unknown: 'x' } })).toMatchObject({ authorizationType: { unknown: 'x' } });
    expect(operationOf({ security }, { securityDefinitions: { unknown: 'x' } })).toMatchObject({ authorizationType: { unknown: 'x' } });
  });

  test('the extension of an operation asks for signed requests', () => {
    expect(operationOf({ 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } })).toMatchObject({ authorizationType: 'AWS_IAM' });
  });

  test.each<[string, unknown, object]>([
    ['of an unknown type', { type: { unknown: 'a type' } }, { authorizationType: { unknown: 'a type' } }],
    ['that is unknown', { unknown: 'a parameter' }, { authorizationType: { unknown: 'a parameter' } }],
    ['of another type', { type: 'COGNITO_USER_POOLS' }, { authorizationType: UNCLEAR }],
    ['without a type', {}, { authorizationType: UNCLEAR }],
    ['that is a text', 'NONE', { authorizationType: UNCLEAR }],
    ['of type AWS_IAM in lower case', { type: 'aws_iam' }, { authorizationType: 'AWS_IAM' }],
    ['of type NONE', { type: 'NONE' }, { authorizationType: 'NONE' }],
  ])('the extension %s', (_, extension, expected) => {
    expect(operationOf({ 'x-amazon-apigateway-auth': extension })).toMatchObject(expected);
  });

  test('whether the extension of type NONE wins over security is not known', () => {
    const none = { 'x-amazon-apigateway-auth': { type: 'none' } };
    const security = [{ Users: ['a/b'] }, { Admins: ['a/c'] }];
    expect(operationOf({ ...none, security })).toMatchObject({ authorizationType: UNCLEAR, scopes: ['a/b', 'a/c'] });
    expect(operationOf(none, { security })).toMatchObject({ authorizationType: UNCLEAR, scopes: ['a/b', 'a/c'] });
    expect(operationOf({ ...none, security: [] }, { security })).toMatchObject({ authorizationType: 'NONE', scopes: [] });
    expect(operationOf({ ...none, security: [{ Key: [] }] })).toMatchObject({ authorizationType: UNCLEAR, apiKeyRequired: true });
  });
});

describe('a document', () => {
  test('OpenAPI 2.0 declares its schemes elsewhere', () => {
    const content = readOpenApi({ swagger: '2.0', basePath: '/v1', paths: { '/photos': { get: { security: [{ Users: ['a/b'] }] } } }, securityDefinitions: SCHEMES });
    expect(content.operations).toMatchObject([{ verb: 'GET', path: '/photos', scheme: 'Users', scopes: ['a/b'] }]);
  });

  test('authorizers take their token from the header of the scheme', () => {
    expect(readOpenApi(document({})).authorizers.map(({ name, type, identitySource }) => [name, type, identitySource])).toEqual([
      ['Users', 'cognito_user_pools', 'method.request.header.X-Token'],
      ['Admins', 'cognito_user_pools', 'method.request.header.X-Token'],
      ['Custom', 'request', 'method.request.header.X'],
    ]);
  });

  test.each<[string, object, unknown]>([
    ['of a Cognito authorizer is unknown', { type: 'cognito_user_pools', identityValidationExpression: '^x$' }, UNCLEAR],
    ['of an unknown authorizer is unknown', { type: { unknown: 'x' }, identityValidationExpression: '^x$' }, UNCLEAR],
    ['of a Lambda authorizer is none', { type: 'token', identityValidationExpression: '^x$' }, undefined],
    ['without an expression is none', { type: 'cognito_user_pools' }, undefined],
  ])('the audience %s', (_, authorizer, audience) => {
    const components = { securitySchemes: { Pool: { ...COGNITO, 'x-amazon-apigateway-authorizer': authorizer } } };
    expect(readOpenApi(document({}, { components })).authorizers[0].audience).toEqual(audience);
  });

  test.each<[unknown, string]>([
    ['3.1.0', 'API Gateway imports OpenAPI 2.0 and 3.0, not 3.1.0'],
    [{ unknown: 'parameter A has no default' }, 'the OpenAPI version of the document is not known: parameter A has no default'],
    [{}, 'the document names no version of OpenAPI'],
    [undefined, 'the document names no version of OpenAPI'],
  ])('version %j gives the reason «%s»', (openapi, unknown) => {
    expect(readOpenApi({ openapi }).unknownParts).toEqual([{ reason: { unknown } }]);
  });

  test.each([
    ['get', 'GET'], ['put', 'PUT'], ['post', 'POST'], ['delete', 'DELETE'], ['options', 'OPTIONS'], ['head', 'HEAD'], ['patch', 'PATCH'],
    ['x-amazon-apigateway-any-method', 'ANY'],
  ])('%s is the verb %s', (key, verb) => {
    expect(readOpenApi({ openapi: '3.0.0', paths: { '/a': { [key]: {}, parameters: [], summary: 'x' } } }).operations).toMatchObject([{ verb, path: '/a' }]);
  });

  test.each<[unknown, unknown]>([
    [{ type: 'aws_proxy', uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations' }, 'lambda'],
    [{ type: 'AWS', uri: { unknown: 'x', expression: 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/x' } }, 'lambda'],
    [{ type: 'aws', uri: 'arn:aws:apigateway:eu-west-1:sqs:path/q' }, 'aws'],
    [{ type: 'http_proxy' }, 'http'],
    [{ type: 'mock' }, 'mock'],
    [{ type: 'other' }, UNCLEAR],
    [{ unknown: 'x' }, { unknown: 'x' }],
    [undefined, undefined],
  ])('integration %j is of kind %j', (integration, kind) => {
    expect(operationOf({ 'x-amazon-apigateway-integration': integration }).integration).toEqual(kind);
  });

  test('an OPTIONS mock that allows an origin is a preflight', () => {
    const responses = { default: { responseParameters: { 'method.response.header.Access-Control-Allow-Origin': '\'*\'' } } };
    const options = { 'x-amazon-apigateway-integration': { type: 'mock', responses } };
    expect(readOpenApi({ openapi: '3.0.1', paths: { '/a': { options, get: options } } }).operations.map(({ verb, preflight }) => [verb, preflight]))
      .toEqual([['OPTIONS', true], ['GET', false]]);
  });

  test('the extension of this package says why an operation is public', () => {
    expect(operationOf({ [OPENAPI_EXTENSION]: { access: 'public', reason: 'probe' } }).metadata).toEqual({ access: 'public', reason: 'probe' });
  });

  test.each<[string, unknown]>([
    ['an unknown document', { unknown: 'outside' }],
    ['a list', []],
    ['OpenAPI 3.1', { openapi: '3.1.0', paths: { '/a': { get: {} } } }],
    ['no version', { paths: { '/a': { get: {} } } }],
    ['unknown paths', { openapi: '3.0.1', paths: { unknown: 'x' } }],
  ])('%s leaves everything unknown', (_, value) => {
    expect(readOpenApi(value)).toMatchObject({ operations: [], unknownParts: [{ reason: UNCLEAR }] });
  });

  test('an unknown path item leaves its path unknown', () => {
    const content = readOpenApi({ openapi: '3.0.1', paths: { '/a': { unknown: 'x' }, '/b': { get: { unknown: 'y' } } } });
    expect(content.unknownParts).toEqual([{ path: '/a', reason: { unknown: 'x' } }]);
    expect(content.operations).toMatchObject([{ path: '/b', verb: 'GET', authorizationType: { unknown: 'y' } }]);
  });
});
