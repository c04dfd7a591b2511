import { Match, Template } from 'aws-cdk-lib/assertions';
import {
  ApiKeySourceType, AuthorizationType, CfnMethod, CfnResource, CfnRestApi, CognitoUserPoolsAuthorizer, Cors, EndpointType, HttpIntegration,
  LambdaIntegration, PassthroughBehavior, ResponseType, RestApi, TokenAuthorizer, MockIntegration, type CfnAuthorizer,
  type LambdaIntegrationOptions, type Method,
} from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AnyPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnOutput, CfnParameter, CfnResource as CoreResource, Fn, Lazy, NestedStack, Stack } from 'aws-cdk-lib/core';
import { codesOf, mock, newApp, newFunction, newPhotos, newStack, problemsOf, resourcesOf } from './harness';
import { Access, ProtectedApi, Scope, ScopedResourceServer, type ProtectedApiProps, type RouteOptions } from '../../src';

const METHOD = 'AWS::ApiGateway::Method';
const AUTHORIZER = 'AWS::ApiGateway::Authorizer';
const DEPLOYMENT = 'AWS::ApiGateway::Deployment';
const RESPONSE = 'AWS::ApiGateway::GatewayResponse';

/** A stack with a resource server and an API that has one sound route. */
function setUp(props: ProtectedApiProps = {}, stack = newStack()) {
  const { photos, read, write } = newPhotos(stack);
  const api = new ProtectedApi(stack, 'Api', { resourceServers: [photos], ...props });
  api.addRoute('GET /photos', { access: Access.anyOf(read), integration: mock() });
  return { stack, app: stack.node.root as ReturnType<typeof newApp>, photos, read, write, api };
}

function methodOf(stack: Stack, verb: string): any {
  const found = Object.values(resourcesOf(Template.fromStack(stack).toJSON(), METHOD)).filter(({ Properties }) => Properties.HttpMethod === verb);
  expect(found).toHaveLength(1);
  return found[0];
}

const l1 = (method: Method) => method.node.defaultChild as CfnMethod;
const authorizerNames = (stack: Stack) =>
  Object.values(resourcesOf(Template.fromStack(stack).toJSON(), AUTHORIZER)).map(({ Properties }) => Properties.Name).sort();

describe('the access of a route', () => {
  test('any-of becomes the Cognito authorizer with the full scope names', () => {
    const { stack, api, read, write } = setUp();
    api.addRoute('POST /photos', { access: Access.anyOf(write, read), integration: mock() });
    const [authorizer] = Object.keys(resourcesOf(Template.fromStack(stack).toJSON(), AUTHORIZER));
    expect(methodOf(stack, 'POST').Properties).toMatchObject({
      AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: { Ref: authorizer }, AuthorizationScopes: ['photos/write', 'photos/read'], ApiKeyRequired: false,
    });
  });

  test('ID token becomes the Cognito authorizer without scopes, declared in the metadata', () => {
    const { stack, api } = setUp();
    api.addRoute('GET /me', { access: Access.idToken(), integration: mock() });
    Template.fromStack(stack).hasResource(METHOD, {
      Properties: { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: Match.anyValue(), AuthorizationScopes: Match.absent() },
      Metadata: { 'cdk-protected-api': { access: 'idToken' } },
    });
  });

  test.each([
    ['AWS credentials', Access.iam(), { AuthorizationType: 'AWS_IAM', ApiKeyRequired: true }, undefined],
    ['an API key', Access.apiKey(), { AuthorizationType: 'NONE', ApiKeyRequired: true }, undefined],
    ['public with its reason', Access.public(' probe '), { AuthorizationType: 'NONE', ApiKeyRequired: false },
      { 'cdk-protected-api': { access: 'public', reason: 'probe' } }],
  ])('%s goes without the default authorizer and scopes of the API, and only what is public without its key', (_, access, properties, metadata) => {
    const { stack, api } = setUp({ defaultMethodOptions: { apiKeyRequired: true, authorizationScopes: ['photos/write'] } });
    api.addRoute('DELETE /photos', { access, integration: mock() });
    const { Properties, Metadata } = methodOf(stack, 'DELETE');
    expect(Properties).toMatchObject(properties);
    expect(Properties).not.toHaveProperty('AuthorizerId');
    expect(Properties).not.toHaveProperty('AuthorizationScopes');
    expect(Metadata).toEqual(metadata);
  });

  test('may demand an API key on top', () => {
    const { stack, api, read } = setUp();
    api.addRoute('PUT /photos', { access: Access.anyOf(read), apiKeyRequired: true, integration: mock() });
    expect(methodOf(stack, 'PUT').Properties).toMatchObject({ AuthorizationType: 'COGNITO_USER_POOLS', ApiKeyRequired: true });
  });

  test('may name openid and the scope of SDK sign-in, and external scopes', () => {
    const { stack, api } = setUp();
    const access = Access.anyOf(Scope.OPENID, Scope.COGNITO_ADMIN, Scope.external('orders/read'));
    api.addRoute('PUT /photos', { access, integration: mock() });
    expect(methodOf(stack, 'PUT').Properties.AuthorizationScopes).toEqual(['openid', 'aws.cognito.signin.user.admin', 'orders/read']);
  });

  test('may name scopes whose identifier only deployment knows', () => {
    const stack = newStack();
    const late = newPhotos(stack, { identifier: Lazy.string({ produce: () => 'late' }) });
    const unknown = newPhotos(stack, { identifier: new CfnParameter(stack, 'Id').valueAsString, userPool: late.photos.userPool }, 'Unknown');
    const api = new ProtectedApi(stack, 'Api', { resourceServers: [late.photos, unknown.photos] });
    api.addRoute('GET /a', { access: Access.anyOf(late.read, unknown.read), integration: mock() });
    expect(methodOf(stack, 'GET').Properties.AuthorizationScopes).toEqual(['late/read', { 'Fn::Join': ['', [{ Ref: 'Id' }, '/read']] }]);
  });

  test('may name scopes of an imported resource server, known or not', () => {
    const stack = newStack();
    const userPool = UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_abc');
    const known = ScopedResourceServer.fromAttributes(stack, 'Known', { identifier: 'known', userPool, scopeNames: ['read'] });
    const unknown = ScopedResourceServer.fromAttributes(stack, 'Unknown', { identifier: 'unknown', userPool });
    const api = new ProtectedApi(stack, 'Api', { resourceServers: [known, unknown] });
    api.addRoute('GET /a', { access: Access.anyOf(known.scope('read'), unknown.scope('any')), integration: mock() });
    expect(methodOf(stack, 'GET').Properties.AuthorizationScopes).toEqual(['known/read', 'unknown/any']);
    expect(authorizerNames(stack)).toEqual(['eu-west-1_abc']);
  });

  test.each(['get /albums', 'Get /albums', '  GET   /albums '])('of %p belongs to the verb in upper case', (route) => {
    const { stack, api, read } = setUp();
    api.addRoute(route, { access: Access.anyOf(read), integration: mock() });
    const paths = resourcesOf(Template.fromStack(stack).toJSON(), 'AWS::ApiGateway::Resource');
    expect(Object.values(paths).map(({ Properties }) => Properties.PathPart)).toContain('albums');
    expect(Object.values(resourcesOf(Template.fromStack(stack).toJSON(), METHOD)).map(({ Properties }) => Properties.HttpMethod)).toEqual(['GET', 'GET']);
  });

  test('holds for ANY and greedy paths', () => {
    const { stack, api, read } = setUp();
    api.addRoute('ANY /files/{path+}', { access: Access.anyOf(read), integration: mock() });
    expect(methodOf(stack, 'ANY').Properties.AuthorizationScopes).toEqual(['photos/read']);
  });
});

