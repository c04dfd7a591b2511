import { randomBytes } from 'node:crypto';
import {
  AdminCreateUserCommand, AdminSetUserPasswordCommand, CognitoIdentityProviderClient, CreateUserPoolClientCommand, DescribeResourceServerCommand,
  DescribeUserPoolClientCommand, InitiateAuthCommand, UpdateResourceServerCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { Browser } from './browser';
import { OAuthClient } from './oauth-client';
import { expectAnswer, tell } from './tell';
import type { SandboxDescription } from '../../src/sandbox/description';

const SERVER = 'https://myphotosapi.example.com';
const READ = `${SERVER}/photos.read`;
const WRITE = `${SERVER}/photos.write`;
const CALLBACK = 'https://album.example.com/signed-in';
const UNAUTHORIZED = { status: 401, body: { message: 'Unauthorized' } };

/** Calls the photo album in a running sandbox, by an OAuth client and the AWS SDK that know nothing of it, and checks each answer. */
export async function tellStory({ userPools: [pool], apis: [api], cognitoIdpUrl }: SandboxDescription): Promise<void> {
  const cognito = new CognitoIdentityProviderClient({
    endpoint: cognitoIdpUrl, region: 'us-east-1', credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
  });
  const UserPoolId = pool.id;
  const oauth = await OAuthClient.discover(pool.issuer);
  const call = callsOf(api.url);

  tell('A machine: NightlyExport has the scope photos.read. Its secret comes from DescribeUserPoolClient, as in AWS.');
  const ClientId = idOf(pool, 'NightlyExport');
  const { UserPoolClient: described } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
  const machine = { clientId: ClientId, secret: described?.ClientSecret };
  const token = await oauth.machineToken(machine);
  expectAnswer('client credentials grant, scope', token.scope ?? scopeOf(token.access_token), READ);
  expectAnswer('GET /photos', (await call('GET /photos', token.access_token)).status, 200);
  expectAnswer('POST /photos', await call('POST /photos', token.access_token, { title: 'Lighthouse' }), UNAUTHORIZED);

  tell('Nobody: the probe is public, the photos are not.');
  expectAnswer('GET /health', await call('GET /health'), { status: 200, body: { status: 'ok' } });
  expectAnswer('GET /photos', await call('GET /photos'), UNAUTHORIZED);

  tell('A user of the browser application: code grant with PKCE, through the sign-in page. The Lambda function of the template answers.');
  const password = `Aa1!${randomBytes(12).toString('base64url')}`;
  await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username: 'ada@example.com', MessageAction: 'SUPPRESS' }));
  await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username: 'ada@example.com', Password: password, Permanent: true }));
  const browser = new Browser();
  const user = await oauth.userTokens({ clientId: idOf(pool, 'Album') }, CALLBACK, `openid ${READ} ${WRITE}`, (url) => (
    browser.signIn(url, 'ada@example.com', password)
  ));
  const posted = await call('POST /photos', user.access_token, { title: 'Lighthouse' });
  expectAnswer('POST /photos', [posted.status, posted.body.title], [201, 'Lighthouse']);
  expectAnswer('POST /photos without a title', await call('POST /photos', user.access_token, {}), { status: 400, body: { message: 'Invalid request body' } });
  expectAnswer('GET /photos with the ID token', await call('GET /photos', user.id_token), UNAUTHORIZED);

  tell('SDK sign-in: its tokens carry aws.cognito.signin.user.admin and no scope of the API.');
  const { UserPoolClient: phone } = await cognito.send(new CreateUserPoolClientCommand({
    UserPoolId, ClientName: 'Phone', ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  }));
  const { AuthenticationResult: signedIn } = await cognito.send(new InitiateAuthCommand({
    ClientId: phone?.ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'ada@example.com', PASSWORD: password },
  }));
  expectAnswer('InitiateAuth, scope', scopeOf(signedIn?.AccessToken), 'aws.cognito.signin.user.admin');
  expectAnswer('GET /photos', await call('GET /photos', signedIn?.AccessToken), UNAUTHORIZED);

  tell('A scope goes and comes back: an inactive scope is left out of tokens, without an error.');
  const { ResourceServer: server } = await cognito.send(new DescribeResourceServerCommand({ UserPoolId, Identifier: SERVER }));
  const update = (Scopes: typeof server extends undefined ? never : NonNullable<typeof server>['Scopes']) => cognito.send(
    new UpdateResourceServerCommand({ UserPoolId, Identifier: SERVER, Name: server?.Name, Scopes }),
  );
  await update(server?.Scopes?.filter(({ ScopeName }) => ScopeName !== 'photos.read'));
  const without = await oauth.machineToken(machine);
  expectAnswer('client credentials grant after UpdateResourceServer, scope', scopeOf(without.access_token), '');
  expectAnswer('GET /photos', await call('GET /photos', without.access_token), UNAUTHORIZED);
  await update(server?.Scopes);
  const again = await oauth.machineToken(machine);
  expectAnswer('GET /photos with the scope back', (await call('GET /photos', again.access_token)).status, 200);
}

interface Answer {
  readonly status: number;
  readonly body: any;
}

function callsOf(url: string) {
  return async (route: string, token?: string, body?: object): Promise<Answer> => {
    const [method, path] = route.split(' ');
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
}

function idOf(pool: SandboxDescription['userPools'][number], name: string): string {
  const client = pool.clients.find((each) => each.name === name);
  if (client === undefined) throw new Error(`the sandbox serves no client ${name}`);
  return client.id;
}

/** The scopes in a token: read, not verified. */
function scopeOf(token = ''): string {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).scope ?? '';
}
