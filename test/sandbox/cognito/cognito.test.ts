import { generateKeyPairSync } from 'node:crypto';
import { BASE_URL, claimsOf, clientSettings, photosModel, photosRuntime, runtimeOf, START, testCognito, type TestCognito } from './entities';
import type { AccessModel } from '../../../src/model/access-model';
import { formatProblem, type Problem } from '../../../src/model/problem';
import { createCognito, type Cognito } from '../../../src/sandbox/cognito/cognito';
import { readCognitoState, type CognitoState } from '../../../src/sandbox/cognito/cognito-state';
import type { IssuedTokens } from '../../../src/sandbox/cognito/user-tokens';
import { SandboxLog } from '../../../src/sandbox/sandbox-log';
import { client, server, userPool } from '../../model/entities';

const SECRET = 'correct horse battery staple';

async function withUser(on: TestCognito = testCognito()): Promise<TestCognito> {
  await on.cognito.addUser(on.pool, { username: 'ana', password: SECRET, attributes: { 'email': 'ana@example.com', 'email_verified': 'true', 'custom:plan': '7' }, groups: ['staff'] });
  return on;
}

async function signIn(on: TestCognito, id = 'Sdk'): Promise<Required<IssuedTokens>> {
  return await on.cognito.signIn(on.pool, on.client(id), 'ana', SECRET) as Required<IssuedTokens>;
}

describe('sign-in through the API', () => {
  test('gives an access token with the one scope of the API, an ID token and a refresh token', async () => {
    const on = await withUser();
    const { accessToken, idToken, expiresIn, refreshToken } = await signIn(on);
    const { sub } = on.pool.users.get('ana')!;
    const { clientId } = on.client('Sdk');
    const times = { auth_time: START / 1000, iat: START / 1000, exp: START / 1000 + 3600 };
    const shared = { sub, 'iss': `${BASE_URL}/${on.pool.poolId}`, 'origin_jti': expect.any(String), 'event_id': expect.any(String), 'jti': expect.any(String), 'cognito:groups': ['staff'], ...times };
    expect(expiresIn).toBe(3600);
    expect(refreshToken).toMatch(/^[\w-]{64}$/);
    expect(claimsOf(accessToken)).toEqual({ ...shared, client_id: clientId, token_use: 'access', scope: 'aws.cognito.signin.user.admin', username: 'ana', version: 2 });
    expect(claimsOf(idToken)).toEqual({
      ...shared, 'aud': clientId, 'token_use': 'id', 'cognito:username': 'ana', 'email': 'ana@example.com', 'email_verified': true, 'at_hash': expect.any(String),
    });
    expect(claimsOf(accessToken).origin_jti).toBe(claimsOf(idToken).origin_jti);
  });

  test('gives an ID token with the attributes that the client may read', async () => {
    const on = await withUser(testCognito(photosModel(), runtimeOf({ clients: [clientSettings({ id: 'Sdk', readAttributes: ['custom:plan', 'email'] })] })));
    const claims = claimsOf((await signIn(on)).idToken);
    expect(claims).toMatchObject({ 'custom:plan': '7', 'email': 'ana@example.com' });
    expect(claims).not.toHaveProperty('email_verified');
  });

  test('uses one key for access tokens and another for ID tokens', async () => {
    const { accessToken, idToken } = await signIn(await withUser());
    const [access, id] = [accessToken, idToken].map((jwt) => JSON.parse(Buffer.from(jwt.split('.')[0], 'base64url').toString()) as Record<string, string>);
    expect(Object.keys(access)).toEqual(['kid', 'alg']);
    expect(access.kid).not.toBe(id.kid);
  });

  test.each([
    ['an unknown user', 'bob', SECRET, 'unknownUser'],
    ['a wrong password', 'ana', `${SECRET}!`, 'wrongPassword'],
    ['an empty password', 'ana', '', 'wrongPassword'],
  ])('refuses %s', async (_, name, password, refused) => {
    const on = await withUser();
    expect(await on.cognito.signIn(on.pool, on.client('Sdk'), name, password)).toEqual({ refused });
  });

  test('refuses a disabled user, one with a temporary password, and one without any', async () => {
    const on = await withUser();
    on.pool.users.get('ana')!.enabled = false;
    await on.cognito.addUser(on.pool, { username: 'new', password: SECRET, temporary: true });
    await on.cognito.addUser(on.pool, { username: 'none' });
    const attempt = (name: string, password: string) => on.cognito.signIn(on.pool, on.client('Sdk'), name, password);
    expect(await attempt('ana', SECRET)).toEqual({ refused: 'disabled' });
    expect(await attempt('new', SECRET)).toEqual({ refused: 'newPasswordRequired' });
    expect(await attempt('none', '')).toEqual({ refused: 'wrongPassword' });
  });

  test('finds users by e-mail address where they sign in with it', async () => {
    const on = testCognito(photosModel(), { ...photosRuntime(), userPools: [{ id: 'Pool', usernameAttributes: ['email'] }] });
    await on.cognito.addUser(on.pool, { username: 'ana@example.com', password: SECRET });
    const tokens = await on.cognito.signIn(on.pool, on.client('Sdk'), 'ana@example.com', SECRET) as Required<IssuedTokens>;
    const { sub, username } = claimsOf(tokens.accessToken);
    expect(username).toBe(sub);
    expect(claimsOf(tokens.idToken)).toMatchObject({ email: 'ana@example.com', email_verified: true });
  });
});

