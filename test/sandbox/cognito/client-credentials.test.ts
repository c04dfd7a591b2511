import { basic, claimsOf, START, testCognito, photosModel, photosRuntime } from './entities';
import { client, server } from '../../model/entities';

interface Tokens {
  readonly access_token: string;
  readonly [member: string]: unknown;
}

const test1 = testCognito();

async function ask(form: Record<string, string> | string, headers = basic(test1.client('Machine')), on = test1) {
  const answer = await on.post('/oauth2/token', form, headers);
  return { status: answer.status, headers: answer.headers, body: await answer.json() as Tokens };
}

describe('the client credentials grant', () => {
  test('gives an access token with the claims of a machine, for the life that the client has', async () => {
    const { status, headers, body } = await ask({ grant_type: 'client_credentials', scope: 'photos/read' });
    expect({ status, type: headers.get('content-type'), cache: headers.get('cache-control'), cors: headers.get('access-control-allow-origin') })
      .toEqual({ status: 200, type: 'application/json;charset=UTF-8', cache: 'no-store', cors: '*' });
    expect(headers.get('x-amz-cognito-request-id')).toMatch(/^[\w-]{36}$/);
    expect(body).toEqual({ access_token: expect.any(String), expires_in: 900, token_type: 'Bearer' });
    const { clientId } = test1.client('Machine');
    expect(claimsOf(body.access_token)).toEqual({
      sub: clientId,
      client_id: clientId,
      token_use: 'access',
      scope: 'photos/read',
      version: 2,
      jti: expect.any(String),
      iss: `http://127.0.0.1:4000/${test1.pool.poolId}`,
      auth_time: START / 1000,
      iat: START / 1000,
      exp: START / 1000 + 900,
    });
  });

  test('gives all scopes of the client where none is asked for', async () => {
    expect(claimsOf((await ask({ grant_type: 'client_credentials' })).body.access_token).scope).toBe('photos/read photos/write');
    expect(claimsOf((await ask({ grant_type: 'client_credentials', scope: '' })).body.access_token).scope).toBe('photos/read photos/write');
  });

  test('takes id and secret in the form as well', async () => {
    const { clientId, secrets: [{ value }] } = test1.client('Machine');
    expect((await ask({ grant_type: 'client_credentials', client_id: clientId, client_secret: value }, {} as never)).status).toBe(200);
  });

  test('leaves a deleted scope out without an error, and has it back when it is declared again', async () => {
    const on = testCognito();
    const photos = on.pool.servers.get('photos')!;
    const { scopes } = photos;
    const scopeOf = async (form: Record<string, string>) => claimsOf((await ask({ grant_type: 'client_credentials', ...form }, basic(on.client('Machine')), on)).body.access_token).scope;
    expect(await scopeOf({})).toBe('photos/read photos/write');
    photos.scopes = scopes.filter(({ name }) => name !== 'write');
    on.cognito.changed();
    expect(await scopeOf({})).toBe('photos/read');
    expect(await scopeOf({ scope: 'photos/read photos/write' })).toBe('photos/read');
    photos.scopes = scopes;
    on.cognito.changed();
    expect(await scopeOf({})).toBe('photos/read photos/write');
  });

  test.each([
    ['a scope of another client', { scope: 'photos/delete' }, { error: 'invalid_scope' }],
    ['one good scope and one bad', { scope: 'photos/read photos/delete' }, { error: 'invalid_scope' }],
    ['a scope in other case', { scope: 'photos/READ' }, { error: 'invalid_scope' }],
    ['a tab between scopes', { scope: 'photos/read\tphotos/write' }, { error: 'invalid_scope' }],
    ['a standard scope', { scope: 'openid' }, { error: 'invalid_scope' }],
  ])('refuses %s', async (_, form, body) => {
    expect(await ask({ grant_type: 'client_credentials', ...form })).toMatchObject({ status: 400, body });
  });

  test('refuses a client whose OAuth switch is off, and one without the flow', async () => {
    const scopes = ['photos/read'];
    const on = testCognito(photosModel({
      resourceServers: [server()],
      clients: [client({ id: 'Off', oauth: false, flows: ['client_credentials'], scopes }), client({ id: 'Web', flows: ['code'], scopes })],
    }), photosRuntime());
    expect(await ask({ grant_type: 'client_credentials' }, basic(on.client('Off')), on)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await ask({ grant_type: 'client_credentials' }, basic(on.client('Web')), on)).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
  });
});
