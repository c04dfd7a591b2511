import { findCall } from '../../src/sandbox/find-call';
import { api, method, modelOf } from '../model/entities';

const PUBLIC = { kind: 'public' } as const;

describe('the call of a route', () => {
  const served = {
    url: 'http://127.0.0.1:4000',
    model: modelOf({
      apis: [api({ id: 'App/Photos', name: 'photos' }), api({ id: 'App/Orders', name: 'orders' })],
      methods: [
        method('GET', '/health', PUBLIC, { id: 'App/PhotosHealth', api: 'App/Photos' }),
        method('GET', '/health', PUBLIC, { id: 'App/OrdersHealth', api: 'App/Orders' }),
        method('GET', '/photos', PUBLIC, { id: 'App/Old', api: 'App/Photos' }),
        method('GET', '/photos', PUBLIC, { id: 'App/New', api: 'App/Photos' }),
      ],
    }),
    stages: ['photos', 'orders'].map((name) => ({
      id: `App/${name[0].toUpperCase()}${name.slice(1)}`, name, shownName: name, slug: name, stage: 'prod', path: `/apis/${name}/prod`,
    })),
  };

  test('that several APIs answer fails, and says in the words of the library which to name', () => {
    expect(() => findCall(served, 'GET', '/health', {})).toThrow(
      '[RouteAmbiguous] route "GET /health" is answered by several APIs; expected one of the APIs "orders", "photos"; name one, with --api or the option api',
    );
    expect(findCall(served, 'GET', '/health?x=1', { api: 'orders' }).url).toBe('http://127.0.0.1:4000/apis/orders/prod/health?x=1');
  });

  test('that several methods of one API answer goes there: nobody can name a method in a call', () => {
    expect(findCall(served, 'GET', '/photos', {}).url).toBe('http://127.0.0.1:4000/apis/photos/prod/photos');
  });

  test('that no method answers fails where several APIs are there', () => {
    expect(() => findCall(served, 'GET', '/nowhere', {})).toThrow('[RouteUnknown] route is answered by no method, got "GET /nowhere"');
  });
});