describe('a user', () => {
  test('is made once, of several made at once with one name', async () => {
    const on = testCognito();
    const made = await Promise.all(['first', 'second'].map((password) => on.cognito.createUser(on.pool, { username: 'twin', password })));
    expect(made.filter((each) => each)).toHaveLength(1);
  });

  test('keeps their sub when added in place of one with the same name at the same time', async () => {
    const on = testCognito();
    const add = async (password: string) => {
      await on.cognito.addUser(on.pool, { username: 'twin', password });
      return on.pool.users.get('twin')!.sub;
    };
    const [first, second] = await Promise.all([add('first'), add('second')]);
    expect(first).toBe(second);
  });
});

describe('a refresh token', () => {
  test('gives new tokens of the same sign-in, and no refresh token where they do not rotate', async () => {
    const on = await withUser();
    const first = await signIn(on);
    on.pass(600);
    const second = await on.cognito.refresh(on.pool, on.client('Sdk'), first.refreshToken) as IssuedTokens;
    expect(second.refreshToken).toBeUndefined();
    const [before, after] = [claimsOf(first.accessToken), claimsOf(second.accessToken)];
    expect(after).toMatchObject({ origin_jti: before.origin_jti, auth_time: before.auth_time, iat: START / 1000 + 600 });
    expect(after.jti).not.toBe(before.jti);
  });

  test('ends after its life', async () => {
    const on = await withUser();
    const { refreshToken } = await signIn(on);
    on.pass(2_592_000 - 1);
    expect(await on.cognito.refresh(on.pool, on.client('Sdk'), refreshToken)).toHaveProperty('accessToken');
    on.pass(1);
    expect(await on.cognito.refresh(on.pool, on.client('Sdk'), refreshToken)).toHaveProperty('refused');
  });

  test('is good for its own client and user only', async () => {
    const on = await withUser();
    const { refreshToken } = await signIn(on);
    expect(await on.cognito.refresh(on.pool, on.client('Spa'), refreshToken)).toEqual({ refused: 'the refresh token is that of another client' });
    on.pool.users.delete('ana');
    expect(await on.cognito.refresh(on.pool, on.client('Sdk'), refreshToken)).toEqual({ refused: 'the user does not exist any more' });
    await withUser(on);
    expect(await on.cognito.refresh(on.pool, on.client('Sdk'), refreshToken)).toEqual({ refused: 'the user does not exist any more' });
  });

  test('rotates: the new one has the life that is left, the old one stays good for the grace period', async () => {
    const settings = clientSettings({ id: 'Sdk', refreshTokenValidity: 3600, refreshTokenRotation: { graceSeconds: 10 } });
    const on = await withUser(testCognito(photosModel(), runtimeOf({ clients: [settings] })));
    const { refreshToken: first } = await signIn(on);
    const refresh = (token: string) => on.cognito.refresh(on.pool, on.client('Sdk'), token);
    on.pass(600);
    const { refreshToken: second } = await refresh(first) as Required<IssuedTokens>;
    expect(second).not.toBe(first);
    on.pass(9);
    expect(await refresh(first)).toHaveProperty('refreshToken');
    on.pass(1);
    expect(await refresh(first)).toHaveProperty('refused');
    on.pass(2989);
    expect(await refresh(second)).toHaveProperty('refreshToken');
    on.pass(1);
    expect(await refresh(second)).toHaveProperty('refused');
  });

  test('that rotates without a grace period is good for one of many requests at once', async () => {
    const on = await withUser(testCognito(photosModel(), runtimeOf({ clients: [clientSettings({ id: 'Sdk', refreshTokenRotation: { graceSeconds: 0 } })] })));
    const { refreshToken } = await signIn(on);
    const answers = await Promise.all(Array.from({ length: 8 }, () => on.cognito.refresh(on.pool, on.client('Sdk'), refreshToken)));
    expect(answers.filter((answer) => 'accessToken' in answer)).toHaveLength(1);
  });

  test('is refused to a disabled user', async () => {
    const on = await withUser();
    const { refreshToken } = await signIn(on);
    on.pool.users.get('ana')!.enabled = false;
    expect(await on.cognito.refresh(on.pool, on.client('Sdk'), refreshToken)).toEqual({ refused: 'the user is disabled' });
  });
});

