import { BASE_URL, photosModel, testCognito } from './entities';

describe('the discovery document', () => {
  test('has the members of Cognito and no custom scopes', async () => {
    const on = testCognito();
    const at = `${BASE_URL}/${on.pool.poolId}`;
    expect(await (await on.get('/.well-known/openid-configuration')).json()).toEqual({
      authorization_endpoint: `${at}/oauth2/authorize`,
      end_session_endpoint: `${at}/logout`,
      id_token_signing_alg_values_supported: ['RS256'],
      issuer: at,
      jwks_uri: `${at}/.well-known/jwks.json`,
      response_types_supported: ['code', 'token'],
      revocation_endpoint: `${at}/oauth2/revoke`,
      scopes_supported: ['openid', 'email', 'phone', 'profile'],
      subject_types_supported: ['public'],
      token_endpoint: `${at}/oauth2/token`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      userinfo_endpoint: `${at}/oauth2/userInfo`,
    });
  });

  test('can be read by pages of every origin, as the keys can', async () => {
    const on = testCognito();
    const origins = await Promise.all(['openid-configuration', 'jwks.json'].map(async (name) => (await on.get(`/.well-known/${name}`)).headers.get('access-control-allow-origin')));
    expect(origins).toEqual(['*', '*']);
  });

  test('is not there for an unknown user pool', async () => {
    const answer = await testCognito(photosModel()).cognito.oauth.request('/us-east-1_Unknown/.well-known/openid-configuration');
    expect([answer.status, await answer.json()]).toEqual([404, { message: 'User pool us-east-1_Unknown does not exist.' }]);
  });
});

describe('the keys', () => {
  test('are two public RSA keys with different ids', async () => {
    const { keys } = await (await testCognito().get('/.well-known/jwks.json')).json() as { keys: { kid: string; n: string }[] };
    expect(keys).toEqual([0, 1].map(() => ({ alg: 'RS256', e: 'AQAB', kid: expect.any(String), kty: 'RSA', n: expect.stringMatching(/^[\w-]{342}$/), use: 'sig' })));
    expect(keys[0].kid).not.toBe(keys[1].kid);
    expect(keys[0].n).not.toBe(keys[1].n);
  });
});
