import { authorizationQuery, CHALLENGE, openBrowser, VERIFIER } from './browser';
import { basic, CALLBACK, claimsOf, photosModel, photosRuntime, START, testCognito, type TestCognito } from './entities';
import type { LivePool, LiveUser } from '../../../src/sandbox/cognito/live-pool';
import { client, userPool } from '../../model/entities';

const PKCE = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };

let on: TestCognito;

beforeAll(() => {
  on = testCognito();
});

async function codeOf(id: string, parameters: Record<string, string> = PKCE): Promise<string> {
  return (await openBrowser(on).signIn(id, parameters)).searchParams.get('code')!;
}

async function exchange(form: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await on.post('/oauth2/token', { grant_type: 'authorization_code', redirect_uri: CALLBACK, ...form }, headers);
  return { status: answer.status, body: await answer.json() as Record<string, string> };
}

describe('the authorization code grant', () => {
  test('leads from the request to the page, back with code and state, and to tokens', async () => {
    const browser = openBrowser(on);
    const query = authorizationQuery(on, 'Spa', { ...PKCE, scope: 'openid email photos/read', state: 'a b&c', nonce: 'n-1' });
    const first = await browser.get(`/oauth2/authorize?${query}`);
    expect([first.status, first.headers.get('location')]).toEqual([302, `/${on.pool.poolId}/login?${query}`]);
    const back = await browser.signIn('Spa', { ...PKCE, scope: 'openid email photos/read', state: 'a b&c', nonce: 'n-1' }, { username: 'ana@example.com', action: 'create' });
    expect(`${back.origin}${back.pathname}`).toBe(CALLBACK);
    expect([...back.searchParams.keys()]).toEqual(['code', 'state']);
    expect(back.searchParams.get('state')).toBe('a b&c');
    const { clientId } = on.client('Spa');
    const { status, body } = await exchange({ code: back.searchParams.get('code')!, client_id: clientId, code_verifier: VERIFIER });
    expect(status).toBe(200);
    expect(body).toEqual({ id_token: expect.any(String), access_token: expect.any(String), refresh_token: expect.any(String), expires_in: 3600, token_type: 'Bearer' });
    expect(claimsOf(body.access_token)).toMatchObject({ scope: 'openid email photos/read', client_id: clientId, token_use: 'access', username: 'ana@example.com', auth_time: START / 1000 });
    expect(claimsOf(body.access_token)).not.toHaveProperty('aud');
    expect(claimsOf(body.id_token)).toMatchObject({ aud: clientId, nonce: 'n-1', email: 'ana@example.com', email_verified: true });
  });

  test('gives no ID token without openid', async () => {
    const code = await codeOf('Spa', { ...PKCE, scope: 'photos/read' });
    const { body } = await exchange({ code, client_id: on.client('Spa').clientId, code_verifier: VERIFIER });
    expect(body).not.toHaveProperty('id_token');
    expect(claimsOf(body.access_token).scope).toBe('photos/read');
  });

  test.each<[string[] | undefined, string, number]>([
    [['email'], 'openid email', 400],
    [['email', 'email_verified'], 'openid email', 200],
    [['email', 'email_verified'], 'openid', 200],
    [['email', 'email_verified'], 'openid profile email', 200],
    [['name'], 'openid profile', 200],
    [['name'], 'openid email', 400],
    [undefined, 'openid email', 200],
  ])('needs all attributes of the scope email: a client that may read %j with %s', async (readAttributes, scope, status) => {
    const clients = photosRuntime().clients.map((each) => ({ ...each, ...(readAttributes && { readAttributes }) }));
    const other = testCognito(photosModel(), { ...photosRuntime(), clients });
    const code = (await openBrowser(other).signIn('Spa', { ...PKCE, scope })).searchParams.get('code')!;
    const form = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code, client_id: other.client('Spa').clientId, code_verifier: VERIFIER };
    const answer = await other.post('/oauth2/token', form);
    expect([answer.status, ((await answer.json()) as { error?: string }).error]).toEqual([status, status === 400 ? 'invalid_grant' : undefined]);
    if (status === 400) expect(other.log.last()[0].reason).toBe('invalid_grant: the client may not read all attributes of the scope email (ReadAttributes)');
  });

  test('takes a client with a secret, by header and in the form', async () => {
    const web = on.client('Web');
    expect(await exchange({ code: await codeOf('Web', {}) }, basic(web))).toMatchObject({ status: 200 });
    expect(await exchange({ code: await codeOf('Web', {}), client_id: web.clientId, client_secret: web.secrets[0].value })).toMatchObject({ status: 200 });
  });

  test('takes a code once', async () => {
    const form = { code: await codeOf('Spa'), client_id: on.client('Spa').clientId, code_verifier: VERIFIER };
    const both = await Promise.all([exchange(form), exchange(form)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(await exchange(form)).toEqual({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('takes a code for 5 minutes', async () => {
    const form = { client_id: on.client('Spa').clientId, code_verifier: VERIFIER };
    const [early, late] = [await codeOf('Spa'), await codeOf('Spa')];
    on.pass(299);
    expect(await exchange({ ...form, code: early })).toMatchObject({ status: 200 });
    on.pass(1);
    expect(await exchange({ ...form, code: late })).toEqual({ status: 400, body: { error: 'invalid_grant' } });
  });

  test.each<[string, string, Record<string, string>, Record<string, string | undefined>, object]>([
    ['an unknown code', 'Spa', PKCE, { code: 'unknown' }, { error: 'invalid_grant' }],
    ['no code', 'Spa', PKCE, { code: undefined }, { error: 'invalid_request' }],
    ['no redirect_uri', 'Spa', PKCE, { redirect_uri: undefined }, { error: 'invalid_request' }],
    ['a redirect_uri with one more slash', 'Spa', PKCE, { redirect_uri: `${CALLBACK}/` }, { error: 'unauthorized_client', error_description: 'invalid_redirect' }],
    ['a code of another client', 'Web', PKCE, {}, { error: 'invalid_grant' }],
    ['no verifier', 'Spa', PKCE, { code_verifier: undefined }, { error: 'invalid_grant' }],
    ['a wrong verifier', 'Spa', PKCE, { code_verifier: `${VERIFIER}x` }, { error: 'invalid_grant' }],
    ['the challenge as the verifier', 'Spa', PKCE, { code_verifier: CHALLENGE }, { error: 'invalid_grant' }],
    ['a verifier that is too short', 'Spa', PKCE, { code_verifier: 'short' }, { error: 'invalid_grant' }],
    ['a verifier for a code without a challenge', 'Spa', {}, {}, { error: 'invalid_grant' }],
    ['no client', 'Spa', PKCE, { client_id: undefined }, { error: 'invalid_request' }],
  ])('refuses %s', async (_, id, parameters, form, body) => {
    const all = { code: await codeOf(id, parameters), client_id: on.client('Spa').clientId, code_verifier: VERIFIER, redirect_uri: CALLBACK, ...form };
    const given = Object.fromEntries(Object.entries(all).filter((each): each is [string, string] => each[1] !== undefined));
    const answer = await on.post('/oauth2/token', { grant_type: 'authorization_code', ...given });
    expect([answer.status, await answer.json()]).toEqual([400, body]);
  });

  test.each<[string, (pool: LivePool, ana: LiveUser) => void]>([
    ['a user who is deleted', (pool) => pool.users.delete('ana')],
    ['a user who is deleted and made again', (pool, ana) => pool.users.set('ana', { ...ana, sub: 'new' })],
    ['a user who is disabled', (pool, ana) => pool.users.set('ana', { ...ana, enabled: false })],
  ])('refuses the code of %s', async (_, change) => {
    const code = await codeOf('Spa');
    const ana = on.pool.users.get('ana')!;
    change(on.pool, ana);
    const answer = await exchange({ code, client_id: on.client('Spa').clientId, code_verifier: VERIFIER });
    on.pool.users.set('ana', ana);
    expect(answer).toEqual({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('puts a chosen resource into the access token as its audience, also after a refresh', async () => {
    const code = await codeOf('Spa', { ...PKCE, resource: 'https://photos.example.com' });
    const { body } = await exchange({ code, client_id: on.client('Spa').clientId, code_verifier: VERIFIER });
    expect(claimsOf(body.access_token).aud).toBe('https://photos.example.com');
    const refreshed = await exchange({ grant_type: 'refresh_token', refresh_token: body.refresh_token, client_id: on.client('Spa').clientId });
    expect(claimsOf(refreshed.body.access_token).aud).toBe('https://photos.example.com');
  });

  test('binds no resource on the plan Lite', async () => {
    const lite = testCognito(photosModel({ userPools: [userPool({ plan: 'LITE' })] }));
    const code = (await openBrowser(lite).signIn('Spa', { resource: 'https://photos.example.com' })).searchParams.get('code')!;
    const answer = await lite.post('/oauth2/token', { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, client_id: lite.client('Spa').clientId });
    expect(claimsOf((await answer.json() as { access_token: string }).access_token)).not.toHaveProperty('aud');
  });
});

describe('the refresh token grant', () => {
  test('leaves out a scope that was deleted, and gives it back when it is declared again', async () => {
    const { body } = await exchange({ code: await codeOf('Spa'), client_id: on.client('Spa').clientId, code_verifier: VERIFIER });
    const scopeNow = async () => claimsOf((await exchange({ grant_type: 'refresh_token', refresh_token: body.refresh_token, client_id: on.client('Spa').clientId })).body.access_token).scope;
    const photos = on.pool.servers.get('photos')!;
    const { scopes } = photos;
    photos.scopes = scopes.filter(({ name }) => name !== 'write');
    on.cognito.changed();
    expect(await scopeNow()).toBe('openid email profile photos/read');
    photos.scopes = scopes;
    on.cognito.changed();
    expect(await scopeNow()).toBe('openid email profile photos/read photos/write');
  });

  test('leaves out a scope that the client lost since', async () => {
    const spa = on.client('Spa');
    const { body } = await exchange({ code: await codeOf('Spa'), client_id: spa.clientId, code_verifier: VERIFIER });
    const changed = { ...spa, scopes: ['openid', 'photos/read'] };
    on.pool.clients.set(spa.clientId, changed);
    on.cognito.changed();
    const refreshed = await exchange({ grant_type: 'refresh_token', refresh_token: body.refresh_token, client_id: spa.clientId });
    expect(claimsOf(refreshed.body.access_token).scope).toBe('openid photos/read');
    on.pool.clients.set(spa.clientId, spa);
    on.cognito.changed();
  });

  test.each([
    ['an unknown token', { refresh_token: 'x' }, { error: 'invalid_grant' }],
    ['no token', {}, { error: 'invalid_request' }],
  ])('refuses %s', async (_, form, body) => {
    expect(await exchange({ grant_type: 'refresh_token', client_id: on.client('Spa').clientId, ...form })).toEqual({ status: 400, body });
  });

  test('refuses a client without the flow', async () => {
    const other = testCognito(photosModel({ clients: [client({ id: 'Web', flows: ['code'], scopes: ['photos/read'], authFlows: ['ALLOW_USER_SRP_AUTH'] })] }), photosRuntime());
    const answer = await other.post('/oauth2/token', { grant_type: 'refresh_token', refresh_token: 'x' }, basic(other.client('Web')));
    expect(await answer.json()).toEqual({ error: 'unauthorized_client' });
  });
});
