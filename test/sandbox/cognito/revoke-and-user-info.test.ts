import { openBrowser } from './browser';
import { basic, CALLBACK, claimsOf, clientSettings, photosModel, runtimeOf, testCognito, type TestCognito } from './entities';
import type { IssuedTokens } from '../../../src/sandbox/cognito/user-tokens';
import { userPool } from '../../model/entities';

const BAD_TOKEN = 'Access token is expired, disabled, or deleted, or the user has globally signed out.';

let on: TestCognito;

beforeEach(async () => {
  on = testCognito();
  await on.cognito.addUser(on.pool, { username: 'ana', password: 'x', attributes: { 'email': 'ana@example.com', 'email_verified': 'true', 'name': 'Ana', 'address': 'Here 1', 'custom:team': 'blue' } });
});

async function tokensFor(client: string, scopes?: readonly string[]): Promise<Required<IssuedTokens>> {
  return (await on.cognito.tokenFor(client, { scopes }) as { tokens: Required<IssuedTokens> }).tokens;
}

async function revoke(form: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await on.post('/oauth2/revoke', form, headers);
  return [answer.status, await answer.text()];
}

async function userInfo(token: string) {
  const answer = await on.get('/oauth2/userInfo', { Authorization: `Bearer ${token}` });
  return { status: answer.status, challenge: answer.headers.get('www-authenticate'), body: await answer.json() as object };
}

describe('/oauth2/revoke', () => {
  test('ends a refresh token with an empty 200, also the second time', async () => {
    const { refreshToken } = await tokensFor('Spa');
    const form = { token: refreshToken, client_id: on.client('Spa').clientId };
    expect(await revoke(form)).toEqual([200, '']);
    expect(await revoke(form)).toEqual([200, '']);
    const answer = await on.post('/oauth2/token', { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: on.client('Spa').clientId });
    expect(await answer.json()).toEqual({ error: 'invalid_grant' });
  });

  test('ends what came from the token for userInfo, and not for an authorizer', async () => {
    const { refreshToken, accessToken } = await tokensFor('Spa');
    await revoke({ token: refreshToken, client_id: on.client('Spa').clientId });
    expect(await userInfo(accessToken)).toMatchObject({ status: 401 });
    expect(await on.cognito.verifyToken(accessToken)).toMatchObject({ expired: false });
  });

  test('ends all tokens of a rotated sign-in', async () => {
    on = testCognito(photosModel(), runtimeOf({ clients: [clientSettings({ id: 'Spa', refreshTokenRotation: { graceSeconds: 0 } })] }));
    const { refreshToken: first } = await tokensFor('Spa');
    const { refreshToken: second } = await on.cognito.refresh(on.pool, on.client('Spa'), first) as Required<IssuedTokens>;
    await revoke({ token: first, client_id: on.client('Spa').clientId });
    expect(await on.cognito.refresh(on.pool, on.client('Spa'), second)).toHaveProperty('refused');
  });

  test.each<[string, (it: TestCognito, tokens: Required<IssuedTokens>) => [Record<string, string>, Record<string, string>?], [number, string]]>([
    ['no token', (it) => [{ client_id: it.client('Spa').clientId }], [400, '{"error":"invalid_request"}']],
    ['an access token', (it, { accessToken }) => [{ token: accessToken, client_id: it.client('Spa').clientId }], [400, '{"error":"unsupported_token_type"}']],
    ['an ID token', (it, { idToken }) => [{ token: idToken, client_id: it.client('Spa').clientId }], [400, '{"error":"unsupported_token_type"}']],
    ['a wrong secret', (it, { refreshToken }) => [{ token: refreshToken }, basic(it.client('Web'), 'wrong')], [401, '{"error":"invalid_client","error_description":"invalid_client_secret"}']],
    ['an unknown client', (_, { refreshToken }) => [{ token: refreshToken, client_id: 'unknown' }], [401, '{"error":"invalid_client"}']],
    ['no client', (_, { refreshToken }) => [{ token: refreshToken }], [400, '{"error":"invalid_request"}']],
    ['a token of another client', (it, { refreshToken }) => [{ token: refreshToken }, basic(it.client('Web'))], [400, '{"error":"invalid_request"}']],
  ])('refuses %s', async (_, request, answer) => {
    const tokens = await tokensFor('Spa');
    expect(await revoke(...request(on, tokens))).toEqual(answer);
    expect(await on.cognito.refresh(on.pool, on.client('Spa'), tokens.refreshToken)).toHaveProperty('accessToken');
  });

  test('refuses a client that has revocation off', async () => {
    on.client('Spa').tokenRevocation = false;
    const { refreshToken } = await tokensFor('Spa');
    expect(await revoke({ token: refreshToken, client_id: on.client('Spa').clientId })).toEqual([400, '{"error":"invalid_request"}']);
  });
});

