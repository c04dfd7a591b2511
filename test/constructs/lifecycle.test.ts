import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnUserPoolClient, OAuthScope, UserPoolClient, UserPoolResourceServer } from 'aws-cdk-lib/aws-cognito';
import { Annotations as Warnings, Stack, Stage } from 'aws-cdk-lib/core';
import { codesOf, mock, newApp, newStack, problemsOf, resourcesOf } from './harness';
import { Access, ProtectedApi, Scope, ScopedResourceServer, type ScopeDeprecation } from '../../src';
import { buildMatrix } from '../../src/analysis/matrix';
import { scopeStatus } from '../../src/model/scope-status';
import { modelOf, source } from '../template/templates';

const USED = 'cdk-protected-api:deprecated-scope';
const OVERDUE = 'cdk-protected-api:scope-removal-overdue';

beforeAll(() => jest.useFakeTimers({ now: new Date('2026-06-30T12:00:00Z'), doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] }));
afterAll(() => jest.useRealTimers());

/** A server whose scope `read` is to go. */
function photosIn(stack: Stack, more: Partial<ScopeDeprecation> = {}) {
  const photos = new ScopedResourceServer(stack, 'Photos', { identifier: 'photos' });
  const view = photos.addScope('view', 'View photos');
  const deprecated = { replacedBy: view, removeAfter: '2027-01-31', reason: 'unclear name', ...more };
  const read = photos.addScope('read', 'Read photos', { deprecated });
  return { photos, view, read };
}

const warningsOf = (stack: Stack) => Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ id, entry }) => `${id} ${String(entry.data)}`);