describe('tokens for a client by name', () => {
  test('are those of one user for several who ask at once', async () => {
    const on = testCognito();
    const answers = await Promise.all(['Web', 'Spa', 'Sdk'].map((name) => on.cognito.tokenFor(name)));
    expect(new Set(answers.map((answer) => claimsOf((answer as { tokens: IssuedTokens }).tokens.accessToken).sub)).size).toBe(1);
  });

  test('are those of the client: machines by client credentials, others with a user, who is made where there is none', async () => {
    const on = testCognito();
    const machine = await on.cognito.tokenFor('Machine', { scopes: ['photos/read'] });
    expect(machine).toMatchObject({ source: 'client_credentials', tokens: { expiresIn: 900 } });
    const web = await on.cognito.tokenFor('Web');
    expect(web).toMatchObject({ source: 'code', user: 'user' });
    expect(claimsOf((web as { tokens: IssuedTokens }).tokens.accessToken)).toMatchObject({ scope: 'openid email profile photos/read photos/write', username: 'user' });
    expect(await on.cognito.tokenFor('Sdk')).toMatchObject({ source: 'sdkSignIn', user: 'user' });
    expect(on.pool.users.size).toBe(1);
  });

  test.each([
    ['an unknown client', 'Machin', {}, 'ClientUnknown'],
    ['a scope that the client does not have', 'Machine', { scopes: ['photos/delete'] }, 'TokenScope'],
    ['a scope of SDK sign-in, which asks for none', 'Sdk', { scopes: ['photos/read'] }, 'TokenScope'],
    ['an unknown user', 'Web', { user: 'nobody' }, 'UserUnknown'],
    ['a client without any flow', 'Idle', {}, 'SandboxToken'],
  ])('fails for %s', async (_, name, wish, code) => {
    const model = photosModel();
    const on = testCognito({ ...model, clients: [...model.clients, client({ id: 'Idle', oauth: false })] });
    expect(await on.cognito.tokenFor(name, wish)).toEqual({ problems: [expect.objectContaining({ code })] });
  });

  test('says of SDK sign-in that scopes are to be left out', async () => {
    const { problems } = await testCognito().cognito.tokenFor('Sdk', { scopes: ['photos/read'] }) as { problems: readonly Problem[] };
    expect(problems.map(formatProblem)).toEqual([
      '[TokenScope] client "Sdk" signs its users in by the SDK, and asks for a scope, got "photos/read"; expected no scopes; '
      + 'ask without scopes, or give the client an OAuth flow in the template',
    ]);
  });

  test('fails where exchanging the code would, since the client may not read what a scope opens', async () => {
    const on = testCognito();
    for (const id of ['Web', 'Implicit']) on.client(id).readAttributes = ['email'];
    const { problems } = await on.cognito.tokenFor('Web') as { problems: readonly Problem[] };
    expect(problems.map(formatProblem)).toEqual([
      '[TokenScope] client "Web" may not read all attributes of a scope that it asks for, and exchanging its code would fail, got "email"; '
      + 'expected email and email_verified in ReadAttributes; let the client read them in the template, or ask for scopes without it',
    ]);
    expect(await on.cognito.tokenFor('Web', { scopes: ['openid', 'photos/read'] })).toHaveProperty('tokens');
    expect(await on.cognito.tokenFor('Implicit')).toHaveProperty('tokens');
  });
});

