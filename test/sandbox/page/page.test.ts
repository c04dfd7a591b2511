import { request } from 'node:http';
import { pageClient, textIn } from './page-client';
import { albumModel, servePage, type ServedPage } from './served-page';
import { ProblemError } from '../../../src/model/problem';
import { api, client, method, server } from '../../model/entities';

let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
});
afterAll(() => served.close());

describe('the page', () => {
  test('shows what is served, and what the templates do not fix', async () => {
    const page = textIn(await (await pageClient(served.url)).open());
    expect(page).toContain(`API album , stage prod URL ${served.url}/apis/album/prod`);
    expect(page).toMatch(/User pool Pool id eu-central-1_\w+ issuer http/);
    expect(page).toContain(`endpoint URL ${served.url}/cognito-idp`);
    expect(page).toContain('What the templates do not fix (1) client Spa: the name is taken to be Spa');
  });

  test('shows the matrix with the words of the command line', async () => {
    const page = textIn(await (await pageClient(served.url)).open());
    expect(page).toContain('Method Needs Implicit Spa Web Machine Sdk anyone');
    expect(page).toContain('GET /photos photos/read access access – –');
    expect(page).toContain('GET /me ID token id – id –');
    expect(page).toContain('GET /health nothing: probe of the load balancer open open open open');
    expect(page).toContain('access: with an access token id: with an ID token open: without a token');
    expect(page).toContain('GET /report: demands an API key too; callers are judged as having one');
  });

  test('leads from a cell to the call as that client', async () => {
    const browser = await pageClient(served.url);
    const page = await browser.open();
    const [, href] = /href="([^"]+)"[^>]*aria-label="access: call POST \/photos as Machine"/.exec(page)!;
    expect(href).toBe('/?client=Machine&amp;method=POST+%2Fphotos#call');
    const chosen = await browser.open({ client: 'Machine', method: 'POST /photos' });
    expect(chosen).toContain('<option value="Machine" selected>');
    expect(chosen).toContain('<option value="POST /photos" selected>');
  });

  test('offers every client of a column, and keeps the one that is chosen when a cell of the column is', async () => {
    const machines = ['One', 'Two'].map((id) => client({ id, flows: ['client_credentials'], scopes: ['photos/read'] }));
    const page = await servePage({ model: albumModel({ clients: machines }) });
    const browser = await pageClient(page.url);
    const shown = await browser.open();
    expect(shown).toContain('<th scope="col"><span><a href="/?client=One#token">One</a></span><span><a href="/?client=Two#token">Two</a></span></th>');
    expect(shown).toContain('href="/?client=One&amp;method=GET+%2Fphotos#call" title="access: call GET /photos as One or Two"');
    expect(textIn(await browser.open({ client: 'One', method: 'GET /photos' }))).toContain('Call as One ');
    await browser.open({ client: 'Two' });
    expect(textIn(await browser.open({ client: 'One', method: 'GET /photos' }))).toContain('Call as Two ');
    await page.close();
  });

  test('offers every client of a column with many in the legend', async () => {
    const names = ['A1', 'A2', 'A3', 'A4'];
    const page = await servePage({ model: albumModel({ clients: names.map((id) => client({ id, flows: ['client_credentials'], scopes: ['photos/read'] })) }) });
    const shown = await (await pageClient(page.url)).open();
    expect(shown).toContain('<th scope="col"><a href="#clients-A">A (4)</a></th>');
    const [legend] = /<div id="clients-A"[^]*?<\/div>/.exec(shown)!;
    expect([...legend.matchAll(/<a href="\/\?client=(\w+)#token">/g)].map(([, id]) => id)).toEqual(names);
    expect(shown).toContain('title="access: call GET /photos as a client of A"');
    await page.close();
  });

  test('gets a token for a machine, with the checked scopes', async () => {
    const browser = await pageClient(served.url);
    const page = textIn(await browser.send('token', { client: 'Machine', scope: 'photos/read' }));
    expect(page).toContain('Tokens of Machine Access token expires in 15 min');
    expect(page).toContain('scope photos/read auth_time');
    expect(page).toMatch(/exp \d+ 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC , in 15 min/);
  });

  test('gets all scopes where none or all are checked', async () => {
    const browser = await pageClient(served.url);
    expect(textIn(await browser.send('token', { client: 'Machine' }))).toContain('scope photos/read photos/write auth_time');
    expect(textIn(await browser.send('token', [['client', 'Machine'], ['scope', 'photos/read'], ['scope', 'photos/write']])))
      .toContain('scope photos/read photos/write auth_time');
  });

  test('makes a user, who signs in with the right password only', async () => {
    const browser = await pageClient(served.url);
    expect(textIn(await browser.send('user', { client: 'Web', username: 'grace', password: 'Right-pass-1' }))).toContain('User grace can sign in now.');
    const refused = await browser.send('sign-in', { client: 'Web', username: 'grace', password: 'Wrong-pass-1' });
    expect(refused).toContain('role="alert"');
    expect(textIn(refused)).toContain('Error: [SandboxToken] user is not signed in');
    expect(refused).not.toContain('Wrong-pass-1');
    const page = await browser.send('sign-in', { client: 'Web', username: 'grace', password: 'Right-pass-1' });
    expect(textIn(page)).toContain('Tokens of Web for grace');
    expect(textIn(page)).toContain('cognito:username grace');
    expect(page).not.toContain('role="alert"');
    expect(page).not.toContain('Right-pass-1');
  });

  test('fails for a client that obtains no token, and says so', async () => {
    const nobody = await servePage({ model: albumModel({ clients: [client({ id: 'Idle' }), client({ id: 'Machine', flows: ['client_credentials'], scopes: ['photos/read'] })] }) });
    const browser = await pageClient(nobody.url);
    expect(textIn(await browser.open({ client: 'Idle' }))).toContain('Idle has no OAuth flow and no flow of SDK sign-in, so it obtains no token.');
    expect(textIn(await browser.send('token', { client: 'Idle' }))).toContain('Error: [SandboxToken] client obtains no access token');
    await nobody.close();
  });

  test.each([
    ['SRP alone', ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'], true],
    ['SRP and passwords', ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH'], false],
  ])('says for a client of %s whether AWS signs its users in otherwise than the sandbox, and gives the tokens', async (_title, authFlows, told) => {
    const page = await servePage({ model: albumModel({ clients: [client({ id: 'App', oauth: false, flows: [], secret: false, authFlows })] }) });
    const browser = await pageClient(page.url);
    const text = textIn(await browser.open({ client: 'App', method: 'GET /me' }));
    expect(text.includes('obtain tokens with SRP or a custom flow. The sandbox serves neither')).toBe(told);
    await browser.send('user', { client: 'App', username: 'grace', password: 'Right-pass-1' });
    expect(textIn(await browser.send('sign-in', { client: 'App', username: 'grace', password: 'Right-pass-1' }))).toContain('Tokens of App for grace');
    await page.close();
  });

  test('marks a scope that its resource server does not declare as inactive', async () => {
    const changed = await servePage({ model: albumModel({ resourceServers: [server({ scopes: [{ name: 'read' }] })] }) });
    const page = textIn(await (await pageClient(changed.url)).open({ client: 'Machine' }));
    expect(page).toContain('photos/write inactive: its resource server does not declare it');
    expect(page).not.toContain('photos/read inactive');
    await changed.close();
  });
});