describe('fails at the call', () => {
  const valid = (read: Scope): RouteOptions => ({ access: Access.anyOf(read), integration: mock() });

  test.each([
    ['RouteFormat', '/photos'], ['RouteFormat', 'GET'], ['RouteFormat', 'GET /photos now'], ['RouteFormat', ''],
    ['RouteVerb', 'FETCH /photos'], ['RoutePath', 'GET photos'], ['RoutePath', 'GET /photos/'], ['RoutePath', 'GET //photos'],
    ['RouteVariableDuplicate', 'GET /{id}/{id}'], ['RouteGreedyPosition', 'GET /{path+}/end'],
    ['RoutePathPart', 'GET /photo%20s'], ['RoutePathPart', 'GET /photos/id{id}'], ['RoutePathPart', 'GET /{}'], ['RoutePathPart', `GET /${Lazy.string({ produce: () => 'x' })}`],
    ['RouteDuplicate', 'get /photos'],
  ])('with %s for the route %p', (code, route) => {
    const { api, read } = setUp();
    expect(codesOf(() => api.addRoute(route, valid(read)))).toEqual([code]);
  });

  test.each(['a path part', 'a scope', 'a client'])('without showing the placeholder of a token in %s', (place) => {
    const { api, read, photos } = setUp();
    const token = Lazy.string({ produce: () => 'x' });
    const acts: { [place: string]: () => unknown } = {
      'a path part': () => api.addRoute(`GET /${token}`, valid(read)),
      'a scope': () => api.addRoute('PUT /photos', valid(newPhotos(api.stack, { identifier: token }, 'Other').read)),
      'a client': () => photos.addMachineClient('Job', { scopes: [newPhotos(api.stack, { identifier: token }, 'Other').read] }),
    };
    const [problem] = problemsOf(acts[place]);
    expect(problem).toContain('<token>');
    expect(problem).not.toContain('TOKEN');
  });

  test('for another variable beside one', () => {
    const { api, read } = setUp();
    api.addRoute('GET /photos/{id}', valid(read));
    expect(problemsOf(() => api.addRoute('GET /photos/{name}/tags', valid(read)))[0]).toContain('[RouteVariableSibling] route "GET /photos/{name}/tags" has another variable than "GET /photos/{id}"');
    expect(codesOf(() => api.addRoute('GET /photos/{id+}', valid(read)))).toEqual(['RouteVariableSibling']);
    expect(() => api.addRoute('GET /photos/{id}/tags', valid(read))).not.toThrow();
  });

  test('for a method or a variable that is there without addRoute', () => {
    const { api, read } = setUp();
    const albums = api.root.addResource('albums');
    albums.addResource('{album}').addMethod('GET', mock(), { authorizationScopes: [read.fullName] });
    expect(codesOf(() => api.addRoute('GET /albums/{album}', valid(read)))).toEqual(['RouteDuplicate']);
    api.root.resourceForPath('/users/{user}');
    expect(problemsOf(() => api.addRoute('GET /users/{id}/tags', valid(read)))[0])
      .toContain('[RouteVariableSibling] route "GET /users/{id}/tags" has another variable than the resource "/users" has, got "{id}"; expected "{user}"');
    expect(() => api.addRoute('PUT /albums/{album}', valid(read))).not.toThrow();
  });

  test('without access', () => {
    const { api } = setUp();
    expect(codesOf(() => api.addRoute('GET /x', { integration: mock() } as unknown as RouteOptions))).toEqual(['RouteAccessMissing']);
  });

  test('with an API key that is not required', () => {
    const { api } = setUp();
    expect(codesOf(() => api.addRoute('GET /x', { access: Access.apiKey(), apiKeyRequired: false, integration: mock() }))).toEqual(['RouteAccessMissing']);
  });

  test('with an API key on a public route', () => {
    const { api } = setUp();
    const options = { access: Access.public('probe'), integration: mock() };
    expect(problemsOf(() => api.addRoute('GET /x', { ...options, apiKeyRequired: true })))
      .toEqual(['[RouteAccessMissing] route "GET /x" is public and needs an API key, so not everybody could call it; '
        + 'expected one of them; remove apiKeyRequired, or use Access.apiKey()']);
    expect(() => api.addRoute('GET /x', { ...options, apiKeyRequired: false })).not.toThrow();
  });

  test('for access without scopes or reason', () => {
    expect(codesOf(() => Access.anyOf())).toEqual(['AccessWithoutScopes']);
    expect(codesOf(() => Access.allOf())).toEqual(['AccessWithoutScopes']);
    expect(codesOf(() => Access.public(''))).toEqual(['PublicReason']);
    expect(codesOf(() => Access.public(' \n'))).toEqual(['PublicReason']);
  });

  test('for all-of, which no authorizer of a REST API can check', () => {
    const { api, read, write } = setUp();
    expect(problemsOf(() => api.addRoute('PUT /photos', { access: Access.allOf(read, write), integration: mock() }))[0])
      .toContain('[AllOfNotEnforceable] route "PUT /photos" demands all of several scopes');
  });

  test.each([Scope.EMAIL, Scope.PHONE, Scope.PROFILE])('for the scope $fullName, which API Gateway is not known to match', (scope) => {
    const { api } = setUp();
    expect(codesOf(() => api.addRoute('PUT /photos', { access: Access.anyOf(scope), integration: mock() }))).toEqual(['MethodScope']);
  });

  test('for a scope of a user pool that the API does not know', () => {
    const { api, stack } = setUp();
    const { read: stranger } = newPhotos(stack, { identifier: 'orders' }, 'Orders');
    expect(problemsOf(() => api.addRoute('PUT /photos', { access: Access.anyOf(stranger), integration: mock() }))[0])
      .toContain('[ApiUserPools] route "PUT /photos" demands a scope of a user pool that the API does not know, got "orders/read"; expected scopes of user pool "Stack/Photos/UserPool"');
  });

  test.each([['any-of', Access.anyOf(Scope.OPENID)], ['ID token', Access.idToken()]])('for %s on an API without user pools', (_, access) => {
    const api = new ProtectedApi(newStack(), 'Api');
    expect(codesOf(() => api.addRoute('GET /x', { access, integration: mock() }))).toEqual(['ApiUserPools']);
  });

  test('for a scope that is listed twice', () => {
    const { api, read } = setUp();
    expect(codesOf(() => api.addRoute('PUT /photos', { access: Access.anyOf(read, read), integration: mock() }))).toEqual(['ScopeDuplicate']);
  });

  test('without or with two integrations', () => {
    const { api, read, stack } = setUp();
    expect(codesOf(() => api.addRoute('PUT /photos', { access: Access.anyOf(read) }))).toEqual(['RouteIntegration']);
    expect(codesOf(() => api.addRoute('PUT /photos', { ...valid(read), handler: newFunction(stack) }))).toEqual(['RouteIntegration']);
  });

  test('with all problems at once', () => {
    const { api } = setUp();
    expect(codesOf(() => api.addRoute('FETCH photos', { access: Access.anyOf(Scope.EMAIL) })))
      .toEqual(['RouteVerb', 'RoutePath', 'MethodScope', 'RouteIntegration']);
  });
});

