import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { mock, newPhotos, newStack, HOUSE_SHAPE } from './harness';
import { Access, ProtectedApi, Scope, ScopedResourceServer } from '../../src';

const SHARED = 'cdk-protected-api:ScopeOfSeveralPools';

/** Two user pools with `photos/read`, the second with `orders/read` too, and an API that takes tokens of both. */
function setUp() {
  const stack = newStack();
  const { photos, read } = newPhotos(stack);
  const { photos: partners, read: partnersRead } = newPhotos(stack, {}, 'Partners');
  const orders = new ScopedResourceServer(stack, 'Orders', { identifier: 'orders', userPool: partners.userPool });
  const api = new ProtectedApi(stack, 'Api', { resourceServers: [photos, partners] });
  return { stack, photos, partners, read, partnersRead, order: orders.addScope('read', 'View orders'), api };
}

const warningsOf = ({ stack }: ReturnType<typeof setUp>) => Annotations.fromStack(stack)
  .findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data)).filter((text) => text.includes(SHARED));

test('a method that accepts a scope of one user pool and lets the same name of another pass is warned of', () => {
  const given = setUp();
  given.api.addRoute('GET /photos', { access: Access.anyOf(given.read, given.order), integration: mock() });
  const [warning, ...more] = warningsOf(given);
  const text = warning.replace(` [ack: ${SHARED}]`, '');
  expect(more).toEqual([]);
  expect(text).toMatch(HOUSE_SHAPE);
  expect(text).toContain('method "GET /photos" accepts a scope that user pool ');
  expect(text).toContain('got "photos/read"');
});

test('so is one with an external scope, and one that was added the ordinary way', () => {
  const given = setUp();
  given.api.addRoute('GET /photos', { access: Access.anyOf(Scope.external('photos/read')), integration: mock() });
  given.api.root.addMethod('POST', mock(), { authorizationScopes: ['photos/read'] });
  expect(warningsOf(given)).toHaveLength(2);
});

test('a method that lists the scopes of both user pools is not', () => {
  const given = setUp();
  given.api.addRoute('GET /photos', { access: Access.anyOf(given.read, given.partnersRead), integration: mock() });
  expect(warningsOf(given)).toEqual([]);
});

test('nor one whose authorizer takes tokens of one user pool', () => {
  const given = setUp();
  given.api.addRoute('GET /photos', { access: Access.anyOf(given.read), integration: mock() });
  given.api.addRoute('GET /orders', { access: Access.anyOf(given.order), integration: mock() });
  expect(warningsOf(given)).toEqual([]);
});