describe('new templates', () => {
  const runtime = photosRuntime();

  test('keep keys, users, secrets and refresh tokens', async () => {
    const on = await withUser();
    const { accessToken, refreshToken } = await signIn(on);
    const [{ value }] = on.client('Machine').secrets;
    on.cognito.reload(photosModel({ resourceServers: [server({ scopes: [{ name: 'read' }] })] }), runtime);
    const pool = on.cognito.pools.get(on.pool.poolId)!;
    const clients = [...pool.clients.values()];
    expect(clients.find(({ id }) => id === 'Machine')!.secrets[0].value).toBe(value);
    expect(await on.cognito.verifyToken(accessToken)).toMatchObject({ expired: false, pool: { poolId: pool.poolId } });
    expect(await on.cognito.refresh(pool, clients.find(({ id }) => id === 'Sdk')!, refreshToken)).toHaveProperty('accessToken');
    const { tokens } = await on.cognito.tokenFor('Machine') as { tokens: IssuedTokens };
    expect(claimsOf(tokens.accessToken).scope).toBe('photos/read');
  });

  test('win over changes of what they change, and leave other changes alone', () => {
    const on = testCognito();
    const { servers, clients } = on.pool;
    servers.get('photos')!.scopes = [];
    servers.set('made', { id: 'Pool/made', origin: 'declared', identifier: 'made', name: 'made', scopes: [] });
    on.client('Web').accessTokenValidity = 300;
    clients.delete(on.client('Spa').clientId);
    const changed = { ...runtime, clients: runtime.clients.map((each) => (each.id === 'Machine' ? { ...each, accessTokenValidity: 1200 } : each)) };
    on.cognito.reload(photosModel(), changed);
    const pool = () => on.cognito.pools.get(on.pool.poolId)!;
    const live = (id: string) => [...pool().clients.values()].find((each) => each.id === id);
    expect([...pool().servers]).toEqual([['photos', expect.objectContaining({ scopes: [] })], ['made', expect.anything()]]);
    expect([live('Web')?.accessTokenValidity, live('Spa'), live('Machine')?.accessTokenValidity]).toEqual([300, undefined, 1200]);
    on.cognito.reload(photosModel({ resourceServers: [server({ scopes: [{ name: 'list' }] })] }), changed);
    expect(pool().servers.get('photos')!.scopes).toEqual([{ name: 'list', description: 'list' }]);
    on.cognito.reload(photosModel({ resourceServers: [] }), changed);
    expect([...pool().servers.keys()]).toEqual(['made']);
  });
});

