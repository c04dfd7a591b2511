import { serveGateway, type ServedGateway } from './serve-gateway';
import type { GatewayResponse } from '../../../src/model/access-model';
import { gatewayResponsesOf } from '../../../src/sandbox/gateway/gateway-response';
import type { GatewayResponseValues } from '../../../src/sandbox/gateway/gateway-response-values';
import { anyOf, api, authorizer, method, modelOf, userPool } from '../../model/entities';

const values: GatewayResponseValues = {
  context: { 'requestId': 'r-1', 'identity.sourceIp': '10.0.0.1', 'authorizer.claims.sub': 'me' },
  stageVariables: { realm: 'photos' },
  rawHeaders: ['Origin', 'https://a.example.com', 'X-Bad', 'a\u0001b'],
  query: 'q=a%20b&q=c',
  pathParameters: { id: '42' },
};

/** The answer to an error of an API with these gateway responses. */
function answerTo(type: 'UNAUTHORIZED' | 'INTEGRATION_TIMEOUT' | 'INTEGRATION_FAILURE' | 'REQUEST_TOO_LARGE', ...gatewayResponses: Partial<GatewayResponse>[]) {
  const responses = gatewayResponsesOf(
    { gatewayResponses: gatewayResponses.map((each) => ({ responseType: 'UNAUTHORIZED', parameters: {}, templates: {}, ...each })) },
    (value) => (typeof value === 'object' && value.expression === '${Known}' ? 'https://bound.example.com' : value),
  );
  const { headers, ...answer } = responses({ type, message: 'say "no"' }, values);
  return { ...answer, headers: Object.fromEntries(headers) };
}

