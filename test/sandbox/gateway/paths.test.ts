import * as fc from 'fast-check';
import { serveGateway, type ServedGateway } from './serve-gateway';
import { decide } from '../../../src/model/decide';
import { pathDoubt } from '../../../src/sandbox/gateway/path-doubt';
import { anyOf, api, authorizer, method, modelOf, userPool } from '../../model/entities';

const model = modelOf({
  userPools: [userPool()],
  apis: [api({ name: 'photos', stages: [{ id: 'Stage', name: 'prod' }, { id: 'Dev', name: 'dev' }] })],
  authorizers: [authorizer()],
  methods: [
    method('GET', '/', { kind: 'public' }),
    method('GET', '/admin', anyOf('admin')),
    method('GET', '/photos/{id}', { kind: 'public' }),
    method('GET', '/photos/secret', anyOf('admin')),
    method('GET', '/photos/{id}/tags/{tag}', { kind: 'public' }),
    method('GET', '/open/{proxy+}', { kind: 'public' }),
    method('GET', '/open/closed', anyOf('admin')),
    method('GET', '/.well-known/x', { kind: 'public' }),
  ],
});

let served: ServedGateway;
beforeAll(async () => { served = await serveGateway(model); });
afterAll(() => served.close());

const get = (path: string) => served.send(`GET /apis/photos/prod${path}`);

describe('paths lead to the method that API Gateway finds', () => {
  test.each([
    ['', 'GET /', {}],
    ['/', 'GET /', {}],
    ['/photos/42', 'GET /photos/{id}', { id: '42' }],
    ['/photos/42/', 'GET /photos/{id}', { id: '42' }],
    ['/photos/a%20b', 'GET /photos/{id}', { id: 'a%20b' }],
    ['/photos/a+b', 'GET /photos/{id}', { id: 'a+b' }],
    ['/photos/%E2%82%AC', 'GET /photos/{id}', { id: '%E2%82%AC' }],
    ['/photos/100%25', 'GET /photos/{id}', { id: '100%25' }],
    ['/photos/__proto__', 'GET /photos/{id}', { id: '__proto__' }],
    ['/photos/SECRET', 'GET /photos/{id}', { id: 'SECRET' }],
    ['/photos/a.b', 'GET /photos/{id}', { id: 'a.b' }],
    ['/photos/...', 'GET /photos/{id}', { id: '...' }],
    ['/photos/1/tags/x%26y', 'GET /photos/{id}/tags/{tag}', { id: '1', tag: 'x%26y' }],
    ['/open/a/b%20c/d', 'GET /open/{proxy+}', { proxy: 'a/b%20c/d' }],
    ['/open/a/b/', 'GET /open/{proxy+}', { proxy: 'a/b' }],
    ['/.well-known/x', 'GET /.well-known/x', {}],
    ['/photos/42?a=%zz&id=7', 'GET /photos/{id}', { id: '42' }],
  ])('%s', async (path, expected, parameters) => {
    expect(await get(path)).toMatchObject({ status: 200, body: expected });
    const { request } = served.calls.at(-1)!;
    expect(request).toMatchObject({ path: path.split('?')[0] || '/', resourcePath: expected.slice(4) });
    expect(Object.entries(request.pathParameters)).toEqual(Object.entries(parameters));
  });
});

