import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthorizationType, CfnMethod, CfnRestApi, RestApi, type IRestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import {
  App, Aws, CfnCondition, CfnOutput, CfnParameter, CfnResource, Fn, NestedStack, Stack, type IResolvable,
} from 'aws-cdk-lib/core';
import { codesOf, mock, newApp, newPhotos, newStack, problemsOf } from './harness';
import { Access, ProtectedApi, type ProtectedApiProps } from '../../src';

const METHOD = 'AWS::ApiGateway::Method';
const WEAK_REFERENCES = '@aws-cdk/core:defaultCrossStackReferences';

function setUp(stack: Stack = newStack(), props: ProtectedApiProps = {}) {
  const { photos, read } = newPhotos(stack);
  const api = new ProtectedApi(stack, 'Api', { resourceServers: [photos], ...props });
  api.addRoute('GET /photos', { access: Access.anyOf(read), integration: mock() });
  return { stack, app: stack.node.root as App, photos, read, api };
}

/** A method that everybody may call, of the API with an id. */
function openMethod(scope: Stack, RestApiId: unknown): CfnResource {
  return new CfnResource(scope, 'Open', { type: METHOD, properties: { RestApiId, ResourceId: 'abc', HttpMethod: 'GET', AuthorizationType: 'NONE' } });
}

function imported(scope: Stack, restApiId: string): IRestApi {
  return RestApi.fromRestApiAttributes(scope, 'Imported', { restApiId, rootResourceId: 'abc' });
}

const MISSING = ['RouteAccessMissing'];

describe('an open method fails synthesis where its API is in a nested stack', () => {
  const nestedApi = () => {
    const parent = newStack();
    const nested = new NestedStack(parent, 'Nested');
    return { parent, nested, ...setUp(nested) };
  };
  const output = (nested: NestedStack, name: string) => (nested.nestedStackResource as CfnResource).getAtt(`Outputs.${name}`);

  test('and the method names it through an output of the nested stack', () => {
    const { app, parent, nested, api } = nestedApi();
    new CfnOutput(nested, 'Out', { value: api.restApiId });
    imported(parent, output(nested, 'Out').toString()).root.addMethod('GET', mock());
    expect(codesOf(() => app.synth())).toEqual(MISSING);
  });

  test.each<[string, (parent: Stack) => Stack]>([
    ['the parent', (parent) => parent],
    ['a sibling', (parent) => new NestedStack(parent, 'Sibling')],
    ['a nested stack of a sibling', (parent) => new NestedStack(new NestedStack(parent, 'Sibling'), 'Inner')],
    ['another stack', (parent) => new Stack(parent.node.root as App, 'Other')],
  ])('and the method is in %s', (_where, place) => {
    const { app, parent, api } = nestedApi();
    openMethod(place(parent), api.restApiId);
    expect(codesOf(() => app.synth())).toEqual(MISSING);
  });

  test('but not where the output is of something else, or the nested stack another', () => {
    const { app, parent, nested, api } = nestedApi();
    const second = new NestedStack(parent, 'Second');
    new CfnOutput(nested, 'Out', { value: api.restApiId });
    new CfnOutput(nested, 'Root', { value: api.restApiRootResourceId });
    new CfnOutput(second, 'Out', { value: 'abcdefghij' });
    openMethod(parent, output(nested, 'Root'));
    openMethod(new NestedStack(parent, 'Third'), output(second, 'Out'));
    expect(() => app.synth()).not.toThrow();
  });

  test('and outputs and parameters that go in a circle come to an end', () => {
    const { app, parent } = nestedApi();
    const circle = new NestedStack(parent, 'Circle', { parameters: { Id: Fn.getAtt('CircleStack', 'Outputs.Out').toString() } });
    (circle.nestedStackResource as CfnResource).overrideLogicalId('CircleStack');
    new CfnOutput(circle, 'Out', { value: new CfnParameter(circle, 'Id').valueAsString });
    openMethod(parent, output(circle, 'Out'));
    expect(() => app.synth()).not.toThrow();
  });
});

