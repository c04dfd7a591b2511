import { basename, join } from 'node:path';
import type { APIGatewayProxyResult } from 'aws-lambda';

const HANDLER = join(__dirname, '../../examples/photo-album/handlers/photos.js');
const SCOPES = { read: 'https://myphotosapi.example.com/photos.read', write: 'https://myphotosapi.example.com/photos.write' };

/** Claims of access tokens as a function gets them from a REST API: all of them text, dates too. */
const USER = {
  sub: 'a1b2',
  token_use: 'access',
  scope: `openid ${SCOPES.read} ${SCOPES.write}`,
  client_id: 'album',
  username: 'ada',
  auth_time: '1683085806',
  exp: 'Thu May 04 03:50:06 UTC 2023',
  iat: 'Wed May 03 03:50:06 UTC 2023',
  version: '2',
};
const OTHER_USER = { ...USER, sub: 'c3d4', username: 'grace' };
const MACHINE = { sub: 'export', token_use: 'access', scope: SCOPES.read, client_id: 'export', version: '2' };

type Claims = { readonly [claim: string]: string };

let handler: (event: object) => Promise<APIGatewayProxyResult>;
let log: string[];

beforeEach(() => {
  process.env.ALBUM_ORIGIN = 'https://album.example.com';
  process.env.WRITE_SCOPE = SCOPES.write;
  log = [];
  jest.spyOn(console, 'log').mockImplementation((line) => { log.push(line); });
  jest.resetModules(); // each test begins with the first photos
  handler = jest.requireActual<{ handler: typeof handler }>(HANDLER).handler;
});
afterEach(() => jest.restoreAllMocks());

describe(`handler ${basename(HANDLER)}`, () => {
  test('lists photos, and whether the token allows changes', async () => {
    expect(json(await call('GET /photos', USER))).toEqual({
      photos: [
        { id: 'harbour', title: 'Harbour at dawn', addedBy: 'example' },
        { id: 'bridge', title: 'The old bridge', addedBy: 'example' },
      ],
      mayWrite: true,
    });
    expect(json(await call('GET /photos', MACHINE))).toMatchObject({ mayWrite: false });
  });

  test('shows one photo', async () => {
    expect(json(await call('GET /photos/{id}', MACHINE, { id: 'bridge' }))).toEqual({ id: 'bridge', title: 'The old bridge', addedBy: 'example' });
  });

  test('adds a photo under the name of the user', async () => {
    const added = await call('POST /photos', USER, { body: '{"title":" Lighthouse "}' });
    expect(added.statusCode).toBe(201);
    expect(json(added)).toEqual({ id: expect.any(String), title: 'Lighthouse', addedBy: 'ada' });
    expect(json(await call('GET /photos/{id}', MACHINE, { id: json(added).id }))).toEqual(json(added));
  });

  test('adds a photo of a machine under the id of its client', async () => {
    expect(json(await call('POST /photos', MACHINE, { body: '{"title":"Lighthouse"}' }))).toMatchObject({ addedBy: 'export' });
  });

  test('changes and deletes what the caller added', async () => {
    const { id } = json(await call('POST /photos', USER, { body: '{"title":"Lighthouse"}' }));
    expect(json(await call('PUT /photos/{id}', USER, { id, body: '{"title":"Beacon"}' }))).toMatchObject({ id, title: 'Beacon' });
    expect(await call('DELETE /photos/{id}', USER, { id })).toMatchObject({ statusCode: 204, body: '' });
    expect(await call('GET /photos/{id}', USER, { id })).toMatchObject({ statusCode: 404 });
  });

  test.each(['PUT /photos/{id}', 'DELETE /photos/{id}'])('%s refuses the photo of somebody else', async (route) => {
    const { id } = json(await call('POST /photos', USER, { body: '{"title":"Lighthouse"}' }));
    expect(await call(route, OTHER_USER, { id, body: '{"title":"Mine"}' })).toMatchObject({ statusCode: 403 });
    expect(json(await call('GET /photos/{id}', USER, { id }))).toMatchObject({ title: 'Lighthouse' });
  });

  test.each(['GET /photos/{id}', 'PUT /photos/{id}', 'DELETE /photos/{id}'])('%s answers 404 for a photo that does not exist', async (route) => {
    expect(await call(route, USER, { id: 'nowhere', body: '{"title":"Nowhere"}' })).toMatchObject({ statusCode: 404 });
  });

  test.each([[null], [''], ['title'], ['null'], ['{}'], ['{"title":" "}'], ['{"title":7}']])('refuses a body without a title: %j', async (body) => {
    expect(await call('POST /photos', USER, { body })).toMatchObject({ statusCode: 400 });
  });

  test('reads a body that the gateway encoded', async () => {
    const body = Buffer.from('{"title":"Lighthouse"}').toString('base64');
    expect(json(await call('POST /photos', USER, { body, isBase64Encoded: true }))).toMatchObject({ title: 'Lighthouse' });
  });

  test('lets the browser application, and no other origin, read every answer', async () => {
    for (const answer of [await call('GET /photos', USER), await call('GET /photos/{id}', USER, { id: 'nowhere' })]) {
      expect(answer.headers).toMatchObject({ 'Access-Control-Allow-Origin': 'https://album.example.com', 'Cache-Control': 'no-store' });
    }
  });

  test('logs who called what in one line, without the token', async () => {
    await call('GET /photos', USER);
    expect(log.map((line) => JSON.parse(line))).toEqual([{ route: 'GET /photos', requestId: 'request-1', client: 'album', subject: 'a1b2' }]);
  });
});

function call(route: string, claims: Claims, request: { id?: string; body?: string | null; isBase64Encoded?: boolean } = {}) {
  const [httpMethod, resource] = route.split(' ');
  return handler({
    httpMethod,
    resource,
    pathParameters: request.id === undefined ? null : { id: request.id },
    headers: { Authorization: 'Bearer secret' },
    body: request.body ?? null,
    isBase64Encoded: request.isBase64Encoded ?? false,
    requestContext: { requestId: 'request-1', authorizer: { claims } },
  });
}

function json({ body }: APIGatewayProxyResult): any {
  return JSON.parse(body);
}