describe('a call on the page', () => {
  test('shows answer, verdict and reason', async () => {
    const browser = await pageClient(served.url);
    await browser.send('token', { client: 'Machine', scope: 'photos/read' });
    const allowed = textIn(await browser.send('call', { 'method': 'GET /photos/{id}', 'path-id': 'b c', 'query': '?x=1', 'token': 'access' }));
    expect(allowed).toContain('Answer: 200');
    expect(allowed).toContain('✓ allowed the token has a scope that the method accepts scopeMatched: photos/read');
    expect(allowed).toContain(`GET ${served.url}/apis/album/prod/photos/b%20c?x=1 with the access token of Machine`);
    expect(allowed).toContain('{ "verb": "GET", "path": "/photos/b%20c"');
    const refused = textIn(await browser.send('call', { method: 'POST /photos', token: 'access', contentType: 'application/json', body: '{}' }));
    expect(refused).toContain('✕ refused the token has none of the scopes that the method accepts scopeMissing: needs photos/write, token has photos/read');
    expect(served.calls.some(({ verb }) => verb === 'POST')).toBe(false);
  });

  test.each([
    ['without a token', { method: 'GET /photos', token: 'none' }, '✕ refused the request has no token in the header of the authorizer noToken GET'],
    ['with an access token where an ID token is needed', { method: 'GET /me', token: 'access' }, '✕ refused the method has no scopes, so it takes ID tokens'],
    ['to a public method', { method: 'GET /health', token: 'none' }, '✓ allowed the method is public'],
    ['without the API key', { method: 'GET /report', token: 'access', apiKey: '' }, '✕ refused the method needs an API key'],
    ['with the API key', { method: 'GET /report', token: 'access', apiKey: '0' }, '✓ allowed the token has a scope'],
  ])('%s is judged by the gateway', async (_title, fields, verdict) => {
    const browser = await pageClient(served.url);
    await browser.send('token', { client: 'Machine' });
    expect(textIn(await browser.send('call', fields))).toContain(verdict);
  });

  test('as a machine obtains its token at once', async () => {
    const browser = await pageClient(served.url);
    const chosen = await browser.open({ client: 'Machine', method: 'GET /photos' });
    expect(chosen).toMatch(/value="access" required checked> <span>with an access token, obtained at once/);
    const page = textIn(await browser.send('call', { method: 'GET /photos', token: 'access' }));
    expect(page).toContain('with the access token of Machine');
    expect(page).toContain('Tokens of Machine Access token expires in 15 min');
  });

  test('as a user who has not signed in leads to sign-in, and goes without a token only by choice', async () => {
    const browser = await pageClient(served.url);
    const page = await browser.open({ client: 'Web', method: 'GET /photos' });
    expect(textIn(page)).toContain('Web has no token yet: sign in .');
    expect(page).not.toMatch(/name="token"[^>]*checked/);
    expect(page.match(/name="token"[^>]*required/g)).toHaveLength(3);
    const before = served.calls.length;
    expect(textIn(await browser.send('call', { method: 'GET /photos' }))).toContain('Error: choose whether the call carries a token');
    expect(textIn(await browser.send('call', { method: 'GET /photos', token: 'access' }))).toContain('Error: Web has no such token: get one, or call without a token');
    expect(textIn(await browser.send('call', { method: 'GET /photos', token: 'none' }))).toContain('✕ refused the request has no token');
    expect(served.calls).toHaveLength(before);
  });

  test.each([['GET /health', 'Machine'], ['GET /health', 'Web'], ['GET /photos', undefined]])('of %s as %s is made without a token unless one is chosen', async (target, as) => {
    const page = await (await pageClient(served.url)).open({ method: target, ...(as && { client: as }) });
    expect(page).toMatch(/value="none" required checked/);
  });

  test.each([
    ['of a client that obtains none', 'Machine', { clients: [client({ id: 'Machine' })] }, 'access', 'Error: Machine has no such token'],
    ['of nobody', '', {}, 'access', 'Error: choose a client, or call without a token'],
    ['of a machine, for users', 'Machine', {}, 'id', 'Error: Machine has no such token'],
  ])('with a token %s is not made', async (_title, as, members, token, said) => {
    const page = await servePage({ model: albumModel(members) });
    const browser = await pageClient(page.url);
    await browser.open({ client: as });
    expect(textIn(await browser.send('call', { method: 'GET /photos', token }))).toContain(said);
    await page.close();
  });

  test('as a machine whose token fails says why', async () => {
    const refused = new ProblemError([{ code: 'SandboxToken', subject: 'client', wrong: 'is gone', expected: 'a client', fix: 'choose another' }]);
    const page = await servePage({ sandbox: { tokenFor: () => Promise.reject(refused) } });
    const browser = await pageClient(page.url);
    await browser.open({ client: 'Machine' });
    expect(textIn(await browser.send('call', { method: 'GET /photos', token: 'access' }))).toContain('Error: [SandboxToken] client is gone');
    await page.close();
  });

  test('sends verb, greedy path and body as given', async () => {
    const browser = await pageClient(served.url);
    await browser.send('token', { client: 'Machine' });
    await browser.send('call', {
      'method': 'ANY /files/{path+}', 'verb': 'PUT', 'path-path': 'a/b c/d', 'token': 'access', 'contentType': 'text/plain', 'body': 'one\r\ntwo',
    });
    const { verb, path, body, headers } = served.calls.at(-1)!;
    expect([verb, path, Buffer.from(body).toString()]).toEqual(['PUT', '/files/a/b%20c/d', 'one\ntwo']);
    expect(headers).toContainEqual(['Content-Type', 'text/plain']);
  });

  test.each([
    ['empty', '', 'the path variable id is empty'],
    ['a dot segment', '..', 'the path variable id has a part that HTTP clients take away'],
  ])('is not made where a path variable is %s', async (_title, value, said) => {
    const browser = await pageClient(served.url);
    expect(textIn(await browser.send('call', { 'method': 'GET /photos/{id}', 'path-id': value, 'token': 'none' }))).toContain(`Error: ${said}`);
  });

  test.each([
    ['a body that is no text', { status: 200, headers: [['Content-Type', 'image/png']] as const, body: new Uint8Array([0x89, 0x50, 0xff]) }, '3 bytes that are no text (image/png)'],
    ['a redirect', { status: 302, headers: [['Location', 'http://192.0.2.1/']] as const, body: '' }, 'Answer: 302'],
    ['a long body', { status: 200, headers: [] as const, body: 'x'.repeat(200_000) }, 'only the first 64 KiB are shown'],
    ['JSON that reading would change', { status: 200, headers: [] as const, body: '{"n":12345678901234567890}' }, '{"n":12345678901234567890}'],
  ])('shows %s as it is', async (_title, response, said) => {
    const page = await servePage({ answer: () => ({ kind: 'response', ...response }) });
    const browser = await pageClient(page.url);
    const text = await browser.send('call', { method: 'GET /health', token: 'none' });
    expect(textIn(text)).toContain(said);
    expect(text.length).toBeLessThan(150_000);
    await page.close();
  });

  test('that goes wrong behind the authorizer is stopped and not refused', async () => {
    const page = await servePage({ answer: () => ({ kind: 'cannotRun', reason: 'python3.12 does not run here' }) });
    const browser = await pageClient(page.url);
    expect(textIn(await browser.send('call', { method: 'GET /health', token: 'none' }))).toContain('Answer: 501 Not Implemented ! stopped python3.12 does not run here');
    await page.close();
  });
});

