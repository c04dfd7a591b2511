import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CALLBACK } from './entities';
import { serveCognito, type HttpCognito } from './http-cognito';

let http: HttpCognito;

beforeAll(async () => {
  http = await serveCognito();
  await http.cognito.addUser(http.pool, { username: 'ana', password: 'correct horse', attributes: { email: 'ana@example.com', email_verified: 'true' } });
});

afterAll(() => http.close());

test('a standard OAuth client finds its way: discovery, client credentials, code with PKCE, user info, refresh, revocation', async () => {
  const credentials = (id: string) => ({ id: http.client(id).clientId, secret: http.client(id).secrets[0]?.value });
  const input = {
    issuer: http.cognito.issuer(http.pool),
    redirectUri: CALLBACK,
    clients: { machine: credentials('Machine'), spa: credentials('Spa'), web: credentials('Web') },
    user: { name: 'ana', password: 'correct horse' },
  };
  const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, 'oauth-client.mjs'), JSON.stringify(input)]);
  const flow = { email: 'ana@example.com', info: 'ana@example.com', refreshed: true, revoked: 'invalid_grant' };
  expect(JSON.parse(stdout)).toEqual({
    issuer: input.issuer,
    clientCredentials: { basic: { type: 'bearer', expiresIn: 900 }, post: { type: 'bearer', expiresIn: 900 } },
    code: { spa: flow, web: flow },
    refused: { name: 'ResponseBodyError', status: 400, error: 'invalid_client' },
  });
}, 30_000);
