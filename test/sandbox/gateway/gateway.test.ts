import { serveGateway, type RawAnswer, type ServedGateway } from './serve-gateway';
import { anyOf, api, authorizer, method, modelOf, userPool } from '../../model/entities';

const model = modelOf({
  userPools: [userPool(), userPool({ id: 'Other' }), userPool({ id: 'Modern', issuer: 'updated' })],
  apis: [api({ name: 'photos', stages: [{ id: 'Stage', name: 'prod' }, { id: 'Beta', name: 'beta' }] })],
  authorizers: [
    authorizer(),
    authorizer({ id: 'Custom', identitySource: 'method.request.header.X-Token' }),
    authorizer({ id: 'Nowhere', identitySource: { unknown: 'the header is a parameter' } }),
    authorizer({ id: 'InQuery', identitySource: 'method.request.querystring.token' }),
    authorizer({ id: 'Bound', audience: 'https://photos.example.com' }),
    authorizer({ id: 'OnModern', userPools: ['Modern'] }),
    authorizer({ id: 'Lambda', kind: 'lambda', userPools: [] }),
  ],
  methods: [
    method('GET', '/photos', anyOf('photos/read')),
    method('POST', '/photos', anyOf('photos/write', 'photos/read.all')),
    method('OPTIONS', '/photos', { kind: 'public' }),
    method('GET', '/me', { kind: 'idToken', authorizer: 'Authorizer' }),
    method('GET', '/email', anyOf('email')),
    method('GET', '/custom', { kind: 'anyOf', authorizer: 'Custom', scopes: ['photos/read'] }),
    method('GET', '/nowhere', { kind: 'anyOf', authorizer: 'Nowhere', scopes: ['photos/read'] }),
    method('GET', '/in-query', { kind: 'anyOf', authorizer: 'InQuery', scopes: ['photos/read'] }),
    method('GET', '/bound', { kind: 'anyOf', authorizer: 'Bound', scopes: ['photos/read'] }),
    method('GET', '/modern', { kind: 'anyOf', authorizer: 'OnModern', scopes: ['photos/read'] }),
    method('GET', '/lambda', { kind: 'lambda', authorizer: 'Lambda' }),
    method('GET', '/iam', { kind: 'iam' }),
    method('GET', '/health', { kind: 'public' }),
    method('ANY', '/any', { kind: 'public' }),
  ],
});

const tokens = {
  'reader': { scopes: ['photos/read'] },
  'writer': { scopes: ['photos/write', 'x/y'] },
  'scopeless': {},
  'old': { scopes: ['photos/read'], expired: true },
  'other': { pool: 'Other', scopes: ['photos/read'] },
  'modern': { pool: 'Modern', scopes: ['photos/read'] },
  'id': { use: 'id' as const, claims: { aud: 'someone' }, audience: 'someone' },
  'a.b.c': { scopes: ['photos/read'] },
};

let served: ServedGateway;
beforeAll(async () => { served = await serveGateway(model, { tokens }); });
afterAll(() => served.close());

const bearer = (token: string) => [`Authorization: Bearer ${token}`];
const get = (path: string, ...headers: string[]) => served.send(`GET /apis/photos/prod${path}`, headers);

const UNAUTHORIZED = { status: 401, errorType: 'UnauthorizedException', body: '{"message":"Unauthorized"}' };
const EXPIRED = { status: 401, errorType: 'UnauthorizedException', body: '{"message":"The incoming token has expired"}' };
const MISSING = { status: 403, errorType: 'MissingAuthenticationTokenException', body: '{"message":"Missing Authentication Token"}' };
const FORBIDDEN = { status: 403, errorType: 'ForbiddenException', body: '{"message":"Forbidden"}' };

function essence({ status, headers, body }: RawAnswer) {
  return { status, errorType: headers['x-amzn-errortype'], body };
}