describe('deny by default: synthesis fails', () => {
  /** The codes that synthesis fails with after a change of a sound API. */
  const codesAfter = (change: (set: ReturnType<typeof setUp>) => unknown, props: ProtectedApiProps = {}) => {
    const set = setUp(props);
    change(set);
    return codesOf(() => set.app.synth());
  };

  test('and names the method and the API that has it', () => {
    const { app, api } = setUp();
    api.root.addResource('raw').addMethod('GET', mock());
    expect(problemsOf(() => app.synth())).toEqual([
      expect.stringContaining('[MethodScopesEmpty] method "GET /raw" has a Cognito authorizer but no scopes'),
    ]);
  });

  test.each<[string, string, (set: ReturnType<typeof setUp>) => unknown]>([
    ['a plain method', 'MethodScopesEmpty', ({ api }) => api.root.addMethod('GET', mock())],
    ['ANY', 'MethodScopesEmpty', ({ api }) => api.root.addMethod('ANY', mock())],
    ['authorizationScopes: []', 'MethodScopesEmpty', ({ api }) => api.root.addMethod('GET', mock(), { authorizationScopes: [] })],
    ['a greedy resource', 'MethodScopesEmpty', ({ api }) => api.root.addResource('{proxy+}').addMethod('ANY', mock())],
    ['an open method', 'RouteAccessMissing', ({ api }) => api.root.addMethod('GET', mock(), { authorizationType: AuthorizationType.NONE })],
    ['scopes on an open method', 'RouteAccessMissing', ({ api }) =>
      api.root.addMethod('GET', mock(), { authorizationType: AuthorizationType.NONE, authorizationScopes: ['photos/read'] })],
    ['an L1 method', 'RouteAccessMissing', ({ api, stack }) => new CfnMethod(stack, 'Raw', { restApiId: api.restApiId, resourceId: api.restApiRootResourceId, httpMethod: 'GET' })],
    ['an L1 method by the attribute of the resource', 'RouteAccessMissing', ({ api, stack }) =>
      new CfnMethod(stack, 'Raw', { restApiId: (api.node.defaultChild as CfnRestApi).attrRestApiId, resourceId: api.restApiRootResourceId, httpMethod: 'GET', authorizationType: 'NONE' })],
    ['scopes without an authorizer', 'MethodScopesUnchecked', ({ api, stack }) => new CfnMethod(stack, 'Raw', {
      restApiId: api.restApiId, resourceId: api.restApiRootResourceId, httpMethod: 'GET', authorizationType: 'COGNITO_USER_POOLS', authorizationScopes: ['photos/read'],
    })],
    ['an authorizer that was taken away', 'MethodScopesUnchecked', ({ api, read }) =>
      l1(api.addRoute('PUT /photos', { access: Access.anyOf(read), integration: mock() })).addPropertyDeletionOverride('AuthorizerId')],
    ['scopes that were taken away', 'MethodScopesEmpty', ({ api, read }) =>
      l1(api.addRoute('PUT /photos', { access: Access.anyOf(read), integration: mock() })).addPropertyDeletionOverride('AuthorizationScopes')],
    ['unknown scopes on a method that was opened', 'MethodScopesUnchecked', ({ api, stack }) => l1(api.root.addMethod('GET', mock(), {
      authorizationScopes: new CfnParameter(stack, 'Scopes', { type: 'CommaDelimitedList' }).valueAsList,
    })).addPropertyOverride('AuthorizationType', 'NONE')],
    ['a type that was overridden with NONE', 'MethodScopesUnchecked', ({ api, read }) =>
      l1(api.addRoute('PUT /photos', { access: Access.anyOf(read), integration: mock() })).addPropertyOverride('AuthorizationType', 'NONE')],
    ['an ID token route that was opened', 'RouteAccessMissing', ({ api }) =>
      l1(api.addRoute('PUT /photos', { access: Access.idToken(), integration: mock() })).addPropertyOverride('AuthorizationType', 'NONE')],
    ['an IAM route that was opened', 'RouteAccessMissing', ({ api }) =>
      l1(api.addRoute('PUT /photos', { access: Access.iam(), integration: mock() })).addPropertyOverride('AuthorizationType', 'NONE')],
    ['an API key that was taken away', 'RouteAccessMissing', ({ api }) =>
      l1(api.addRoute('PUT /photos', { access: Access.apiKey(), integration: mock() })).addPropertyOverride('ApiKeyRequired', false)],
    ['a type that only deployment knows', 'RouteAccessMissing', ({ api, stack }) => new CfnMethod(stack, 'Raw', {
      restApiId: api.restApiId, resourceId: api.restApiRootResourceId, httpMethod: 'GET', authorizationType: new CfnParameter(stack, 'Type').valueAsString,
    })],
    ['an unknown type', 'RouteAccessMissing', ({ api, stack }) => new CfnMethod(stack, 'Raw', {
      restApiId: api.restApiId, resourceId: api.restApiRootResourceId, httpMethod: 'GET', authorizationType: 'OPEN',
    })],
    ['an OPTIONS method that is no preflight', 'RouteAccessMissing', ({ api, stack }) =>
      api.root.addMethod('OPTIONS', new LambdaIntegration(newFunction(stack)), { authorizationType: AuthorizationType.NONE })],
    ['an OPTIONS mock without CORS headers', 'RouteAccessMissing', ({ api }) => api.root.addMethod('OPTIONS', mock(), { authorizationType: AuthorizationType.NONE })],
    ['a GET that looks like a preflight', 'RouteAccessMissing', ({ api }) => l1(api.root.addResource('cors').addCorsPreflight({ allowOrigins: Cors.ALL_ORIGINS })).addPropertyOverride('HttpMethod', 'GET')],
    ['a method in a nested stack', 'RouteAccessMissing', ({ api, stack }) =>
      new CfnMethod(new NestedStack(stack, 'Nested'), 'Raw', { restApiId: api.restApiId, resourceId: api.restApiRootResourceId, httpMethod: 'GET', authorizationType: 'NONE' })],
    ['methods of an S3 object', 'RouteAccessMissing', ({ api }) => (api.node.defaultChild as CfnRestApi).addPropertyOverride('BodyS3Location', { Bucket: 'a', Key: 'b' })],
    ['methods of another API', 'RouteAccessMissing', ({ api }) => (api.node.defaultChild as CfnRestApi).addPropertyOverride('CloneFrom', 'abcdefghij')],
    ['a body', 'RouteAccessMissing', ({ api }) => (api.node.defaultChild as CfnRestApi).addPropertyOverride('Body', { openapi: '3.0.1', paths: {} })],
    ['a scope that is not declared', 'ScopeUnknown', ({ api }) => api.root.addMethod('GET', mock(), { authorizationScopes: ['photos/raed'] })],
    ['a scope of no known resource server', 'ScopeUnknown', ({ api }) => api.root.addMethod('GET', mock(), { authorizationScopes: ['order/read'] })],
    ['a scope that API Gateway never matches', 'MethodScope', ({ api }) => api.root.addMethod('GET', mock(), { authorizationScopes: ['email'] })],
    ['an external scope that the resource server lacks', 'ScopeUnknown', ({ api }) =>
      api.addRoute('PUT /photos', { access: Access.anyOf(Scope.external('photos/raed')), integration: mock() })],
  ])('for %s, with %s', (_, code, change) => {
    expect(codesAfter(change)).toEqual([code]);
  });

  test('for both methods of addProxy', () => {
    expect(codesAfter(({ api }) => api.root.addProxy({ defaultIntegration: mock() }))).toEqual(['MethodScopesEmpty', 'MethodScopesEmpty']);
  });

  test('for an API like LambdaRestApi: default integration and proxy', () => {
    const stack = newStack();
    const api = new ProtectedApi(stack, 'Api', { defaultIntegration: new LambdaIntegration(newFunction(stack)) });
    api.root.addProxy();
    expect(codesOf(() => (stack.node.root as ReturnType<typeof newApp>).synth())).toEqual(['RouteAccessMissing', 'RouteAccessMissing']);
  });

  test('for several methods at once', () => {
    expect(codesAfter(({ api }) => {
      api.root.addMethod('GET', mock());
      api.root.addMethod('PUT', mock(), { authorizationType: AuthorizationType.NONE });
    })).toEqual(['MethodScopesEmpty', 'RouteAccessMissing']);
  });

  test.each([true, false])('for methods that are attached through an imported reference, in the same stack: %s', (same) => {
    const { app, stack, api, read } = setUp();
    const consumer = same ? stack : new Stack(app, 'Consumer');
    const imported = RestApi.fromRestApiAttributes(consumer, 'Imported', { restApiId: api.restApiId, rootResourceId: api.restApiRootResourceId });
    imported.root.addResource('raw').addMethod('GET', mock());
    imported.root.addResource('open').addMethod('GET', mock(), { authorizationScopes: [read.fullName] });
    expect(codesOf(() => app.synth())).toEqual(['RouteAccessMissing', 'RouteAccessMissing']);
  });

  test('for methods that are attached through an export of the app', () => {
    const { app, stack, api } = setUp();
    new CfnOutput(stack, 'ApiId', { value: api.restApiId, exportName: 'ApiId' });
    new CfnOutput(stack, 'RootId', { value: api.restApiRootResourceId, exportName: 'RootId' });
    const consumer = new Stack(app, 'Consumer');
    const imported = RestApi.fromRestApiAttributes(consumer, 'Imported', { restApiId: Fn.importValue('ApiId'), rootResourceId: Fn.importValue('RootId') });
    imported.root.addMethod('GET', mock());
    expect(codesOf(() => app.synth())).toEqual(['RouteAccessMissing']);
  });

  test('for methods that name the API by whatever its template resolves', () => {
    const { app, stack, api } = setUp();
    const attach = (id: string, restApiId: string) =>
      RestApi.fromRestApiAttributes(stack, id, { restApiId, rootResourceId: api.restApiRootResourceId }).root.addResource(id).addMethod('GET', mock());
    attach('lazy', Lazy.string({ produce: () => api.restApiId }));
    attach('ref', Fn.ref(stack.getLogicalId(api.node.defaultChild as CfnRestApi)));
    l1(attach('override', 'abcdefghij')).addPropertyOverride('RestApiId', { Ref: stack.getLogicalId(api.node.defaultChild as CfnRestApi) });
    new CoreResource(stack, 'Untyped', {
      type: METHOD,
      properties: { RestApiId: api.restApiId, ResourceId: api.restApiRootResourceId, HttpMethod: 'DELETE', AuthorizationType: 'NONE' },
    });
    expect(codesOf(() => app.synth())).toEqual(Array(4).fill('RouteAccessMissing'));
  });

  test('for methods of a nested stack that gets the id of the API as a parameter', () => {
    const { app, stack, api } = setUp();
    const nested = new NestedStack(stack, 'Nested', { parameters: { ApiId: api.restApiId, RootId: api.restApiRootResourceId } });
    const [restApiId, rootResourceId] = ['ApiId', 'RootId'].map((name) => new CfnParameter(nested, name).valueAsString);
    RestApi.fromRestApiAttributes(nested, 'Imported', { restApiId, rootResourceId }).root.addMethod('GET', mock());
    expect(codesOf(() => app.synth())).toEqual(['RouteAccessMissing']);
  });

  test('for methods whose reason is blank', () => {
    expect(codesAfter(({ api }) => {
      for (const [verb, reason] of [['GET', ''], ['PUT', ' '], ['POST', 5]] as const) {
        l1(api.root.addMethod(verb, mock(), { authorizationType: AuthorizationType.NONE })).addMetadata('cdk-protected-api', { access: 'public', reason });
      }
    })).toEqual(Array(3).fill('RouteAccessMissing'));
  });

  test('not for methods of other APIs', () => {
    const { app, stack } = setUp();
    new RestApi(stack, 'Other').root.addMethod('GET', mock());
    RestApi.fromRestApiAttributes(stack, 'Foreign', { restApiId: 'abcdefghij', rootResourceId: 'abc' }).root.addMethod('GET', mock());
    expect(() => app.synth()).not.toThrow();
  });
});

