import { createHmac, generateKeyPairSync } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';
import { BASE_URL, claimsOf, photosModel, photosRuntime, START, testCognito, type TestCognito } from './entities';
import { createCognito } from '../../../src/sandbox/cognito/cognito';
import type { CognitoState } from '../../../src/sandbox/cognito/cognito-state';
import { poolKeys } from '../../../src/sandbox/cognito/pool-keys';
import type { IssuedTokens } from '../../../src/sandbox/cognito/user-tokens';
import { SandboxLog } from '../../../src/sandbox/sandbox-log';
import { userPool } from '../../model/entities';

let on: TestCognito;
let token: string;
let keys: ReturnType<typeof poolKeys>;

beforeAll(async () => {
  on = testCognito();
  token = (await on.cognito.tokenFor('Machine') as { tokens: IssuedTokens }).tokens.accessToken;
  await on.cognito.tokenFor('Spa');
  // The same keys once more, to sign what the sandbox itself would not.
  keys = poolKeys(on.cognito.exportState().userPools[on.pool.poolId].keys);
});

async function signed(change: JWTPayload, use: 'access' | 'id' = 'access', header: object = {}): Promise<string> {
  const { kid, privateKey } = await keys.key(use);
  return new SignJWT({ ...claimsOf(token), ...change }).setProtectedHeader({ kid, alg: 'RS256', ...header }).sign(privateKey);
}

const BASE64URL = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];

