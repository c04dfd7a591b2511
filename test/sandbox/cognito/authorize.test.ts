import * as fc from 'fast-check';
import { authorizationQuery, CHALLENGE, csrfOf, openBrowser } from './browser';
import { CALLBACK, claimsOf, clientSettings, LOGOUT, photosModel, photosRuntime, runtimeOf, testCognito, type TestCognito } from './entities';

let on: TestCognito;

beforeAll(() => {
  on = testCognito();
});

async function authorize(parameters: string | Record<string, string | undefined>): Promise<{ status: number; location: string | null }> {
  const query = typeof parameters === 'string'
    ? parameters
    : new URLSearchParams(Object.entries(parameters).filter((each): each is [string, string] => each[1] !== undefined)).toString();
  const answer = await on.get(`/oauth2/authorize?${query}`);
  return { status: answer.status, location: answer.headers.get('location') };
}

function parametersOf(id: string): Record<string, string> {
  return { client_id: on.client(id).clientId, redirect_uri: CALLBACK, response_type: 'code', state: 's' };
}

describe('/oauth2/authorize', () => {
  test.each<[string, Record<string, string | undefined>, string]>([
    ['no response_type', { response_type: undefined }, '?error=invalid_request&state=s'],
    ['an unknown response_type', { response_type: 'id_token' }, '?error=invalid_request&state=s'],
    ['a grant that the client does not have', { response_type: 'token' }, '#error=unauthorized_client&state=s'],
    ['a challenge without a method', { code_challenge: CHALLENGE }, '?error=invalid_request&state=s'],
    ['a method without a challenge', { code_challenge_method: 'S256' }, '?error=invalid_request&state=s'],
    ['the method plain', { code_challenge: CHALLENGE, code_challenge_method: 'plain' }, '?error=invalid_request&state=s'],
    ['a challenge that S256 does not make', { code_challenge: 'short', code_challenge_method: 'S256' }, '?error=invalid_request&state=s'],
    ['a scope that the client does not have', { scope: 'openid photos/delete' }, '?error_description=invalid_scope&state=s&error=invalid_request'],
    ['email without openid', { scope: 'email photos/read' }, '?error_description=invalid_scope&state=s&error=invalid_request'],
    ['another prompt', { prompt: 'none login' }, '?error=invalid_request&state=s'],
    ['another identity provider', { identity_provider: 'Google' }, '?error=invalid_request&state=s'],
    ['an identity provider by its identifier', { idp_identifier: 'example.com' }, '?error=invalid_request&state=s'],
    ['offline_access', { scope: 'offline_access' }, '?error_description=invalid_scope&state=s&error=invalid_request'],
    ['a resource that is no URL', { resource: 'photos' }, '?error=invalid_request&state=s'],
    ['prompt=none without a session', { prompt: 'none' }, '?error=login_required&state=s'],
  ])('leads back with an error for %s', async (_, change, error) => {
    expect(await authorize({ ...parametersOf('Spa'), ...change })).toEqual({ status: 302, location: `${CALLBACK}${error}` });
  });

  test.each([
    ['https://例え.example.com/戻る?a=%20b', 'https://%E4%BE%8B%E3%81%88.example.com/%E6%88%BB%E3%82%8B?a=%20b&'],
    ['https://bücher.example.com/zurück', 'https://b%C3%BCcher.example.com/zur%C3%BCck?'],
    ['https://a.example.com/\ud800', 'https://a.example.com/%EF%BF%BD?'],
  ])('leads back to %s with the state as it came', async (redirectUri, start) => {
    const other = testCognito(photosModel(), runtimeOf({ clients: [clientSettings({ id: 'Spa', callbackUrls: [redirectUri], logoutUrls: [redirectUri] })] }));
    // A lone surrogate cannot come in a query; without a redirect URI the only one is taken.
    const query = new URLSearchParams({ client_id: other.client('Spa').clientId, response_type: 'id_token', state: 'a=b&ü%41' }).toString();
    const location = (await other.get(`/oauth2/authorize?${query}`)).headers.get('location')!;
    expect(location).toBe(`${start}error=invalid_request&state=a%3Db%26%C3%BC%2541`);
    expect(new URL(location).searchParams.get('state')).toBe('a=b&ü%41');
    if (redirectUri.includes('\ud800')) return;
    const logout = new URLSearchParams({ client_id: other.client('Spa').clientId, logout_uri: redirectUri }).toString();
    expect((await other.get(`/logout?${logout}`)).headers.get('location')).toBe(start.slice(0, -1));
  });

  test('takes the user pool itself for an identity provider', async () => {
    const { location } = await authorize({ ...parametersOf('Spa'), identity_provider: 'COGNITO' });
    expect(location).toMatch(/\/login\?/);
  });

  test('leads back with the error in the fragment for the implicit grant', async () => {
    expect(await authorize({ ...parametersOf('Implicit'), response_type: 'token', scope: 'x/y', state: undefined }))
      .toEqual({ status: 302, location: `${CALLBACK}#error_description=invalid_scope&error=invalid_request` });
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ['an unknown client', { client_id: 'unknown' }, 'error=invalid_request'],
    ['no client', { client_id: undefined }, 'error=invalid_request'],
    ['another host', { redirect_uri: 'https://evil.example.com/' }, 'error=redirect_mismatch&client_id='],
    ['one more slash', { redirect_uri: `${CALLBACK}/` }, 'error=redirect_mismatch&client_id='],
    ['one more query', { redirect_uri: `${CALLBACK}?a=b` }, 'error=redirect_mismatch&client_id='],
    ['another case', { redirect_uri: CALLBACK.toUpperCase() }, 'error=redirect_mismatch&client_id='],
    ['dot segments', { redirect_uri: `${CALLBACK}/../callback` }, 'error=redirect_mismatch&client_id='],
    ['a script', { redirect_uri: 'javascript:alert(1)' }, 'error=redirect_mismatch&client_id='],
  ])('never leads to a place that is not registered: %s', async (_, change, error) => {
    const { status, location } = await authorize({ ...parametersOf('Spa'), ...change });
    expect(status).toBe(302);
    expect(location).toContain(`/${on.pool.poolId}/error?${error}`);
    expect(location!.startsWith(`/${on.pool.poolId}/`)).toBe(true);
    const page = await on.get(location!.slice(on.pool.poolId.length + 1));
    expect([page.status, await page.text()]).toEqual([400, expect.stringContaining('An error was encountered with the requested page.')]);
  });

  test('shows the error page for a parameter that is there twice', async () => {
    const query = authorizationQuery(on, 'Spa');
    expect((await authorize(`${query}&redirect_uri=https%3A%2F%2Fevil.example.com`)).location).toBe(`/${on.pool.poolId}/error?error=invalid_request`);
  });

  test('takes the default redirect URI where none is given', async () => {
    expect((await authorize({ ...parametersOf('Spa'), redirect_uri: undefined, prompt: 'none' })).location).toBe(`${CALLBACK}?error=login_required&state=s`);
    const callbackUrls = ['https://a.example.com/', 'https://b.example.com/'];
    const several = (members: object) => testCognito(photosModel(), runtimeOf({ clients: [clientSettings({ id: 'Spa', callbackUrls, ...members })] }));
    const locationOf = async (each: TestCognito) => (await each.get(`/oauth2/authorize?prompt=none&response_type=code&client_id=${each.client('Spa').clientId}`)).headers.get('location');
    expect(await locationOf(several({}))).toContain('/error?error=invalid_request');
    expect(await locationOf(several({ defaultRedirectUri: callbackUrls[1] }))).toBe('https://b.example.com/?error=login_required');
  });

  test('gives tokens of the implicit grant in the fragment, without a refresh token', async () => {
    const back = await openBrowser(on).signIn('Implicit', { response_type: 'token', state: 's' });
    const fragment = new URLSearchParams(back.hash.slice(1));
    expect([...fragment.keys()]).toEqual(['id_token', 'access_token', 'token_type', 'expires_in', 'state']);
    expect(claimsOf(fragment.get('access_token')!)).toMatchObject({ scope: 'openid email profile photos/read photos/write' });
  });

  test('skips the page with a session, for an hour, unless the prompt wants it', async () => {
    const browser = openBrowser(on);
    await browser.signIn('Spa');
    const target = async (parameters = {}) => (await browser.get(`/oauth2/authorize?${authorizationQuery(on, 'Web', parameters)}`)).headers.get('location');
    expect(await target()).toMatch(/\/callback\?code=/);
    expect(await target({ prompt: 'none' })).toMatch(/\/callback\?code=/);
    expect(await target({ prompt: 'login' })).toMatch(/\/login\?/);
    on.pass(3599);
    expect(await target()).toMatch(/\/callback\?code=/);
    on.pass(1);
    expect(await target()).toMatch(/\/login\?/);
  });
});

