import { Template } from 'aws-cdk-lib/assertions';
import { UserPool, type IUserPool } from 'aws-cdk-lib/aws-cognito';
import { CfnParameter, Stack } from 'aws-cdk-lib/core';
import { codesOf, mock, newApp, newPhotos, newStack, problemsOf } from './harness';
import { Access, MachineClient, MobileClient, ProtectedApi, Scope, ScopedResourceServer, SpaClient, WebClient } from '../../src';
import { buildMatrix, type Matrix } from '../../src/analysis/matrix';
import type { AccessModel } from '../../src/model/access-model';
import { METADATA_KEY } from '../../src/model/metadata';
import { modelOf, source } from '../template/templates';

const POOL_ID = 'eu-west-1_Shared';

/** What the templates of stacks say. */
function modelOfStacks(...stacks: Stack[]): AccessModel {
  return modelOf(...stacks.map((stack) => source(Template.fromStack(stack).toJSON(), { stack: stack.stackName })));
}

function matrixOf(...stacks: Stack[]): Matrix {
  return buildMatrix(modelOfStacks(...stacks));
}

function sharedPool(stack: Stack, id = 'Users'): IUserPool {
  return UserPool.fromUserPoolId(stack, id, POOL_ID);
}

function importOrders(stack: Stack, userPool: IUserPool, scopeNames?: string[], id = 'Orders') {
  return ScopedResourceServer.fromAttributes(stack, id, { identifier: 'orders', userPool, scopeNames });
}

/** The statements of a template about things that are declared elsewhere. */
function statedIn(stack: Stack): any {
  return Template.fromStack(stack).toJSON().Metadata?.[METADATA_KEY];
}

describe('an imported client', () => {
  const KINDS = [
    ['machine', MachineClient.fromMachineClientAttributes, 'client_credentials', true],
    ['web', WebClient.fromWebClientAttributes, 'code', true],
    ['single-page', SpaClient.fromSpaClientAttributes, 'code', false],
    ['mobile', MobileClient.fromMobileClientAttributes, 'code', false],
  ] as const;

  test.each(KINDS)('of kind %s defines no resource and is stated in the template', (_kind, from, flow, secret) => {
    const stack = newStack();
    const client = from(stack, 'Partner', { clientId: '7abc', clientName: 'partner-job', userPool: sharedPool(stack), scopes: [Scope.external('orders/read')] });
    expect([client.clientId, client.userPool.userPoolId, client.scopes.map(({ fullName }) => fullName)]).toEqual(['7abc', POOL_ID, ['orders/read']]);
    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
    expect(statedIn(stack)).toEqual({
      clients: [{
        id: 'Partner',
        clientId: '7abc',
        clientName: 'partner-job',
        userPool: POOL_ID,
        flows: [flow],
        scopes: ['orders/read'],
        secret,
        authFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      }],
    });
  });

  test('has a cell in the matrix, marked as external', () => {
    const stack = newStack();
    const { photos, read, write } = newPhotos(stack);
    MachineClient.fromMachineClientAttributes(stack, 'Partner', { clientId: '7abc', userPool: photos.userPool, scopes: [read] });
    const api = new ProtectedApi(stack, 'Api', { resourceServers: [photos] });
    api.addRoute('GET /photos', { access: Access.anyOf(read), integration: mock() });
    api.addRoute('POST /photos', { access: Access.anyOf(write), integration: mock() });
    const { principals, methods, allowed } = matrixOf(stack);
    expect(principals[1]).toEqual({ id: 'Stack/Partner', kind: 'client', name: 'Stack/Partner', userPool: expect.stringMatching(/^Stack\/Photos/), origin: 'external' });
    expect(allowed).toEqual([
      { principal: 'Stack/Partner', method: methods.find(({ verb }) => verb === 'GET')!.id, token: 'access', scopes: ['photos/read'] },
    ]);
    expect(methods.every(({ access }) => access.externalScopes === undefined)).toBe(true);
  });

  test('keeps its id whatever else is imported, in whatever order', () => {
    const idsOf = (names: string[]) => {
      const stack = newStack();
      const userPool = sharedPool(stack);
      for (const name of names) MachineClient.fromMachineClientAttributes(stack, name, { clientId: name, userPool, scopes: [Scope.external('orders/read')] });
      return statedIn(stack).clients.map(({ id, clientId }: any) => `${id} ${clientId}`);
    };
    expect(idsOf(['B', 'A'])).toEqual(['A A', 'B B']);
    expect(idsOf(['C', 'B', 'A'])).toEqual(['A A', 'B B', 'C C']);
  });

  test('may have an id and a user pool that only deployment knows', () => {
    const stack = newStack();
    const clientId = new CfnParameter(stack, 'Client').valueAsString;
    const userPool = UserPool.fromUserPoolId(stack, 'Users', new CfnParameter(stack, 'Pool').valueAsString);
    SpaClient.fromSpaClientAttributes(stack, 'Partner', { clientId, userPool, scopes: [Scope.external('orders/read')] });
    expect(modelOfStacks(stack).clients).toMatchObject([{
      id: 'Stack/Partner', clientId: { expression: '${Stack/Client}' }, userPool: { expression: '${Stack/Pool}' },
    }]);
  });

  test('fails with all problems of its attributes at once', () => {
    const stack = newStack();
    const attributes = { clientId: 'a b', clientName: 'no/slash', userPool: sharedPool(stack), scopes: [Scope.OPENID] };
    expect(codesOf(() => MachineClient.fromMachineClientAttributes(stack, 'Partner', attributes))).toEqual(['ClientId', 'ClientName', 'MachineClientScope']);
    expect(codesOf(() => WebClient.fromWebClientAttributes(stack, 'Web', { ...attributes, clientId: '', clientName: 'fine', scopes: [] })))
      .toEqual(['ClientId', 'ClientWithoutScopes']);
  });

  test('takes a client id of 128 characters, and fails with 129', () => {
    const stack = newStack();
    const from = (id: string, length: number) => MachineClient.fromMachineClientAttributes(stack, id, {
      clientId: 'a'.repeat(length), userPool: sharedPool(stack, `${id}Pool`), scopes: [Scope.external('orders/read')],
    });
    expect(() => from('Fits', 128)).not.toThrow();
    expect(problemsOf(() => from('Long', 129))[0]).toContain('[ClientId] id of client "Long" is not one that Cognito gives');
  });

  test('fails for a scope of another user pool', () => {
    const stack = newStack();
    const { read } = newPhotos(stack);
    const act = () => MachineClient.fromMachineClientAttributes(stack, 'Partner', { clientId: 'a', userPool: sharedPool(stack), scopes: [read] });
    expect(codesOf(act)).toEqual(['ScopeOfOtherPool']);
  });

  test('fails at synthesis for an external scope that the declared resource server lacks', () => {
    const stack = newStack();
    const { photos } = newPhotos(stack);
    MachineClient.fromMachineClientAttributes(stack, 'Partner', { clientId: 'a', userPool: photos.userPool, scopes: [Scope.external('photos/raed')] });
    expect(problemsOf(() => Template.fromStack(stack))[0]).toMatch(/^\[ScopeUnknown\] client "Partner" .*expected "photos\/read"/);
  });
});