describe('/oauth2/userInfo', () => {
  const EMAIL = { email: 'ana@example.com', email_verified: 'true' };
  const PROFILE = { name: 'Ana' };
  const ATTRIBUTES = ['address', 'custom:team', 'email', 'email_verified', 'name'];
  const ALL = { ...EMAIL, ...PROFILE, address: 'Here 1' };

  const openTo = async (scopes: string[]) => {
    const { accessToken, idToken } = await tokensFor('Spa', scopes);
    const { sub } = on.pool.users.get('ana')!;
    const { 'email_verified': verified, ...claims } = Object.fromEntries(Object.entries(claimsOf(idToken)).filter(([name]) => ATTRIBUTES.includes(name)));
    return [await userInfo(accessToken), { sub, username: 'ana', ...claims, ...(verified !== undefined && { email_verified: String(verified) }) }];
  };

  test.each([
    [['openid'], ALL],
    [['openid', 'photos/read'], ALL],
    [['openid', 'email'], EMAIL],
    [['openid', 'profile'], PROFILE],
    [['openid', 'profile', 'email'], { ...PROFILE, ...EMAIL }],
  ])('and the ID token give what %j opens of the standard attributes, in userInfo as texts', async (scopes, attributes) => {
    const body = { sub: on.pool.users.get('ana')!.sub, username: 'ana', ...attributes };
    expect(await openTo(scopes)).toEqual([{ status: 200, challenge: null, body }, body]);
  });

  test.each<[string[], string[], object]>([
    [['name', 'email'], ['openid'], { name: 'Ana', email: 'ana@example.com' }],
    [['name', 'email', 'email_verified', 'custom:team'], ['openid', 'email'], EMAIL],
    [['custom:team', 'email', 'email_verified', 'address'], ['openid', 'profile'], { 'custom:team': 'blue' }],
    [['custom:team'], ['openid'], { 'custom:team': 'blue' }],
    [['nickname'], ['openid'], {}],
  ])('and the ID token give no more than the client may read: %j with %j', async (readAttributes, scopes, attributes) => {
    on.client('Spa').readAttributes = readAttributes;
    const body = { sub: on.pool.users.get('ana')!.sub, username: 'ana', ...attributes };
    expect(await openTo(scopes)).toEqual([{ status: 200, challenge: null, body }, body]);
  });

  test('refuses the token of a client that is gone', async () => {
    const { accessToken } = await tokensFor('Spa');
    on.pool.clients.delete(on.client('Spa').clientId);
    expect(await userInfo(accessToken)).toMatchObject({ status: 401, challenge: `error="invalid_token", error_description="${BAD_TOKEN}"` });
  });

  test('says sub and username of the user whatever the attributes say', async () => {
    const { accessToken } = await tokensFor('Spa', ['openid']);
    const ana = on.pool.users.get('ana')!;
    ana.attributes = { ...ana.attributes, sub: 'evil', username: 'evil' };
    expect(await userInfo(accessToken)).toMatchObject({ body: { sub: ana.sub, username: 'ana' } });
  });

  test('refuses a token of SDK sign-in, an ID token, an expired one, and that of a user who is gone', async () => {
    const challenge = (description: string) => ({ status: 401, challenge: `error="invalid_token", error_description="${description}"` });
    expect(await userInfo((await tokensFor('Sdk')).accessToken)).toMatchObject(challenge('Access token does not contain openid scope'));
    const { accessToken, idToken } = await tokensFor('Spa');
    expect(await userInfo(idToken)).toMatchObject(challenge(BAD_TOKEN));
    const late = await tokensFor('Spa');
    on.pass(3600);
    expect(await userInfo(late.accessToken)).toMatchObject(challenge(BAD_TOKEN));
    on.pass(-3600);
    expect(await userInfo(accessToken)).toMatchObject({ status: 200 });
    on.pool.users.delete('ana');
    expect(await userInfo(accessToken)).toMatchObject(challenge(BAD_TOKEN));
  });

  test('refuses the token of another user pool, whoever has its name and sub there', async () => {
    on = testCognito(photosModel({ userPools: [userPool(), userPool({ id: 'us-east-1_Other', origin: 'external' })] }));
    const { accessToken } = await tokensFor('Spa');
    const [user] = on.pool.users.values();
    on.cognito.pools.get('us-east-1_Other')!.users.set(user.username, user);
    const answer = await on.cognito.oauth.request('/us-east-1_Other/oauth2/userInfo', { headers: { Authorization: `Bearer ${accessToken}` } });
    expect([answer.status, await answer.json()]).toEqual([401, { error: 'invalid_token', error_description: BAD_TOKEN }]);
    expect(await userInfo(accessToken)).toMatchObject({ status: 200 });
  });

  test('refuses the token of a user who is disabled, or was deleted and made again', async () => {
    const { accessToken } = await tokensFor('Spa');
    const ana = on.pool.users.get('ana')!;
    on.pool.users.set('ana', { ...ana, sub: 'new' });
    expect(await userInfo(accessToken)).toMatchObject({ status: 401 });
    on.pool.users.set('ana', { ...ana, enabled: false });
    expect(await userInfo(accessToken)).toMatchObject({ status: 401 });
    on.pool.users.set('ana', ana);
    expect(await userInfo(accessToken)).toMatchObject({ status: 200 });
  });

  test('answers 400 without a token', async () => {
    const answer = await on.get('/oauth2/userInfo');
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([400, 'error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint"']);
  });

  test('answers POST like GET', async () => {
    const back = await openBrowser(on).signIn('Web', {}, { username: 'ana', password: 'x' });
    const answer = await on.post('/oauth2/token', { grant_type: 'authorization_code', code: back.searchParams.get('code')!, redirect_uri: CALLBACK }, basic(on.client('Web')));
    const { access_token: token } = await answer.json() as { access_token: string };
    expect((await on.post('/oauth2/userInfo', '', { Authorization: `Bearer ${token}` })).status).toBe(200);
  });
});
