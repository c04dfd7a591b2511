import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { App, CfnOutput, Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ENV, mock, newApp, newFunction, newPhotos, problemsOf, resourcesOf } from './harness';
import { Access, MachineClient, ProtectedApi, ScopedResourceServer, SpaClient, TokenTrigger, type Scope } from '../../src';

const IDENTIFIER = 'https://photos.example.com';
const callbackUrls = ['https://album.example.com/cb'];

/** Stacks by the part that they hold; one stack may hold several parts. */
interface Layout {
  readonly servers: Stack;
  readonly clients: Stack;
  readonly apis: Stack;
}

/** The photo service over the stacks of a layout; with the scope `write` or after it was removed. */
function declare({ servers, clients, apis }: Layout, scopeNames = ['read', 'write']): void {
  const photos = new ScopedResourceServer(servers, 'Photos', { identifier: IDENTIFIER });
  const scopes = scopeNames.map((name) => photos.addScope(name, `May ${name}`));
  new MachineClient(clients, 'Export', { userPool: photos.userPool, scopes: [scopes[0]] });
  new SpaClient(clients, 'Album', { userPool: photos.userPool, scopes, callbackUrls });
  const api = new ProtectedApi(apis, 'Api', { resourceServers: [photos] });
  api.addRoute('GET /photos', { access: Access.anyOf(...scopes), integration: mock() });
}

const LAYOUTS: { readonly [title: string]: (scope: Construct) => Layout } = {
  'one stack': (scope) => {
    const all = new Stack(scope, 'All');
    return { servers: all, clients: all, apis: all };
  },
  'two stacks, the API apart': (scope) => {
    const identity = new Stack(scope, 'Identity');
    return { servers: identity, clients: identity, apis: new Stack(scope, 'Apis') };
  },
  'two stacks, the server apart': (scope) => {
    const application = new Stack(scope, 'Application');
    return { servers: new Stack(scope, 'Identity'), clients: application, apis: application };
  },
  'three stacks': (scope) => ({ servers: new Stack(scope, 'Servers'), clients: new Stack(scope, 'Clients'), apis: new Stack(scope, 'Apis') }),
};

/** Templates by stack, in the order in which they are deployed. */
type Deployment = { readonly name: string; readonly template: any }[];

function deploymentOf(layout: (scope: Construct) => Layout, scopeNames?: string[], scopeOf: (app: App) => Construct = (app) => app): Deployment {
  const app = newApp();
  const scope = scopeOf(app);
  declare(layout(scope), scopeNames);
  const assembly = app.synth();
  const stacks = scope === app ? assembly.stacks : assembly.getNestedAssembly(`assembly-${scope.node.path}`).stacks;
  return stacks.map(({ stackName, template }) => ({ name: stackName, template }));
}

/** The names that a template exports. */
function exportsOf(template: any): string[] {
  return Object.values<any>(template.Outputs ?? {}).map(({ Export }) => Export?.Name).filter((name) => name !== undefined);
}

/** The names that a template imports. */
const importsOf = (template: any): string[] => [...JSON.stringify(template).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name]) => name);

function scopesOf(template: any, type: string, property: string): unknown[] {
  return Object.values(resourcesOf(template, type)).map(({ Properties }) => Properties[property]);
}

/**
 * Deploys one template after another on top of what is there, as CloudFormation would: an import needs its export, and an export
 * that a stack imports can neither go nor change.
 */
function deploy(before: Deployment, after: Deployment): void {
  const there = new Map(before.map(({ name, template }) => [name, template]));
  for (const { name, template } of after) {
    const others = [...there].filter(([other]) => other !== name).map(([, other]) => other);
    const offered = others.flatMap(exportsOf);
    for (const needed of importsOf(template)) {
      if (!offered.includes(needed)) throw new Error(`${name} imports ${needed}, which nothing exports`);
    }
    const inUse = others.flatMap(importsOf);
    const old = there.get(name);
    for (const gone of old === undefined ? [] : exportsOf(old).filter((each) => inUse.includes(each))) {
      if (valueOf(template, gone) !== valueOf(old, gone)) throw new Error(`${name} takes the export ${gone} away, which is in use`);
    }
    there.set(name, template);
  }
}

function valueOf(template: any, exported: string): string | undefined {
  return JSON.stringify(Object.values<any>(template.Outputs ?? {}).find(({ Export }) => Export?.Name === exported)?.Value);
}

