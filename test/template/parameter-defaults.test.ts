import { modelOf, source } from './templates';
import { matrixNotes } from '../../src/analysis/matrix-notes';
import type { ParameterDefault } from '../../src/model/access-model';
import type { TemplateSource } from '../../src/template/template-set';

const POOL = { Type: 'AWS::Cognito::UserPool' };
const API = { Type: 'AWS::ApiGateway::RestApi' };
const METHOD = {
  RestApiId: { Ref: 'Api' }, ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, HttpMethod: 'GET', AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: 'a',
};
const CLIENT = { UserPoolId: { Ref: 'Pool' }, GenerateSecret: true };
const STAGE = { Parameters: { Stage: { Type: 'String', Default: 'dev' } } };
const IS_DEV = { ...STAGE, Conditions: { IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] } } };

const method = (properties: object, more: object = {}) => ({ Method: { Type: 'AWS::ApiGateway::Method', Properties: { ...METHOD, ...properties }, ...more } });
const client = (properties: object, more: object = {}) => ({ Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { ...CLIENT, ...properties }, ...more } });

function defaultsOf(resources: object, sections: object = STAGE, more: Partial<TemplateSource> = {}): readonly ParameterDefault[] | undefined {
  return modelOf(source({ Resources: { Pool: POOL, Api: API, ...resources }, ...sections }, more)).parameterDefaults;
}

describe('the default of a parameter', () => {
  test.each<[string, object, object]>([
    ['an authorization type', method({ AuthorizationType: { 'Fn::If': ['IsDev', 'NONE', 'COGNITO_USER_POOLS'] } }), IS_DEV],
    ['an authorization type in a mapping', method({ AuthorizationType: { 'Fn::FindInMap': ['M', { Ref: 'Stage' }, 'auth'] } }), { ...STAGE, Mappings: { M: { dev: { auth: 'NONE' } } } }],
    ['an authorizer', method({ AuthorizerId: { Ref: 'Stage' } }), STAGE],
    ['a scope of a method', method({ AuthorizationScopes: [{ 'Fn::Sub': '${Stage}/read' }] }), STAGE],
    ['a scope of a client', client({ AllowedOAuthScopes: [{ 'Fn::Join': ['/', [{ Ref: 'Stage' }, 'read']] }] }), STAGE],
    ['a condition of a method', method({}, { Condition: 'IsDev' }), IS_DEV],
    ['a condition that leaves a client out', client({}, { Condition: 'IsProd' }), { ...IS_DEV, Conditions: { ...IS_DEV.Conditions, IsProd: { 'Fn::Not': [{ Condition: 'IsDev' }] } } }],
    ['a loop over clients', { 'Fn::ForEach::Clients': ['Name', { 'Fn::Split': [',', { Ref: 'Stage' }] }, { 'C${Name}': { Type: 'AWS::Cognito::UserPoolClient', Properties: CLIENT } }] }, STAGE],
    ['a security of a document', { Api: { ...API, Properties: { Body: { paths: { '/': { get: { security: [{ Users: [{ Ref: 'Stage' }] }] } } } } } } }, STAGE],
  ])('is listed where it decides %s', (_, resources, sections) => {
    expect(defaultsOf(resources, sections)).toEqual([{ subject: 'App/Stage', value: 'dev' }]);
  });

  test('is listed where a name that is read before makes use of it too', () => {
    const server = { Type: 'AWS::Cognito::UserPoolResourceServer', Properties: { UserPoolId: { Ref: 'Pool' }, Identifier: { Ref: 'Stage' }, Name: 'n' } };
    expect(defaultsOf({ ...client({ ClientName: { Ref: 'Server' }, AllowedOAuthScopes: [{ 'Fn::Sub': '${Server}/read' }] }), Server: server })).toHaveLength(1);
    expect(defaultsOf(client({ ClientName: { 'Fn::If': ['IsDev', 'a', 'b'] }, AllowedOAuthFlows: [{ 'Fn::If': ['IsDev', 'code', 'implicit'] }] }), IS_DEV)).toHaveLength(1);
  });

  test('is not listed where it decides names and integrations alone', () => {
    const body = {
      info: { title: { Ref: 'Stage' } },
      paths: { '/': { get: { 'x-amazon-apigateway-integration': { uri: { 'Fn::Sub': 'https://${Stage}.example.com' } } } } },
    };
    expect(defaultsOf({
      ...client({ ClientName: { Ref: 'Stage' } }),
      ...method({ Integration: { Type: 'HTTP', Uri: { Ref: 'Stage' } } }),
      Api: { ...API, Properties: { Name: { Ref: 'Stage' }, Body: body } },
      Table: { Type: 'AWS::DynamoDB::Table', Condition: 'IsDev' },
    }, IS_DEV)).toBeUndefined();
  });

  test('is not listed where the deployment gives a value', () => {
    const resources = method({ AuthorizationType: { Ref: 'Stage' } });
    expect(defaultsOf(resources, STAGE, { parameters: { Stage: 'NONE' } })).toBeUndefined();
    expect(defaultsOf(resources, STAGE, { parameters: { Other: 'NONE' } })).toHaveLength(1);
  });

  test('is not listed for a secret, whose value stays unknown', () => {
    const secret = { Parameters: { Stage: { Type: 'String', Default: 's3cret', NoEcho: true } } };
    expect(JSON.stringify(modelOf(source({ Resources: { Api: API, ...method({ AuthorizationType: { Ref: 'Stage' } }) }, ...secret })))).not.toContain('s3cret');
  });

  test('is noted once, in quotes and cut', () => {
    const parameters = { Parameters: { Long: { Type: 'CommaDelimitedList', Default: `a, ${'b'.repeat(200)}` }, Stage: { Type: 'String', Default: '' } } };
    const model = modelOf(source({
      Resources: { Pool: POOL, Api: API, ...method({ AuthorizationScopes: { Ref: 'Long' } }), ...client({ AllowedOAuthFlows: [{ Ref: 'Stage' }] }) }, ...parameters,
    }));
    const notes = matrixNotes(model, [], [], []).filter(({ kind }) => kind === 'parameterDefault');
    expect(notes).toEqual([
      { kind: 'parameterDefault', subjects: ['App/Stage'], note: 'is taken to have its default ""; another value at deployment may change answers' },
      { kind: 'parameterDefault', subjects: ['App/Long'], note: expect.stringMatching(/default "a,b{98}…"; another/) },
    ]);
  });
});
