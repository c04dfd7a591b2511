import { readOpenApi, type OpenApiContent } from '../../src/openapi/read-openapi';
import { resolveReference } from '../../src/openapi/references';

const POOL = { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools' } };
const GET = { security: [{ Pool: ['a/b'] }] };
const UNCLEAR = { unknown: expect.any(String) };

const read = (paths: object, more: object = {}): OpenApiContent => readOpenApi({
  'openapi': '3.0.1', paths, 'components': { securitySchemes: { Pool: { $ref: '#/x-schemes/pool' } } }, 'x-schemes': { pool: POOL }, ...more,
});

describe('references of a document', () => {
  test('schemes, path items and operations are where references lead', () => {
    const content = read({ '/a': { $ref: '#/x-paths/~1a~0b%20c' }, '/b': { get: { $ref: '#/paths/~1c/get' } }, '/c': { get: GET } }, {
      'x-paths': { '/a~b c': { $ref: '#/x-paths/real', parameters: [] }, 'real': { get: GET } },
    });
    expect(content.authorizers).toMatchObject([{ name: 'Pool', type: 'cognito_user_pools' }]);
    expect(content.operations).toMatchObject(['/a', '/b', '/c'].map((path) => ({
      path, verb: 'GET', authorizationType: 'COGNITO_USER_POOLS', scheme: 'Pool', scopes: ['a/b'],
    })));
  });

  test.each<[string, unknown]>([
    ['out of the document', 'other.yaml#/get'],
    ['to the whole document', '#'],
    ['to nothing', '#/x-nothing/here'],
    ['to what objects inherit', '#/toString'],
    ['to null', '#/x-null'],
    ['in a circle', '#/x-circle'],
    ['into what is unknown', '#/x-unknown/get'],
    ['that is unknown', { unknown: 'a parameter' }],
    ['that is no text', 5],
    ['with a broken escape', '#/%'],
  ])('a reference %s is unknown', (_, $ref) => {
    const more = { 'x-circle': { $ref: '#/x-circle2' }, 'x-circle2': { $ref: '#/x-circle' }, 'x-unknown': { unknown: 'x' }, 'x-null': null };
    const content = read({ '/a': { $ref }, '/b': { get: { $ref } } }, more);
    expect(content.unknownParts).toEqual([{ path: '/a', reason: UNCLEAR }]);
    expect(content.operations).toMatchObject([{ path: '/b', verb: 'GET', authorizationType: UNCLEAR, apiKeyRequired: UNCLEAR }]);
    const scheme = read({ '/c': { get: GET } }, { ...more, components: { securitySchemes: { Pool: { $ref } } } });
    expect(scheme.operations).toMatchObject([{ authorizationType: UNCLEAR }]);
    expect(read({ $ref }, more)).toMatchObject({ operations: [], unknownParts: [{ reason: UNCLEAR }] });
  });

  test('members beside a reference make it unknown', () => {
    const document = { a: { b: 1 } };
    expect(resolveReference({ $ref: '#/a', description: 'x' }, document)).toEqual({ b: 1 });
    expect(resolveReference({ $ref: '#/a', get: {} }, document)).toEqual(UNCLEAR);
  });

  test('references of schemes and components are followed', () => {
    const components = { securitySchemes: { Pool: POOL } };
    for (const more of [{ 'components': { $ref: '#/x-c' }, 'x-c': components }, { 'components': { securitySchemes: { $ref: '#/x-c' } }, 'x-c': { Pool: POOL } }]) {
      expect(read({ '/c': { get: GET } }, more).operations).toMatchObject([{ scheme: 'Pool' }]);
    }
  });
});