describe.each(Object.entries(LAYOUTS))('in %s', (_, layout) => {
  const before = deploymentOf(layout);
  const after = deploymentOf(layout, ['read']);
  const all = (deployment: Deployment, type: string, property: string) => deployment.flatMap(({ template }) => scopesOf(template, type, property));

  test('scope names are literals in clients and methods', () => {
    expect(all(before, 'AWS::Cognito::UserPoolClient', 'AllowedOAuthScopes')).toEqual(
      expect.arrayContaining([[`${IDENTIFIER}/read`], [`${IDENTIFIER}/read`, `${IDENTIFIER}/write`]]),
    );
    expect(all(before, 'AWS::ApiGateway::Method', 'AuthorizationScopes')).toEqual([[`${IDENTIFIER}/read`, `${IDENTIFIER}/write`]]);
  });

  test('the stack of the server comes first, and no export is there for a scope', () => {
    const [first] = before;
    expect(Object.keys(resourcesOf(first.template, 'AWS::Cognito::UserPoolResourceServer'))).toHaveLength(1);
    const outputs = before.flatMap(({ template }) => Object.entries<any>(template.Outputs ?? {}).filter(([, { Export }]) => Export !== undefined));
    expect(outputs.filter(([, { Value }]) => !/^\{"(Ref|Fn::GetAtt)":\[?"PhotosUserPool/.test(JSON.stringify(Value)))).toEqual([]);
  });

  test('the templates deploy in their order', () => {
    expect(() => deploy([], before)).not.toThrow();
  });

  test('removing a scope deploys in one pass: the exports stay, and the scope is nowhere any more', () => {
    expect(after.map(({ template }) => exportsOf(template))).toEqual(before.map(({ template }) => exportsOf(template)));
    expect(() => deploy(before, after)).not.toThrow();
    expect(JSON.stringify(before)).toContain(`${IDENTIFIER}/write`);
    expect(JSON.stringify(after)).not.toContain('write');
  });

  test('adding a scope deploys in one pass', () => {
    expect(() => deploy(after, before)).not.toThrow();
  });

  test('a stage has the same templates', () => {
    const staged = deploymentOf(layout, undefined, (app) => new Stage(app, 'Prod'));
    expect(staged.map(({ name }) => name)).toEqual(before.map(({ name }) => `Prod-${name}`));
    expect(staged.map(({ template }) => scopesOf(template, 'AWS::ApiGateway::Method', 'AuthorizationScopes')))
      .toEqual(before.map(({ template }) => scopesOf(template, 'AWS::ApiGateway::Method', 'AuthorizationScopes')));
    expect(() => deploy([], staged)).not.toThrow();
  });
});

test('a deployment that takes an export away which is in use is told from a good one', () => {
  const withExport = (value: string | undefined): Deployment => {
    const stack = new Stack(newApp(), 'A');
    if (value !== undefined) new CfnOutput(stack, 'Out', { value, exportName: 'scope' });
    return [{ name: 'A', template: (stack.node.root as App).synth().stacks[0].template }];
  };
  const importing: Deployment = [{ name: 'B', template: { Resources: { R: { Type: 'T', Properties: { Scope: { 'Fn::ImportValue': 'scope' } } } } } }];
  expect(() => deploy([...withExport('read'), ...importing], withExport(undefined))).toThrow('takes the export scope away');
  expect(() => deploy([...withExport('read'), ...importing], withExport('write'))).toThrow('takes the export scope away');
  expect(() => deploy([], importing)).toThrow('which nothing exports');
  expect(() => deploy([], [...withExport('read'), ...importing])).not.toThrow();
});

test('the stages of a pipeline are deployments of their own, each with its server, its order and its exports', () => {
  const app = newApp();
  const stages = ['Beta', 'Prod'].map((id, number) => new Stage(app, id, { env: { ...ENV, region: ['eu-west-1', 'us-east-1'][number] } }));
  const layouts = stages.map((stage) => LAYOUTS['three stacks'](stage));
  for (const layout of layouts) declare(layout);
  const assembly = app.synth();
  for (const [number, { servers, clients, apis }] of layouts.entries()) {
    expect(clients.dependencies).toEqual([servers]);
    expect(apis.dependencies).toEqual([servers]);
    const { stacks } = assembly.getNestedAssembly(`assembly-${stages[number].node.id}`);
    expect(stacks[0].stackName).toBe(`${stages[number].node.id}-Servers`);
    const imported = stacks.flatMap(({ template }) => importsOf(template));
    expect(imported.filter((name) => !name.startsWith(`${stages[number].node.id}-Servers:`))).toEqual([]);
  }
});

describe('a scope of another stage', () => {
  const codes = ['ScopeOfOtherPool', 'ScopeOfOtherPool', 'ScopeOfOtherPool', 'ApiUserPools'];
  const uses = (mine: ScopedResourceServer, scope: Scope): (() => unknown)[] => [
    () => mine.addMachineClient('Job', { scopes: [scope] }),
    () => mine.addSpaClient('Album', { scopes: [scope], callbackUrls }),
    () => new TokenTrigger(mine, 'Trigger', { userPool: mine.userPool, handler: newFunction(mine), addsScopes: [scope] }),
    () => new ProtectedApi(mine, 'Api', { resourceServers: [mine] }).addRoute('GET /', { access: Access.anyOf(scope), integration: mock() }),
  ];
  const stacks = () => {
    const app = newApp();
    return ['A', 'B'].map((id) => new Stack(new Stage(app, id), 'Stack'));
  };

  test('is one of another user pool, though both stages are made alike', () => {
    const [a, b] = stacks().map((stack) => newPhotos(stack));
    const admin = a.photos.addScope('admin', 'Everything');
    const problems = uses(b.photos, admin).flatMap(problemsOf);
    expect(problems.map((problem) => problem.slice(1, problem.indexOf(']')))).toEqual(codes);
    expect(problems[0]).toContain('got "photos/admin"; expected scopes of resource servers of user pool "B/Stack/Photos/UserPool"');
  });

  test('is taken where both name one user pool by its id', () => {
    const [a, b] = stacks();
    const poolOf = (stack: Stack) => UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_Shared');
    const { read } = newPhotos(a, { userPool: poolOf(a) });
    const orders = new ScopedResourceServer(b, 'Orders', { identifier: 'orders', userPool: poolOf(b) });
    const [machine, spa,, route] = uses(orders, read);
    for (const use of [machine, spa, route]) expect(use).not.toThrow();
  });
});