describe('the gateway refuses as API Gateway does', () => {
  test.each([
    ['no token', '/photos', [], UNAUTHORIZED, 'noToken'],
    ['an empty header', '/photos', ['Authorization:'], UNAUTHORIZED, 'noToken'],
    ['garbage', '/photos', bearer('garbage'), UNAUTHORIZED, 'unverifiableToken'],
    ['nothing behind the scheme', '/photos', ['Authorization: Bearer '], UNAUTHORIZED, 'unverifiableToken'],
    ['another scheme', '/photos', ['Authorization: Basic reader'], UNAUTHORIZED, 'unverifiableToken'],
    ['the scheme in lower case', '/photos', ['Authorization: bearer reader'], UNAUTHORIZED, 'unverifiableToken'],
    ['two spaces behind the scheme', '/photos', ['Authorization: Bearer  reader'], UNAUTHORIZED, 'unverifiableToken'],
    ['the scheme twice', '/photos', ['Authorization: Bearer Bearer reader'], UNAUTHORIZED, 'unverifiableToken'],
    ['two headers, both good', '/photos', [...bearer('reader'), ...bearer('reader')], UNAUTHORIZED, 'unverifiableToken'],
    ['two headers in other letter case', '/photos', [...bearer('reader'), 'authorization: x'], UNAUTHORIZED, 'unverifiableToken'],
    ['two tokens in one header', '/photos', ['Authorization: Bearer reader,reader'], UNAUTHORIZED, 'unverifiableToken'],
    ['a token of another user pool', '/photos', bearer('other'), UNAUTHORIZED, 'otherUserPool: the token is of Other, which'],
    ['an ID token where scopes are needed', '/photos', bearer('id'), UNAUTHORIZED, 'accessTokenRequired'],
    ['an access token where an ID token is needed', '/me', bearer('reader'), UNAUTHORIZED, 'idTokenRequired'],
    ['an updated issuer', '/modern', bearer('modern'), UNAUTHORIZED, 'updatedIssuer'],
    ['no audience', '/bound', bearer('reader'), UNAUTHORIZED, 'audienceMismatch'],
    ['none of the scopes', '/photos', bearer('writer'), UNAUTHORIZED, 'scopeMissing: needs photos/read, token has photos/write, x/y'],
    ['no scope at all', '/photos', bearer('scopeless'), UNAUTHORIZED, 'scopeMissing: needs photos/read, token has none'],
    ['the scope that never matches', '/email', bearer('reader'), UNAUTHORIZED, 'scopeNeverMatches'],
    ['an expired token', '/photos', bearer('old'), EXPIRED, 'expiredToken: the token has expired'],
    ['the token in the query', '/photos?Authorization=reader&access_token=reader', [], UNAUTHORIZED, 'noToken'],
    ['the token in another header than the authorizer reads', '/custom', bearer('reader'), UNAUTHORIZED, 'noToken'],
    ['an unknown path', '/unknown', [], MISSING, 'noRoute'],
    ['an unknown path with a token', '/unknown', bearer('reader'), MISSING, 'noRoute'],
    ['no AWS credentials', '/iam', [], MISSING, 'iamRequired'],
    ['a token instead of AWS credentials', '/iam', bearer('reader'), MISSING, 'iamRequired'],
  ])('%s', async (_, path, headers, expected, reason) => {
    const before = served.calls.length;
    const answer = await get(path, ...headers);
    expect(essence(answer)).toEqual(expected);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'content-length': String(expected.body.length) });
    expect(answer.headers).not.toHaveProperty('www-authenticate');
    expect(served.calls.length).toBe(before);
    const [record] = served.log.last();
    expect(record).toMatchObject({ part: 'gateway', what: `GET ${path.split('?')[0]}`, subject: 'photos prod', status: expected.status });
    expect(record.reason).toMatch(reason);
    expect(record.requestId).toBe(answer.headers['x-amzn-requestid']);
  });

  test.each([
    ['a verb that the path has not', 'PATCH', '/photos'],
    ['HEAD where only GET is there', 'HEAD', '/health'],
    ['a verb that no method can have', 'PROPFIND', '/any'],
    ['TRACE', 'TRACE', '/any'],
    ['QUERY', 'QUERY', '/any'],
  ])('%s', async (_, verb, path) => {
    const { body, ...answer } = essence(await served.send(`${verb} /apis/photos/prod${path}`, bearer('reader')));
    expect(answer).toEqual({ status: 403, errorType: MISSING.errorType });
    expect(body).toBe(verb === 'HEAD' ? '' : MISSING.body);
  });

  test.each(['X-HTTP-Method-Override: GET', 'X-Method-Override: GET', 'X-HTTP-Method: GET'])('%s changes nothing', async (header) => {
    expect(essence(await served.send('DELETE /apis/photos/prod/health', [header]))).toEqual(MISSING);
    const answer = await served.send('POST /apis/photos/prod/photos', [header, ...bearer('reader')]);
    expect(essence(answer)).toEqual(UNAUTHORIZED);
    expect(served.log.last()[0].reason).toBe('scopeMissing: needs photos/write or photos/read.all, token has photos/read');
  });

  test.each(['/apis/photos/dev/photos', '/apis/photos', '/apis/photos/', '/apis/photos/PROD/photos', '/apis/photos/pro%64/photos', '/apis/photos//photos'])(
    'a stage that is not there: %s', async (path) => expect(essence(await served.send(`GET ${path}`, bearer('reader')))).toEqual(FORBIDDEN),
  );
});

