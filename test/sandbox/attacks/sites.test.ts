import { expectRefused } from './attack';
import { startAttackedSandbox, STAGE, type AttackedSandbox } from './attacked-sandbox';
import { authorization, domainPath, formText, openPage, sendPage } from './oauth-requests';
import { HOST_ATTACKS, SITE_ATTACKS } from './site-attacks';

let on: AttackedSandbox;
beforeAll(async () => {
  on = await startAttackedSandbox();
}, 60_000);
afterAll(() => on.close());

test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]', '127.0.0.2'])('the host %s is the sandbox', async (host) => {
  expect(await on.raw(`GET ${STAGE}/photos`, [`Host: ${host}`, `Authorization: Bearer ${on.reader}`])).toMatchObject({ status: 200 });
});

test('the tools of the sandbox get a token, and the form of the page a user', async () => {
  expect((await on.raw('POST /_sandbox/tokens', ['X-Protected-Api-Sandbox: 1'], '{"client":"Editor"}')).status).toBe(200);
  const answer = await sendPage(on, 'Spa', await openPage(on, 'Spa'), { action: 'create', username: 'mallory' });
  expect([answer.status, answer.headers.location]).toEqual([302, expect.stringContaining('code=')]);
});

describe.each([
  ['no other name of a host leads to the sandbox', HOST_ATTACKS],
  ['no page of another site does anything', SITE_ATTACKS],
])('%s', (_, attacks) => {
  test.each(attacks)('$name', async (attack) => {
    await expectRefused(on, attack);
    if (!attack.name.startsWith('the operation')) expect((await attack.send(on)).headers).not.toHaveProperty('access-control-allow-origin');
  });
});

test('no attack made a user', async () => {
  const page = await openPage(on, 'Spa');
  expect((await sendPage(on, 'Spa', page, { username: 'eve' })).status).toBe(400);
});

test.each(['__proto__', 'constructor', 'toString'])('a user %s is one, and nothing else changes', async (username) => {
  const page = await openPage(on, 'Spa');
  expect((await sendPage(on, 'Spa', page, { username })).status).toBe(400);
  expect((await sendPage(on, 'Spa', page, { username, action: 'create' })).status).toBe(302);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect((await on.raw(`GET ${STAGE}/photos?__proto__[x]=1&constructor=1`, ['__proto__: x', 'constructor: x', `Authorization: Bearer ${on.reader}`])).status).toBe(200);
});

test('pages stay out of frames and caches, and run nothing', async () => {
  const query = formText(authorization(on, 'Spa'));
  for (const path of ['/', `${domainPath(on, 'Spa')}/login?${query}`, `${domainPath(on, 'Spa')}/error`]) {
    const { headers } = await on.raw(`GET ${path}`);
    expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers['content-security-policy']).not.toMatch(/script-src|unsafe/);
  }
});