describe('a gateway response', () => {
  test('by default is the message as JSON', () => {
    expect(answerTo('UNAUTHORIZED')).toEqual({
      status: 401,
      body: '{"message":"say \\"no\\""}',
      headers: { 'content-type': 'application/json', 'x-amzn-ErrorType': 'UnauthorizedException' },
    });
  });

  test.each([
    ['its own type', 'UNAUTHORIZED', [{ statusCode: '403' }], 403],
    ['its own type before the default', 'UNAUTHORIZED', [{ responseType: 'DEFAULT_4XX', statusCode: '418' }, { statusCode: '403' }], 403],
    ['its own type without a status', 'UNAUTHORIZED', [{ responseType: 'DEFAULT_4XX', statusCode: '418' }, {}], 401],
    ['the default for 4xx', 'UNAUTHORIZED', [{ responseType: 'DEFAULT_4XX', statusCode: '418' }], 418],
    ['the default for 5xx', 'INTEGRATION_TIMEOUT', [{ responseType: 'DEFAULT_5XX', statusCode: '503' }], 503],
    ['the default for 4xx, for a 5xx', 'INTEGRATION_TIMEOUT', [{ responseType: 'DEFAULT_4XX', statusCode: '418' }], 504],
    ['the default for 4xx, without a status', 'UNAUTHORIZED', [{ responseType: 'DEFAULT_4XX' }], 401],
    ['a type that cannot be changed', 'REQUEST_TOO_LARGE', [{ responseType: 'REQUEST_TOO_LARGE', statusCode: '400' }, { responseType: 'DEFAULT_4XX', statusCode: '418' }], 413],
    ['a status that is none', 'UNAUTHORIZED', [{ statusCode: '99' }], 401],
    ['a status that is not known', 'UNAUTHORIZED', [{ statusCode: { unknown: 'a parameter' } }], 401],
  ] as const)('has the status of %s', (_, type, responses, status) => {
    expect(answerTo(type, ...responses).status).toBe(status);
  });

  test.each([
    ["'*'", '*'],
    ["''", ''],
    ['\'Bearer resource_metadata="https://x.example.com"\'', 'Bearer resource_metadata="https://x.example.com"'],
    ["'it''s'", "it''s"],
    ['context.requestId', 'r-1'],
    ['context.error.message', 'say "no"'],
    ['context.error.responseType', 'UNAUTHORIZED'],
    ['stageVariables.realm', 'photos'],
    ['method.request.header.origin', 'https://a.example.com'],
    ['method.request.querystring.q', 'a b'],
    ['method.request.path.id', '42'],
    ['context.nothing', undefined],
    ['context.toString', undefined],
    ['stageVariables.__proto__', undefined],
    ['method.request.header.X-Bad', undefined],
    ['method.request.body', undefined],
    ['plain text', undefined],
    ["'a\nb'", undefined],
  ])('has a header from %s', (expression, expected) => {
    expect(answerTo('UNAUTHORIZED', { parameters: { 'gatewayresponse.header.X-Y': expression } }).headers['X-Y']).toBe(expected);
  });

  test('has no header that is not known, and one that is known at run time', () => {
    const parameters = {
      'gatewayresponse.header.A': { unknown: 'a parameter', expression: '${Other}' },
      'gatewayresponse.header.B': { unknown: 'a parameter', expression: '${Known}' },
      'something.else.C': "'c'",
    };
    const { headers } = answerTo('UNAUTHORIZED', { parameters });
    expect(Object.keys(headers)).toEqual(['content-type', 'x-amzn-ErrorType']);
  });

  test('takes the content type that a parameter gives, once', () => {
    const { headers } = answerTo('UNAUTHORIZED', { parameters: { 'gatewayresponse.header.Content-Type': "'text/plain'" } });
    expect(headers).toEqual({ 'Content-Type': 'text/plain', 'x-amzn-ErrorType': 'UnauthorizedException' });
  });

  test.each([
    ['{"m":$context.error.messageString}', '{"m":"say \\"no\\""}'],
    ['$context.error.message', 'say "no"'],
    ['${context.requestId}-${stageVariables.realm}', 'r-1-photos'],
    ['$context.identity.sourceIp.', '10.0.0.1.'],
    ['$context.authorizer.claims.sub', 'me'],
    ['$method.request.header.Origin and method.request.path.id', 'https://a.example.com and 42'],
    ['$context.status', '401'],
    ['$context.nothing|$stageVariables.nothing', '|'],
    ['#set($x = 1)$x $util.escapeJavaScript("y") $input.body', '#set($x = 1)$x $util.escapeJavaScript("y") $input.body'],
    ['', ''],
  ])('has the body of the template %s', (template, body) => {
    expect(answerTo('UNAUTHORIZED', { templates: { 'application/json': template } }).body).toBe(body);
  });

  test('takes the template for JSON, or else the first, with its content type', () => {
    expect(answerTo('UNAUTHORIZED', { templates: { 'text/html': '<p>', 'application/json': '{}' } })).toMatchObject({ body: '{}' });
    const html = answerTo('UNAUTHORIZED', { templates: { 'text/html': '<p>no</p>', 'text/plain': 'no' } });
    expect(html).toMatchObject({ body: '<p>no</p>', headers: { 'content-type': 'text/html' } });
  });

  test('leaves out a template whose content type cannot be sent', () => {
    const answer = answerTo('UNAUTHORIZED', { templates: { 'text/\n': 'a', 'text/€': 'b', 'text/plain': 'c' } });
    expect(answer).toMatchObject({ body: 'c', headers: { 'content-type': 'text/plain' } });
  });

  test('keeps its default body where the template is not known', () => {
    expect(answerTo('UNAUTHORIZED', { templates: { 'text/html': { unknown: 'a parameter' } } })).toMatchObject({
      body: '{"message":"say \\"no\\""}', headers: { 'content-type': 'application/json' },
    });
  });
});

test('a gateway response names the status that it has', () => {
  expect(answerTo('UNAUTHORIZED', { statusCode: '418', templates: { 'application/json': '$context.status' } })).toMatchObject({ status: 418, body: '418' });
});