describe('the gateway lets pass', () => {
  test.each([
    ['a scope of the method, with Bearer', 'GET /photos', bearer('reader'), 'scopeMatched: photos/read'],
    ['a scope of the method, without Bearer', 'GET /photos', ['Authorization: reader'], 'scopeMatched: photos/read'],
    ['the header in other letter case', 'GET /photos', ['AUTHORIZATION: Bearer a.b.c'], 'scopeMatched: photos/read'],
    ['the header of the authorizer', 'GET /custom', ['x-token: reader', 'Authorization: garbage'], 'scopeMatched: photos/read'],
    ['an ID token', 'GET /me', bearer('id'), 'idTokenAccepted'],
    ['everybody, to a public method', 'GET /health', ['Authorization: garbage'], 'public'],
    ['a preflight', 'OPTIONS /photos', [], 'public'],
    ['a slash at the end', 'GET /health/', [], 'public'],
    ['any verb', 'DELETE /any', [], 'public'],
  ])('%s', async (_, route, headers, reason) => {
    const [verb, path] = route.split(' ');
    const answer = await served.send(`${verb} /apis/photos/prod${path}`, headers);
    expect(answer.status).toBe(200);
    const [record] = served.log.last();
    expect(record).toMatchObject({ what: route, reason, status: 200, requestId: answer.headers['x-amzn-requestid'] });
  });

  test('each answer has ids of its own, in the letter case of API Gateway', async () => {
    const answers = [await get('/health'), await get('/health'), await get('/photos')];
    const ids = answers.flatMap(({ headers }) => [headers['x-amzn-requestid'], headers['x-amz-apigw-id']]);
    expect(new Set(ids).size).toBe(6);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[1]).toMatch(/^[\w+/]{15}=$/);
    expect(answers[2].headerNames).toEqual(expect.arrayContaining(['x-amzn-RequestId', 'x-amz-apigw-id', 'x-amzn-ErrorType']));
  });

  test('HEAD of a method has no body', async () => {
    const answer = await served.send('HEAD /apis/photos/prod/any');
    expect(answer).toMatchObject({ status: 200, body: '', headers: { 'content-length': '8' } });
  });

  test('the log names the client, and holds no token', async () => {
    await get('/photos', ...bearer('reader'));
    expect(served.log.last()[0].client).toBe('Reader');
    await get('/me', ...bearer('id'));
    expect(served.log.last()[0].client).toBe('someone');
    await get('/photos?access_token=secret-token', ...bearer('secret-token'));
    expect(JSON.stringify(served.log.last())).not.toContain('secret-token');
  });

  test('both stages of an API', async () => {
    expect((await served.send('GET /apis/photos/beta/health')).status).toBe(200);
    expect(served.calls.at(-1)!.request.api.stage).toBe('beta');
  });
});

describe('where nobody knows, the gateway says so', () => {
  test.each([
    ['a Lambda authorizer', '/lambda', [], 'a Lambda authorizer decides'],
    ['a signature of AWS credentials', '/iam', ['Authorization: AWS4-HMAC-SHA256 Credential=x'], 'signatures of AWS credentials'],
    ['a signature in the query', '/iam?X-Amz-Algorithm=AWS4-HMAC-SHA256', [], 'signatures of AWS credentials'],
    ['an authorizer whose header is not known', '/nowhere', bearer('reader'), 'the header is a parameter'],
    ['an authorizer that reads no header', '/in-query', bearer('reader'), 'method.request.querystring.token'],
  ])('%s', async (_, path, headers, reason) => {
    const answer = await get(path, ...headers);
    expect(answer).toMatchObject({ status: 501, headers: { 'x-sandbox': 'cannot-tell' } });
    expect(answer.headers).not.toHaveProperty('x-amzn-errortype');
    expect(JSON.parse(answer.body)).toEqual({ message: expect.stringContaining('cannot tell'), reason: expect.stringContaining(reason) });
    expect(served.log.last()[0]).toMatchObject({ status: 501, reason: expect.stringContaining(reason) });
  });

  test('an API that the sandbox does not serve', async () => {
    const answer = await served.send('GET /apis/albums/prod/photos');
    expect(answer).toMatchObject({ status: 404, headers: { 'x-sandbox': 'not-served' } });
    expect(answer.body).toContain('/apis/photos');
  });

  test('a token check that breaks is a token that nobody verified', async () => {
    const broken = await serveGateway(model, { verifyToken: () => Promise.reject(new Error('broken')) });
    expect(essence(await broken.send('GET /apis/photos/prod/photos', bearer('x')))).toEqual(UNAUTHORIZED);
    await broken.close();
  });
});
