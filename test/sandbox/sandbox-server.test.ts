import { ANSWERS_PID, functionTemplate, runs } from './function-template';
import { photoAlbum, READ, startFromSources, WRITE } from './photo-album';
import { SandboxServer } from '../../src/sandbox/sandbox-server';

/** The photo album, as an application team tests its own API with `SandboxServer`. */
describe('the photo album', () => {
  let sandbox: SandboxServer;

  beforeAll(async () => {
    sandbox = await startFromSources(photoAlbum());
  }, 60_000);

  afterAll(async () => {
    await sandbox.close();
  });

  const unauthorized = async (response: Response) => {
    expect([response.status, await response.json()]).toEqual([401, { message: 'Unauthorized' }]);
  };

  test('a machine with photos.read lists the photos; its Lambda function answers', async () => {
    const response = await sandbox.fetch('GET /photos', { as: 'NightlyExport' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ photos: [{ title: 'Harbour at dawn' }, { title: 'The old bridge' }], mayWrite: false });
  });

  test('a machine without photos.write adds none', async () => {
    await unauthorized(await sandbox.fetch('POST /photos', { as: 'NightlyExport', body: JSON.stringify({ title: 'Lighthouse' }) }));
    expect(sandbox.requests()[0]).toMatchObject({ what: 'POST /photos', status: 401, client: 'NightlyExport', reason: expect.stringContaining(WRITE) });
  });

  test('a user of the browser application adds one', async () => {
    const response = await sandbox.fetch('POST /photos', {
      as: 'Album', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ title: 'Lighthouse' }),
    });
    expect([response.status, await response.json()]).toEqual([201, expect.objectContaining({ title: 'Lighthouse' })]);
  });

  test('a user who asked for photos.read only adds none', async () => {
    await unauthorized(await sandbox.fetch('POST /photos', { as: 'Album', scopes: ['openid', READ], body: JSON.stringify({ title: 'Lighthouse' }) }));
  });

  test('an ID token opens no method with scopes', async () => {
    await unauthorized(await sandbox.fetch('GET /photos', { as: 'Album', use: 'id' }));
  });

  test('nobody gets the photos without a token, and everybody the probe', async () => {
    await unauthorized(await sandbox.fetch('GET /photos'));
    const probe = await sandbox.fetch('GET /health');
    expect([probe.status, await probe.json()]).toEqual([200, { status: 'ok' }]);
  });

  test('refusals carry the CORS headers of the template', async () => {
    const response = await sandbox.fetch('GET /photos', { headers: { origin: 'https://album.example.com' } });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://album.example.com');
  });

  test('a body that the model of the template refuses reaches no function', async () => {
    const response = await sandbox.fetch('POST /photos', { as: 'Album', headers: { 'content-type': 'application/json' }, body: '{}' });
    expect([response.status, await response.json()]).toEqual([400, { message: 'Invalid request body' }]);
  });

  test('a token is one for the standard Authorization header', async () => {
    const token = await sandbox.token('NightlyExport', [READ]);
    const response = await sandbox.fetch('GET /photos/harbour', { headers: { authorization: token } });
    expect([response.status, await response.json()]).toEqual([200, { id: 'harbour', title: 'Harbour at dawn', addedBy: 'example' }]);
  });

  test('a path that no method has is refused as API Gateway refuses it', async () => {
    const response = await sandbox.fetch('GET /albums', { as: 'NightlyExport' });
    expect([response.status, await response.json()]).toEqual([403, { message: 'Missing Authentication Token' }]);
  });

  test.each([
    ['a client that is not there', () => sandbox.token('NightlyExprot'), '[ClientUnknown] client is not in the templates, got "NightlyExprot"'],
    ['a scope that the client has not', () => sandbox.token('NightlyExport', [WRITE]), '[TokenScope] client "NightlyExport" may not ask for a scope'],
    ['an ID token of a machine', () => sandbox.token('NightlyExport', undefined, { use: 'id' }), '[SandboxToken] client NightlyExport obtains no ID token'],
    ['a user who is not there', () => sandbox.token('Album', undefined, { user: 'nobody' }), '[UserUnknown] user of user pool'],
    ['a user of a machine', () => sandbox.token('NightlyExport', undefined, { user: 'ada' }), '[SandboxToken] client "NightlyExport" obtains its tokens without a user'],
    ['a verb of methods only', () => sandbox.fetch('ANY /photos'), '[RouteVerb] route of SandboxServer.fetch has a verb that no request has, got "ANY"; expected one of "GET", "PUT"'],
    ['a verb that fetch does not send', () => sandbox.fetch('trace /photos'), '[RouteVerb] route of SandboxServer.fetch has a verb that no request has, got "TRACE"'],
    ['a route without a verb', () => sandbox.fetch('/photos'), '[RouteFormat] route "/photos" is no verb and path'],
    ['an API that is not there', () => sandbox.fetch('GET /photos', { api: 'pictures' }), '[ApiUnknown] API is not in the templates, got "pictures"'],
  ])('fails for %s', async (_what, ask, message) => {
    await expect(ask()).rejects.toThrow(message);
  });

  // JavaScript passes on what the types forbid.
  test.each<[string, () => Promise<unknown>, string]>([
    ['no client', () => sandbox.token(undefined!), 'client of SandboxServer.token has the wrong type, got <undefined>; expected a string'],
    ['a text for scopes', () => sandbox.token('NightlyExport', READ as never), 'scopes of SandboxServer.token has the wrong type, got <a string>; expected a list'],
    ['null for scopes', () => sandbox.token('NightlyExport', null!), 'scopes of SandboxServer.token has the wrong type, got <null>; expected a list'],
    ['another use', () => sandbox.token('Album', undefined, { use: 'refresh' as never }), 'tokenOptions.use of SandboxServer.token is none of the known values, got "refresh"'],
    ['an unknown option', () => sandbox.token('Album', undefined, { scope: READ } as never), 'tokenOptions of SandboxServer.token has an unknown member, got "scope"'],
    ['no route', () => sandbox.fetch(undefined!), 'route of SandboxServer.fetch has the wrong type, got <undefined>; expected a string'],
    ['null for a request', () => sandbox.fetch('GET /photos', null!), 'request of SandboxServer.fetch has the wrong type, got <null>; expected an object'],
    ['a text for the scopes of a request', () => sandbox.fetch('GET /photos', { as: 'Album', scopes: READ as never }), 'request.scopes of SandboxServer.fetch has the wrong type'],
    ['an unknown member of a request', () => sandbox.fetch('GET /photos', { as: 'Album', scope: READ } as never), 'request of SandboxServer.fetch has an unknown member, got "scope"; expected "scopes"'],
    ['scopes and nobody who asks for them', () => sandbox.fetch('GET /photos', { scopes: [READ] }), 'request of SandboxServer.fetch has scopes, and no client that calls; expected the name or id of a client as "as"'],
    ['a body that is not written as JSON', () => sandbox.fetch('POST /photos', { body: { title: 'x' } as never }), 'request.body of SandboxServer.fetch has the wrong type, got <an object>; expected a text such as'],
    ['a body of a GET', () => sandbox.fetch('GET /photos', { body: 'x' }), 'request of SandboxServer.fetch cannot be sent: Request with GET/HEAD method cannot have body; expected'],
    ['a number for headers', () => sandbox.fetch('GET /photos', { headers: 7 as never }), 'headers of SandboxServer.fetch cannot be sent; expected'],
    ['a header with a line break, without showing it', () => sandbox.fetch('GET /photos', { headers: { authorization: 'hunter\n2' } }), 'headers of SandboxServer.fetch cannot be sent; expected'],
    ['a number for a client', () => sandbox.fetch('GET /photos', { as: 7 as never }), 'request.as of SandboxServer.fetch has the wrong type, got <a number>'],
  ])('says what is wrong with %s', async (_what, ask, message) => {
    await expect(ask()).rejects.toThrow(`[ArgumentKind] ${message}`);
  });

  test('what is nowhere is answered in the name of the sandbox', async () => {
    const answer = await fetch(`${sandbox.url}/nothing`);
    expect([answer.status, answer.headers.get('x-sandbox'), await answer.json()]).toEqual([404, 'not-served', { message: 'the sandbox serves nothing here' }]);
  });

  test('no token is in the log of requests', async () => {
    const token = await sandbox.token('NightlyExport');
    await sandbox.fetch('GET /photos', { headers: { authorization: `Bearer ${token}` } });
    expect(JSON.stringify(sandbox.requests())).not.toContain(token.split('.')[2]);
  });

  test('ids and URLs are the same in every run, apart from the port', async () => {
    const other = await startFromSources(photoAlbum());
    const withoutPort = (server: SandboxServer) => JSON.stringify(server.describe()).replaceAll(server.url, '');
    try {
      expect(withoutPort(other)).toBe(withoutPort(sandbox));
    } finally {
      await other.close();
    }
  });
});

