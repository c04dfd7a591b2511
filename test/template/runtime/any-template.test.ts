import * as fc from 'fast-check';
import { idsOf } from './ids';
import { ProblemError } from '../../../src/model/problem';
import { modelFromTemplates } from '../../../src/template/read-access-model';
import { runtimeFromTemplates } from '../../../src/template/runtime/runtime-from-templates';
import { TEXTLESS, source } from '../templates';

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<unknown>('App', 'AWS_PROXY', 'mock', 'ENABLED', 'days', 60, '5', true, null, '#/components/schemas/A', '{}', TEXTLESS,
      'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations'),
    fc.constantFrom('Pool', 'Fn', 'Alias', 'Open', 'AWS::NoValue').map((name) => ({ Ref: name })),
    fc.tuple(fc.constantFrom('Fn::GetAtt', 'Fn::Sub', 'Fn::Join', 'Fn::If', '$ref', 'type', 'in', 'name'), tie('value')).map(([key, argument]) => ({ [key]: argument })),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', '__proto__', 'unknown', 'Uri', 'Type', 'schema'), tie('value'), { maxKeys: 3 }),
  ),
}));
const members = (...keys: string[]) => fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] });
const orValue = (made: fc.Arbitrary<unknown>) => fc.oneof({ weight: 4, arbitrary: made }, { weight: 1, arbitrary: value });

const operation = members('x-amazon-apigateway-integration', 'x-amazon-apigateway-request-validator', 'parameters', 'requestBody', 'consumes');
const body = fc.record({
  'openapi': orValue(fc.constant('3.0.1')),
  'paths': orValue(fc.dictionary(fc.constantFrom('/a', '/a/', '__proto__'), orValue(fc.dictionary(fc.constantFrom('get', 'post', 'parameters'), orValue(operation))))),
  'components': orValue(fc.record({ schemas: orValue(fc.dictionary(fc.constantFrom('A', '__proto__'), value)) })),
  'x-amazon-apigateway-request-validators': value,
}, { requiredKeys: ['openapi', 'paths'] });

const PROPERTIES: { readonly [type: string]: fc.Arbitrary<unknown> } = {
  'AWS::Cognito::UserPool': members('UsernameAttributes'),
  'AWS::Cognito::UserPoolClient': members('UserPoolId', 'CallbackURLs', 'AccessTokenValidity', 'TokenValidityUnits', 'RefreshTokenRotation', 'PreventUserExistenceErrors'),
  'AWS::ApiGateway::RestApi': fc.record({ Body: orValue(body), BinaryMediaTypes: value, ApiKeySourceType: value }, { requiredKeys: [] }),
  'AWS::ApiGateway::Method': fc.record({
    RestApiId: value,
    HttpMethod: fc.constant('GET'),
    RequestValidatorId: value,
    RequestParameters: value,
    RequestModels: value,
    Integration: orValue(members('Type', 'Uri', 'ConnectionType', 'IntegrationResponses', 'RequestTemplates', 'TimeoutInMillis')),
  }, { requiredKeys: [] }),
  'AWS::ApiGateway::Model': members('RestApiId', 'Name', 'Schema'),
  'AWS::ApiGateway::RequestValidator': members('ValidateRequestBody'),
  'AWS::ApiGateway::Stage': members('RestApiId', 'StageName', 'Variables'),
  'AWS::ApiGateway::ApiKey': members('Name', 'Value', 'Enabled', 'StageKeys'),
  'AWS::ApiGateway::UsagePlan': members('ApiStages'),
  'AWS::ApiGateway::UsagePlanKey': members('KeyId', 'UsagePlanId'),
  'AWS::Lambda::Function': members('Code', 'Runtime', 'Environment', 'Timeout', 'PackageType', 'FunctionName'),
  'AWS::Lambda::Alias': members('FunctionName'),
};
const resource = fc.constantFrom(...Object.keys(PROPERTIES)).chain((type) => fc.record({
  Type: fc.constant(type), Properties: orValue(PROPERTIES[type]), Metadata: value,
}, { requiredKeys: ['Type'] }));
const resources = fc.dictionary(fc.constantFrom('Pool', 'Fn', 'Alias', 'Api', 'Other'), resource, { maxKeys: 5 });

test('property: any template gives a runtime model with the ids of its access model, or names a circle', () => {
  let models = 0;
  fc.assert(fc.property(resources, (each) => {
    const set = { templates: [source({ Parameters: { Open: { Type: 'String' } }, Resources: each })] };
    try {
      const model = modelFromTemplates(set);
      expect(idsOf(runtimeFromTemplates(set, model))).toEqual(idsOf(model));
      models++;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      expect(error.problems[0].code).toBe('TemplateCircular');
    }
  }), { numRuns: 500 });
  expect(models).toBeGreaterThan(300);
});