describe('the ordinary way works too', () => {
  test('with scopes, under the default authorizer', () => {
    const { stack, api, read } = setUp();
    api.root.addMethod('PUT', mock(), { authorizationScopes: [read.fullName] });
    expect(methodOf(stack, 'PUT').Properties).toMatchObject({ AuthorizationType: 'COGNITO_USER_POOLS', AuthorizationScopes: ['photos/read'] });
    expect(authorizerNames(stack)).toEqual(['Photos-UserPool']);
  });

  test('alone, without a route', () => {
    const stack = newStack();
    const { photos, read } = newPhotos(stack);
    new ProtectedApi(stack, 'Api', { resourceServers: [photos] }).root.addMethod('PUT', mock(), { authorizationScopes: [read.fullName] });
    expect(methodOf(stack, 'PUT').Properties).toMatchObject({ AuthorizationType: 'COGNITO_USER_POOLS', AuthorizationScopes: ['photos/read'] });
    Template.fromStack(stack).hasResourceProperties('AWS::ApiGateway::Authorizer', { RestApiId: stack.resolve((stack.node.findChild('Api') as ProtectedApi).restApiId) });
  });

  test('with a list of scopes that only deployment knows', () => {
    const { stack, app, api } = setUp();
    const authorizationScopes = new CfnParameter(stack, 'Scopes', { type: 'CommaDelimitedList' }).valueAsList;
    const method = api.root.addMethod('PUT', mock(), { authorizationScopes });
    expect(stack.resolve(l1(method).authorizationScopes)).toEqual({ Ref: 'Scopes' });
    expect(() => app.synth()).not.toThrow();
  });

  test('with default scopes', () => {
    const { stack, api } = setUp({ defaultMethodOptions: { authorizationScopes: ['photos/write'] } });
    api.root.addMethod('PUT', mock());
    expect(methodOf(stack, 'PUT').Properties).toMatchObject({ AuthorizationType: 'COGNITO_USER_POOLS', AuthorizationScopes: ['photos/write'] });
  });

  test('with a Lambda authorizer as default, beside routes with scopes', () => {
    const stack = newStack();
    const authorizer = new TokenAuthorizer(stack, 'Own', { handler: newFunction(stack) });
    const { api } = setUp({ defaultMethodOptions: { authorizer } }, stack);
    api.root.addMethod('PUT', mock());
    expect(methodOf(stack, 'PUT').Properties.AuthorizationType).toBe('CUSTOM');
    expect(methodOf(stack, 'GET').Properties.AuthorizationType).toBe('COGNITO_USER_POOLS');
  });

  test.each([[AuthorizationType.IAM, 'AWS_IAM', true], [AuthorizationType.NONE, 'NONE', false]])('with %s as default', (authorizationType, type, passes) => {
    const { stack, app, api } = setUp({ defaultMethodOptions: { authorizationType } });
    api.root.addMethod('PUT', mock());
    if (passes) expect(methodOf(stack, 'PUT').Properties.AuthorizationType).toBe(type);
    else expect(codesOf(() => app.synth())).toEqual(['RouteAccessMissing']);
  });

  test('with a Cognito authorizer of your own, whose user pools are its own', () => {
    const stack = newStack();
    const authorizer = new CognitoUserPoolsAuthorizer(stack, 'Own', { cognitoUserPools: [new UserPool(stack, 'Pool')] });
    const { api } = setUp({}, stack);
    api.root.addMethod('PUT', mock(), { authorizer, authorizationScopes: ['legacy/read'] });
    expect(methodOf(stack, 'PUT').Properties.AuthorizationScopes).toEqual(['legacy/read']);
  });

  test.each([['photos/read', true], ['photos/raed', false]])('with %p through an imported reference in another stack, given the authorizer', (scope, passes) => {
    const { app, api } = setUp();
    const consumer = new Stack(app, 'Consumer');
    const imported = RestApi.fromRestApiAttributes(consumer, 'Imported', { restApiId: api.restApiId, rootResourceId: api.restApiRootResourceId });
    const authorizer = { authorizerId: l1(api.methods[0]).authorizerId!, authorizationType: AuthorizationType.COGNITO };
    imported.root.addResource('raw').addMethod('GET', mock(), { authorizer, authorizationScopes: [scope] });
    if (passes) expect(methodOf(consumer, 'GET').Properties.AuthorizationScopes).toEqual([scope]);
    else expect(codesOf(() => app.synth())).toEqual(['ScopeUnknown']);
  });

  test('with everything that RestApi takes', () => {
    const policy = new PolicyDocument({ statements: [new PolicyStatement({ actions: ['execute-api:Invoke'], resources: ['*'], principals: [new AnyPrincipal()] })] });
    const { stack } = setUp({
      restApiName: 'Album', policy, endpointTypes: [EndpointType.REGIONAL], deploy: false, apiKeySourceType: ApiKeySourceType.AUTHORIZER, cloudWatchRole: false,
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      Name: 'Album', Policy: Match.anyValue(), EndpointConfiguration: { Types: ['REGIONAL'] }, ApiKeySourceType: 'AUTHORIZER',
    });
    template.resourceCountIs(DEPLOYMENT, 0);
    template.resourceCountIs('AWS::ApiGateway::Account', 0);
  });

  test('with a default integration, which routes use too', () => {
    const { stack, api, read } = setUp({ defaultIntegration: new HttpIntegration('https://backend.example.com') });
    api.addRoute('PUT /photos', { access: Access.anyOf(read) });
    expect(methodOf(stack, 'PUT').Properties.Integration.Uri).toBe('https://backend.example.com');
  });

  test('with options of methods', () => {
    const { stack, api, read } = setUp();
    api.addRoute('PUT /photos', {
      access: Access.anyOf(read),
      integration: mock(),
      operationName: 'replace',
      requestParameters: { 'method.request.querystring.page': true },
      requestValidatorOptions: { validateRequestParameters: true },
      methodResponses: [{ statusCode: '200' }],
    });
    expect(methodOf(stack, 'PUT').Properties).toMatchObject({
      OperationName: 'replace', RequestParameters: { 'method.request.querystring.page': true }, RequestValidatorId: {}, MethodResponses: [{ StatusCode: '200' }],
    });
  });
});