describe('a deprecated scope', () => {
  test('keeps its place in the resource server, and the template says that it is to go', () => {
    const stack = newStack();
    const { read, view } = photosIn(stack);
    expect(read.deprecated).toEqual({ replacedBy: view, removeAfter: '2027-01-31', reason: 'unclear name' });
    expect(view.deprecated).toBeUndefined();
    Template.fromStack(stack).hasResource('AWS::Cognito::UserPoolResourceServer', {
      Properties: { Scopes: [{ ScopeName: 'view', ScopeDescription: 'View photos' }, { ScopeName: 'read', ScopeDescription: 'Read photos' }] },
      Metadata: { 'cdk-protected-api': { deprecatedScopes: { read: { replacedBy: 'photos/view', removeAfter: '2027-01-31', reason: 'unclear name' } } } },
    });
  });

  test('several are all in the template', () => {
    const stack = newStack();
    const { photos } = photosIn(stack);
    photos.addScope('old', 'Old', { deprecated: { removeAfter: '2026-12-31', reason: 'nobody uses it' } });
    const [{ Metadata }] = Object.values(resourcesOf(Template.fromStack(stack).toJSON(), 'AWS::Cognito::UserPoolResourceServer'));
    expect(Object.keys(Metadata['cdk-protected-api'].deprecatedScopes)).toEqual(['read', 'old']);
  });

  test('is read from the template, and the matrix notes it at clients and methods', () => {
    const stack = newStack();
    const { photos, read } = photosIn(stack);
    photos.addMachineClient('Export', { scopes: [read] });
    new ProtectedApi(stack, 'Api', { resourceServers: [photos] }).addRoute('GET /photos', { access: Access.anyOf(read), integration: mock() });
    const model = modelOf(source(Template.fromStack(stack).toJSON()));
    expect(model.resourceServers[0].scopes).toEqual([
      { name: 'view', description: 'View photos' },
      { name: 'read', description: 'Read photos', deprecated: { replacedBy: 'photos/view', removeAfter: '2027-01-31', reason: 'unclear name' } },
    ]);
    const sentence = 'photos/read, which is deprecated and may go after 2027-01-31: unclear name; photos/view takes its place';
    expect(buildMatrix(model).notes.filter(({ kind }) => kind === 'deprecatedScope')).toEqual([
      { kind: 'deprecatedScope', subjects: [model.methods[0].id], note: `accepts ${sentence}` },
      { kind: 'deprecatedScope', subjects: [model.clients[0].id], note: `is granted ${sentence}` },
    ]);
  });

  test('is warned of at each client and method that uses it, and at no other', () => {
    const stack = newStack();
    const { photos, read, view } = photosIn(stack);
    photos.addMachineClient('Export', { scopes: [read] });
    photos.addMachineClient('Import', { scopes: [view] });
    photos.addMachineClient('Text', { scopes: [Scope.external('photos/read')] });
    const api = new ProtectedApi(stack, 'Api', { resourceServers: [photos] });
    api.addRoute('GET /photos', { access: Access.anyOf(read, view), integration: mock() });
    api.addRoute('GET /views', { access: Access.anyOf(view), integration: mock() });
    api.root.addMethod('GET', mock(), { authorizationScopes: ['photos/read'] });
    const subjects = warningsOf(stack).map((line) => /\[ScopeDeprecated\] (\w+ "[^"]+")/.exec(line)?.[1]);
    expect(subjects.sort()).toEqual(['client "Export"', 'client "Text"', 'method "GET /"', 'method "GET /photos"']);
  });

  test('is warned of in one line that names its replacement', () => {
    const stack = newStack();
    const { photos, read } = photosIn(stack);
    photos.addMachineClient('Export', { scopes: [read] });
    expect(warningsOf(stack)).toEqual([
      '/Stack/Photos/Clients/Export [ScopeDeprecated] client "Export" uses a scope that may go after 2027-01-31 (unclear name), got "photos/read"; '
      + `expected "photos/view"; use the scope that takes its place [ack: ${USED}]`,
    ]);
  });

  test('is warned of no more where the warning is acknowledged', () => {
    const stack = newStack();
    const { photos, read } = photosIn(stack);
    photos.addMachineClient('Export', { scopes: [read] });
    Warnings.of(photos).acknowledgeWarning(USED, 'the partner moves in May');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('may give way to a scope of a resource server of another user pool', () => {
    const stack = newStack();
    const { photos } = photosIn(stack);
    const other = new ScopedResourceServer(stack, 'Other', { identifier: 'albums' }).addScope('view', 'View albums');
    photos.addScope('old', 'Old', { deprecated: { replacedBy: other, removeAfter: '2099-01-31', reason: 'moved' } });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('of a manifest is warned of in the app that imports it', () => {
    const { photos } = photosIn(newStack());
    const stack = newStack();
    const imported = ScopedResourceServer.fromManifest(stack, 'Photos', {
      manifest: photos.toManifest(), userPool: new ScopedResourceServer(stack, 'Own', { identifier: 'own' }).userPool,
    });
    new ProtectedApi(stack, 'Api', { resourceServers: [imported] }).addRoute('GET /a', { access: Access.anyOf(imported.scope('read')), integration: mock() });
    expect(warningsOf(stack)).toEqual([expect.stringContaining('method "GET /a" uses a scope that may go after 2027-01-31')]);
  });

  test('on its last day is not overdue', () => {
    const stack = newStack();
    photosIn(stack, { removeAfter: '2026-06-30' });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('is overdue on the next day: a warning that can be acknowledged, so that an unchanged app still synthesizes', () => {
    const stack = newStack();
    const { photos } = photosIn(stack, { removeAfter: '2026-06-29' });
    expect(warningsOf(stack)).toEqual([
      '/Stack/Photos [ScopeRemovalOverdue] removal date of scope "read" is in the past, got "2026-06-29"; expected 2026-06-30 or later; '
      + `remove the scope, or give its users more time with a later date [ack: ${OVERDUE}]`,
    ]);
    Warnings.of(photos).acknowledgeWarning(OVERDUE);
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each([['soon'], ['2027-02-30'], ['31.01.2027'], ['']])('fails where its removal date is %j', (removeAfter) => {
    expect(codesOf(() => photosIn(newStack(), { removeAfter }))).toEqual(['ScopeRemovalDate']);
  });

  test('fails with all that is wrong at once', () => {
    expect(codesOf(() => photosIn(newStack(), { removeAfter: 'soon', reason: '', replacedBy: Scope.OPENID })))
      .toEqual(['ScopeRemovalDate', 'ScopeDeprecationReason', 'ScopeReplacement']);
  });

  test('fails where it is to take its own place', () => {
    expect(codesOf(() => photosIn(newStack(), { replacedBy: Scope.external('photos/read') }))).toEqual(['ScopeReplacement']);
  });

  test('fails where no known resource server declares its replacement, and names the nearest', () => {
    const stack = newStack();
    photosIn(stack, { replacedBy: Scope.external('photos/veiw') });
    expect(problemsOf(() => Template.fromStack(stack))).toEqual([
      expect.stringMatching(/^\[ScopeUnknown\] deprecation of scope "read" uses .* got "photos\/veiw"; expected "photos\/view"/),
    ]);
    const other = newStack();
    photosIn(other, { replacedBy: Scope.external('orders/view') });
    expect(codesOf(() => Template.fromStack(other))).toEqual(['ScopeUnknown']);
  });

  test('may be replaced by a scope that is added later, by its name', () => {
    const stack = newStack();
    photosIn(stack, { replacedBy: Scope.external('photos/later') }).photos.addScope('later', 'Later');
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

describe('a removed scope that a client still lists', () => {
  /** A server with the scope `read` only. */
  function appWith(declare: (photos: ScopedResourceServer, stack: Stack) => void, stack = newStack()): () => unknown {
    const photos = new ScopedResourceServer(stack, 'Photos', { identifier: 'photos' });
    photos.addScope('read', 'Read photos');
    return () => {
      declare(photos, stack);
      return Template.fromStack(stack);
    };
  }

  const oAuth = (scope: OAuthScope) => ({ flows: { clientCredentials: true }, scopes: [scope] });

  test.each<[string, (photos: ScopedResourceServer, stack: Stack) => void]>([
    ['as an object', (photos) => photos.addMachineClient('Job', { scopes: [photos.scope('write')] })],
    ['as an external scope', (photos) => photos.addMachineClient('Job', { scopes: [Scope.external('photos/write')] })],
    ['through a reference to the server', (photos, stack) => photos.addMachineClient('Job', {
      scopes: [ScopedResourceServer.fromAttributes(stack, 'Again', { identifier: 'photos', userPool: photos.userPool }).scope('write')],
    })],
    ['as an ordinary client of the pool', (photos) => photos.userPool.addClient('Job', { generateSecret: true, oAuth: oAuth(OAuthScope.custom('photos/write')) })],
    ['as an ordinary client of the pool by reference', (photos, stack) => new UserPoolClient(stack, 'Job', {
      userPool: photos.userPool, generateSecret: true, oAuth: oAuth(OAuthScope.custom('photos/write')),
    })],
    ['as a resource of CloudFormation', (photos, stack) => new CfnUserPoolClient(stack, 'Job', {
      userPoolId: photos.userPool.userPoolId, allowedOAuthScopes: ['openid', 'photos/write'],
    })],
  ])('fails %s', (_, declare) => {
    expect(codesOf(appWith(declare))).toEqual(['ScopeUnknown']);
  });

  test('fails in another stack too', () => {
    const app = newApp();
    const clients = new Stack(app, 'Clients');
    const act = appWith((photos) => new CfnUserPoolClient(clients, 'Job', {
      userPoolId: photos.userPool.userPoolId, allowedOAuthScopes: ['photos/write'],
    }), new Stack(app, 'Servers'));
    expect(codesOf(act)).toEqual(['ScopeUnknown']);
  });

  test('is none of ours where the client is of another pool, another server or another stage', () => {
    const app = newApp();
    const stack = new Stack(new Stage(app, 'One'), 'Stack');
    const other = new Stack(new Stage(app, 'Two'), 'Stack');
    const act = appWith((photos) => {
      const orders = new ScopedResourceServer(stack, 'Orders', { identifier: 'orders' });
      orders.userPool.addClient('A', { generateSecret: true, oAuth: oAuth(OAuthScope.custom('photos/write')) });
      photos.userPool.addClient('B', { generateSecret: true, oAuth: oAuth(OAuthScope.custom('shop/write')) });
      const plain = new UserPoolResourceServer(stack, 'Plain', { userPool: photos.userPool, identifier: 'plain' });
      photos.userPool.addClient('C', {
        generateSecret: true, oAuth: oAuth(OAuthScope.resourceServer(plain, { scopeName: 'any', scopeDescription: 'Any' })),
      });
      const copy = new ScopedResourceServer(other, 'Photos', { identifier: 'photos' });
      copy.addScope('write', 'Write');
      copy.userPool.addClient('D', { generateSecret: true, oAuth: oAuth(OAuthScope.custom('photos/write')) });
    }, stack);
    expect(act).not.toThrow();
  });

  test('is inactive in a template that has it all the same', () => {
    const stack = newStack();
    const photos = new ScopedResourceServer(stack, 'Photos', { identifier: 'photos' });
    photos.addMachineClient('Job', { scopes: [photos.addScope('read', 'Read'), photos.addScope('write', 'Write')] });
    const template = Template.fromStack(stack).toJSON();
    const [server] = Object.values(resourcesOf(template, 'AWS::Cognito::UserPoolResourceServer'));
    server.Properties.Scopes.pop();
    const model = modelOf(source(template));
    const [{ userPool, scopes }] = model.clients;
    expect(scopes.map((scope) => scopeStatus(model, userPool, scope))).toEqual(['declared', 'inactive']);
    expect(buildMatrix(model).notes).toMatchObject([{ kind: 'inactiveScope', note: expect.stringContaining('photos/write') }]);
  });
});
