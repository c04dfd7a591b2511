import { ANSWERS_PID, functionTemplate, runs } from './function-template';
import { photoAlbum, READ, startFromSources, WRITE } from './photo-album';
import type { SandboxServer } from '../../src/sandbox/sandbox-server';

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
    ['a route without a verb', () => sandbox.fetch('/photos'), '[RouteFormat] route "/photos" is no verb and path'],
    ['an API that is not there', () => sandbox.fetch('GET /photos', { api: 'pictures' }), '[ApiUnknown] API is not in the templates, got "pictures"'],
  ])('fails for %s', async (_what, ask, message) => {
    await expect(ask()).rejects.toThrow(message);
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

test('the processes of functions are gone when it is closed', async () => {
  const sandbox = await startFromSources(functionTemplate(ANSWERS_PID));
  const pid = Number(await (await sandbox.fetch('GET /')).text());
  expect([pid > 0, runs(pid)]).toEqual([true, true]);
  await sandbox.close();
  expect(runs(pid)).toBe(false);
});
