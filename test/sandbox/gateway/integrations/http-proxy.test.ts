import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { integrationRequest } from './integration-request';
import type { HttpProxyIntegration } from '../../../../src/model/runtime-model';
import { httpProxy } from '../../../../src/sandbox/gateway/integrations/http-proxy';

let server: Server;
let origin: string;
let received: { readonly line: string; readonly headers: IncomingMessage['headers']; readonly body: string } | undefined;
let respond: (response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      received = { line: `${request.method} ${request.url}`, headers: request.headers, body: Buffer.concat(chunks).toString() };
      respond(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  received = undefined;
  respond = (response) => response.end();
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

function integration(members: Partial<HttpProxyIntegration> = {}): HttpProxyIntegration {
  return { kind: 'httpProxy', url: `${origin}/base/{id}`, verb: 'ANY', requestParameters: {}, timeout: 5000, ...members };
}

describe('an HTTP proxy', () => {
  test('passes on the request', async () => {
    await httpProxy(integration(), integrationRequest());
    expect(received).toMatchObject({
      line: 'POST /base/a%2Bb?q=1&q=2+3',
      headers: {
        'authorization': 'Bearer jwt',
        'user-agent': 'tests',
        'content-type': 'application/json',
        'x-two': 'a, b',
        'host': origin.slice('http://'.length),
        'x-amzn-apigateway-api-id': 'abcdefghij',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': '443',
        'x-forwarded-proto': 'https',
      },
      body: '{"title":"é"}',
    });
  });

  test('maps parameters, and has a verb of its own', async () => {
    await httpProxy(integration({
      url: `${origin}/{first}/{second}?fixed=1`,
      verb: 'PUT',
      requestParameters: {
        'integration.request.path.first': 'method.request.path.id',
        'integration.request.path.second': 'method.request.querystring.q',
        'integration.request.querystring.color': 'stageVariables.color',
        'integration.request.header.X-Caller': "'sandbox'",
        'integration.request.header.X-None': 'method.request.header.none',
      },
    }), integrationRequest());
    expect(received).toMatchObject({ line: 'PUT /a%2Bb/2%203?fixed=1&q=1&q=2+3&color=blue', headers: { 'x-caller': 'sandbox' } });
    expect(received?.headers).not.toHaveProperty('x-none');
  });

  test('encodes what other places of the request put into the path', async () => {
    const request = { ...integrationRequest({ headers: [['X-Where', '../admin?x=1']] }), query: [['q', 'a/../b?c#d']] as const };
    await httpProxy(integration({
      url: `${origin}/{first}/{second}`,
      requestParameters: { 'integration.request.path.first': 'method.request.querystring.q', 'integration.request.path.second': 'method.request.header.X-Where' },
    }), { ...request, rawQuery: '' });
    expect(received?.line).toBe('POST /a%2F..%2Fb%3Fc%23d/..%2Fadmin%3Fx%3D1');
  });

  test('adds no headers but those of API Gateway and of the connection', async () => {
    await httpProxy(integration(), integrationRequest({ verb: 'GET', headers: [['X-Own', '1']], body: Buffer.alloc(0) }));
    expect(Object.keys(received!.headers).sort()).toEqual([
      'connection', 'host', 'user-agent', 'x-amzn-apigateway-api-id', 'x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto', 'x-own',
    ]);
  });

  test('leaves the query as it is, but for parameters that are mapped', async () => {
    await httpProxy(integration(), integrationRequest({ rawQuery: 'a=%E9&b&c=%2f+d&a=2' }));
    expect(received?.line).toBe('POST /base/a%2Bb?a=%E9&b&c=%2f+d&a=2');
    await httpProxy(integration({ requestParameters: { 'integration.request.querystring.a': "'x&y'" } }), integrationRequest({ rawQuery: '%61=1&b=%E9' }));
    expect(received?.line).toBe('POST /base/a%2Bb?b=%E9&a=x%26y');
  });

  test('sends the body of a GET, and no headers of the connection', async () => {
    await httpProxy(integration(), integrationRequest({ verb: 'GET', headers: [['Connection', 'close, x-own'], ['Content-Length', '99'], ['Expect', '100-continue']] }));
    expect(received).toMatchObject({ body: '{"title":"é"}', headers: { 'content-length': '14', 'user-agent': 'AmazonAPIGateway_abcdefghij' } });
    expect(received?.headers).not.toHaveProperty('expect');
  });

  test('puts stage variables into the URL', async () => {
    await httpProxy(integration({ url: `${origin}/\${stageVariables.color}` }), integrationRequest({ rawQuery: '' }));
    expect(received?.line).toBe('POST /blue');
  });

  test('gives back the response, with some headers under other names', async () => {
    respond = (response) => {
      response.writeHead(418, { 'X-A': 'b', 'WWW-Authenticate': 'Bearer', 'Server': 'tea', 'Set-Cookie': ['a=1', 'b=2'], 'Content-Type': 'text/plain', 'Content-Encoding': 'gzip', 'Via': '1.1 x' });
      response.end(gzipSync('short and stout'));
    };
    const answer = await httpProxy(integration(), integrationRequest());
    expect(answer).toMatchObject({ kind: 'response', status: 418 });
    const { headers, body } = answer as Extract<typeof answer, { kind: 'response' }>;
    expect(gunzipSync(body).toString()).toBe('short and stout');
    expect(headers).toEqual(expect.arrayContaining([
      ['X-A', 'b'], ['x-amzn-Remapped-WWW-Authenticate', 'Bearer'], ['x-amzn-Remapped-Server', 'tea'], ['Set-Cookie', 'a=1'], ['Set-Cookie', 'b=2'], ['Content-Type', 'text/plain'], ['Content-Encoding', 'gzip'],
    ]));
    expect(headers.map(([name]) => name)).not.toContain('Via');
  });

  test('follows no redirect', async () => {
    respond = (response) => response.writeHead(302, { location: '/elsewhere' }).end();
    expect(await httpProxy(integration(), integrationRequest())).toMatchObject({ kind: 'response', status: 302, headers: expect.arrayContaining([['location', '/elsewhere']]) });
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ['before the headers', () => undefined],
    ['within the body', (response) => void response.writeHead(200).write('a')],
  ])('times out %s', async (_, answer) => {
    respond = answer;
    expect(await httpProxy(integration({ timeout: 100 }), integrationRequest()))
      .toMatchObject({ kind: 'failure', responseType: 'INTEGRATION_TIMEOUT', status: 504, message: 'Endpoint request timed out' });
  });

  test.each([2 ** 31, 1e15])('waits as long as a timer can, with a timeout of %d', async (timeout) => {
    expect(await httpProxy(integration({ timeout }), integrationRequest())).toMatchObject({ kind: 'response', status: 200 });
  });

  test('fails where nobody listens', async () => {
    expect(await httpProxy(integration({ url: 'http://127.0.0.1:1/' }), integrationRequest())).toMatchObject({
      kind: 'failure', responseType: 'INTEGRATION_FAILURE', status: 504, message: 'Network error communicating with endpoint', reason: expect.stringContaining('http://127.0.0.1:1'),
    });
  });

  test('fails where the response is cut off', async () => {
    respond = (response) => {
      response.writeHead(200, { 'content-length': '10' }).write('a');
      setTimeout(() => response.destroy(), 20);
    };
    expect(await httpProxy(integration(), integrationRequest())).toMatchObject({ kind: 'failure', responseType: 'INTEGRATION_FAILURE' });
  });

  test('takes no response of more than 10 MB', async () => {
    respond = (response) => response.end(Buffer.alloc(10 * 1024 * 1024 + 1));
    expect(await httpProxy(integration(), integrationRequest())).toMatchObject({ kind: 'failure', status: 500, reason: expect.stringContaining('10 MB') });
    respond = (response) => response.end(Buffer.alloc(10 * 1024 * 1024));
    expect(await httpProxy(integration(), integrationRequest())).toMatchObject({ kind: 'response', status: 200 });
  });

  test.each<[HttpProxyIntegration['url'], HttpProxyIntegration['requestParameters'], RegExp]>([
    [{ unknown: 'the parameter Url has no default' }, {}, /the parameter Url has no default/],
    ['http://127.0.0.1/{other}', {}, /nothing replaces \{other\}/],
    ['http://127.0.0.1/${stageVariables.none}', {}, /nothing replaces \$\{stageVariables\.none\}/],
    ['/relative', {}, /no.* absolute HTTP URL/], ['file:///etc/hosts', {}, /no.* absolute HTTP URL/],
    ['http://127.0.0.1/', { 'integration.request.header.X': { unknown: 'of another stack' } }, /of another stack/],
  ])('to %j cannot run', async (url, requestParameters, reason) => {
    expect(await httpProxy(integration({ url, requestParameters }), integrationRequest())).toEqual({ kind: 'cannotRun', reason: expect.stringMatching(reason) });
  });
});