test('the ids of a request are the same in its headers, its gateway responses and what its integration gets', async () => {
  const template = '$context.requestId $context.extendedRequestId';
  const gatewayResponses = [{ responseType: 'DEFAULT_4XX', parameters: {}, templates: { 'text/plain': template } }];
  const served = await serveGateway(modelOf({
    apis: [api({ name: 'photos', stages: [{ id: 'Stage', name: 'prod' }], gatewayResponses })], methods: [method('GET', '/ok', { kind: 'public' })],
  }));
  try {
    const { headers } = await served.send('GET /apis/photos/prod/ok');
    expect(served.calls[0].request).toMatchObject({ requestId: headers['x-amzn-requestid'], extendedRequestId: headers['x-amz-apigw-id'] });
    const refused = await served.send('GET /apis/photos/prod/none');
    expect(refused.body).toBe(`${refused.headers['x-amzn-requestid']} ${refused.headers['x-amz-apigw-id']}`);
    expect(refused.headers['x-amz-apigw-id']).toMatch(/^[\w+/]{15}=$/);
    expect(refused.headers['x-amz-apigw-id']).not.toBe(headers['x-amz-apigw-id']);
  } finally {
    await served.close();
  }
});

test('a gateway response has the time of the request, and claims as a function has them', async () => {
  const template = '$context.requestTime|$context.authorizer.claims.exp|$context.authorizer.claims.address|$context.authorizer.claims.groups';
  const gatewayResponses = [{ responseType: 'INTEGRATION_TIMEOUT', parameters: {}, templates: { 'text/plain': template } }];
  const served = await serveGateway(modelOf({
    userPools: [userPool()],
    apis: [api({ name: 'photos', stages: [{ id: 'Stage', name: 'prod' }], gatewayResponses })],
    authorizers: [authorizer()],
    methods: [method('GET', '/late', anyOf('read'))],
  }), {
    tokens: { good: { scopes: ['read'], claims: { client_id: 'reader', exp: 1_683_172_206, address: { street: 'A' }, groups: ['a', 'b'] } } },
    integrate: async () => ({ kind: 'failure', responseType: 'INTEGRATION_TIMEOUT', status: 504, message: 'late', reason: 'late' }),
    clock: () => Date.UTC(2015, 3, 9, 12, 34, 56),
  });
  try {
    const { body } = await served.send('GET /apis/photos/prod/late', ['Authorization: good']);
    expect(body).toBe('09/Apr/2015:12:34:56 +0000|Thu May 04 03:50:06 UTC 2023|{"street":"A"}|a,b');
  } finally {
    await served.close();
  }
});

