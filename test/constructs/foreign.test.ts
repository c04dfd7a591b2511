import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CognitoUserPoolsAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { CfnUserPool, CfnUserPoolDomain, UserPool, UserPoolDomain, type IUserPool, type IUserPoolDomain } from 'aws-cdk-lib/aws-cognito';
import { Annotations as CoreAnnotations, CfnParameter, CfnResource, Lazy, Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { codesOf, ENV, mock, newApp, newPhotos, newStack, problemsOf, resourcesOf } from './harness';
import { Access, MachineClient, MobileClient, ProtectedApi, Scope, ScopedResourceServer, SdkClient, SpaClient, WebClient } from '../../src';
import { buildMatrix } from '../../src/analysis/matrix';
import type { Matrix } from '../../src/analysis/matrix-data';
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

  test('fails with a literal client id twice in one stack, and takes it in two stacks or user pools', () => {
    const app = newApp();
    const [a, b] = [new Stack(app, 'A'), new Stack(app, 'B')];
    const userPool = sharedPool(a);
    const from = (stack: Stack, id: string, clientId = '7abc', pool = userPool) => MachineClient.fromMachineClientAttributes(stack, id, {
      clientId, userPool: pool, scopes: [Scope.external('orders/read')],
    });
    from(a, 'Partner');
    expect(problemsOf(() => from(a, 'Again'))).toEqual([expect.stringContaining('[ClientDuplicate] client "A/Again" has the client id of "A/Partner", got "7abc"')]);
    expect(codesOf(() => from(a, 'AgainByName', '7abc', UserPool.fromUserPoolId(a, 'SameAgain', userPool.userPoolId)))).toEqual(['ClientDuplicate']);
    expect(() => from(a, 'Other', '8abc')).not.toThrow();
    expect(() => from(a, 'OtherPool', '7abc', UserPool.fromUserPoolId(a, 'Elsewhere', 'eu-west-1_other'))).not.toThrow();
    expect(() => from(b, 'Partner')).not.toThrow();
    const late = Lazy.string({ produce: () => '9abc' });
    from(a, 'Late', late);
    expect(() => from(a, 'LateAgain', late)).not.toThrow();
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

/** An API with one method that demands an external scope of a user pool. */
function apiWith(stack: Stack, ...userPools: IUserPool[]): ProtectedApi {
  const api = new ProtectedApi(stack, 'Api', { userPools });
  api.addRoute('GET /', { access: Access.anyOf(Scope.external('orders/read')), integration: mock() });
  return api;
}

/** The ARNs of the only authorizer in a template. */
function providerArns(stack: Stack): unknown {
  const [{ Properties: { ProviderARNs } }] = Object.values(resourcesOf(Template.fromStack(stack).toJSON(), 'AWS::ApiGateway::Authorizer'));
  return ProviderARNs;
}

describe('the authorizer of a user pool', () => {
  const PARTITION = { Ref: 'AWS::Partition' };

  test.each([
    ['the account and Region of the stack', 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a'],
    ['another account', 'arn:aws:cognito-idp:eu-west-1:999999999999:userpool/eu-west-1_a'],
    ['another Region', 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a'],
    ['another partition', 'arn:aws-cn:cognito-idp:cn-north-1:123456789012:userpool/cn-north-1_a'],
  ])('by ARN in %s keeps the ARN', (_place, arn) => {
    const stack = newStack({ env: ENV });
    apiWith(stack, UserPool.fromUserPoolArn(stack, 'Users', arn));
    expect(providerArns(stack)).toEqual([arn]);
  });

  test('by id has the ARN of the account and Region of the stack', () => {
    const stack = newStack({ env: ENV });
    apiWith(stack, sharedPool(stack));
    expect(providerArns(stack)).toEqual([{ 'Fn::Join': ['', ['arn:', PARTITION, `:cognito-idp:eu-west-1:123456789012:userpool/${POOL_ID}`]] }]);
  });

  test('by a parameter of its ARN has the parameter', () => {
    const stack = newStack({ env: ENV });
    apiWith(stack, UserPool.fromUserPoolArn(stack, 'Users', new CfnParameter(stack, 'Arn').valueAsString));
    expect(providerArns(stack)).toEqual([{ Ref: 'Arn' }]);
  });

  test('of another stack imports the ARN', () => {
    const app = newApp();
    const [owner, user] = [new Stack(app, 'Owner', { env: ENV }), new Stack(app, 'User', { env: ENV })];
    apiWith(user, new UserPool(owner, 'Users'));
    expect(providerArns(user)).toEqual([{ 'Fn::ImportValue': expect.stringContaining('Users') }]);
  });

  test('fails for an id of another Region than the stack, whose ARN would not exist', () => {
    const stack = newStack({ env: ENV });
    expect(problemsOf(() => apiWith(stack, UserPool.fromUserPoolId(stack, 'Users', 'us-east-1_a')))).toEqual([
      '[UserPoolRegion] user pool "Stack/Users" has an id of another Region than its ARN, eu-west-1, got "us-east-1_a"; '
      + 'expected an ARN of Region us-east-1; import it with UserPool.fromUserPoolArn',
    ]);
  });
});

describe('a user pool of another account or Region', () => {
  const elsewhere = (stack: Stack, account = '999999999999', region = 'eu-west-1') => (
    UserPool.fromUserPoolArn(stack, 'Users', `arn:aws:cognito-idp:${region}:${account}:userpool/${region}_a`)
  );

  test('can be used by an API, by references and by imported clients', () => {
    const stack = newStack({ env: ENV });
    const userPool = elsewhere(stack, undefined, 'us-east-1');
    const orders = importOrders(stack, userPool, ['read']);
    MachineClient.fromMachineClientAttributes(stack, 'Partner', { clientId: '7abc', userPool, scopes: [orders.scope('read')] });
    const api = new ProtectedApi(stack, 'Api', { resourceServers: [orders] });
    api.addRoute('GET /orders', { access: Access.anyOf(orders.scope('read')), integration: mock() });
    expect(matrixOf(stack).allowed).toEqual([{ principal: 'Stack/Partner', method: expect.any(String), token: 'access', scopes: ['orders/read'] }]);
  });

  test('fails for a resource server, also with a domain', () => {
    const stack = newStack({ env: ENV });
    const userPool = elsewhere(stack, '999999999999', 'us-east-1');
    expect(problemsOf(() => newPhotos(stack, { userPool, domain: { cognitoDomain: { domainPrefix: 'photos' } } }))).toEqual([
      '[UserPoolElsewhere] resource server "Stack/Photos" would change a user pool that is outside the reach of its stack, '
      + 'got "account 999999999999, Region us-east-1"; expected a user pool of account 123456789012 and Region eu-west-1, as the stack; '
      + 'declare it in a stack that is deployed where the user pool is, and import it here',
    ]);
  });

  test('fails for clients of every kind', () => {
    const stack = newStack({ env: ENV });
    const props = { userPool: elsewhere(stack), scopes: [Scope.external('orders/read')], callbackUrls: ['https://a.example.com'] };
    for (const Client of [MachineClient, WebClient, SpaClient, MobileClient]) {
      expect(codesOf(() => new Client(stack, Client.name, props))).toEqual(['UserPoolElsewhere']);
    }
  });

  test('fails for a literal id of another Region', () => {
    const stack = newStack({ env: ENV });
    expect(codesOf(() => newPhotos(stack, { userPool: UserPool.fromUserPoolId(stack, 'Users', 'us-east-1_a') }))).toEqual(['UserPoolElsewhere']);
  });

  test('is not told from others where the stack may be deployed anywhere', () => {
    const stack = newStack();
    const { photos } = newPhotos(stack, { userPool: elsewhere(stack) });
    expect(() => photos.addMachineClient('Job', { scopes: [photos.scope('read')] })).not.toThrow();
  });
});

describe('a user pool with the updated issuer', () => {
  const updated = (pool: UserPool) => (pool.node.defaultChild as CfnUserPool).addPropertyOverride('IssuerConfiguration', { Type: 'UPDATED' });

  test.each<[string, (pool: UserPool, stack: Stack) => IUserPool]>([
    ['itself', (pool) => pool],
    ['by its id', (pool, stack) => UserPool.fromUserPoolId(stack, 'Users', pool.userPoolId)],
    ['by its ARN', (pool, stack) => UserPool.fromUserPoolArn(stack, 'Users', pool.userPoolArn)],
  ])('fails at synthesis on an API, given %s', (_how, give) => {
    const app = newApp();
    const [owner, stack] = [new Stack(app, 'Owner', { env: ENV }), new Stack(app, 'Stack', { env: ENV })];
    const pool = new UserPool(owner, 'Pool');
    apiWith(stack, give(pool, stack));
    updated(pool);
    expect(problemsOf(() => app.synth())).toEqual([
      '[UserPoolIssuer] API "Stack/Api" takes tokens of user pool "Owner/Pool/Resource", whose issuer the Cognito authorizer refuses, got "UPDATED"; '
      + 'expected IssuerConfiguration of type ORIGINAL, the default; leave the issuer of the user pool as it was, or take the user pool from the API',
    ]);
  });

  test('fails at synthesis where a resource of its own declares it, and with an authorizer of your own', () => {
    const stack = newStack();
    const pool = new CfnUserPool(stack, 'Pool', { issuerConfiguration: { type: 'UPDATED' } });
    const api = new ProtectedApi(stack, 'Api', { userPools: [sharedPool(stack)] });
    const cognitoUserPools = [UserPool.fromUserPoolId(stack, 'Updated', pool.ref)];
    const authorizer = new CognitoUserPoolsAuthorizer(stack, 'Own', { cognitoUserPools });
    api.root.addMethod('GET', mock(), { authorizer, authorizationScopes: ['orders/read'] });
    expect(codesOf(() => Template.fromStack(stack))).toEqual(['UserPoolIssuer']);
  });

  test('is fine where no API takes its tokens, and the original issuer is fine everywhere', () => {
    const stack = newStack();
    const { photos } = newPhotos(stack);
    updated(photos.userPool as UserPool);
    const other = new UserPool(stack, 'Other');
    (other.node.defaultChild as CfnUserPool).issuerConfiguration = { type: 'ORIGINAL' };
    apiWith(stack, other);
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

describe('a domain that a user pool has already', () => {
  const named = (stack: Stack, name: string, id = 'Domain') => UserPoolDomain.fromDomainName(stack, id, name);
  const serverWith = (stack: Stack, existingDomain: IUserPoolDomain, userPool = sharedPool(stack)) => newPhotos(stack, { userPool, existingDomain });

  test.each([
    ['a prefix', 'my-prefix', 'https://my-prefix.auth.eu-west-1.amazoncognito.com', false],
    ['a custom domain', 'login.example.com', 'https://login.example.com', true],
  ])('gives the URLs and is part of the model, defined by nobody: %s', (_kind, name, url, custom) => {
    const stack = newStack({ env: ENV });
    const { photos, read } = serverWith(stack, named(stack, name));
    photos.addMachineClient('Job', { scopes: [read] });
    expect([photos.tokenUrl, photos.authorizeUrl]).toEqual([`${url}/oauth2/token`, `${url}/oauth2/authorize`]);
    expect(photos.domain).toBeUndefined();
    Template.fromStack(stack).resourceCountIs('AWS::Cognito::UserPoolDomain', 0);
    expect(modelOfStacks(stack).domains).toEqual([{ id: 'Stack/Photos', origin: 'external', userPool: POOL_ID, domain: name, custom }]);
    expect(matrixOf(stack).notes.map(({ kind }) => kind)).not.toContain('domainMissing');
  });

  test('may be a name that only deployment knows, custom where a dot is written', () => {
    const stack = newStack({ env: ENV });
    const parameter = new CfnParameter(stack, 'Name').valueAsString;
    expect(stack.resolve(serverWith(stack, named(stack, parameter)).photos.tokenUrl)).toEqual({
      'Fn::Join': ['', ['https://', { Ref: 'Name' }, '.auth.eu-west-1.amazoncognito.com/oauth2/token']],
    });
    const userPool = UserPool.fromUserPoolId(stack, 'Other', 'eu-west-1_Other');
    const custom = new ScopedResourceServer(stack, 'Custom', { identifier: 'c', userPool, existingDomain: named(stack, `${parameter}.example.com`, 'Long') });
    expect(stack.resolve(custom.tokenUrl)).toEqual({ 'Fn::Join': ['', ['https://', { Ref: 'Name' }, '.example.com/oauth2/token']] });
  });

  test('may be one that the app declares beside the user pool, and then stays a resource only', () => {
    const stack = newStack({ env: ENV });
    const userPool = sharedPool(stack);
    const domain = new UserPoolDomain(stack, 'Domain', { userPool, cognitoDomain: { domainPrefix: 'my-prefix' } });
    const { photos } = serverWith(stack, domain, userPool);
    expect(photos.domain).toBe(domain);
    expect(stack.resolve(photos.tokenUrl)).toEqual(stack.resolve(`${domain.baseUrl()}/oauth2/token`));
    expect(statedIn(stack)).toBeUndefined();
  });

  test('is shared by the resource servers of the user pool', () => {
    const stack = newStack({ env: ENV });
    const userPool = sharedPool(stack);
    const { photos } = serverWith(stack, named(stack, 'my-prefix'), userPool);
    const orders = new ScopedResourceServer(stack, 'Orders', { identifier: 'orders', userPool, existingDomain: named(stack, 'my-prefix', 'Again') });
    const bills = new ScopedResourceServer(stack, 'Bills', { identifier: 'bills', userPool });
    expect([orders.tokenUrl, bills.tokenUrl]).toEqual([photos.tokenUrl, photos.tokenUrl]);
    expect(statedIn(stack).domains).toHaveLength(1);
  });

  test('fails for a second one, given or new', () => {
    const stack = newStack({ env: ENV });
    const userPool = sharedPool(stack);
    serverWith(stack, named(stack, 'my-prefix'), userPool);
    const add = (id: string, props: object) => () => new ScopedResourceServer(stack, id, { identifier: id, userPool, ...props });
    expect(codesOf(add('a', { existingDomain: named(stack, 'other', 'Other') }))).toEqual(['DomainChoice']);
    expect(codesOf(add('b', { domain: { cognitoDomain: { domainPrefix: 'third' } } }))).toEqual(['DomainChoice']);
  });

  test('fails beside a new domain, without a user pool, and for a name that is none', () => {
    const stack = newStack();
    const existingDomain = named(stack, 'https://login.example.com/');
    const domain = { cognitoDomain: { domainPrefix: 'third' } };
    expect(codesOf(() => newPhotos(stack, { existingDomain }))).toEqual(['DomainName', 'UserPoolOptions']);
    expect(codesOf(() => newPhotos(stack, { existingDomain: named(stack, 'fine', 'Fine'), domain, userPool: sharedPool(stack) }, 'Other'))).toEqual(['DomainChoice']);
  });
});

describe('quotas', () => {
  const servers = (stack: Stack, count: number) => Array.from({ length: count }, (_, number) => {
    const userPool = UserPool.fromUserPoolId(stack, `Pool${number}`, `eu-west-1_${number}`);
    return ScopedResourceServer.fromAttributes(stack, `Server${number}`, { identifier: `server${number}`, userPool });
  });
  const addRoutes = (api: ProtectedApi, resourceServers: ReturnType<typeof servers>) => {
    for (const [number, server] of resourceServers.entries()) {
      api.addRoute(`GET /${number}`, { access: Access.anyOf(server.scope('read')), integration: mock() });
      api.addRoute(`PUT /${number}`, { access: Access.anyOf(server.scope('write')), integration: mock() });
    }
  };

  test('let an API have ten authorizers, one for each set of user pools', () => {
    const stack = newStack();
    const resourceServers = servers(stack, 10);
    addRoutes(new ProtectedApi(stack, 'Api', { resourceServers }), resourceServers);
    Template.fromStack(stack).resourceCountIs('AWS::ApiGateway::Authorizer', 10);
  });

  test('fails at the call that needs the eleventh, naming the sets, and adds nothing', () => {
    const stack = newStack();
    const resourceServers = servers(stack, 10);
    const api = new ProtectedApi(stack, 'Api', { resourceServers });
    addRoutes(api, resourceServers);
    const [first, second] = resourceServers;
    const both = () => api.addRoute('GET /both', { access: Access.anyOf(first.scope('read'), second.scope('read')), integration: mock() });
    const [problem] = problemsOf(both);
    expect(problem).toContain('[AuthorizersPerApi] API "Stack/Api" needs one authorizer more than API Gateway allows, got "Stack/Pool0 + Stack/Pool1"');
    expect(problem).toContain('expected at most 10 sets of user pools, and there are "Stack/Pool0", "Stack/Pool1", "Stack/Pool2"');
    expect(codesOf(both)).toEqual(['AuthorizersPerApi']);
    expect(api.root.getResource('both')).toBeUndefined();
    expect(codesOf(() => api.addRoute('GET /users', { access: Access.idToken(), integration: mock() }))).toEqual(['AuthorizersPerApi']);
    expect(codesOf(() => api.root.addMethod('GET', mock(), { authorizationScopes: ['server0/read'] }))).toEqual(['AuthorizersPerApi']);
    api.addRoute('GET /probe', { access: Access.public('probe'), integration: mock() });
    Template.fromStack(stack).resourceCountIs('AWS::ApiGateway::Authorizer', 10);
  });

  const WARNING = 'cdk-protected-api:ResourceServersPerUserPool';
  const poolWith = (stack: Stack, count: number) => {
    const userPool = new UserPool(stack, 'Users');
    for (let number = 0; number < count; number++) new ScopedResourceServer(stack, `Server${number}`, { identifier: `server${number}`, userPool });
    return userPool;
  };

  test('let a user pool have 25 resource servers, and warn once of more', () => {
    const [fits, more] = [newStack(), newStack()];
    poolWith(fits, 25);
    poolWith(more, 27);
    Annotations.fromStack(fits).hasNoWarning('*', Match.anyValue());
    const warnings = Annotations.fromStack(more).findWarning('*', Match.stringLikeRegexp('ResourceServersPerUserPool'));
    expect(warnings.map(({ id }) => id)).toEqual(['/Stack/Users']);
    expect(warnings[0].entry.data).toContain('[ResourceServersPerUserPool] user pool "Stack/Users" has more resource servers than Cognito allows unasked');
    Template.fromStack(more).resourceCountIs('AWS::Cognito::UserPoolResourceServer', 27);
  });

  test('of resource servers can be acknowledged', () => {
    const stack = newStack();
    const userPool = poolWith(stack, 26);
    CoreAnnotations.of(userPool).acknowledgeWarning(WARNING, 'the quota is raised');
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('ResourceServersPerUserPool'));
  });
});

describe('clients of OAuth on a user pool without a domain', () => {
  const WARNING = Match.stringLikeRegexp('DomainMissing');
  const addClients = (userPool: IUserPool, scope: Construct = userPool) => {
    const read = Scope.external('orders/read');
    new MachineClient(scope, 'Job', { userPool, scopes: [read] });
    new SpaClient(scope, 'Album', { userPool, scopes: [read], callbackUrls: ['https://album.example.com/cb'] });
  };

  test('are warned of, each once, and can be acknowledged', () => {
    const stack = newStack();
    const userPool = new UserPool(stack, 'Pool');
    addClients(userPool);
    new SdkClient(stack, 'Kiosk', { userPool, authFlows: { userSrp: true } });
    const warnings = Annotations.fromStack(stack).findWarning('*', WARNING);
    expect(warnings.map(({ id, entry }) => [id, String(entry.data)])).toEqual(['Job', 'Album'].map((id) => [`/Stack/Pool/${id}`, expect.stringContaining(
      `[DomainMissing] client "${id}" obtains tokens from the domain of user pool "Stack/Pool", which has none in this app; expected a domain, the host of the OAuth endpoints; `
      + 'call addDomain on the user pool, or pass domain or existingDomain to its resource server [ack: cdk-protected-api:domain-missing]',
    )]));
    const other = newStack();
    addClients(new UserPool(other, 'Pool'));
    CoreAnnotations.of(other).acknowledgeWarning('cdk-protected-api:domain-missing', 'the platform defines it');
    Annotations.fromStack(other).hasNoWarning('*', WARNING);
  });

  test.each<[string, (stack: Stack, userPool: UserPool) => unknown]>([
    ['addDomain, after the clients', (_stack, userPool) => userPool.addDomain('Domain', { cognitoDomain: { domainPrefix: 'album' } })],
    ['an L1', (stack, { userPoolId }) => new CfnUserPoolDomain(stack, 'Domain', { userPoolId, domain: 'album' })],
    ['a resource without a class', (stack, { userPoolId }) => new CfnResource(stack, 'Domain', {
      type: 'AWS::Cognito::UserPoolDomain', properties: { UserPoolId: userPoolId, Domain: 'album' },
    })],
    ['another stack', (stack, { userPoolId }) => new CfnUserPoolDomain(new Stack(stack.node.root as Construct, 'Domains'), 'Domain', { userPoolId, domain: 'album' })],
    ['domain of a resource server', (stack, userPool) => newPhotos(stack, { userPool, domain: { cognitoDomain: { domainPrefix: 'album' } } })],
    ['existingDomain', (stack, userPool) => newPhotos(stack, { userPool, existingDomain: UserPoolDomain.fromDomainName(stack, 'Domain', 'album') })],
  ])('are not warned of with a domain by %s', (_how, declare) => {
    const stack = newStack();
    const userPool = new UserPool(stack, 'Pool');
    addClients(userPool);
    declare(stack, userPool);
    Annotations.fromStack(stack).hasNoWarning('*', WARNING);
  });

  test('are not warned of where another app declares the user pool, or ours defines the domain itself', () => {
    const stack = newStack();
    addClients(UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_Shared'), stack);
    const { photos, read } = newPhotos(stack);
    photos.addMachineClient('Export', { scopes: [read] });
    Annotations.fromStack(stack).hasNoWarning('*', WARNING);
  });

  test('are warned of where only another stage has the domain', () => {
    const app = newApp();
    const [here, there] = ['Here', 'There'].map((id) => new Stack(new Stage(app, id), 'Stack'));
    const pools = [here, there].map((stack) => new UserPool(stack, 'Pool'));
    pools.forEach((userPool) => addClients(userPool));
    pools[1].addDomain('Domain', { cognitoDomain: { domainPrefix: 'album' } });
    expect(Annotations.fromStack(here).findWarning('*', WARNING)).toHaveLength(2);
    expect(Annotations.fromStack(there).findWarning('*', WARNING)).toHaveLength(0);
  });
});