describe('property: whatever comes', () => {
  const names = fc.constantFrom('client_id', 'redirect_uri', 'response_type', 'state', 'scope', 'code_challenge', 'code_challenge_method', 'nonce', 'prompt', 'resource', 'logout_uri');
  const clientIds = fc.constantFrom('Spa', 'Web', 'Implicit', 'Machine').map((id) => on.client(id).clientId);
  const values = fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('code', 'token', 'S256', 'none', CALLBACK, `${CALLBACK}@evil.example.com`, 'openid', CHALLENGE));
  const valid = fc.constantFrom('Spa', 'Implicit').map((id) => Object.entries(parametersOf(id)));
  const queries = fc.tuple(fc.oneof(valid, fc.constant([]), clientIds.map((id) => [['client_id', id]])), fc.array(fc.tuple(names, values), { maxLength: 5 }))
    .map(([first, more]) => new URLSearchParams([...first, ...more] as [string, string][]).toString());

  test.each(['/oauth2/authorize', '/login', '/logout'])('%s leads only to registered URLs and to its own pages', async (path) => {
    await fc.assert(fc.asyncProperty(fc.oneof(queries, fc.string({ unit: 'binary' }).map(encodeURI)), async (query) => {
      const answer = await on.get(`${path}?${query}`);
      const location = answer.headers.get('location');
      if (location === null) expect(answer.status).toBe(200);
      else expect([CALLBACK, LOGOUT].some((url) => new RegExp(`^${url}(?:[?#]|$)`).test(location)) || location.startsWith(`/${on.pool.poolId}/`)).toBe(true);
    }), { numRuns: 300 });
  });
});