describe('stages on the page', () => {
  const stages = (...names: string[]) => names.map((name) => ({ id: `Stage-${name}`, name }));
  const health = (id: string) => method('GET', '/health', { kind: 'public' }, { id: `${id} GET /health`, api: id });
  const several = albumModel({
    apis: [
      api({ id: 'Album', name: 'album', stages: stages('beta', 'prod') }), api({ id: 'Orders', name: 'orders', stages: stages('live') }), api({ id: 'Idle', name: 'idle' }),
    ],
    methods: ['Album', 'Orders', 'Idle'].map(health),
  });

  test('can be chosen, each of each API', async () => {
    const page = await servePage({ model: several });
    const browser = await pageClient(page.url);
    const [, choice] = /<select id="method"[^>]*>(.+?)<\/select>/.exec(await browser.open())!;
    expect(choice.match(/(?<=>)[^<>]+(?=<)/g)).toEqual(['GET /health (album, stage beta)', 'GET /health (album, stage prod)', 'GET /health (orders)', 'GET /health (idle)']);
    const values = [...choice.matchAll(/value="([^"]+)"/g)].map(([, value]) => value);
    const urls = ['album/beta', 'album/prod', 'orders/live'];
    for (const [position, url] of urls.entries()) {
      expect(textIn(await browser.open({ method: values[position] }))).toContain(`GET ${page.url}/apis/${url}/health`);
      expect(textIn(await browser.send('call', { method: values[position], token: 'none' }))).toContain(`GET ${page.url}/apis/${url}/health without a token`);
    }
    expect(page.calls.map(({ api: { stage } }) => stage)).toEqual(['beta', 'prod', 'live']);
    expect(textIn(await browser.open({ method: values[3] }))).toContain('No stage of the API serves this method.');
    expect(textIn(await browser.send('call', { method: values[3], token: 'none' }))).toContain('Error: the method does not exist any more, or no stage serves it');
    await page.close();
  });

  test('of APIs of one name are told apart by the id of the API, as in the matrix', async () => {
    const page = await servePage({
      model: albumModel({
        apis: ['Big', 'Small'].map((id) => api({ id, name: 'same', stages: stages('prod') })), methods: ['Big', 'Small'].map(health),
      }),
    });
    const browser = await pageClient(page.url);
    const text = textIn(await browser.send('call', { method: 'Small GET /health', token: 'none' }));
    expect(text).toContain('GET /health (same (Big)) GET /health (same (Small))');
    expect(text).toContain('API same (Big) , stage prod URL');
    expect(text).toContain('API same (Small) , stage prod URL');
    expect(text).toContain('GET /health API same (Small) prod status 200');
    await page.close();
  });

  test('are not named where there is one', async () => {
    expect(await (await pageClient(served.url)).open()).toContain('<option value="GET /photos">GET /photos</option>');
  });
});

