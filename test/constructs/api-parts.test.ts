import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import {
  AuthorizationType, CfnAuthorizer, CognitoUserPoolsAuthorizer, Deployment, GatewayResponse, Method, ResponseType, RestApi, Stage as ApiStage,
  CfnMethod, type MethodProps,
} from 'aws-cdk-lib/aws-apigateway';
import { UserPool, UserPoolDomain } from 'aws-cdk-lib/aws-cognito';
import { Aws, CfnCondition, CfnResource, Duration, Fn, NestedStack, PropertyInjectors, Stack } from 'aws-cdk-lib/core';
import { codesOf, mock, newPhotos, newStack, problemsOf, resourcesOf } from './harness';
import { Access, ProtectedApi, type ProtectedApiProps } from '../../src';

const CORS = { defaultCorsPreflightOptions: { allowOrigins: ['https://album.example.com'] } };

function setUp(props: ProtectedApiProps = {}, stack = newStack()) {
  const { photos, read } = newPhotos(stack);
  const api = new ProtectedApi(stack, 'Api', { resourceServers: [photos], ...props });
  api.addRoute('GET /photos', { access: Access.anyOf(read), integration: mock() });
  return { stack, api, photos, read };
}

function deploymentsOf(stack: Stack): string[] {
  return Object.keys(resourcesOf(Template.fromStack(stack).toJSON(), 'AWS::ApiGateway::Deployment'));
}

describe('a deployment gets another logical id', () => {
  /** The deployments of an API whose foreign authorizer has a time to live of some minutes. */
  const WAYS: [string, (stack: Stack, api: ProtectedApi, minutes: number) => unknown][] = [
    ['a CognitoUserPoolsAuthorizer', (stack, api, minutes) => {
      const authorizer = new CognitoUserPoolsAuthorizer(stack, 'Own', { cognitoUserPools: [new UserPool(stack, 'Pool')], resultsCacheTtl: Duration.minutes(minutes) });
      api.root.addMethod('PUT', mock(), { authorizer, authorizationScopes: ['legacy/read'] });
    }],
    ['a CfnAuthorizer', (stack, api, minutes) => new CfnAuthorizer(stack, 'Own', {
      restApiId: api.restApiId, name: 'own', type: 'COGNITO_USER_POOLS', providerArns: ['arn'], authorizerResultTtlInSeconds: minutes * 60,
    })],
    ['an authorizer that is a plain CfnResource', (stack, api, minutes) => new CfnResource(stack, 'Own', {
      type: 'AWS::ApiGateway::Authorizer', properties: { RestApiId: api.restApiId, AuthorizerResultTtlInSeconds: minutes * 60 },
    })],
  ];

  test.each(WAYS)('when %s that is not ours changes', (_kind, define) => {
    const [a, b, same] = [1, 2, 1].map((minutes) => {
      const { stack, api } = setUp();
      define(stack, api, minutes);
      return deploymentsOf(stack);
    });
    expect(a).toHaveLength(1);
    expect(a).toEqual(same);
    expect(a).not.toEqual(b);
  });

  test.each<[string, (stack: Stack, api: ProtectedApi) => Deployment]>([
    ['in the stack of the API', (stack, api) => new Deployment(stack, 'Own', { api })],
    ['in a nested stack, of an imported reference', (stack, api) => {
      const nested = new NestedStack(stack, 'Nested');
      const imported = RestApi.fromRestApiAttributes(nested, 'Imported', { restApiId: api.restApiId, rootResourceId: api.restApiRootResourceId });
      return new Deployment(nested, 'Own', { api: imported });
    }],
  ])('when an authorizer changes and it is a Deployment of your own %s', (_place, deploy) => {
    const ids = ['a', 'b', 'a'].map((id) => {
      const stack = newStack();
      const api = new ProtectedApi(stack, 'Api', { deploy: false, userPools: [UserPool.fromUserPoolId(stack, 'Users', 'eu-west-1_Shared')] });
      const deployment = deploy(stack, api);
      new ApiStage(deployment, 'Stage', { deployment });
      const authorizer = new CognitoUserPoolsAuthorizer(stack, 'Other', { cognitoUserPools: [UserPool.fromUserPoolId(stack, 'Pool', `eu-west-1_${id}`)] });
      api.root.addMethod('GET', mock(), { authorizer, authorizationScopes: ['a/b'] });
      return deploymentsOf(Stack.of(deployment));
    });
    expect(ids[0]).toHaveLength(1);
    expect(ids[0]).toEqual(ids[2]);
    expect(ids[0]).not.toEqual(ids[1]);
  });

  test('but not when the authorizer of another API changes', () => {
    const ids = [1, 2].map((minutes) => {
      const { stack, api } = setUp({ deploy: false });
      const deployment = new Deployment(stack, 'Own', { api });
      const other = new RestApi(stack, 'Other', { deploy: false });
      new CfnAuthorizer(stack, 'OfOther', { restApiId: other.restApiId, name: 'other', type: 'COGNITO_USER_POOLS', authorizerResultTtlInSeconds: minutes });
      other.root.addMethod('GET', mock());
      return [deployment.node.id, ...deploymentsOf(stack)];
    });
    expect(ids[0]).toEqual(ids[1]);
  });

  test('but not when it is of another API', () => {
    const ids = [1, 2].map((minutes) => {
      const { stack, api } = setUp({ deploy: false });
      const other = new RestApi(stack, 'Other', { deploy: false });
      other.root.addMethod('GET', mock());
      new Deployment(stack, 'OfOther', { api: other });
      new CfnAuthorizer(stack, 'Own', { restApiId: api.restApiId, name: 'own', type: 'COGNITO_USER_POOLS', authorizerResultTtlInSeconds: minutes });
      return deploymentsOf(stack);
    });
    expect(ids[0]).toHaveLength(1);
    expect(ids[0]).toEqual(ids[1]);
  });
});

