import { OPEN, UNKNOWN, runtimeOfResources } from './runtime-of';

const POOL = 'us-east-1_Example00';
const authorizer = (arn: unknown) => ({
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } },
  Authorizer: {
    Type: 'AWS::ApiGateway::Authorizer',
    Properties: { RestApiId: { Ref: 'Api' }, Type: 'COGNITO_USER_POOLS', Name: 'users', ProviderARNs: [arn] },
  },
});

test('people sign in with what UsernameAttributes names; AliasAttributes are not that', () => {
  const [pool] = runtimeOfResources({
    Pool: { Type: 'AWS::Cognito::UserPool', Properties: { UsernameAttributes: ['email', OPEN], AliasAttributes: ['phone_number'] } },
  }, { environment: { account: '111122223333', region: 'eu-west-1' } }).userPools;
  expect(pool).toEqual({ id: 'App/Pool', account: '111122223333', region: 'eu-west-1', usernameAttributes: ['email', UNKNOWN] });
});

test('a pool of a stack that is deployed anywhere has no place', () => {
  expect(runtimeOfResources({ Pool: { Type: 'AWS::Cognito::UserPool' } }).userPools).toEqual([{ id: 'App/Pool', usernameAttributes: [] }]);
});

describe('a pool that is only named is where', () => {
  test.each<readonly [string, object, object]>([
    ['its ARN says', authorizer(`arn:aws:cognito-idp:us-east-1:444455556666:userpool/${POOL}`), { account: '444455556666', region: 'us-east-1' }],
    ['its ARN in an open partition says', authorizer({ 'Fn::Sub': `arn:\${AWS::Partition}:cognito-idp:us-east-1:444455556666:userpool/${POOL}` }),
      { account: '444455556666', region: 'us-east-1' }],
    ['its id says', { Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: POOL } } }, { region: 'us-east-1' }],
    ['the ARN in a document says', {
      Api: {
        Type: 'AWS::ApiGateway::RestApi',
        Properties: {
          Body: {
            openapi: '3.0.1',
            paths: {},
            components: {
              securitySchemes: {
                Users: {
                  'type': 'apiKey',
                  'name': 'Authorization',
                  'in': 'header',
                  'x-amazon-apigateway-authtype': 'cognito_user_pools',
                  'x-amazon-apigateway-authorizer': {
                    type: 'cognito_user_pools', providerARNs: [`arn:aws:cognito-idp:us-east-1:444455556666:userpool/${POOL}`],
                  },
                },
              },
            },
          },
        },
      },
    }, { account: '444455556666', region: 'us-east-1' }],
  ])('%s', (_, resources, place) => {
    expect(runtimeOfResources(resources).userPools).toEqual([{ id: POOL, ...place, usernameAttributes: [] }]);
  });
});