describe('a path that may lead elsewhere is refused', () => {
  test.each([
    ['//', 'empty part'],
    ['//admin', 'empty part'],
    ['/photos//42', 'empty part'],
    ['/photos/42//', 'empty part'],
    ['/open/a//b', 'empty part'],
    ['/./admin', 'dot segment'],
    ['/open/../admin', 'dot segment'],
    ['/open/..', 'dot segment'],
    ['/photos/.', 'dot segment'],
    ['/open/%2e%2e/admin', 'dot segment'],
    ['/open/%2E./admin', 'dot segment'],
    ['/photos/a%2Fb', 'encoded slash'],
    ['/open/a%2f..%2fadmin', 'encoded slash'],
    ['/photos/a%5Cb', 'encoded slash'],
    ['/photos/%00', 'encoded control character'],
    ['/photos/x%0d%0aX-Y: z'.replace(' ', '%20'), 'encoded control character'],
    ['/photos/%', 'stands for no text'],
    ['/photos/%zz', 'stands for no text'],
    ['/photos/%c0%af', 'stands for no text'],
    ['/photos/%E2%82', 'stands for no text'],
    ['/photos/%73ecret', 'another method when it is decoded'],
    ['/open/closed%', 'stands for no text'],
    ['/open/%63losed', 'another method when it is decoded'],
    ['/open/clos%65d/', 'another method when it is decoded'],
    ['/%61dmin', 'another method when it is decoded'],
    ['/photos/{id}', 'must be encoded'],
    ['/photos/a|b', 'must be encoded'],
    ['/photos/a"b', 'must be encoded'],
    ['/photos/42#secret', 'must be encoded'],
  ])('%s', async (path, reason) => {
    const before = served.calls.length;
    const { status, body, headers } = await get(path);
    expect([status, headers['x-sandbox'], JSON.parse(body)]).toEqual([
      403, 'cannot-tell', { message: 'the sandbox cannot tell to which method API Gateway leads this path', reason: expect.stringContaining(reason) },
    ]);
    expect(served.log.last()[0].reason).toMatch(reason);
    expect(served.calls.length).toBe(before);
  });

  test('that is longer than API Gateway takes is refused', async () => {
    const pathOf = (characters: number) => `/photos/${'a'.repeat(characters - '/prod/photos/'.length + 1)}`;
    expect((await get(pathOf(10_240))).status).toBe(200);
    const before = served.calls.length;
    expect(await get(pathOf(10_241))).toMatchObject({ status: 414, headers: { 'x-sandbox': 'cannot-tell' } });
    expect(served.calls.length).toBe(before);
  });

  test.each(['/open\\..\\admin', '/photos/\u00e9'])('never gets as far: %s', async (path) => {
    const before = served.calls.length;
    expect((await get(path)).status).toBe(400);
    expect(served.calls.length).toBe(before);
  });

  test.each([
    '/apis/photos/dev/../prod/photos/42', '/x/../apis/photos/prod/photos/42', '/apis/x/../photos/prod/photos/42', '/apis/./photos/prod/photos/42',
    '//apis/photos/prod/photos/42', '/apis//photos/prod/photos/42', '/%61pis/photos/prod/photos/42', '/apis/photos%2fprod/photos/42',
    '/apis/phot%6fs/prod/photos/42', '/APIS/photos/prod/photos/42', '/apis/Photos/prod/photos/42',
  ])('nothing but the path as it is leads to a stage: %s', async (target) => {
    const before = served.calls.length;
    expect((await served.send(`GET ${target}`)).status).toBeGreaterThanOrEqual(400);
    expect(served.calls.length).toBe(before);
  });

  test.each(['http://127.0.0.1/apis/photos/prod/photos/42', 'http://photos/apis/photos/prod/admin'])('a whole URL in the request line: %s', async (target) => {
    expect((await served.send(`GET ${target}`)).status).toBe(404);
  });
});

describe('property: whatever the path', () => {
  const piece = fc.constantFrom('/', '//', 'open', 'closed', 'photos', 'secret', 'admin', '.', '..', '%2e', '%2F', '%5c', '%', '%zz', ';', 'a', '%61dmin', '?', '#', '%00');
  const paths = fc.array(piece, { maxLength: 8 }).map((parts) => `/${parts.join('')}`);

  test('the gateway gives no 5xx, and lets nothing pass that decide refuses', async () => {
    await fc.assert(fc.asyncProperty(paths, async (path) => {
      const { status, body } = await get(path);
      expect(status).toBeLessThan(500);
      if (status !== 200) return;
      const decision = decide(model, { target: { api: 'Api', verb: 'GET', path: path.split('?')[0] } });
      expect(decision).toMatchObject({ verdict: 'allow', method: body });
    }), { numRuns: 300 });
  });

  test('text of any kind is judged, not thrown at', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const doubt = pathDoubt(`/${text}`, () => undefined);
      expect(doubt === undefined || doubt.startsWith('the path')).toBe(true);
    }));
  });
});