describe('/login', () => {
  test('is a page that loads and runs nothing, stays out of frames, and lets the callback be reached', async () => {
    const { headers } = await on.get(`/login?${authorizationQuery(on, 'Spa')}`);
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain('default-src \'none\'; style-src \'sha256-');
    expect(policy).toContain('form-action \'self\' http://localhost:* http://127.0.0.1:* http://localhost:3000;');
    expect(policy).toContain('frame-ancestors \'none\'');
    expect(Object.fromEntries(['x-frame-options', 'x-content-type-options', 'referrer-policy', 'cache-control'].map((name) => [name, headers.get(name)])))
      .toEqual({ 'x-frame-options': 'DENY', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
    expect(headers.getSetCookie()).toEqual([expect.stringMatching(new RegExp(`^sandbox-csrf=[\\w-]{32}; Max-Age=3600; Path=/${on.pool.poolId}; HttpOnly; SameSite=Lax$`))]);
  });

  test('sets a session cookie that scripts and other paths do not see', async () => {
    const query = authorizationQuery(on, 'Spa');
    const browser = openBrowser(on);
    const csrf = csrfOf(await (await browser.get(`/login?${query}`)).text());
    const answer = await browser.post(`/login?${query}`, { csrf, username: 'cookie', password: 'correct horse', action: 'create' });
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(new RegExp(`^sandbox-session=[\\w-]{43}; Max-Age=3600; Path=/${on.pool.poolId}; HttpOnly; SameSite=Lax$`))]);
  });

  test('escapes what it shows', async () => {
    const attack = '"><script>alert(1)</script>';
    const text = await (await on.get(`/login?${authorizationQuery(on, 'Spa', { state: attack, login_hint: attack })}`)).text();
    expect(text).not.toContain('<script');
    expect(text).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
  });

  test.each<[string, Record<string, string>, number, string]>([
    ['a form of nowhere', { csrf: '' }, 403, 'The form was too old, or not from this page. Try again.'],
    ['a form of another browser', { csrf: 'x'.repeat(43) }, 403, 'The form was too old, or not from this page. Try again.'],
    ['no password', { password: '' }, 400, 'Enter a username and a password.'],
    ['an unknown user', { username: 'bob' }, 400, 'Incorrect username or password.'],
    ['a wrong password', { username: 'taken', password: 'wrong' }, 400, 'Incorrect username or password.'],
    ['a user who exists', { username: 'taken', action: 'create' }, 400, 'A user of this name exists already.'],
    ['a name with a line break', { username: 'a\nb', action: 'create' }, 400, 'A username has no spaces.'],
    ['a name that is too long', { username: 'x'.repeat(129) }, 400, 'A username has at most 128 characters'],
  ])('shows what is wrong with %s', async (_, form, status, error) => {
    await on.cognito.addUser(on.pool, { username: 'taken', password: 'correct horse' });
    const query = authorizationQuery(on, 'Spa');
    const browser = openBrowser(on);
    const csrf = csrfOf(await (await browser.get(`/login?${query}`)).text());
    const answer = await browser.post(`/login?${query}`, { csrf, username: 'ana', password: 'correct horse', action: 'signIn', ...form });
    expect([answer.status, /role="alert" id="error">([^<]*)</.exec(await answer.text())![1]]).toEqual([status, expect.stringContaining(error)]);
    expect(browser.cookies.has('sandbox-session')).toBe(false);
  });

  test('makes one user for two pages that send a name at once', async () => {
    const query = authorizationQuery(on, 'Spa');
    const send = async (password: string) => {
      const browser = openBrowser(on);
      const csrf = csrfOf(await (await browser.get(`/login?${query}`)).text());
      return () => browser.post(`/login?${query}`, { csrf, username: 'twin', password, action: 'create' });
    };
    const both = [await send('first password'), await send('second password')];
    const answers = await Promise.all(both.map((each) => each()));
    expect(answers.map(({ status }) => status).sort()).toEqual([302, 400]);
  });

  test('checks the request as /oauth2/authorize does', async () => {
    const answer = await on.get(`/login?${authorizationQuery(on, 'Spa', { redirect_uri: 'https://evil.example.com/' })}`);
    expect(answer.headers.get('location')).toContain('/error?error=redirect_mismatch');
  });
});