describe('a resource server that is deleted', () => {
  const scopeOf = async (on: TestCognito) => claimsOf((await on.cognito.tokenFor('Web') as { tokens: IssuedTokens }).tokens.accessToken).scope;
  const ALL = 'openid email profile photos/read photos/write';

  test('leaves its scopes inactive when it leaves the templates, until they have it again', async () => {
    const on = testCognito();
    expect(await scopeOf(on)).toBe(ALL);
    on.cognito.reload(photosModel({ resourceServers: [] }), photosRuntime());
    expect(await scopeOf(on)).toBe('openid email profile');
    on.cognito.reload(photosModel({ resourceServers: [] }), photosRuntime());
    expect(await scopeOf(on)).toBe('openid email profile');
    on.cognito.reload(photosModel(), photosRuntime());
    expect(await scopeOf(on)).toBe(ALL);
  });

  test('stays deleted through new templates where the API deleted it', async () => {
    const on = testCognito();
    on.pool.servers.delete('photos');
    on.pool.deletedServers.add('photos');
    on.cognito.reload(photosModel(), photosRuntime());
    expect(await scopeOf(on)).toBe('openid email profile');
  });

  test('is not one that templates only named', async () => {
    const on = testCognito(photosModel({ resourceServers: [server({ origin: 'external' })] }));
    on.cognito.reload(photosModel({ resourceServers: [] }), photosRuntime());
    expect(await scopeOf(on)).toBe(ALL);
  });
});

describe('the state of an earlier run', () => {
  test('brings keys, users and secrets back', async () => {
    const on = await withUser();
    const { accessToken, idToken } = await signIn(on);
    const written = JSON.parse(JSON.stringify(on.cognito.exportState())) as unknown;
    const read = readCognitoState(written, 'state.json') as { state: CognitoState };
    const again = createCognito({
      model: photosModel(), runtime: photosRuntime(), clock: () => START, baseUrl: () => BASE_URL, log: new SandboxLog(), state: read.state,
    });
    const [pool] = again.pools.values();
    const machine = [...pool.clients.values()].find(({ id }) => id === 'Machine')!;
    expect(machine.secrets).toEqual(on.client('Machine').secrets);
    expect(await again.verifyToken(accessToken)).toMatchObject({ use: 'access' });
    expect(await again.verifyToken(idToken)).toMatchObject({ use: 'id' });
    expect(await again.signIn(pool, machine, 'ana', SECRET)).toHaveProperty('accessToken');
  });

  test('fails for keys that do not sign, without showing them', async () => {
    const on = testCognito();
    await on.cognito.tokenFor('Machine');
    const state = on.cognito.exportState();
    const [key] = state.userPools[on.pool.poolId].keys;
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'jwk' });
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
    const jwks = [{ ...key.jwk, n: 'AQAB' }, { ...key.jwk, n: other.n }, { ...key.jwk, p: other.p, q: other.q, d: other.d }, short, key.jwk];
    const userPools = { pool: { keys: jwks.map((jwk) => ({ ...key, jwk })), users: [], secrets: {} } };
    const result = readCognitoState({ version: 1, userPools }, 'state.json') as { problems: readonly Problem[] };
    expect(result.problems.map(({ code, subject }) => [code, subject])).toEqual(
      [0, 1, 2, 3].map((position) => ['SandboxState', `userPools.pool.keys[${position}] of state.json`]),
    );
    expect(JSON.stringify(result)).not.toContain(key.jwk.n);
    expect(readCognitoState(state, 'state.json')).toEqual({ state });
  });

  test('fails for users with attributes that users cannot have, and for two of one name', async () => {
    const on = await withUser();
    const { userPools } = on.cognito.exportState();
    const { users: [ana] } = userPools[on.pool.poolId];
    const users = [ana, { ...ana, username: 'eve', attributes: { ...ana.attributes, 'cognito:groups': 'admins' } }, { ...ana, sub: 'other' }];
    const result = readCognitoState({ version: 1, userPools: { p: { keys: [], users, secrets: {} }, q: { keys: [], users: [ana], secrets: {} } } }, 'state.json');
    expect((result as { problems: readonly Problem[] }).problems.map(formatProblem)).toEqual([
      '[SandboxState] user "eve" (userPools.p.users[1]) of state.json has an attribute that users cannot have; expected standard attributes other than sub, and custom: with a name; correct its name',
      '[SandboxState] user "ana" (userPools.p.users[2]) of state.json has a name by which another user of the file signs in; expected one that no other has as user name; change it, or remove one of the two',
    ]);
  });

  test('fails without showing a value', () => {
    const result = readCognitoState({ version: 1, userPools: { p: { keys: [], users: [{ username: 'ana', password: 'hunter2' }], secrets: {} } } }, 'state.json');
    expect(JSON.stringify(result)).toContain('userPools.p.users[0]');
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});