test('a route keeps the API key that the API demands by default', () => {
  const { stack, api, read } = setUp({ defaultMethodOptions: { apiKeyRequired: true } });
  api.addRoute('PUT /photos', { access: Access.anyOf(read), integration: mock() });
  api.addRoute('DELETE /photos', { access: Access.anyOf(read), integration: mock(), apiKeyRequired: false });
  expect([methodOf(stack, 'PUT'), methodOf(stack, 'DELETE')].map(({ Properties }) => Properties.ApiKeyRequired)).toEqual([true, false]);
});

describe('authorizers', () => {
  test('are one for each distinct set of user pools, named after them, with exactly the pools of the scopes', () => {
    const stack = newStack();
    const a = newPhotos(stack, {}, 'A');
    const b = newPhotos(stack, {}, 'B');
    const sameAsA = newPhotos(stack, { identifier: 'more', userPool: a.photos.userPool }, 'More');
    const api = new ProtectedApi(stack, 'Api', { resourceServers: [a.photos, b.photos, sameAsA.photos] });
    const arn = ({ photos }: typeof a) => stack.resolve(photos.userPool.userPoolArn);
    const poolsOf = (route: string, ...scopes: Scope[]) => {
      const method = api.addRoute(route, { access: scopes.length > 0 ? Access.anyOf(...scopes) : Access.idToken(), integration: mock() });
      const { Ref } = stack.resolve(l1(method).authorizerId);
      return () => Template.fromStack(stack).toJSON().Resources[Ref].Properties.ProviderARNs;
    };
    const read = [
      poolsOf('GET /a', a.read), poolsOf('GET /b', b.read), poolsOf('GET /ab', a.read, b.read), poolsOf('GET /ba', b.read, a.write),
      poolsOf('GET /more', sameAsA.read, a.read), poolsOf('GET /openid', Scope.OPENID), poolsOf('GET /id'),
    ];
    expect(read.map((pools) => pools())).toEqual([
      [arn(a)], [arn(b)], [arn(a), arn(b)], [arn(a), arn(b)], [arn(a)], [arn(a), arn(b)], [arn(a), arn(b)],
    ]);
    expect(authorizerNames(stack)).toEqual(['A-UserPool', expect.stringMatching(/^A-UserPool-B-UserPool-[0-9a-f]{8}$/), 'B-UserPool']);
  });

  test('take one user pool once, however it is given', () => {
    const stack = newStack();
    const { photos, read } = newPhotos(stack);
    const again = UserPool.fromUserPoolId(stack, 'Again', photos.userPool.userPoolId);
    const api = new ProtectedApi(stack, 'Api', { resourceServers: [photos], userPools: [again, UserPool.fromUserPoolArn(stack, 'Arn', photos.userPool.userPoolArn)] });
    api.addRoute('GET /a', { access: Access.anyOf(read), integration: mock() });
    api.addRoute('GET /id', { access: Access.idToken(), integration: mock() });
    expect(authorizerNames(stack)).toEqual(['Photos-UserPool']);
    Template.fromStack(stack).hasResourceProperties(AUTHORIZER, { ProviderARNs: [stack.resolve(photos.userPool.userPoolArn)] });
  });

  test('of user pools with one name in several stacks are kept apart, whatever the order', () => {
    const namesIn = (order: string[]) => {
      const app = newApp();
      const servers = Object.fromEntries(['A', 'B', 'C'].map((id) => [id, newPhotos(new Stack(app, id))]));
      const api = new ProtectedApi(Stack.of(servers.C.photos), 'Api', { resourceServers: Object.values(servers).map(({ photos }) => photos) });
      for (const id of order) api.addRoute(`GET /${id}`, { access: Access.anyOf(servers[id].read), integration: mock() });
      return authorizerNames(api.stack);
    };
    const names = namesIn(['A', 'B', 'C']);
    expect(new Set(names).size).toBe(3);
    expect(names).toContain('Photos-UserPool');
    expect(namesIn(['C', 'B', 'A'])).toEqual(names);
  });

  test('of ids that read alike are kept apart', () => {
    const stack = newStack();
    const servers = ['a-b', 'a_b', 'ä', 'ö', 'ü'].map((id) => newPhotos(stack, {}, id));
    const api = new ProtectedApi(stack, 'Api', { resourceServers: servers.map(({ photos }) => photos) });
    servers.forEach(({ read }, number) => api.addRoute(`GET /${number}`, { access: Access.anyOf(read), integration: mock() }));
    expect(new Set(authorizerNames(stack)).size).toBe(5);
  });

  test('are not defined where no method needs one', () => {
    const stack = newStack();
    const { photos } = newPhotos(stack);
    const api = new ProtectedApi(stack, 'Api', { resourceServers: [photos] });
    api.addRoute('GET /health', { access: Access.public('probe'), integration: mock() });
    Template.fromStack(stack).resourceCountIs(AUTHORIZER, 0);
  });

  test('lead to another deployment when they change, without a feature flag', () => {
    const deploymentAfter = (change: (authorizer: CfnAuthorizer) => void, userPools = 0) => {
      const stack = newStack();
      const pools = Array.from({ length: userPools }, (_, number) => new UserPool(stack, `Pool${number}`));
      const { api } = setUp({ userPools: pools }, stack);
      api.addRoute('GET /me', { access: Access.idToken(), integration: mock() });
      const authorizer = api.node.findAll().find((child): child is CfnAuthorizer => (child as CfnResource).cfnResourceType === AUTHORIZER)!;
      change(authorizer);
      const template = Template.fromStack(stack).toJSON();
      const [[id, { DependsOn }]] = Object.entries(resourcesOf(template, DEPLOYMENT));
      expect(DependsOn).toEqual(expect.arrayContaining(Object.keys(resourcesOf(template, AUTHORIZER))));
      return id;
    };
    const ids = [
      deploymentAfter(() => undefined),
      deploymentAfter((authorizer) => { authorizer.authorizerResultTtlInSeconds = 0; }),
      deploymentAfter((authorizer) => authorizer.addPropertyOverride('AuthorizerResultTtlInSeconds', 60)),
      deploymentAfter((authorizer) => authorizer.addPropertyOverride('ProviderARNs.0', 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc')),
      deploymentAfter(() => undefined, 1),
      deploymentAfter(() => undefined, 2),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(deploymentAfter(() => undefined)).toBe(ids[0]);
  });
});

describe('Lambda permissions', () => {
  const PERMISSION = 'AWS::Lambda::Permission';

  test('are one per function and API, however many routes', () => {
    const stack = newStack();
    const handler = newFunction(stack);
    const { api, read } = setUp({}, stack);
    const other = new ProtectedApi(stack, 'Other');
    for (const verb of ['GET', 'PUT', 'POST', 'DELETE', 'PATCH']) api.addRoute(`${verb} /items/{id}`, { access: Access.anyOf(read), handler });
    api.addRoute('GET /one', { access: Access.anyOf(read), handler: newFunction(stack, 'Second') });
    other.addRoute('GET /a', { access: Access.iam(), handler });
    other.addRoute('GET /b', { access: Access.iam(), handler });
    Template.fromStack(stack).resourceCountIs(PERMISSION, 3);
    Template.fromStack(stack).allResourcesProperties(PERMISSION, { Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceArn: Match.anyValue() });
  });

  test('of a LambdaIntegration are two per route, unless it is told otherwise', () => {
    const permissionsWith = (options: LambdaIntegrationOptions) => {
      const stack = newStack();
      const { api, read } = setUp({}, stack);
      const integration = new LambdaIntegration(newFunction(stack), options);
      for (const verb of ['GET', 'PUT', 'POST']) api.addRoute(`${verb} /items`, { access: Access.anyOf(read), integration });
      return Object.keys(resourcesOf(Template.fromStack(stack).toJSON(), PERMISSION)).length;
    };
    expect([{}, { scopePermissionToMethod: false }].map(permissionsWith)).toEqual([6, 1]);
  });

  test('of a function in another stack are in the stack of the API, so that stacks do not depend on each other in a circle', () => {
    const app = newApp();
    const [functions, apis] = [new Stack(app, 'Functions'), new Stack(app, 'Apis')];
    const { api, read } = setUp({}, apis);
    api.addRoute('GET /a', { access: Access.anyOf(read), handler: newFunction(functions) });
    Template.fromStack(apis).resourceCountIs(PERMISSION, 1);
    expect(apis.dependencies).toEqual([functions]);
  });
});

describe('CORS', () => {
  const cors = { defaultCorsPreflightOptions: { allowOrigins: ['https://album.example.com'], allowCredentials: true, exposeHeaders: ['X-Total'] } };
  const headers = {
    'gatewayresponse.header.Access-Control-Allow-Origin': "'https://album.example.com'",
    'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'",
    'gatewayresponse.header.Access-Control-Expose-Headers': "'X-Total'",
  };

  test('options make preflight methods, which are recognised', () => {
    const { stack } = setUp(cors);
    const methods = Object.values(resourcesOf(Template.fromStack(stack).toJSON(), METHOD)).filter(({ Properties }) => Properties.HttpMethod === 'OPTIONS');
    expect(methods.map(({ Properties }) => Properties.AuthorizationType)).toEqual(['NONE', 'NONE']);
  });

  test.each([undefined, AuthorizationType.IAM])('preflight methods of a resource are recognised, default authorization %s', (authorizationType) => {
    const { app, api } = setUp(authorizationType && { defaultMethodOptions: { authorizationType } });
    api.root.addResource('cors').addCorsPreflight({ allowOrigins: Cors.ALL_ORIGINS });
    expect(() => app.synth()).not.toThrow();
  });

  test('a mock of your own with the headers is recognised', () => {
    const { app, api } = setUp();
    api.root.addMethod('OPTIONS', new MockIntegration({
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestTemplates: { 'application/json': '{ statusCode: 200 }' },
      integrationResponses: [{ statusCode: '204', responseParameters: { 'method.response.header.access-control-allow-origin': "'*'" } }],
    }), { authorizationType: AuthorizationType.NONE });
    expect(() => app.synth()).not.toThrow();
  });

  test('headers are on the responses of the gateway itself', () => {
    const { stack } = setUp(cors);
    const template = Template.fromStack(stack);
    template.resourceCountIs(RESPONSE, 2);
    for (const type of ['DEFAULT_4XX', 'DEFAULT_5XX']) template.hasResourceProperties(RESPONSE, { ResponseType: type, ResponseParameters: headers });
  });

  test.each([[['*']], [['https://a.example.com', 'https://b.example.com']]])('headers for the origins %p allow any', (allowOrigins) => {
    const { stack } = setUp({ defaultCorsPreflightOptions: { allowOrigins, allowCredentials: true } });
    Template.fromStack(stack).allResourcesProperties(RESPONSE, {
      ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'", 'gatewayresponse.header.Access-Control-Allow-Credentials': Match.absent() },
    });
  });

  test('headers are also on a response that is added, which keeps its own', () => {
    const { stack, api } = setUp(cors);
    api.addGatewayResponse('Unauthorized', {
      type: ResponseType.UNAUTHORIZED, statusCode: '401', responseHeaders: { 'X-Own': "'1'", 'Access-Control-Expose-Headers': "'X-Own'" },
    });
    Template.fromStack(stack).hasResourceProperties(RESPONSE, {
      ResponseType: 'UNAUTHORIZED',
      StatusCode: '401',
      ResponseParameters: { ...headers, 'gatewayresponse.header.X-Own': "'1'", 'gatewayresponse.header.Access-Control-Expose-Headers': "'X-Own'" },
    });
  });

  test('a default response that is added is merged into the one that is there, and changes the deployment', () => {
    const deploymentWith = (templates?: { [type: string]: string }) => {
      const { stack, api } = setUp(cors);
      if (templates) {
        const response = api.addGatewayResponse('Mine', { type: ResponseType.DEFAULT_4XX, responseHeaders: { 'X-Own': "'1'" }, templates });
        Template.fromStack(stack).hasResourceProperties(RESPONSE, {
          ResponseType: 'DEFAULT_4XX', ResponseTemplates: templates, ResponseParameters: { ...headers, 'gatewayresponse.header.X-Own': "'1'" },
        });
        expect(response.node.path).toContain('DEFAULT_4XX');
      }
      Template.fromStack(stack).resourceCountIs(RESPONSE, 2);
      return Object.keys(resourcesOf(Template.fromStack(stack).toJSON(), DEPLOYMENT))[0];
    };
    const ids = [deploymentWith(), deploymentWith({ 'application/json': '{}' }), deploymentWith({ 'application/json': '{"a":1}' })];
    expect(new Set(ids).size).toBe(3);
  });

  test('a status code that is added to a default response is in the template', () => {
    const { stack, api } = setUp(cors);
    api.addGatewayResponse('Mine', { type: ResponseType.DEFAULT_5XX, statusCode: '503' });
    Template.fromStack(stack).hasResourceProperties(RESPONSE, { ResponseType: 'DEFAULT_5XX', StatusCode: '503' });
  });

  test('a header of CORS that a response sets itself is there once, in whatever case', () => {
    const { stack, api } = setUp(cors);
    const responseHeaders = { 'access-control-allow-origin': "'https://b.example.com'" };
    for (const type of [ResponseType.UNAUTHORIZED, ResponseType.DEFAULT_4XX]) api.addGatewayResponse(type.responseType, { type, responseHeaders });
    const { 'gatewayresponse.header.Access-Control-Allow-Origin': _left, ...others } = headers;
    for (const type of ['UNAUTHORIZED', 'DEFAULT_4XX']) {
      const responses = Object.values(resourcesOf(Template.fromStack(stack).toJSON(), RESPONSE));
      const [{ Properties }] = responses.filter((each) => each.Properties.ResponseType === type);
      expect(Properties.ResponseParameters).toEqual({ ...others, 'gatewayresponse.header.access-control-allow-origin': "'https://b.example.com'" });
    }
  });

  test('a default response can be added once', () => {
    const { api } = setUp(cors);
    for (const type of [ResponseType.DEFAULT_4XX, ResponseType.DEFAULT_5XX]) api.addGatewayResponse(`Mine-${type.responseType}`, { type, statusCode: '418' });
    expect(problemsOf(() => api.addGatewayResponse('Again', { type: ResponseType.of('default_4xx'), responseHeaders: { 'X-Own': "'1'" } }))).toEqual([
      '[GatewayResponseDuplicate] gateway response "Again" has the type of gateway response "Mine-DEFAULT_4XX", got "DEFAULT_4XX"; '
      + 'expected one gateway response of each type in API "Stack/Api"; put all headers and templates of the type into one',
    ]);
  });

  test('options that are absent add nothing', () => {
    const { stack, api } = setUp();
    api.addGatewayResponse('Unauthorized', { type: ResponseType.UNAUTHORIZED });
    Template.fromStack(stack).hasResourceProperties(RESPONSE, { ResponseType: 'UNAUTHORIZED', ResponseParameters: Match.absent() });
    Template.fromStack(stack).resourceCountIs(RESPONSE, 1);
  });
});

test('names of authorizers have 100 characters and a hash at most, and stay apart where their beginnings are alike', () => {
  const stack = newStack();
  const pools = ['A', 'B'].map((end) => new UserPool(stack, `${'P'.repeat(120)}${end}`));
  const servers = pools.map((userPool, position) => newPhotos(stack, { userPool }, `Server${position}`));
  const api = new ProtectedApi(stack, 'Api', { resourceServers: servers.map(({ photos }) => photos) });
  for (const [position, { read }] of servers.entries()) api.addRoute(`GET /${position}`, { access: Access.anyOf(read), integration: mock() });
  const names = authorizerNames(stack);
  expect(names.map((name) => name.replace(/[0-9a-f]{8}$/, ''))).toEqual([`${'P'.repeat(100)}-`, `${'P'.repeat(100)}-`]);
  expect(new Set(names).size).toBe(2);
});

test('scopes of one full name in two user pools are on a method once', () => {
  const stack = newStack();
  const [a, b] = ['A', 'B'].map((id) => newPhotos(stack, {}, id));
  const api = new ProtectedApi(stack, 'Api', { resourceServers: [a.photos, b.photos] });
  api.addRoute('GET /', { access: Access.anyOf(a.read, b.read), integration: mock() });
  expect(methodOf(stack, 'GET').Properties.AuthorizationScopes).toEqual(['photos/read']);
});
