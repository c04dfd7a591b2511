import { expectRefused } from './attack';
import { startAttackedSandbox, type AttackedSandbox } from './attacked-sandbox';
import { CODE_ATTACKS, GRANT_ATTACKS, REFRESH_ATTACKS, SECRET_ATTACKS, USER_INFO_ATTACKS } from './grant-attacks';
import { basic, codeForm, domainPath, post, refresh, tokensOf } from './oauth-requests';

let on: AttackedSandbox;
beforeAll(async () => {
  on = await startAttackedSandbox();
}, 60_000);
afterAll(() => on.close());

const issued = (answer: { readonly status: number; readonly body: string }) => {
  expect(answer.status).toBe(200);
  const tokens = JSON.parse(answer.body) as { access_token: string };
  expect(tokens).toHaveProperty('access_token');
  on.secret(tokens.access_token.split('.')[2]);
};

describe('what is as it should be gets tokens, on the way that all attacks take', () => {
  test.each(['Spa', 'OtherSpa', 'Web', 'Rotating', 'StrangeSpa'])('a code of %s', async (client) => {
    issued(await post(on, client, '/oauth2/token', await codeForm(on, client)));
  });

  test.each(['Spa', 'Web', 'Rotating', 'StrangeSpa'])('a refresh token of %s', async (client) => {
    issued(await refresh(on, client, (await tokensOf(on, client)).refresh_token));
  });

  test('the secret of a client, in the form and by Basic', async () => {
    const { id, secret } = on.client('Editor');
    issued(await post(on, 'Editor', '/oauth2/token', { grant_type: 'client_credentials', client_id: id, client_secret: secret }));
    issued(await post(on, 'Editor', '/oauth2/token', { grant_type: 'client_credentials' }, [basic(id, secret)]));
  });

  test('an access token with openid opens attributes', async () => {
    expect(await on.raw(`GET ${domainPath(on, 'Spa')}/oauth2/userInfo`, [`Authorization: Bearer ${on.user.access}`])).toMatchObject({ status: 200 });
  });
});

describe.each([
  ['no code but one\'s own, once', CODE_ATTACKS],
  ['no client without its secret', SECRET_ATTACKS],
  ['no grant and no scope that a client has not', GRANT_ATTACKS],
  ['no refresh token but one\'s own, while it is good', REFRESH_ATTACKS],
  ['no attributes without an access token that opens them', USER_INFO_ATTACKS],
])('%s', (_, attacks) => {
  test.each(attacks)('$name', async (attack) => {
    await expectRefused(on, attack);
  });
});

test('of two exchanges of one code at once, one gets tokens', async () => {
  const form = await codeForm(on, 'Spa');
  const answers = await Promise.all(Array.from({ length: 8 }, () => post(on, 'Spa', '/oauth2/token', form)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400, 400, 400]);
});

test('of two uses of one rotating refresh token at once, one gets tokens', async () => {
  const { refresh_token: token } = await tokensOf(on, 'Rotating');
  const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(on, 'Rotating', token)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400, 400, 400]);
});

test('a refused revocation ends no token', async () => {
  const { refresh_token: token } = await tokensOf(on, 'Spa');
  await post(on, 'OtherSpa', '/oauth2/revoke', { token, client_id: on.client('OtherSpa').id });
  await post(on, 'StrangeSpa', '/oauth2/revoke', { token, client_id: on.client('StrangeSpa').id });
  issued(await refresh(on, 'Spa', token));
});

test('no code, token, secret or password is in the log, in a report or in an error', () => {
  expect(on.leaks()).toEqual([]);
});