describe('a user pool that the templates do not have', () => {
  const OTHER = photosModel({ userPools: [userPool({ id: 'Other' })], domains: [], resourceServers: [], clients: [] });
  const started = (model: AccessModel, state: CognitoState) => createCognito({
    model, runtime: photosRuntime(), clock: () => START, baseUrl: () => BASE_URL, log: new SandboxLog(), state,
  });
  const stateOf = (cognito: Cognito) => JSON.parse(JSON.stringify(cognito.exportState())) as CognitoState;

  test('comes back with users, keys, secrets and changes of the API when they have it again', async () => {
    const on = await withUser();
    const { accessToken, refreshToken } = await signIn(on);
    const [{ value }] = on.client('Machine').secrets;
    on.client('Web').accessTokenValidity = 300;
    on.cognito.reload(OTHER, photosRuntime());
    expect(on.cognito.pools.has(on.pool.poolId)).toBe(false);
    expect(await on.cognito.verifyToken(accessToken)).toBeUndefined();
    expect(on.cognito.exportState().userPools[on.pool.poolId].users).toMatchObject([{ username: 'ana' }]);
    on.cognito.reload(photosModel(), photosRuntime());
    const pool = on.cognito.pools.get(on.pool.poolId)!;
    const live = (id: string) => [...pool.clients.values()].find((each) => each.id === id)!;
    expect([live('Machine').secrets[0].value, live('Web').accessTokenValidity]).toEqual([value, 300]);
    expect(await on.cognito.verifyToken(accessToken)).toMatchObject({ expired: false });
    expect(await on.cognito.refresh(pool, live('Sdk'), refreshToken)).toHaveProperty('accessToken');
  });

  test('keeps its state of an earlier run, until they have it again', async () => {
    const on = await withUser();
    const { accessToken } = await signIn(on);
    const before = stateOf(on.cognito);
    const other = started(OTHER, before);
    const kept = stateOf(other);
    expect(kept.userPools[on.pool.poolId]).toEqual(before.userPools[on.pool.poolId]);
    expect(Object.keys(kept.userPools)).toHaveLength(2);
    expect(await started(photosModel(), kept).verifyToken(accessToken)).toBeDefined();
    other.reload(photosModel(), photosRuntime());
    const pool = other.pools.get(on.pool.poolId)!;
    expect([...pool.users.keys()]).toEqual(['ana']);
    expect([...pool.clients.values()].find(({ id }) => id === 'Machine')!.secrets).toEqual(on.client('Machine').secrets);
    expect(await other.verifyToken(accessToken)).toBeDefined();
  });
});

describe('user pools of a model', () => {
  test('are all there, each with keys of its own', async () => {
    const on = testCognito(photosModel({ userPools: [userPool(), userPool({ id: 'us-east-1_Other', origin: 'external' })] }));
    expect([...on.cognito.pools.keys()]).toEqual([on.pool.poolId, 'us-east-1_Other']);
    expect(on.pool.poolId).toMatch(/^eu-central-1_[0-9A-Za-z]{9}$/);
    expect(on.cognito.notices).toEqual([{ entity: 'us-east-1_Other', what: 'a domain is assumed', why: 'the templates only name the user pool' }]);
  });
});