describe('over HTTP', () => {
  /** As the photo album has them: CORS headers on every refusal. */
  const cors = (responseType: string): GatewayResponse => ({
    responseType,
    parameters: {
      'gatewayresponse.header.Access-Control-Allow-Origin': "'https://album.example.com'",
      'gatewayresponse.header.Access-Control-Allow-Headers': "'Authorization,Content-Type'",
      'gatewayresponse.header.Vary': "'Origin'",
    },
    templates: {},
  });
  const model = modelOf({
    userPools: [userPool()],
    apis: [api({ name: 'photos', stages: [{ id: 'Stage', name: 'prod' }], gatewayResponses: [cors('DEFAULT_4XX'), cors('DEFAULT_5XX')] })],
    authorizers: [authorizer()],
    methods: [method('GET', '/photos', anyOf('read')), method('GET', '/timeout', { kind: 'public' }), method('GET', '/broken', { kind: 'public' }),
      method('GET', '/odd', { kind: 'public' }), method('GET', '/empty', { kind: 'public' }), method('GET', '/cookies', { kind: 'public' }),
      method('GET', '/python', { kind: 'public' }), method('GET', '/crash', { kind: 'public' }), method('GET', '/reset', { kind: 'public' })],
  });
  let served: ServedGateway;
  beforeAll(async () => {
    served = await serveGateway(model, {
      integrate: async (id) => {
        switch (id) {
          case 'GET /timeout': return { kind: 'failure', responseType: 'INTEGRATION_TIMEOUT', status: 504, message: 'Endpoint request timed out', reason: 'no answer in 29 s' };
          case 'GET /broken': return { kind: 'failure', responseType: 'DEFAULT_5XX', status: 502, message: 'Internal server error', reason: 'no statusCode' };
          case 'GET /odd': return { kind: 'response', status: 200, headers: [['x', 'a\r\nSet-Cookie: b=c']], body: '' };
          case 'GET /empty': return { kind: 'response', status: 204, headers: [['content-length', '3'], ['x-amzn-requestid', 'mine'], ['X-A', '1']], body: 'abc' };
          case 'GET /reset': return { kind: 'response', status: 205, headers: [], body: 'abc' };
          case 'GET /cookies': return { kind: 'response', status: 200, headers: [['set-cookie', 'a=1'], ['set-cookie', 'b=2'], ['Transfer-Encoding', 'chunked']], body: Buffer.from([1, 2, 3]) };
          case 'GET /python': return { kind: 'cannotRun', reason: 'the runtime python3.13 is not one of Node.js' };
          default: throw new Error('boom');
        }
      },
    });
  });
  afterAll(() => served.close());
  const get = (path: string, ...headers: string[]) => served.send(`GET /apis/photos/prod${path}`, headers);

  const CORS = { 'access-control-allow-origin': 'https://album.example.com', 'access-control-allow-headers': 'Authorization,Content-Type', 'vary': 'Origin' };

  test.each([
    ['/photos', 401, '{"message":"Unauthorized"}', 'UnauthorizedException', 'noToken'],
    ['/none', 403, '{"message":"Missing Authentication Token"}', 'MissingAuthenticationTokenException', 'noRoute'],
    ['/timeout', 504, '{"message":"Endpoint request timed out"}', 'InternalServerErrorException', 'no answer in 29 s'],
    ['/broken', 502, '{"message":"Internal server error"}', 'InternalServerErrorException', 'no statusCode'],
    ['/odd', 502, '{"message":"Internal server error"}', 'InternalServerErrorException', 'cannot be sent'],
  ])('%s is answered with %i and the CORS headers of the API', async (path, status, body, errorType, reason) => {
    const answer = await get(path);
    expect(answer).toMatchObject({ status, body, headers: { ...CORS, 'x-amzn-errortype': errorType, 'content-type': 'application/json' } });
    expect(served.log.last()[0].reason).toContain(reason);
  });

  test('a preflight that no method answers has them too', async () => {
    expect(await served.send('OPTIONS /apis/photos/prod/photos')).toMatchObject({ status: 403, headers: CORS });
  });

  test('a stage that is not there has none: no API is asked', async () => {
    const { headers } = await served.send('GET /apis/photos/dev/photos');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('headers of an integration come through, but for those that say how an answer is sent', async () => {
    const empty = await get('/empty');
    expect(empty).toMatchObject({ status: 204, body: '', headers: { 'x-a': '1' } });
    expect(empty.headers).not.toHaveProperty('content-length');
    expect(await get('/reset')).toMatchObject({ status: 205, body: '' });
    expect(empty.headers['x-amzn-requestid']).not.toContain('mine');
    expect(await get('/cookies')).toMatchObject({ body: '\u0001\u0002\u0003', headers: { 'set-cookie': 'a=1, b=2', 'content-length': '3' } });
  });

  test('what cannot be run is no answer of AWS', async () => {
    const answer = await get('/python');
    expect(answer).toMatchObject({ status: 501, headers: { ...CORS, 'x-sandbox': 'cannot-run', 'content-type': 'application/json' } });
    expect(JSON.parse(answer.body).reason).toBe('the runtime python3.13 is not one of Node.js');
    expect(answer.headers).not.toHaveProperty('x-amzn-errortype');
  });

  test('nor is the refusal of a path of which nobody knows where it leads', async () => {
    const answer = await get('/photos%2Fx');
    expect(answer).toMatchObject({ status: 403, headers: { ...CORS, 'x-sandbox': 'cannot-tell' } });
    expect(JSON.parse(answer.body).reason).toBe('the path has an encoded slash');
  });

  test('an integration that throws is a failure of the sandbox, which keeps serving', async () => {
    expect(await get('/crash')).toMatchObject({ status: 500, headers: { 'x-sandbox': 'failed' } });
    expect(served.log.last()[0].reason).toContain('boom');
    expect((await get('/empty')).status).toBe(204);
  });
});