function sameBytes(a: string, b: string): boolean {
  return Buffer.from(a, 'base64url').equals(Buffer.from(b, 'base64url'));
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

describe('a token', () => {
  test('is verified with pool, use, scopes and claims', async () => {
    expect(await on.cognito.verifyToken(token)).toEqual({
      pool: on.pool, use: 'access', scopes: ['photos/read', 'photos/write'], claims: claimsOf(token), expired: false,
    });
    expect(await on.cognito.verifyToken(await signed({ nbf: START / 1000 }))).toBeDefined();
  });

  test('counts as expired from its last second on, and is one all the same', async () => {
    on.pass(899);
    expect(await on.cognito.verifyToken(token)).toMatchObject({ expired: false });
    on.pass(1);
    expect(await on.cognito.verifyToken(token)).toMatchObject({ expired: true, scopes: ['photos/read', 'photos/write'] });
    on.pass(-900);
  });

  test.each<[string, JWTPayload]>([
    ['of another issuer', { iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_x' }],
    ['of the updated issuer of a pool that has the original one', { iss: `${BASE_URL}/updated/x` }],
    ['of another use than its key', { token_use: 'id' }],
    ['without a use', { token_use: undefined }],
    ['that is not valid yet', { nbf: START / 1000 + 60 }],
    ['that was issued in the future', { iat: START / 1000 + 60 }],
    ['that never expires', { exp: undefined }],
    ['that expires at a text', { exp: '9999999999' as never }],
    ['that expires at a fraction of a second', { exp: 9_999_999_999.5 }],
    ['that expires later than numbers are exact', { exp: 1e300 }],
    ['that is valid since before 1970', { nbf: -1 }],
    ['that was issued before 1970', { iat: -1 }],
    ['whose scopes are a list', { scope: ['photos/read'] as never }],
    ['whose audiences are a list', { aud: ['a', 'b'] }],
  ])('%s is none', async (_, change) => {
    expect(await on.cognito.verifyToken(await signed(change))).toBeUndefined();
  });

  test('of the key of ID tokens that says it is an access token is none', async () => {
    expect(await on.cognito.verifyToken(await signed({}, 'id'))).toBeUndefined();
    expect(await on.cognito.verifyToken(await signed({ token_use: 'id' }, 'id'))).toMatchObject({ use: 'id', scopes: [] });
  });

  test('with crit in its header is none', async () => {
    const { kid, privateKey } = await keys.key('access');
    const critical = await new SignJWT(claimsOf(token)).setProtectedHeader({ kid, alg: 'RS256', crit: ['b64'], b64: true }).sign(privateKey);
    expect(await on.cognito.verifyToken(critical)).toBeUndefined();
  });

  test('that brings its own key is checked with the key of the sandbox', async () => {
    const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { kid } = await keys.key('access');
    const header = { kid, alg: 'RS256', jwk: own.publicKey.export({ format: 'jwk' }) as never, jku: 'https://evil.example.com/jwks.json' };
    expect(await on.cognito.verifyToken(await new SignJWT(claimsOf(token)).setProtectedHeader(header).sign(own.privateKey))).toBeUndefined();
  });

  test('with another algorithm is none', async () => {
    const [, payload, signature] = token.split('.');
    const { kid, publicKey } = await keys.key('access');
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    const hmac = `${part({ kid, alg: 'HS256' })}.${payload}`;
    const attempts = [
      ...['none', 'None', 'NONE', 'nOnE', ''].flatMap((alg) => [`${part({ kid, alg })}.${payload}.`, `${part({ kid, alg })}.${payload}.${signature}`]),
      `${hmac}.${createHmac('sha256', pem).update(hmac).digest('base64url')}`,
      `${part({ kid })}.${payload}.${signature}`,
      `${part({ kid, alg: ['RS256'] })}.${payload}.${signature}`,
      `${part({ alg: 'RS256' })}.${payload}.${signature}`,
      `${part({ kid: 'unknown', alg: 'RS256' })}.${payload}.${signature}`,
    ];
    expect(await Promise.all(attempts.map((each) => on.cognito.verifyToken(each)))).toEqual(attempts.map(() => undefined));
  });

  test('with anything changed is none', async () => {
    const [header, payload, signature] = token.split('.');
    // Bits at the end of base64 that no byte takes: the same signature in another text.
    const twin = BASE64URL.find((each) => each !== signature.at(-1) && sameBytes(`${signature.slice(0, -1)}${each}`, signature))!;
    const attempts = [
      '', '.', '..', 'x', 'x.y.z', token.slice(1),
      token.slice(0, -1), `${token} `, ` ${token}`, `${token}\n`, `${token}=`, `${token}.`, `${token}.x`,
      `${header}.${payload}`, `${header}.${payload}.`, `${header}..${signature}`, `.${payload}.${signature}`, `${header}.${payload}.${signature.slice(0, -1)}${twin}`,
      `${header}.${part({ ...claimsOf(token), scope: 'photos/delete' })}.${signature}`,
      `${header}.${payload}.${'A'.repeat(342)}`, 'x'.repeat(100_000),
    ];
    expect(await Promise.all(attempts.map((each) => on.cognito.verifyToken(each)))).toEqual(attempts.map(() => undefined));
    expect(await on.cognito.verifyToken(token)).toBeDefined();
  });

  test('of another pool is that of the other pool', async () => {
    const two = testCognito(photosModel({ userPools: [userPool(), userPool({ id: 'us-east-1_Other', origin: 'external' })] }));
    expect(await two.cognito.verifyToken(token)).toBeUndefined();
  });

  test('of a pool with the updated issuer names another issuer, and is verified with it', async () => {
    const updated = testCognito(photosModel({ userPools: [userPool({ issuer: 'updated' })] }));
    const { tokens } = await updated.cognito.tokenFor('Machine') as { tokens: IssuedTokens };
    expect(claimsOf(tokens.accessToken).iss).toBe(`${BASE_URL}/updated/${updated.pool.poolId}`);
    expect(await updated.cognito.verifyToken(tokens.accessToken)).toBeDefined();
    const at = (path: string) => updated.cognito.oauth.request(path);
    expect((await at(`/${updated.pool.poolId}/.well-known/openid-configuration`)).status).toBe(404);
    expect(await (await at(`/updated/${updated.pool.poolId}/.well-known/openid-configuration`)).json()).toMatchObject({
      issuer: `${BASE_URL}/updated/${updated.pool.poolId}`, token_endpoint: `${BASE_URL}/${updated.pool.poolId}/oauth2/token`,
    });
  });

  test('is not remembered for another key of the same kid', async () => {
    const other = userPool({ id: 'us-east-1_Other', origin: 'external' });
    const both = photosModel({ userPools: [userPool(), other] });
    const newJwk = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
    const newKey = () => ({ kid: 'same', use: 'access' as const, jwk: newJwk() });
    const own = newKey();
    const poolOf = (key: typeof own) => ({ keys: [key], users: [], secrets: {} });
    const state: CognitoState = { version: 1, userPools: { [on.pool.poolId]: poolOf(own), [other.id]: poolOf(newKey()) } };
    const cognito = createCognito({
      model: both, runtime: photosRuntime(), clock: () => START, baseUrl: () => BASE_URL, log: new SandboxLog(), state,
    });
    const { privateKey } = await poolKeys([own]).key('access');
    const forged = await new SignJWT({ ...claimsOf(token), iss: `${BASE_URL}/${other.id}` }).setProtectedHeader({ kid: 'same', alg: 'RS256' }).sign(privateKey);
    expect(await cognito.verifyToken(forged)).toBeUndefined();
    cognito.reload(photosModel({ userPools: [other] }), photosRuntime());
    expect([...cognito.pools.keys()]).toEqual([other.id]);
    expect(await cognito.verifyToken(forged)).toBeUndefined();
  });

  test('is not remembered beyond its signature: the issuer is looked at each time', async () => {
    let base = BASE_URL;
    const state: CognitoState = on.cognito.exportState();
    const moved = createCognito({
      model: photosModel(), runtime: photosRuntime(), clock: () => START, baseUrl: () => base, log: new SandboxLog(), state,
    });
    expect(await moved.verifyToken(token)).toBeDefined();
    base = 'http://127.0.0.1:5000';
    expect(await moved.verifyToken(token)).toBeUndefined();
  });
});
