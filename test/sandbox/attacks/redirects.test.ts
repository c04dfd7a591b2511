import { expectRefused } from './attack';
import { startAttackedSandbox, type AttackedSandbox } from './attacked-sandbox';
import { CALLBACK, LOGOUT } from './attacked-template';
import { authorization, domainPath, formText, get, newCode, openPage, sendPage, session } from './oauth-requests';
import { AUTHORIZATION_ATTACKS, REDIRECT_ATTACKS } from './redirect-attacks';

let on: AttackedSandbox;
beforeAll(async () => {
  on = await startAttackedSandbox();
}, 60_000);
afterAll(() => on.close());

test('registered URLs are led to, with a code, with tokens and after the sign-out', async () => {
  expect(await newCode(on, 'Spa')).toMatch(/^[\w-]{20,}$/);
  const cookie = await session(on, 'Spa');
  const tokens = await get(on, 'Implicit', '/oauth2/authorize', authorization(on, 'Implicit', { response_type: 'token' }), [cookie]);
  expect(tokens.headers.location).toMatch(new RegExp(`^${CALLBACK}#id_token=`));
  expect((await get(on, 'Spa', '/logout', { client_id: on.client('Spa').id, logout_uri: LOGOUT })).headers.location).toBe(LOGOUT);
});

describe.each([
  ['nobody is led to a URL that is not registered', REDIRECT_ATTACKS],
  ['no code is asked for that the client may not have', AUTHORIZATION_ATTACKS],
])('%s', (_, attacks) => {
  test.each(attacks)('$name', async (attack) => {
    await expectRefused(on, attack);
  });
});

const HOSTILE = '"><script>alert(1)</script>\r\nInjected: yes\r\n\r\n';

test.each(['state', 'nonce', 'login_hint', 'prompt', 'scope', 'resource', 'lang'])('line ends and markup in %s end no header and begin no element', async (name) => {
  const query = formText(authorization(on, 'Spa', { [name]: HOSTILE }));
  for (const path of ['/oauth2/authorize', '/login']) {
    const answer = await on.raw(`GET ${domainPath(on, 'Spa')}${path}?${query}`);
    expect([200, 302]).toContain(answer.status);
    expect(answer.headers).not.toHaveProperty('injected');
    expect(answer.body).not.toContain('<script>alert');
  }
});

test.each(['/error?error=', '/error?client_id=', '/login?client_id='])('markup in %s is no element', async (path) => {
  const answer = await on.raw(`GET ${domainPath(on, 'Spa')}${path}${encodeURIComponent(HOSTILE)}`);
  expect(answer.headers).not.toHaveProperty('injected');
  expect(answer.body).not.toContain('<script>alert');
});

test('a state comes back as it was, encoded', async () => {
  const cookie = await session(on, 'Spa');
  const { headers } = await get(on, 'Spa', '/oauth2/authorize', authorization(on, 'Spa', { state: HOSTILE }), [cookie]);
  expect(new URL(headers.location).searchParams.get('state')).toBe(HOSTILE);
});

test('a sign-in gives a new session, whatever cookie was there; a sign-out ends it', async () => {
  await session(on, 'Spa');
  const page = await openPage(on, 'Spa');
  const chosen = 'sandbox-session=chosen-by-somebody-else';
  const answer = await sendPage(on, 'Spa', { ...page, cookie: `${page.cookie}; ${chosen}` });
  const given = answer.headers['set-cookie'];
  expect(given).toMatch(/^sandbox-session=[\w-]{43};.*HttpOnly.*SameSite=Lax/i);
  const cookie = `Cookie: ${on.secret(given.split(';', 1)[0])}`;
  const asks = (with_: string, client = 'Spa') => get(on, client, '/oauth2/authorize', authorization(on, client), [with_]);
  expect((await asks(cookie)).headers.location).toContain('code=');
  expect((await asks(`Cookie: ${chosen}`)).headers.location).toContain('/login?');
  expect((await asks(cookie, 'StrangeSpa')).headers.location).toContain('/login?');
  await get(on, 'Spa', '/logout', { client_id: on.client('Spa').id, logout_uri: LOGOUT }, [cookie]);
  expect((await asks(cookie)).headers.location).toContain('/login?');
});

test('no code, token, secret or password is in the log, in a report or in an error', () => {
  expect(on.leaks()).toEqual([]);
});