describe('the log on the page', () => {
  test('has the newest request first, with the reason of each refusal', async () => {
    const browser = await pageClient(served.url);
    await browser.send('call', { method: 'GET /photos', token: 'none' });
    await browser.send('call', { method: 'GET /health', token: 'none' });
    const log = textIn((await browser.open()).split('Last requests, the newest first')[1]);
    expect(log).toMatch(/^ Time Request Client Status Result and reason \d\d:\d\d:\d\d GET \/health API album prod status 200 ✓ allowed public \d\d:\d\d:\d\d GET \/photos API album prod status 401 ✕ refused noToken/);
  });

  test('tells requests to Cognito that are answered from those that are refused', async () => {
    served.log.add({ time: 0, part: 'oauth', what: 'GET /login', status: 200, reason: 'sign-in page' });
    served.log.add({ time: 0, part: 'cognito-idp', what: 'InitiateAuth', status: 400, reason: 'NotAuthorizedException' });
    const log = textIn(await (await pageClient(served.url)).open());
    expect(log).toContain('✕ refused NotAuthorizedException');
    expect(log).toContain('✓ answered sign-in page');
  });

  test('shows refusals alone where that is wanted', async () => {
    const browser = await pageClient(served.url);
    const log = textIn((await browser.open({ log: 'refused' })).split('Last requests, the newest first')[1]);
    expect(log).toContain('✕ refused');
    expect(log).not.toContain('✓ allowed');
  });
});

