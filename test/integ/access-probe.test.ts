import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const SECRET = 'secret-of-the-client';
const TOKEN = `header.${Buffer.from(JSON.stringify({ scope: 'photos/write photos/read' })).toString('base64url')}.signature`;

const describeUserPoolClient = jest.fn();
// The client that the runtime of Lambda brings along.
jest.mock('@aws-sdk/client-cognito-identity-provider', () => ({
  CognitoIdentityProviderClient: class { public send = describeUserPoolClient; },
  DescribeUserPoolClientCommand: class { public constructor(public readonly input: object) {} },
}), { virtual: true });

const { handler } = jest.requireActual<{ handler: () => Promise<unknown> }>(join(__dirname, '../../integ/handlers/access-probe.js'));

describe('the probe of the integration tests', () => {
  let server: Server;
  let url: string;
  let grant: { authorization?: string; body: string };

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      if (request.url === '/token') {
        grant = { authorization: request.headers.authorization, body: await textOf(request) };
        response.end(JSON.stringify({ access_token: TOKEN }));
        return;
      }
      const allowed = request.url === '/health' || (request.url === '/photos' && request.headers.authorization === `Bearer ${TOKEN}`);
      response.writeHead(allowed && request.method === 'GET' ? 200 : 401).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => { server.close(); });

  test('answers scopes and statuses; no secret and no token is answered or logged', async () => {
    describeUserPoolClient.mockResolvedValue({ UserPoolClient: { ClientSecret: SECRET } });
    process.env.PROBE = JSON.stringify({
      clients: { Editor: { userPoolId: 'pool', clientId: 'editor', tokenUrl: `${url}/token` } },
      routes: { 'GET /photos': { verb: 'GET', url: `${url}/photos` }, 'POST /photos': { verb: 'POST', url: `${url}/photos` } },
      open: `${url}/health`,
    });
    const logs = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) => jest.spyOn(console, level).mockImplementation());
    expect(await handler()).toEqual({ Editor: { 'scopes': ['photos/read', 'photos/write'], 'GET /photos': 200, 'POST /photos': 401 } });
    expect(logs.flatMap((log) => log.mock.calls)).toEqual([]);
    expect(describeUserPoolClient.mock.calls[0][0].input).toEqual({ UserPoolId: 'pool', ClientId: 'editor' });
    expect(grant).toEqual({ authorization: `Basic ${Buffer.from(`editor:${SECRET}`).toString('base64')}`, body: 'grant_type=client_credentials' });
  });
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
