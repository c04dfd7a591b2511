import { claimsOf, clientSettings, DOMAIN, photosModel, photosRuntime, runtimeOf, testCognito } from './entities';
import type { AccessModel } from '../../../src/model/access-model';
import type { RuntimeModel } from '../../../src/model/runtime-model';
import { livePools } from '../../../src/sandbox/cognito/live-pools';
import { noticeText } from '../../../src/sandbox/cognito/notice';
import type { IssuedTokens } from '../../../src/sandbox/cognito/user-tokens';
import { runtimeNames } from '../../../src/sandbox/names';
import { client, modelOf, server, userPool } from '../../model/entities';

const UNKNOWN = { unknown: 'parameter P has no value', expression: '${App/P}' };

function made(model: AccessModel, runtime: RuntimeModel = runtimeOf()) {
  const { pools, notices } = livePools(model, runtime, runtimeNames(model, runtime), 0);
  return { pools, notices: notices.map(noticeText), clients: pools.flatMap((pool) => [...pool.clients.values()]) };
}

describe('user pools that run', () => {
  test('are what the templates say, without notices', () => {
    const { pools: [pool], clients, notices } = made(photosModel(), photosRuntime());
    expect(notices).toEqual([]);
    expect(pool).toMatchObject({ id: 'Pool', region: 'eu-central-1', account: '111122223333', issuer: 'original', hasDomain: true });
    expect([...pool.servers.values()]).toEqual([{
      id: 'Server', origin: 'declared', identifier: 'photos', name: 'photos', scopes: [{ name: 'read', description: 'read' }, { name: 'write', description: 'write' }],
    }]);
    expect(clients.map(({ id, secrets }) => [id, secrets.length])).toEqual([['Implicit', 0], ['Machine', 1], ['Sdk', 0], ['Spa', 0], ['Web', 1]]);
    expect(clients.find(({ id }) => id === 'Machine')).toMatchObject({ accessTokenValidity: 900, refreshTokenValidity: 2_592_000, flows: ['client_credentials'] });
  });

  test.each([
    ['SRP', ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'], {}, true],
    ['no flow, which is SRP and custom', [], {}, true],
    ['SRP and passwords', ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH'], {}, false],
    ['SRP beside a code flow', ['ALLOW_USER_SRP_AUTH'], { oauth: true, flows: ['code'], scopes: ['openid'] }, false],
    ['refreshing alone', ['ALLOW_REFRESH_TOKEN_AUTH'], {}, false],
  ] as const)('say whether nobody can sign in to a client of %s', (_, authFlows, members, told) => {
    const model = modelOf({ userPools: [userPool()], clients: [client({ oauth: false, flows: [], secret: false, authFlows, ...members })] });
    const line = 'Client: no user signs in through the API of Cognito: the sandbox has neither SRP nor custom flows; its page and "protected-api token" give tokens of the client all the same';
    expect(made(model).notices).toEqual(told ? [line] : []);
  });

  test('give a client a random secret of 52 characters', () => {
    const secretOf = () => made(photosModel()).clients.find(({ id }) => id === 'Machine')!.secrets[0];
    expect(secretOf().value).toMatch(/^[a-z0-9]{52}$/);
    expect(secretOf().value).not.toBe(secretOf().value);
    expect(secretOf().id).toMatch(/^[a-z0-9]{26}--0$/);
  });

  test('put run-time names into what hangs on them', () => {
    const model = modelOf({ userPools: [userPool()], clients: [client({ scopes: [{ unknown: 'later', expression: '${Pool}/read' }] })] });
    const { clients: [made1], notices, pools: [pool] } = made(model);
    expect([made1.scopes, notices]).toEqual([[`${pool.poolId}/read`], []]);
  });

  test('leave out what stays unknown, each with a notice', () => {
    const model = modelOf({
      userPools: [userPool({ issuer: UNKNOWN, tokenTrigger: 'V2_0' })],
      domains: [DOMAIN],
      resourceServers: [server({ scopes: [{ name: 'read' }, UNKNOWN, { name: UNKNOWN }] }), server({ id: 'Open', identifier: UNKNOWN })],
      clients: [
        client({ scopes: ['photos/read', UNKNOWN], flows: ['code', UNKNOWN], secret: UNKNOWN, oauth: UNKNOWN, condition: UNKNOWN }),
        client({ id: 'Elsewhere', userPool: UNKNOWN }),
      ],
    });
    const settings = clientSettings({
      id: 'Client', callbackUrls: ['https://a.example.com/', UNKNOWN], accessTokenValidity: UNKNOWN, refreshTokenRotation: { graceSeconds: UNKNOWN },
    });
    const { clients: [made1], notices, pools: [pool] } = made(model, runtimeOf({ clients: [settings] }));
    expect([...pool.servers.keys()]).toEqual(['photos']);
    expect(made1).toMatchObject({ scopes: ['photos/read'], flows: ['code'], secrets: [], oauth: false, callbackUrls: ['https://a.example.com/'], accessTokenValidity: 3600 });
    const why = 'parameter P has no value';
    expect(notices).toEqual([
      `Elsewhere: is left out: which user pool it belongs to is not known: ${why}`,
      'Pool: the pre token generation trigger does not run, and the scopes that it adds are left out: the sandbox runs no triggers',
      `Server: scopes are left out: ${why}`,
      `Server: scope <\${App/P}> is left out: ${why}`,
      `Open: the resource server <\${App/P}> is left out: ${why}`,
      `Client: is taken to exist: ${why}`,
      `Client: the secret is taken to be false: ${why}`,
      `Client: the OAuth switch is taken to be false: ${why}`,
      `Client: OAuth flow <\${App/P}> is left out: ${why}`,
      `Client: scope <\${App/P}> is left out: ${why}`,
      `Client: callback URL <\${App/P}> is left out: ${why}`,
      `Client: the life of access tokens is taken to be 3600: ${why}`,
      `Client: the grace period is taken to be 0: ${why}`,
      `Pool: the form of the issuer is taken to be original: ${why}`,
    ]);
  });
});

describe('URLs of clients', () => {
  const APP = 'https://app.example.com/';

  test.each([
    ['not a url', 'has white space'],
    ['/callback', 'is not absolute'],
    ['https://a.example.com/#x', 'has a fragment'],
    ['javascript:alert(1)', 'has a scheme that leads to no application'],
    ['http://a.example.com/', 'uses http for a host other than loopback'],
  ])('that Cognito does not take are left out, each with a notice: %s', (url, why) => {
    const settings = clientSettings({ id: 'Spa', callbackUrls: [url, APP], logoutUrls: [url, APP], defaultRedirectUri: url });
    const { clients, notices } = made(photosModel(), runtimeOf({ clients: [settings] }));
    const spa = clients.find(({ id }) => id === 'Spa')!;
    expect(spa).toMatchObject({ callbackUrls: [APP], logoutUrls: [APP] });
    expect(spa.defaultRedirectUri).toBeUndefined();
    expect(notices).toEqual(['the default redirect URI', 'callback URL', 'logout URL'].map((what) => `Spa: ${what} ${JSON.stringify(url)} is left out: it ${why}`));
  });

  test('lead to the error page when they are left out', async () => {
    const on = testCognito(photosModel(), runtimeOf({ clients: [clientSettings({ id: 'Spa', callbackUrls: ['not a url'] })] }));
    const query = new URLSearchParams({ client_id: on.client('Spa').clientId, redirect_uri: 'not a url', response_type: 'code' }).toString();
    for (const path of ['/login', '/oauth2/authorize']) {
      const answer = await on.get(`${path}?${query}`);
      expect([answer.status, answer.headers.get('location')]).toEqual([302, expect.stringMatching(/^\/[\w-]+\/error\?error=redirect_mismatch/)]);
    }
  });
});

describe('the access model of the moment', () => {
  test('is that of the templates as long as nothing changes', () => {
    const on = testCognito();
    const model = on.cognito.accessModel();
    expect(on.cognito.accessModel()).toBe(model);
    const clientsOf = ({ clients }: AccessModel) => clients.map(({ id, flows, scopes }) => ({ id, flows, scopes }));
    expect(clientsOf(model)).toEqual(clientsOf(photosModel()));
    on.cognito.changed();
    expect(on.cognito.accessModel()).toEqual(model);
    expect(on.cognito.accessModel()).not.toBe(model);
  });

  test('has what the API made, and keeps what runs nowhere', () => {
    const on = testCognito(photosModel({ clients: [client({ id: 'Elsewhere', userPool: UNKNOWN })] }));
    on.pool.servers.set('made', { id: 'Pool/made', origin: 'declared', identifier: 'made', name: 'made', scopes: [{ name: 'a', description: 'A' }] });
    on.cognito.changed();
    const { resourceServers, clients } = on.cognito.accessModel();
    expect(resourceServers.map(({ id, userPool: pool, scopes }) => [id, pool, scopes.length])).toEqual([['Pool/made', 'Pool', 1], ['Server', 'Pool', 2]]);
    expect(clients.map(({ id }) => id)).toEqual(['Elsewhere']);
  });

  test('keeps the deprecation of a scope', () => {
    const deprecated = { removeAfter: '2027-01-01', reason: 'goes' };
    const on = testCognito(photosModel({ resourceServers: [server({ scopes: [{ name: 'read', deprecated }] })] }));
    expect(on.cognito.accessModel().resourceServers[0].scopes).toEqual([{ name: 'read', description: 'read', deprecated }]);
  });

  test('leaves scopes that a trigger is declared to add out of tokens', async () => {
    const on = testCognito(photosModel({ userPools: [userPool({ tokenTrigger: 'V3_0', triggerScopes: ['photos/extra'] })] }));
    const scopeOf = async (name: string) => claimsOf((await on.cognito.tokenFor(name) as { tokens: IssuedTokens }).tokens.accessToken).scope;
    expect(await scopeOf('Machine')).toBe('photos/read photos/write');
    expect(await scopeOf('Sdk')).toBe('aws.cognito.signin.user.admin');
  });
});