describe('/logout', () => {
  test('ends the session and leads to a registered URL', async () => {
    const browser = openBrowser(on);
    await browser.signIn('Spa', {}, { username: 'leaver', action: 'create' });
    const cookie = browser.cookies.get('sandbox-session')!;
    const { clientId } = on.client('Spa');
    const answer = await browser.get(`/logout?${new URLSearchParams({ client_id: clientId, logout_uri: LOGOUT, redirect_uri: 'https://evil.example.com/' }).toString()}`);
    expect([answer.status, answer.headers.get('location'), browser.cookies.has('sandbox-session')]).toEqual([302, LOGOUT, false]);
    browser.cookies.set('sandbox-session', cookie);
    expect((await browser.get(`/oauth2/authorize?${authorizationQuery(on, 'Spa')}`)).headers.get('location')).toContain('/login?');
  });

  test('leads on to a new sign-in with redirect_uri', async () => {
    const query = authorizationQuery(on, 'Spa', { state: 's' });
    expect((await on.get(`/logout?${query}`)).headers.get('location')).toBe(`/${on.pool.poolId}/login?${query}`);
  });

  test.each<[string, (clientId: string) => Record<string, string>, string]>([
    ['a URL that is not registered', (id) => ({ client_id: id, logout_uri: `${LOGOUT}/` }), 'redirect_mismatch'],
    ['a callback URL as the logout URL', (id) => ({ client_id: id, logout_uri: CALLBACK }), 'redirect_mismatch'],
    ['a redirect URI that is not registered', (id) => ({ client_id: id, redirect_uri: LOGOUT, response_type: 'code' }), 'redirect_mismatch'],
    ['no URL', (id) => ({ client_id: id }), 'invalid_request'],
    ['no client', () => ({ logout_uri: LOGOUT }), 'invalid_request'],
  ])('shows the error page for %s', async (_, parameters, error) => {
    const answer = await on.get(`/logout?${new URLSearchParams(parameters(on.client('Spa').clientId)).toString()}`);
    expect(answer.headers.get('location')).toContain(`/${on.pool.poolId}/error?error=${error}`);
  });
});

describe('a user pool without a domain', () => {
  test('has discovery and keys, and no OAuth endpoint', async () => {
    const without = testCognito(photosModel({ domains: [] }), photosRuntime());
    const statuses = await Promise.all(['/.well-known/openid-configuration', '/.well-known/jwks.json', '/oauth2/authorize', '/login', '/logout', '/oauth2/userInfo', '/error']
      .map(async (path) => (await without.get(path)).status));
    expect(statuses).toEqual([200, 200, 404, 404, 404, 404, 404]);
    const answer = await without.post('/oauth2/token', {});
    expect([answer.status, answer.headers.get('x-sandbox'), await answer.json()]).toEqual([
      404, 'not-served', { message: 'the sandbox serves nothing here', reason: 'the user pool has no domain' },
    ]);
  });
});
