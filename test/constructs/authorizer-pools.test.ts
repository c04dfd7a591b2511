import { Template } from 'aws-cdk-lib/assertions';
import { AuthorizationType, CfnAuthorizer, CognitoUserPoolsAuthorizer, type IAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { ResourceServerScope, UserPool, type IUserPool } from 'aws-cdk-lib/aws-cognito';
import { CfnParameter, Fn, Stack } from 'aws-cdk-lib/core';
import { mock, newPhotos, newStack, problemsOf } from './harness';
import { Access, ProtectedApi, ScopedResourceServer, type ProtectedApiProps } from '../../src';

const ARN = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Shared';

function setUp(stack: Stack = newStack(), props: ProtectedApiProps = {}) {
  const set = newPhotos(stack);
  return { stack, ...set, ...withApi(stack, set, props) };
}

function withApi(stack: Stack, { photos, read }: ReturnType<typeof newPhotos>, props: ProtectedApiProps = {}) {
  const api = new ProtectedApi(stack, 'Api', { resourceServers: [photos], ...props });
  api.addRoute('GET /photos', { access: Access.anyOf(read), integration: mock() });
  return { api };
}

function authorizerOf(stack: Stack, ...cognitoUserPools: IUserPool[]): CognitoUserPoolsAuthorizer {
  return new CognitoUserPoolsAuthorizer(stack, 'Own', { cognitoUserPools });
}

/** A method with a scope and an authorizer of the app. */
function guard(api: ProtectedApi, authorizer: IAuthorizer, ...authorizationScopes: string[]) {
  return api.root.addMethod('PUT', mock(), { authorizer, authorizationScopes });
}

describe('an authorizer of your own: synthesis fails', () => {
  test('for a scope that the resource server of its user pool lacks', () => {
    const { stack, api, photos } = setUp();
    guard(api, authorizerOf(stack, photos.userPool), 'photos/raed');
    expect(problemsOf(() => Template.fromStack(stack))).toEqual([expect.stringMatching(
      /^\[ScopeUnknown\] method "PUT \/" uses a scope that resource server "Stack\/Photos" does not declare, got "photos\/raed"; .*"photos\/read"/,
    )]);
  });

  test('for the same with the authorizer as the default of methods', () => {
    const stack = newStack();
    const set = newPhotos(stack);
    const { api } = withApi(stack, set, { defaultMethodOptions: { authorizer: authorizerOf(stack, set.photos.userPool), authorizationScopes: ['photos/raed'] } });
    api.root.addMethod('PUT', mock());
    expect(problemsOf(() => Template.fromStack(stack))).toEqual([expect.stringContaining('[ScopeUnknown] method "PUT /" uses a scope that')]);
  });

  test.each<[string, (stack: Stack, userPool: IUserPool, api: ProtectedApi) => IAuthorizer]>([
    ['of the id of the user pool', (stack, { userPoolId }) => authorizerOf(stack, UserPool.fromUserPoolId(stack, 'Same', userPoolId))],
    ['in L1', (stack, { userPoolArn }, api) => ({
      authorizerId: new CfnAuthorizer(stack, 'Own', { restApiId: api.restApiId, name: 'own', type: 'COGNITO_USER_POOLS', providerArns: [userPoolArn] }).ref,
      authorizationType: AuthorizationType.COGNITO,
    })],
  ])('for the same with an authorizer %s', (_how, define) => {
    const { stack, api, photos } = setUp();
    guard(api, define(stack, photos.userPool, api), 'photos/raed');
    expect(problemsOf(() => Template.fromStack(stack))).toEqual([expect.stringContaining('got "photos/raed"')]);
  });

  test('for a scope that a resource server which is known by reference, or without this library, lacks', () => {
    const { stack, api } = setUp();
    const shared = UserPool.fromUserPoolArn(stack, 'Shared', ARN);
    const plain = new UserPool(stack, 'Users');
    plain.addResourceServer('Bills', { identifier: 'bills', scopes: [new ResourceServerScope({ scopeName: 'pay', scopeDescription: 'Pay bills' })] });
    ScopedResourceServer.fromAttributes(stack, 'Orders', { identifier: 'orders', userPool: shared, scopeNames: ['read'] });
    guard(api, authorizerOf(stack, UserPool.fromUserPoolArn(stack, 'Again', ARN), plain), 'orders/raed', 'orders/read', 'bills/pay', 'bills/apy');
    expect(problemsOf(() => Template.fromStack(stack)).map((line) => /got "(.*?)"/.exec(line)![1])).toEqual(['orders/raed', 'bills/apy']);
  });

  test('for a scope of a user pool that the authorizer does not have', () => {
    const { stack, api } = setUp();
    guard(api, authorizerOf(stack, new UserPool(stack, 'Users')), 'photos/read');
    expect(problemsOf(() => Template.fromStack(stack))).toEqual([
      '[ScopeUnknown] method "PUT /" uses a scope of a user pool whose tokens its authorizer does not take, got "photos/read"; '
      + 'expected a scope of user pool "Stack/Users"; give the authorizer the user pool of the scope, or leave out the authorizer',
    ]);
  });
});

describe('an authorizer of your own may have', () => {
  test.each<[string, (stack: Stack, userPool: IUserPool, api: ProtectedApi) => unknown]>([
    ['a scope that is declared', (stack, userPool, api) => guard(api, authorizerOf(stack, userPool), 'photos/read', 'openid')],
    ['a scope of one of its user pools', (stack, userPool, api) => guard(api, authorizerOf(stack, new UserPool(stack, 'Users'), userPool), 'photos/read')],
    ['a scope of a resource server that nobody knows', (stack, userPool, api) => guard(api, authorizerOf(stack, userPool), 'legacy/read')],
    ['a user pool of which the app knows nothing', (stack, _userPool, api) => guard(api, authorizerOf(stack, UserPool.fromUserPoolArn(stack, 'Shared', ARN)), 'photos/read')],
    ['a user pool that is not known', (stack, _userPool, api) => {
      const providerArns = [new CfnParameter(stack, 'Arn').valueAsString];
      const { ref } = new CfnAuthorizer(stack, 'Own', { restApiId: api.restApiId, name: 'own', type: 'COGNITO_USER_POOLS', providerArns });
      guard(api, { authorizerId: ref, authorizationType: AuthorizationType.COGNITO }, 'photos/raed');
    }],
    ['user pools whose number is not known', (stack, _userPool, api) => {
      const providerArns = Fn.split(',', new CfnParameter(stack, 'Arns').valueAsString);
      const { ref } = new CfnAuthorizer(stack, 'Own', { restApiId: api.restApiId, name: 'own', type: 'COGNITO_USER_POOLS', providerArns });
      guard(api, { authorizerId: ref, authorizationType: AuthorizationType.COGNITO }, 'photos/raed');
    }],
    ['user pools that an override gives it', (stack, userPool, api) => {
      const authorizer = authorizerOf(stack, userPool);
      (authorizer.node.defaultChild as CfnAuthorizer).addPropertyOverride('ProviderARNs', [ARN]);
      guard(api, authorizer, 'photos/raed');
    }],
    ['an id from elsewhere', (_stack, _userPool, api) => guard(api, { authorizerId: Fn.importValue('Authorizer'), authorizationType: AuthorizationType.COGNITO }, 'photos/raed')],
  ])('%s', (_what, add) => {
    const { stack, api, photos } = setUp();
    add(stack, photos.userPool, api);
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});