describe('an open method fails synthesis where it names its API', () => {
  const BRANCHES = (stack: Stack, id: string) => Fn.conditionIf(new CfnCondition(stack, 'C', { expression: Fn.conditionEquals(Aws.REGION, 'a') }).logicalId, id, 'abcdefghij');

  test.each<[string, (id: string, stack: Stack, api: ProtectedApi) => string | IResolvable]>([
    ['Fn::Sub with a value', (id) => Fn.sub('${Id}', { Id: id })],
    ['Fn::Sub of its logical id', (_id, stack, api) => Fn.sub(`\${${stack.getLogicalId(api.node.defaultChild as CfnRestApi)}}`)],
    ['Fn::Sub of its attribute', (_id, stack, api) => Fn.sub(`\${${stack.getLogicalId(api.node.defaultChild as CfnRestApi)}.RestApiId}`)],
    ['Fn::Join of one', (id) => Fn.join('', [id, ''])],
    ['Fn::Select of a split', (id) => Fn.select(0, Fn.split('/', id))],
    ['Fn::Select of a split text', (id) => Fn.select(1, Fn.split('/', Fn.join('/', ['restapis', id, 'stages'])))],
    ['one branch of Fn::If', (id, stack) => BRANCHES(stack, id)],
    ['a function that only deployment carries out', (id) => Fn.transform('Lower', { Text: id })],
  ])('by %s', (_how, name) => {
    const { app, stack, api } = setUp();
    openMethod(stack, name(api.restApiId, stack, api));
    expect(codesOf(() => app.synth())).toEqual(MISSING);
  });

  test('by Fn::Sub of a parameter in an included template', () => {
    const { app, stack, api } = setUp();
    const templateFile = join(mkdtempSync(join(tmpdir(), 'include-')), 'template.json');
    writeFileSync(templateFile, JSON.stringify({
      Parameters: { ApiId: { Type: 'String' } },
      Resources: { Open: { Type: METHOD, Properties: { RestApiId: { 'Fn::Sub': '${ApiId}' }, ResourceId: 'abc', HttpMethod: 'GET', AuthorizationType: 'NONE' } } },
    }));
    new CfnInclude(stack, 'Included', { templateFile, parameters: { ApiId: api.restApiId } });
    expect(codesOf(() => app.synth())).toEqual(MISSING);
  });

  test('by an export whose name is put together', () => {
    const { app, stack, api } = setUp();
    new CfnOutput(stack, 'Out', { value: Fn.sub('${Id}', { Id: api.restApiId }), exportName: `${Aws.STACK_NAME}-api` });
    openMethod(new Stack(app, 'Other'), Fn.importValue(Fn.join('-', ['Stack', 'api'])));
    expect(codesOf(() => app.synth())).toEqual(MISSING);
  });

  test.each(['weak', 'both'])('by a reference between stacks that is %s', (strength) => {
    const { app, api } = setUp(new Stack(newApp({ context: { [WEAK_REFERENCES]: strength } }), 'Stack'));
    openMethod(new Stack(app, 'Other'), api.restApiId);
    const overridden = imported(new Stack(app, 'Third'), 'abcdefghij').root.addMethod('GET', mock());
    (overridden.node.defaultChild as CfnMethod).addPropertyOverride('RestApiId', api.restApiId);
    expect(codesOf(() => app.synth())).toEqual([...MISSING, ...MISSING]);
  });

  test.each([['eu-west-1', false], ['us-east-1', true]])('by an output of a stack of its name, and not of one in another Region: %s', (region, passes) => {
    const { app, stack, api } = setUp(new Stack(newApp(), 'Stack', { env: { region: 'eu-west-1' } }));
    new CfnOutput(stack, 'Out', { value: api.restApiId });
    openMethod(new Stack(app, 'Other', { env: { region } }), Fn.getStackOutput('Stack', 'Out'));
    if (passes) expect(() => app.synth()).not.toThrow();
    else expect(codesOf(() => app.synth())).toEqual(MISSING);
  });

  test('but not where a function picks the id of another API', () => {
    const { app, stack, api } = setUp();
    const other = new RestApi(stack, 'Other');
    other.root.addMethod('GET', mock());
    openMethod(stack, Fn.select(1, Fn.split('/', Fn.join('/', [api.restApiId, other.restApiId]))));
    openMethod(new NestedStack(stack, 'Sub'), Fn.sub('${Id}', { Id: other.restApiId }));
    openMethod(new NestedStack(stack, 'Literal'), Fn.sub('${!Api}'));
    openMethod(new NestedStack(stack, 'Weak'), Fn.getStackOutput('Stack', 'None'));
    openMethod(new NestedStack(stack, 'Export'), Fn.importValue('Elsewhere'));
    openMethod(new NestedStack(stack, 'Given'), new CfnParameter(stack, 'Id').valueAsString);
    expect(() => app.synth()).not.toThrow();
  });
});