test.each<[string, unknown, unknown, string]>([
  ['no assembly', undefined, {}, 'assembly of SandboxServer.start has the wrong type, got <undefined>; expected the path of a cloud assembly or template'],
  ['an empty path', '', {}, 'assembly of SandboxServer.start has the wrong type, got <an empty text>'],
  ['standard input', '-', {}, 'assembly of SandboxServer.start has the wrong type, got "-"'],
  ['an object that is no assembly', {}, {}, 'assembly of SandboxServer.start has the wrong type, got <an object>'],
  ['null for options', 'cdk.out', null, 'options of SandboxServer.start has the wrong type, got <null>; expected an object'],
  ['an unknown option', 'cdk.out', { users: 'users.yaml' }, 'options of SandboxServer.start has an unknown member, got "users"'],
  ['a text for a list', 'cdk.out', { integrations: 'GET /x=http://127.0.0.1:1' }, 'options.integrations of SandboxServer.start has the wrong type, got <a string>'],
  ['a date for a clock', 'cdk.out', { clock: new Date(0) }, 'options.clock of SandboxServer.start has the wrong type, got <an object>; expected a function'],
])('does not start with %s', async (_what, assembly, options, message) => {
  await expect(SandboxServer.start(assembly as string, options as object)).rejects.toThrow(`[ArgumentKind] ${message}`);
});

test('the processes of functions are gone when it is closed', async () => {
  const sandbox = await startFromSources(functionTemplate(ANSWERS_PID));
  const pid = Number(await (await sandbox.fetch('GET /')).text());
  expect([pid > 0, runs(pid)]).toEqual([true, true]);
  await sandbox.close();
  expect(runs(pid)).toBe(false);
});
