import * as fc from 'fast-check';
import { TEXTLESS, modelOf, source } from './templates';
import { buildMatrix } from '../../src/analysis/matrix';
import { readAccessModel, writeAccessModel } from '../../src/model/model-json';
import { ProblemError } from '../../src/model/problem';

const NAMES = ['Pool', 'Server', 'Client', 'Api', 'Users', 'Name', 'List', 'Open', 'AWS::Region', 'AWS::NoValue'];
const name = fc.constantFrom(...NAMES);
const FUNCTIONS = ['Ref', 'Fn::GetAtt', 'Fn::Join', 'Fn::Sub', 'Fn::Select', 'Fn::Split', 'Fn::If', 'Fn::FindInMap', 'Fn::ImportValue', 'Fn::Transform', '$ref'];

/** A value as people write it, a function with any argument, or any JSON. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<unknown>('photos/read', 'GET', 'COGNITO_USER_POOLS', 'code', 'openid', '/photos', '${Name}/read', true, null, 7, '#/components/x', TEXTLESS, [TEXTLESS]),
    name.map((each) => ({ Ref: each })),
    fc.tuple(fc.constantFrom(...FUNCTIONS), tie('value')).map(([key, argument]) => ({ [key]: argument })),
    fc.tuple(tie('value'), tie('value')).map((branches) => ({ 'Fn::If': ['Open', ...branches] })),
    fc.array(tie('value'), { maxLength: 3 }).map((list) => ({ 'Fn::Join': ['/', list] })),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 2 }),
  ),
}));
const members = (keys: readonly string[]) => fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] });
const orValue = (made: fc.Arbitrary<unknown>) => fc.oneof({ weight: 4, arbitrary: made }, { weight: 1, arbitrary: value });
const dictionary = (keys: readonly string[], made: fc.Arbitrary<unknown>) => (
  orValue(fc.dictionary(fc.constantFrom(...keys), orValue(made), { maxKeys: 3 }))
);

const operation = fc.record({
  'security': orValue(fc.array(dictionary(['Users', 'Key', 'NONE'], value), { maxLength: 2 })),
  'x-amazon-apigateway-auth': value,
  'x-amazon-apigateway-integration': orValue(members(['type', 'uri', 'responses'])),
}, { requiredKeys: [] });
const scheme = members(['type', 'name', 'in', 'x-amazon-apigateway-authtype', 'x-amazon-apigateway-authorizer', '$ref']);
const body = fc.record({
  'openapi': orValue(fc.constant('3.0.1')),
  'paths': dictionary(['/photos', '/photos/{id}', 'x-note'], fc.dictionary(fc.constantFrom('get', 'POST', 'parameters'), orValue(operation))),
  'components': orValue(fc.record({ securitySchemes: dictionary(['Users', 'Key'], scheme) })),
  'security': value,
  'x-amazon-apigateway-gateway-responses': value,
}, { requiredKeys: ['openapi', 'paths'] });

const TYPES: { readonly [type: string]: fc.Arbitrary<unknown> } = {
  'AWS::Cognito::UserPool': members(['LambdaConfig', 'IssuerConfiguration', 'UserPoolTier']),
  'AWS::Cognito::UserPoolDomain': members(['UserPoolId', 'Domain', 'CustomDomainConfig']),
  'AWS::Cognito::UserPoolResourceServer': members(['UserPoolId', 'Identifier', 'Scopes']),
  'AWS::Cognito::UserPoolClient': members(['UserPoolId', 'AllowedOAuthFlowsUserPoolClient', 'AllowedOAuthFlows', 'AllowedOAuthScopes', 'GenerateSecret', 'ExplicitAuthFlows']),
  'AWS::ApiGateway::RestApi': fc.record({ Body: orValue(body), CloneFrom: value, Policy: value }, { requiredKeys: ['Body'] }),
  'AWS::ApiGateway::Method': members(['RestApiId', 'ResourceId', 'HttpMethod', 'AuthorizationType', 'AuthorizerId', 'AuthorizationScopes', 'Integration', 'ApiKeyRequired']),
  'AWS::ApiGateway::Resource': members(['RestApiId', 'ParentId', 'PathPart']),
  'AWS::ApiGateway::Authorizer': members(['RestApiId', 'Type', 'ProviderARNs', 'IdentityValidationExpression']),
  'AWS::ApiGateway::GatewayResponse': members(['RestApiId', 'ResponseType', 'ResponseParameters']),
  'AWS::CloudFormation::Stack': members(['TemplateURL', 'Parameters']),
  'Org::Photos::Api::MODULE': value,
  'AWS::Serverless::Api': value,
};
const resource = fc.constantFrom(...Object.keys(TYPES)).chain((type) => fc.record(
  { Type: fc.constant(type), Properties: orValue(TYPES[type]), Condition: orValue(fc.constant('Open')), Metadata: value },
  { requiredKeys: ['Type', 'Properties'] },
));
const { resources } = fc.letrec<{ resources: unknown }>((tie) => ({
  resources: fc.record({
    'Pool': resource,
    'Api': fc.oneof(resource, fc.record({ Type: fc.constant('AWS::ApiGateway::RestApi'), Properties: fc.record({ Body: body }) })),
    'Users': resource,
    'Client${Name}': resource,
    'Fn::ForEach::Loop': fc.oneof(
      { maxDepth: 3 },
      value,
      fc.tuple(orValue(fc.constant('Name')), orValue(fc.array(name, { maxLength: 2 })), orValue(tie('resources'))),
    ),
  }, { requiredKeys: [] }),
}));

test('property: any template gives a model that is written and read, and a matrix, or names a circle', () => {
  const seen = { models: 0, notRead: 0, operations: 0, circles: 0 };
  fc.assert(fc.property(resources, value, value, (each, metadata, list) => {
    const template = {
      Metadata: { 'cdk-protected-api': metadata },
      Parameters: { Name: { Type: 'String' }, List: { Type: 'CommaDelimitedList', Default: list } },
      Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Name' }, 'a'] } },
      Resources: each,
    };
    try {
      const model = modelOf(source(template));
      expect(JSON.parse(JSON.stringify(buildMatrix(model)))).toHaveProperty('version');
      expect(readAccessModel(writeAccessModel(model))).toEqual(model);
      seen.models++;
      if (model.notRead !== undefined) seen.notRead++;
      if (model.methods.some(({ id }) => / (GET|POST) \//.test(id))) seen.operations++;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      expect(error.problems.map(({ code }) => code)).toEqual(['TemplateCircular']);
      seen.circles++;
    }
  }), { numRuns: 1000 });
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
});