describe('synthesis fails for an access that depends on deployment', () => {
  const REMOVED = { Ref: 'AWS::NoValue' };
  const condition = (stack: Stack, name = 'C') => new CfnCondition(stack, name, { expression: Fn.conditionEquals(Aws.REGION, name) });
  const cfn = (api: ProtectedApi, authorizationScopes = ['photos/read']) =>
    api.root.addMethod('PUT', mock(), { authorizationScopes }).node.defaultChild as CfnMethod;

  test.each<[string, string, (api: ProtectedApi, stack: Stack) => unknown]>([
    ['a list of nothing', 'MethodScopesEmpty', (api) => cfn(api, [Aws.NO_VALUE])],
    ['a list that may be absent', 'MethodScopesEmpty', (api, stack) => {
      condition(stack);
      cfn(api).addPropertyOverride('AuthorizationScopes', { 'Fn::If': ['C', ['photos/read'], REMOVED] });
    }],
    ['a list that may be empty', 'MethodScopesEmpty', (api, stack) => {
      condition(stack);
      cfn(api).addPropertyOverride('AuthorizationScopes', { 'Fn::If': ['C', [], ['photos/read']] });
    }],
    ['a list whose scopes may all be absent', 'MethodScopesEmpty', (api, stack) => {
      condition(stack);
      condition(stack, 'D');
      cfn(api).addPropertyOverride('AuthorizationScopes', ['C', 'D'].map((name) => ({ 'Fn::If': [name, 'photos/read', REMOVED] })));
    }],
    ['a scope that is not declared, in one branch', 'ScopeUnknown', (api, stack) => {
      condition(stack);
      cfn(api).addPropertyOverride('AuthorizationScopes', { 'Fn::If': ['C', ['photos/read'], ['photos/raed']] });
    }],
    ['a type that may be none', 'MethodScopesUnchecked', (api, stack) => {
      condition(stack);
      cfn(api).addPropertyOverride('AuthorizationType', { 'Fn::If': ['C', 'COGNITO_USER_POOLS', 'NONE'] });
    }],
    ['an API key that may not be needed', 'RouteAccessMissing', (api, stack) => {
      condition(stack);
      const method = api.addRoute('PUT /photos', { access: Access.apiKey(), integration: mock() }).node.defaultChild as CfnMethod;
      method.addPropertyOverride('ApiKeyRequired', { 'Fn::If': ['C', true, false] });
    }],
    ['a Lambda authorizer that is none', 'RouteAccessMissing', (api) =>
      api.root.addMethod('PUT', mock(), { authorizer: { authorizerId: Aws.NO_VALUE, authorizationType: AuthorizationType.CUSTOM } })],
    ['more conditions than can be followed', 'RouteAccessMissing', (api, stack) => {
      const names = Array.from({ length: 9 }, (_, number) => `C${number}`);
      names.forEach((name) => condition(stack, name));
      cfn(api).addPropertyOverride('AuthorizationScopes', ['photos/read', ...names.map((name) => ({ 'Fn::If': [name, 'photos/read', REMOVED] }))]);
    }],
  ])('%s, with %s', (_what, code, change) => {
    const { app, stack, api } = setUp();
    change(api, stack);
    expect(codesOf(() => app.synth())).toEqual([code]);
  });

  test('but not where every way is declared', () => {
    const { app, stack, api } = setUp();
    const holds = condition(stack);
    new CfnCondition(stack, 'NotC', { expression: Fn.conditionNot(holds) });
    condition(stack, 'D');
    const resource = api.root.addResource('sound');
    const change = (verb: string, changes: { [name: string]: unknown }) => {
      const method = resource.addMethod(verb, mock(), { authorizationScopes: ['photos/read'] }).node.defaultChild as CfnMethod;
      for (const [name, value] of Object.entries(changes)) method.addPropertyOverride(name, value);
      return stack.resolve(method.authorizerId);
    };
    change('GET', { AuthorizationScopes: { 'Fn::If': ['C', ['photos/read'], ['photos/write']] } });
    change('PUT', { AuthorizationScopes: ['photos/read', { 'Fn::If': ['C', 'photos/write', REMOVED] }] });
    change('POST', { AuthorizationScopes: [{ 'Fn::If': ['C', 'photos/read', REMOVED] }, { 'Fn::If': ['NotC', 'photos/write', REMOVED] }] });
    const authorizer = change('PATCH', { ApiKeyRequired: { 'Fn::If': ['D', true, REMOVED] } });
    const branch = (value: unknown) => ({ 'Fn::If': ['C', value, REMOVED] });
    change('DELETE', {
      AuthorizationType: { 'Fn::If': ['NotC', 'AWS_IAM', 'COGNITO_USER_POOLS'] }, AuthorizerId: branch(authorizer), AuthorizationScopes: branch(['photos/read']),
    });
    expect(() => app.synth()).not.toThrow();
  });
});

