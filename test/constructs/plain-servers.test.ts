import { Template } from 'aws-cdk-lib/assertions';
import { CfnUserPoolResourceServer, ResourceServerScope, UserPool, UserPoolResourceServer } from 'aws-cdk-lib/aws-cognito';
import { Aws, CfnCondition, CfnParameter, Fn, Lazy, NestedStack, Stack, Stage } from 'aws-cdk-lib/core';
import { codesOf, mock, newApp, newPhotos, newStack, problemsOf, resourcesOf } from './harness';
import { Access, MachineClient, ProtectedApi, Scope, ScopedResourceServer } from '../../src';

const read = new ResourceServerScope({ scopeName: 'read', scopeDescription: 'View orders' });

/** An API whose only method demands a scope as a string. */
function apiWith(stack: Stack, userPool: UserPool, scope: string): ProtectedApi {
  const api = new ProtectedApi(stack, 'Api', { userPools: [userPool] });
  api.root.addMethod('GET', mock(), { authorizationScopes: [scope] });
  return api;
}

describe('a resource server that the app declares without this library', () => {
  test('is not that of another stage, which may have a user pool at the same place', () => {
    const app = newApp();
    const [ours, theirs] = [new Stack(app, 'S'), new Stack(new Stage(app, 'Stage'), 'S')];
    apiWith(ours, new UserPool(ours, 'Users'), 'orders/read');
    new UserPool(theirs, 'Users').addResourceServer('Orders', { identifier: 'orders', scopes: [read] });
    expect(codesOf(() => app.synth())).toEqual(['ScopeUnknown']);
  });

  test.each<[string, (stack: Stack, userPool: UserPool) => unknown]>([
    ['addResourceServer', (_stack, userPool) => userPool.addResourceServer('Orders', { identifier: 'orders', scopes: [read] })],
    ['UserPoolResourceServer', (stack, userPool) => new UserPoolResourceServer(stack, 'Orders', { userPool, identifier: 'orders', scopes: [read] })],
    ['CfnUserPoolResourceServer', (stack, { userPoolId }) => new CfnUserPoolResourceServer(stack, 'Orders', {
      userPoolId, identifier: 'orders', name: 'orders', scopes: [{ scopeName: 'read', scopeDescription: 'View' }],
    })],
  ])('by %s has its scopes on methods, also when it is declared after them', (_how, declare) => {
    const [before, after] = [newStack(), newStack()];
    const [first, second] = [new UserPool(before, 'Users'), new UserPool(after, 'Users')];
    declare(before, first);
    apiWith(before, first, 'orders/read');
    apiWith(after, second, 'orders/read');
    declare(after, second);
    expect(() => [Template.fromStack(before), Template.fromStack(after)]).not.toThrow();
  });

  test('fails for a scope that it lacks, and says how to add it', () => {
    const stack = newStack();
    const userPool = new UserPool(stack, 'Users');
    userPool.addResourceServer('Orders', { identifier: 'orders', scopes: [read] });
    apiWith(stack, userPool, 'orders/raed');
    expect(problemsOf(() => Template.fromStack(stack))).toEqual([
      '[ScopeUnknown] method "GET /" uses a scope that resource server "Stack/Users/Orders/Resource" does not declare, got "orders/raed"; '
      + 'expected "orders/read"; add it to the scopes of the resource server, or correct the name',
    ]);
  });

  test('counts for its own user pool and its own stage only', () => {
    const app = newApp();
    const [here, there] = [new Stack(new Stage(app, 'Here'), 'Stack'), new Stack(new Stage(app, 'There'), 'Stack')];
    const userPool = new UserPool(here, 'Users');
    new UserPool(here, 'Others').addResourceServer('Orders', { identifier: 'orders', scopes: [read] });
    new UserPool(there, 'Users').addResourceServer('Orders', { identifier: 'orders', scopes: [read] });
    apiWith(here, userPool, 'orders/read');
    expect(codesOf(() => app.synth())).toEqual(['ScopeUnknown']);
  });

  test('counts for a stack outside stages only where it is outside them too', () => {
    const app = newApp();
    const [outside, inside] = [new Stack(app, 'Stack'), new Stack(new Stage(app, 'Prod'), 'Stack')];
    apiWith(outside, new UserPool(outside, 'Users'), 'orders/read');
    new UserPool(inside, 'Users').addResourceServer('Orders', { identifier: 'orders', scopes: [read] });
    expect(codesOf(() => app.synth())).toEqual(['ScopeUnknown']);
  });

  test('takes any scope where only deployment knows a name', () => {
    const stack = newStack();
    const userPool = new UserPool(stack, 'Users');
    const scopeName = new CfnParameter(stack, 'Scope').valueAsString;
    userPool.addResourceServer('Orders', { identifier: 'orders', scopes: [new ResourceServerScope({ scopeName, scopeDescription: 'View' })] });
    apiWith(stack, userPool, 'orders/any');
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('comes before the clients that list its scopes, also when it is declared after them', () => {
    const stack = newStack();
    const userPool = new UserPool(stack, 'Users');
    new MachineClient(stack, 'Job', { userPool, scopes: [Scope.external('orders/read')] });
    const reference = ScopedResourceServer.fromAttributes(stack, 'Bills', { identifier: 'bills', userPool });
    new MachineClient(stack, 'Clerk', { userPool, scopes: [reference.scope('read')] });
    for (const identifier of ['orders', 'bills']) userPool.addResourceServer(identifier, { identifier, scopes: [read] });
    const template = Template.fromStack(stack).toJSON();
    const ids = Object.fromEntries(Object.entries(resourcesOf(template, 'AWS::Cognito::UserPoolResourceServer')).map(([id, { Properties }]) => [Properties.Identifier, id]));
    const dependencies = Object.values(resourcesOf(template, 'AWS::Cognito::UserPoolClient')).map(({ DependsOn }) => DependsOn);
    expect(dependencies).toEqual([[ids.orders], [ids.bills]]);
  });

  test('comes before clients of another stack without an export', () => {
    const app = newApp();
    const [owner, user] = [new Stack(app, 'Owner'), new Stack(app, 'User')];
    const userPool = UserPool.fromUserPoolId(user, 'Users', 'eu-west-1_Shared');
    new MachineClient(user, 'Job', { userPool, scopes: [Scope.external('orders/read')] });
    new CfnUserPoolResourceServer(owner, 'Orders', {
      userPoolId: 'eu-west-1_Shared', identifier: 'orders', name: 'orders', scopes: [{ scopeName: 'read', scopeDescription: 'View' }],
    });
    const assembly = app.synth();
    expect(assembly.getStackByName('User').dependencies.map(({ id }) => id)).toContain('Owner');
    expect(assembly.getStackByName('Owner').template.Outputs).toBeUndefined();
  });
});

describe('the way to a scope that is missing', () => {
  test('is scopeNames for a reference by attributes, and a newer manifest for one by manifest', () => {
    const stack = newStack();
    const userPool = UserPool.fromUserPoolId(stack, 'Users', 'eu-west-1_Shared');
    const byAttributes = ScopedResourceServer.fromAttributes(stack, 'Orders', { identifier: 'orders', userPool, scopeNames: ['read'] });
    const { photos } = newPhotos(newStack());
    const byManifest = ScopedResourceServer.fromManifest(stack, 'Bills', { manifest: photos.toManifest(), userPool });
    expect(problemsOf(() => byAttributes.scope('raed'))[0]).toMatch(/; add it to scopeNames of the attributes, or correct the name$/);
    expect(problemsOf(() => byManifest.scope('raed'))[0]).toMatch(/; take a newer manifest, or correct the name$/);
    const api = new ProtectedApi(stack, 'Api', { resourceServers: [byAttributes, byManifest] });
    api.addRoute('GET /', { access: Access.anyOf(Scope.external('orders/raed')), integration: mock() });
    api.addRoute('PUT /', { access: Access.anyOf(Scope.external('photos/raed')), integration: mock() });
    api.root.addMethod('POST', mock(), { authorizationScopes: ['bills/pay'] });
    const fixes = problemsOf(() => Template.fromStack(stack)).map((line) => line.split('; ').at(-1));
    expect(fixes).toEqual([
      'add it to scopeNames of the attributes, or correct the name',
      'take a newer manifest, or correct the name',
      'declare it with addScope, refer to its resource server with fromAttributes, or correct the name',
    ]);
  });
});

describe('an identifier belongs to one resource server of a user pool', () => {
  const plain = (stack: Stack, userPoolId: string, identifier: string, id = 'Plain') => new CfnUserPoolResourceServer(stack, id, { userPoolId, identifier, name: 'plain' });
  const late = (text: string) => Lazy.string({ produce: () => text });

  test.each<[string, (stack: Stack, server: ScopedResourceServer) => unknown, string]>([
    ['addResourceServer', (_stack, { userPool }) => userPool.addResourceServer('Plain', { identifier: 'photos' }), 'Stack/Photos/UserPool/Plain'],
    ['an L1, by a late identifier', (stack, { userPool: { userPoolId } }) => plain(stack, userPoolId, late('photos')), 'Stack/Plain'],
    ['an override', (stack, { userPool: { userPoolId } }) => plain(stack, userPoolId, 'other').addPropertyOverride('Identifier', 'photos'), 'Stack/Plain'],
    ['a nested stack', (stack, { userPool: { userPoolId } }) => plain(new NestedStack(stack, 'Nested'), userPoolId, 'photos'), 'Stack/Nested/Plain'],
    ['a second one of ours, by a late identifier', (stack, { userPool }) => newPhotos(stack, { userPool, identifier: late('photos') }, 'Second'), 'Stack/Second'],
  ])('and synthesis fails for another by %s', (_how, declare, path) => {
    const stack = newStack();
    const { photos } = newPhotos(stack);
    declare(stack, photos);
    expect(problemsOf(() => Template.fromStack(stack))).toEqual([
      `[IdentifierDuplicate] resource server "${path}" has the identifier of "Stack/Photos", got "photos"; `
      + 'expected one resource server per identifier and user pool; use one of them, or another identifier',
    ]);
  });

  test('and synthesis fails for one that was declared before', () => {
    const stack = newStack();
    const userPool = new UserPool(stack, 'Users');
    plain(stack, userPool.userPoolId, 'photos');
    newPhotos(stack, { userPool });
    expect(codesOf(() => Template.fromStack(stack))).toEqual(['IdentifierDuplicate']);
  });

  test('and not to that of another user pool, stage, place or condition', () => {
    const app = newApp();
    const stacks = [new Stack(new Stage(app, 'Here'), 'Stack'), new Stack(new Stage(app, 'There'), 'Stack')];
    const [stack] = stacks;
    const servers = stacks.map((each) => newPhotos(each).photos);
    new UserPool(stack, 'Others').addResourceServer('Photos', { identifier: 'photos' });
    servers[1].userPool.addResourceServer('Other', { identifier: 'orders' });
    const condition = new CfnCondition(stack, 'Old', { expression: Fn.conditionEquals(Aws.REGION, 'eu-west-1') });
    plain(stack, servers[0].userPool.userPoolId, 'photos').cfnOptions.condition = condition;
    const imported = Fn.importValue('Users');
    newPhotos(stack, { userPool: UserPool.fromUserPoolId(stack, 'Users', imported) }, 'Imported');
    plain(new Stack(stack.node.scope!, 'Elsewhere', { env: { region: 'eu-north-1' } }), imported, 'photos');
    expect(() => app.synth()).not.toThrow();
  });
});
