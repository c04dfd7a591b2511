import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox';

/** The photo album as synthesized: its template, without the code of its function. */
const ASSEMBLY = join(__dirname, '..', '..', '..', 'integ', 'integ.photo-album.ts.snapshot');
const ORIGIN = 'https://album.example.com';

let sandbox: Sandbox;
beforeAll(async () => { sandbox = await startSandbox({ path: ASSEMBLY, unlisted: true }); }, 30_000);
afterAll(() => sandbox.close());

async function call(verb: string, path: string, { client, body }: { client?: string; body?: string } = {}) {
  const token = client === undefined ? undefined : (await sandbox.tokenFor({ client })).accessToken;
  const answer = await fetch(`${sandbox.url}/apis/photos/prod${path}`, {
    method: verb,
    headers: { Origin: ORIGIN, ...(token !== undefined && { Authorization: `Bearer ${token}` }), ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    ...(body !== undefined && { body }),
  });
  return { status: answer.status, origin: answer.headers.get('access-control-allow-origin'), body: await answer.text() };
}

describe('the photo album', () => {
  test.each([
    ['without a token', 'GET', '/photos', {}, 401, '{"message":"Unauthorized"}'],
    ['where nothing is', 'GET', '/albums', {}, 403, '{"message":"Missing Authentication Token"}'],
    ['with read where write is needed', 'POST', '/photos', { client: 'NightlyExport', body: '{"title":"Sun"}' }, 401, '{"message":"Unauthorized"}'],
    ['with a photo that has no title', 'POST', '/photos', { client: 'Album', body: '{}' }, 400, '{"message":"Invalid request body"}'],
    ['with a title that is too long', 'PUT', '/photos/1', { client: 'Album', body: `{"title":"${'x'.repeat(201)}"}` }, 400, '{"message":"Invalid request body"}'],
  ])('refuses a call %s, and lets the page of the album read why', async (_, verb, path, options, status, body) => {
    expect(await call(verb, path, options)).toEqual({ status, origin: ORIGIN, body });
  });

  test('answers the preflight of the page', async () => {
    expect(await call('OPTIONS', '/photos')).toEqual({ status: 204, origin: ORIGIN, body: '' });
  });

  test('answers the public probe', async () => {
    expect((await call('GET', '/health')).status).toBe(200);
  });
});