describe('a second domain of a user pool', () => {
  const prefix = (domainPrefix: string) => ({ cognitoDomain: { domainPrefix } });

  test.each<[string, (set: ReturnType<typeof newPhotos>) => unknown]>([
    ['after a client of ours made one', ({ photos }) => (photos.userPool as UserPool).addDomain('Late', prefix('late'))],
    ['beside the user pool', ({ photos }) => new UserPoolDomain(photos, 'Late', { userPool: photos.userPool, ...prefix('late') })],
  ])('fails synthesis %s, once', (_when, add) => {
    const stack = newStack();
    const set = newPhotos(stack);
    newPhotos(stack, { identifier: 'other', userPool: set.photos.userPool }, 'Other');
    set.photos.addMachineClient('Job', { scopes: [set.read] });
    add(set);
    const problems = problemsOf(() => Template.fromStack(stack));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^\[DomainChoice\] user pool domain "Stack\/Photos\/[^"]+" is a second domain with a prefix, beside "Stack\/Photos\/[^"]+"; /);
  });

  test('fails synthesis where one that stands beside the user pool came first', () => {
    const stack = newStack();
    const { photos, read } = newPhotos(stack);
    new UserPoolDomain(stack, 'Early', { userPool: photos.userPool, ...prefix('early') });
    photos.addMachineClient('Job', { scopes: [read] });
    expect(codesOf(() => Template.fromStack(stack))).toEqual(['DomainChoice']);
  });

  test('passes where addDomain came first, and where it is of another user pool', () => {
    const stack = newStack();
    const { photos, read } = newPhotos(stack);
    (photos.userPool as UserPool).addDomain('Early', prefix('early'));
    photos.addMachineClient('Job', { scopes: [read] });
    new UserPool(stack, 'Other').addDomain('Domain', prefix('other'));
    Template.fromStack(stack).resourceCountIs('AWS::Cognito::UserPoolDomain', 2);
  });
});

describe('methods of one verb and path', () => {
  type Attach = (api: ProtectedApi, stack: Stack) => unknown;
  const properties = (api: ProtectedApi) => ({
    restApiId: api.restApiId, resourceId: api.root.resourceForPath('/photos').resourceId, httpMethod: 'GET', authorizationType: 'AWS_IAM',
  });
  const capitals = (values: object) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name[0].toUpperCase() + name.slice(1), value]));
  const conditional = (stack: Stack, api: ProtectedApi, id: string) => {
    const condition = new CfnCondition(stack, `Is${id}`, { expression: Fn.conditionEquals(Aws.REGION, id) });
    new CfnMethod(stack, id, { ...properties(api), httpMethod: 'PUT' }).cfnOptions.condition = condition;
    return condition;
  };

  test.each<[string, Attach]>([
    ['an L1 method', (api, stack) => new CfnMethod(stack, 'Again', properties(api))],
    ['a plain CfnResource', (api, stack) => new CfnResource(stack, 'Again', { type: 'AWS::ApiGateway::Method', properties: capitals(properties(api)) })],
    ['an L1 method in another stack', (api, stack) => new CfnMethod(new Stack(stack.node.root as any, 'Other'), 'Again', properties(api))],
    ['an L1 method of another resource that an override moves', (api, stack) => {
      const { resourceId } = api.root.addResource('other');
      new CfnMethod(stack, 'Again', { ...properties(api), resourceId }).addPropertyOverride('ResourceId', stack.resolve(properties(api).resourceId));
    }],
  ])('fail synthesis where a route has one and the second is %s', (_what, attach) => {
    const { stack, api } = setUp();
    attach(api, stack);
    const problems = problemsOf(() => (stack.node.root as any).synth());
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^\[RouteDuplicate\] method "[^"]+" has the verb and the resource of "[^"]+", got "GET"; expected one declaration per verb and path; remove one of them$/);
  });

  test('fail synthesis where they exist on one condition, or one exists always', () => {
    const { stack, api } = setUp();
    const condition = conditional(stack, api, 'a');
    new CfnMethod(stack, 'Same', { ...properties(api), httpMethod: 'PUT' }).cfnOptions.condition = condition;
    new CfnMethod(stack, 'Always', { ...properties(api), httpMethod: 'PUT' });
    expect(codesOf(() => Template.fromStack(stack))).toEqual(['RouteDuplicate', 'RouteDuplicate']);
  });

  test('pass on two conditions, with two verbs, at two places, and in two APIs', () => {
    const { stack, api } = setUp();
    conditional(stack, api, 'a');
    conditional(stack, api, 'b');
    new CfnMethod(stack, 'Verb', { ...properties(api), httpMethod: 'ANY' });
    new CfnMethod(stack, 'Place', { ...properties(api), resourceId: api.restApiRootResourceId });
    new CfnMethod(stack, 'Moved', properties(api)).addPropertyOverride('ResourceId', 'abcdef');
    const second = new Stack(stack.node.root as any, 'Second');
    new CfnMethod(second, 'Again', properties(setUp({}, second).api)).addPropertyOverride('HttpMethod', 'PATCH');
    expect(() => (stack.node.root as any).synth()).not.toThrow();
  });
});