describe('a resource server that is declared elsewhere', () => {
  test('is stated with its known scopes where it is used, once per stack', () => {
    const stack = newStack();
    const userPool = sharedPool(stack);
    const orders = importOrders(stack, userPool, ['read']);
    const again = importOrders(stack, userPool, ['write'], 'Again');
    importOrders(stack, userPool, undefined, 'Open');
    const api = new ProtectedApi(stack, 'Api', { userPools: [userPool] });
    api.addRoute('GET /orders', { access: Access.anyOf(orders.scope('read')), integration: mock() });
    new MachineClient(stack, 'Job', { userPool, scopes: [again.scope('write')] });
    expect(statedIn(stack)).toEqual({ resourceServers: [{ id: 'Again', userPool: POOL_ID, identifier: 'orders', scopeNames: ['read', 'write'] }] });
  });

  test('is used where an API takes its tokens or an imported client has its scopes', () => {
    const [a, b] = [newStack(), newStack()];
    new ProtectedApi(a, 'Api', { resourceServers: [importOrders(a, sharedPool(a), ['read'])] }).root.addMethod('GET', mock(), { authorizationScopes: ['orders/read'] });
    const userPool = sharedPool(b);
    MachineClient.fromMachineClientAttributes(b, 'Partner', { clientId: 'a', userPool, scopes: [importOrders(b, userPool).scope('read')] });
    expect(statedIn(a).resourceServers).toEqual([{ id: 'Orders', userPool: POOL_ID, identifier: 'orders', scopeNames: ['read'] }]);
    expect(statedIn(b).resourceServers).toEqual([{ id: 'Orders', userPool: POOL_ID, identifier: 'orders' }]);
  });

  test('is not stated where it is not used', () => {
    const stack = newStack();
    importOrders(stack, sharedPool(stack), ['read']).scope('read');
    expect(Template.fromStack(stack).toJSON()).toEqual(Template.fromStack(newStack()).toJSON());
  });

  test('has its scopes marked as external in the matrix, like a scope that is only a string', () => {
    const stack = newStack();
    const { photos, read } = newPhotos(stack);
    const orders = importOrders(stack, photos.userPool, ['read']);
    const api = new ProtectedApi(stack, 'Api', { resourceServers: [photos, orders] });
    const access = Access.anyOf(read, orders.scope('read'), Scope.external('bills/pay'), Scope.OPENID);
    api.addRoute('GET /', { access, integration: mock() });
    expect(matrixOf(stack).methods[0].access).toMatchObject({
      scopes: ['photos/read', 'orders/read', 'bills/pay', 'openid'], externalScopes: ['orders/read', 'bills/pay'],
    });
  });

  test('says nothing where a template of the app declares it', () => {
    const app = newApp();
    const [owner, user] = [new Stack(app, 'Owner'), new Stack(app, 'User')];
    newPhotos(owner, { userPool: sharedPool(owner), identifier: 'orders' });
    const orders = importOrders(user, sharedPool(user), ['read']);
    new ProtectedApi(user, 'Api', { resourceServers: [orders] }).addRoute('GET /', { access: Access.anyOf(orders.scope('read')), integration: mock() });
    const model = modelOfStacks(owner, user);
    expect(model.resourceServers.map(({ id, origin }) => [id, origin])).toEqual([[expect.stringMatching(/^Owner\//), 'declared']]);
    expect(buildMatrix(model).methods[0].access.externalScopes).toBeUndefined();
  });
});