describe('synthesis fails for what cannot be read', () => {
  const include = { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/part' } };

  test.each<[string, (api: ProtectedApi, stack: Stack) => unknown]>([
    ['a resource that an override makes a method', (api, stack) => {
      const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic', properties: { RestApiId: api.restApiId, AuthorizationType: 'NONE' } });
      topic.addOverride('Type', METHOD);
    }],
    ['properties that a transform adds to', (api, stack) => {
      new CfnMethod(stack, 'Open', { restApiId: api.restApiId, resourceId: 'abc', httpMethod: 'GET', authorizationType: 'AWS_IAM' }).addOverride('Properties.Fn::Transform', include);
    }],
    ['properties that a transform writes', (api, stack) => new CfnResource(stack, 'Open', {
      type: METHOD, properties: { 'Fn::Transform': { Name: 'Macro', Parameters: { Api: api.restApiId } } },
    })],
    ['a method that a transform adds to', (api, stack) => {
      new CfnMethod(stack, 'Open', { restApiId: api.restApiId, resourceId: 'abc', httpMethod: 'GET', authorizationType: 'AWS_IAM' }).addOverride('Fn::Transform', include);
    }],
    ['scopes that a transform writes', (api) => {
      const method = api.root.addMethod('PUT', mock(), { authorizationScopes: ['photos/read'] }).node.defaultChild as CfnMethod;
      method.addPropertyOverride('AuthorizationScopes', { 'Fn::Transform': include });
    }],
    ['an API that a transform adds to', (api) => (api.node.defaultChild as CfnRestApi).addPropertyOverride('Fn::Transform', include)],
  ])('%s', (_what, change) => {
    const { app, stack, api } = setUp();
    change(api, stack);
    expect(codesOf(() => app.synth())).toEqual(MISSING);
  });

  test('but not for a transform of an integration, or of a resource that is none of the API', () => {
    const { app, stack, api } = setUp();
    const method = api.root.addMethod('PUT', mock(), { authorizationScopes: ['photos/read'] }).node.defaultChild as CfnMethod;
    method.addPropertyOverride('Integration.RequestTemplates', { 'Fn::Transform': include });
    new CfnResource(stack, 'Other', { type: METHOD, properties: { 'Fn::Transform': include } });
    expect(() => app.synth()).not.toThrow();
  });
});

describe('a message', () => {
  const TOKEN = '"<token>"';

  test('has <token> where only deployment knows a value', () => {
    const { app, stack, api } = setUp(newStack(), { defaultCorsPreflightOptions: { allowOrigins: ['https://a.example.com'] } });
    const parameter = new CfnParameter(stack, 'Parameter').valueAsString;
    new CfnMethod(stack, 'Type', { restApiId: api.restApiId, resourceId: 'abc', httpMethod: 'GET', authorizationType: parameter });
    new CfnMethod(stack, 'Verb', { restApiId: api.restApiId, resourceId: 'abc', httpMethod: parameter, authorizationType: 'NONE' });
    new CfnMethod(stack, 'None', { restApiId: api.restApiId, resourceId: 'abc', httpMethod: 'GET' }).addPropertyDeletionOverride('HttpMethod');
    for (const id of ['A', 'B']) {
      new CfnResource(stack, id, { type: 'AWS::ApiGateway::GatewayResponse', properties: { RestApiId: api.restApiId, ResponseType: parameter } });
    }
    const problems = problemsOf(() => app.synth());
    expect(problems).toEqual([
      expect.stringContaining('method "GET" at "Stack/Type" has an access that cannot be known: only deployment knows its authorization type; '),
      expect.stringContaining(`method ${TOKEN} at "Stack/Verb" has no declared access`),
      expect.stringContaining('method "<none>" at "Stack/None" has no declared access'),
      expect.stringContaining('gateway response "Stack/B" has the type of "Stack/A", got <token>; '),
    ]);
  });

  test('names the authorizer as what a method of an imported reference lacks', () => {
    const { app, stack, api } = setUp();
    imported(stack, api.restApiId).root.addMethod('PUT', mock(), { authorizationScopes: ['photos/read'] });
    expect(problemsOf(() => app.synth())).toEqual([expect.stringContaining('; declare it with addRoute and an Access, or give it a Cognito authorizer and authorizationScopes; ')]);
  });
});