describe('path variables of one place', () => {
  test.each<[string, (api: ProtectedApi, stack: Stack) => unknown]>([
    ['after a route', (api) => api.root.getResource('photos')!.addResource('{name}')],
    ['through an imported reference in another stack', (api, stack) => {
      const other = new Stack(stack.node.root as any, 'Other');
      const rootResourceId = api.root.getResource('photos')!.resourceId;
      RestApi.fromRestApiAttributes(other, 'Imported', { restApiId: api.restApiId, rootResourceId }).root.addResource('{name}');
    }],
  ])('fail synthesis with two names where the second is added by the ordinary way %s', (_how, add) => {
    const { stack, api, read } = setUp();
    api.addRoute('GET /photos/{id}', { access: Access.anyOf(read), integration: mock() });
    add(api, stack);
    const problems = problemsOf(() => (stack.node.root as any).synth());
    expect(problems).toEqual([expect.stringMatching(/^\[RouteVariableSibling\] resource ".+" has another variable than the resource ".+" at the same place, got "\{\w+\}"; expected "\{\w+\}"/)]);
  });

  test('pass with one name, at two places, and in two APIs', () => {
    const { stack, api, read } = setUp();
    api.addRoute('GET /photos/{id}', { access: Access.anyOf(read), integration: mock() });
    api.root.addResource('albums').addResource('{name}');
    const other = new ProtectedApi(stack, 'Other', { userPools: [new UserPool(stack, 'Users')] });
    other.addRoute('GET /photos/{other}', { access: Access.idToken(), integration: mock() });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

describe('gateway responses', () => {
  test('fail synthesis where one of the same type stands beside that of the CORS options', () => {
    const { stack, api } = setUp(CORS);
    new GatewayResponse(stack, 'Own', { restApi: api, type: ResponseType.DEFAULT_4XX });
    const problems = problemsOf(() => Template.fromStack(stack));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^\[GatewayResponseDuplicate\] gateway response "Stack\/[^"]+" has the type of "Stack\/[^"]+", got "DEFAULT_4XX"; .*; add it with addGatewayResponse/);
  });

  test('pass with one of each type, and of the same type in two APIs', () => {
    const { stack, api } = setUp(CORS);
    new GatewayResponse(stack, 'Own', { restApi: api, type: ResponseType.UNAUTHORIZED });
    setUp(CORS, new Stack(stack.node.root as any, 'Second'));
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

describe('a plain method with AWS credentials', () => {
  const iam = { authorizationType: AuthorizationType.IAM };

  test('needs no authorizer of its own, and has none', () => {
    const { stack, api } = setUp();
    const resource = api.root.addResource('raw');
    resource.addMethod('PUT', mock(), iam);
    resource.addProxy({ anyMethod: false }).addMethod('DELETE', mock(), { ...iam, apiKeyRequired: true });
    const methods = Object.values(resourcesOf(Template.fromStack(stack).toJSON(), 'AWS::ApiGateway::Method')).filter(({ Properties }) => Properties.AuthorizationType === 'AWS_IAM');
    expect(methods.map(({ Properties }) => [Properties.HttpMethod, Properties.AuthorizerId, Properties.ApiKeyRequired])).toEqual([['PUT', undefined, undefined], ['DELETE', undefined, true]]);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('leaves property injectors of the app in force', () => {
    const stack = newStack();
    PropertyInjectors.of(stack).add({
      constructUniqueId: Method.PROPERTY_INJECTION_ID,
      inject: (props: MethodProps) => ({ ...props, options: { ...props.options, operationName: 'injected' } }),
    });
    const { api } = setUp({}, stack);
    const method = api.root.addMethod('PUT', mock(), iam);
    expect((method.node.defaultChild as CfnMethod).operationName).toBe('injected');
    expect((method.node.defaultChild as CfnMethod).authorizationType).toBe('AWS_IAM');
  });
});