describe('the page in wrong hands', () => {
  const EVIL = '</style><script>alert(1)</script>"\'><img src=x>';

  test('loads nothing, runs nothing and is framed nowhere', async () => {
    const { headers } = await fetch(served.url);
    expect(headers.get('content-security-policy'))
      .toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('set-cookie')).toMatch(/^sandbox-page-\d+=[\w-]{22}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  test('escapes names of templates, users, requests and answers', async () => {
    const evil = await servePage({
      model: albumModel({
        resourceServers: [server({ identifier: EVIL })],
        clients: [client({ id: 'Machine', name: EVIL, flows: ['code'], scopes: [`${EVIL}/read`] })],
        methods: [method('GET', `/${EVIL}`, { kind: 'public', reason: EVIL }), method('GET', '/health', { kind: 'public' })],
      }),
      answer: () => ({ kind: 'response', status: 200, headers: [['X-Evil', EVIL]], body: EVIL }),
      sandbox: { path: EVIL, notices: [EVIL] },
    });
    evil.log.add({ time: 0, part: 'oauth', what: EVIL, subject: EVIL, status: 400, client: EVIL, reason: EVIL });
    const browser = await pageClient(evil.url);
    await browser.send('user', { client: 'Machine', username: EVIL, password: 'Right-pass-1' });
    await browser.send('sign-in', { client: 'Machine', username: EVIL, password: 'Right-pass-1' });
    const page = await browser.send('call', { method: 'GET /health', token: 'none', query: EVIL });
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page).not.toMatch(/<script|<img/);
    expect(page.match(/&lt;script&gt;/g)!.length).toBeGreaterThan(15);
    await evil.close();
  });

  test('shows characters that nobody sees', async () => {
    const page = await servePage({ sandbox: { notices: ['a\u202eb\u0000c'] } });
    expect(await (await pageClient(page.url)).open()).toContain('a\\u202eb\\u0000c');
    await page.close();
  });

  test.each([
    ['sent by another site', { 'sec-fetch-site': 'cross-site' }, {}],
    ['sent by another port of this machine', { 'sec-fetch-site': 'same-site' }, {}],
    ['of another origin', { origin: 'http://evil.example' }, {}],
    ['of no origin', { origin: 'null' }, {}],
    ['with another form token', {}, { 'form-token': 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['without a form token', {}, { 'form-token': '' }],
    ['of another session', { cookie: 'sandbox-page-1=AAAAAAAAAAAAAAAAAAAAAA' }, {}],
  ])('refuses a form %s', async (_title, headers, fields) => {
    const browser = await pageClient(served.url);
    const before = served.log.last().length;
    const response = await browser.post('call', { method: 'GET /health', token: 'none', ...fields }, headers);
    expect(response.status).toBe(403);
    expect(served.log.last()).toHaveLength(before);
  });

  test('takes a form of its own origin', async () => {
    const browser = await pageClient(served.url);
    const headers = { 'origin': served.url, 'sec-fetch-site': 'same-origin' };
    expect((await browser.post('call', { method: 'GET /health', token: 'none' }, headers)).status).toBe(303);
  });

  test('puts no token and no password into a URL or the log', async () => {
    const browser = await pageClient(served.url);
    const page = await browser.send('token', { client: 'Machine' });
    const [, token] = /readonly[^>]*>(eyJ[\w.-]+)</.exec(page)!;
    const response = await browser.post('call', { method: 'GET /photos', token: 'access' });
    expect(response.headers.get('location')).toBe('/#result');
    expect(JSON.stringify(served.log.last())).not.toContain(token.split('.')[2]);
    expect(page.match(/(?:href|action)="[^"]*"/g)!.join()).not.toContain('eyJ');
  });

  test('refuses a form that is too large', async () => {
    const page = await servePage();
    const browser = await pageClient(page.url);
    expect((await browser.post('call', { method: 'POST /photos', token: 'none', body: 'x'.repeat(1024 * 1024) })).status).toBe(413);
    await page.close();
  });

  test('keeps sessions apart', async () => {
    const [one, two] = [await pageClient(served.url), await pageClient(served.url)];
    await one.send('token', { client: 'Machine' });
    expect(await one.open({ client: 'Machine' })).toContain('Tokens of Machine');
    expect(await two.open({ client: 'Machine' })).not.toContain('Tokens of Machine');
  });

  test('answers other verbs with 404', async () => {
    const status = await new Promise((resolve) => request(`${served.url}/page/call`, { method: 'GET' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end());
    expect(status).toBe(404);
  });
});
