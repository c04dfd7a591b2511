import { JwtVerifier } from 'aws-jwt-verify';
import { validateCognitoJwtFields } from 'aws-jwt-verify/cognito-verifier';
import { serveCognito, type HttpCognito } from './http-cognito';
import type { IssuedTokens } from '../../../src/sandbox/cognito/user-tokens';

let http: HttpCognito;

beforeAll(async () => {
  http = await serveCognito();
});

afterAll(() => http.close());

async function tokensFor(client: string, scopes?: readonly string[]): Promise<Required<IssuedTokens>> {
  return (await http.cognito.tokenFor(client, { scopes }) as { tokens: Required<IssuedTokens> }).tokens;
}

/** The verifier of the library, with Cognito's own checks. It fetches keys by https only, so it is given those of the server. */
async function verifier(tokenUse: 'access' | 'id', clientId: string | null, scope?: string) {
  const issuer = http.cognito.issuer(http.pool);
  const made = JwtVerifier.create({
    issuer,
    audience: null,
    scope,
    customJwtCheck: ({ payload }) => validateCognitoJwtFields(payload, { tokenUse, clientId }),
  });
  const discovery = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json() as { jwks_uri: string };
  made.cacheJwks(await (await fetch(discovery.jwks_uri)).json() as never);
  return made;
}

describe('aws-jwt-verify', () => {
  test('accepts machine tokens, access tokens and ID tokens of users for their client, use and scope', async () => {
    const machine = http.client('Machine').clientId;
    const spa = http.client('Spa').clientId;
    const { accessToken, idToken } = await tokensFor('Spa');
    const machineToken = (await tokensFor('Machine', ['photos/read'])).accessToken;
    await expect((await verifier('access', machine, 'photos/read')).verify(machineToken)).resolves.toMatchObject({ client_id: machine });
    await expect((await verifier('access', spa, 'photos/write')).verify(accessToken)).resolves.toMatchObject({ client_id: spa });
    await expect((await verifier('id', spa)).verify(idToken)).resolves.toMatchObject({ aud: spa });
    await expect((await verifier('access', null)).verify((await tokensFor('Sdk')).accessToken)).resolves.toMatchObject({ scope: 'aws.cognito.signin.user.admin' });
  });

  test('refuses them for another client, use or scope, and with another signature', async () => {
    const { accessToken, idToken } = await tokensFor('Spa', ['openid', 'photos/read']);
    await expect((await verifier('access', http.client('Web').clientId)).verify(accessToken)).rejects.toThrow('Client ID not allowed');
    await expect((await verifier('access', null)).verify(idToken)).rejects.toThrow('Token use not allowed');
    await expect((await verifier('access', null, 'photos/write')).verify(accessToken)).rejects.toThrow('Scope not allowed');
    await expect((await verifier('access', null)).verify(`${accessToken.slice(0, -4)}AAAA`)).rejects.toThrow('Invalid signature');
  });
});
