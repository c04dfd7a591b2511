import { methodSettings, serveGateway, type ServedGateway } from './serve-gateway';
import type { JsonSchema, MethodSettings } from '../../../src/model/runtime-model';
import type { Value } from '../../../src/model/value';
import { bodyChecks } from '../../../src/sandbox/gateway/body-schemas';
import { anyOf, api, authorizer, method, modelOf, userPool } from '../../model/entities';
import { runtimeOfResources } from '../../template/runtime/runtime-of';

const models: { [name: string]: Value<JsonSchema> } = {
  Photo: {
    schema: {
      $schema: 'http://json-schema.org/draft-04/schema#',
      title: 'Photo',
      type: 'object',
      required: ['title'],
      properties: { title: { type: 'string', minLength: 1, maxLength: 5 }, tags: { type: 'array', items: { type: 'string' } } },
    },
  },
  Open: { unknown: 'its schema is a parameter' },
  Broken: { schema: { type: 'nonsense' } },
};
const json = { 'application/json': 'Photo' };
const settings: MethodSettings[] = [
  methodSettings('POST /photos', { validatesBody: true, requestModels: json }),
  methodSettings('POST /any-type', { validatesBody: true, requestModels: { $default: 'Photo' } }),
  methodSettings('POST /unchecked', { requestModels: json, requestParameters: { 'method.request.querystring.q': true } }),
  methodSettings('POST /open', { validatesBody: true, requestModels: { 'application/json': 'Open', 'text/json': 'Nowhere', 'x/y': 'Broken' } }),
  methodSettings('POST /doubt', { validatesBody: { unknown: 'a parameter' }, validatesParameters: { unknown: 'another' }, requestModels: json }),
  methodSettings('GET /photos/{id}', {
    validatesParameters: true,
    requestParameters: {
      'method.request.querystring.q': true, 'method.request.header.X-Mode': true, 'method.request.path.id': true, 'method.request.querystring.page': false,
    },
  }),
  methodSettings('GET /perhaps', {
    validatesParameters: true, requestParameters: { 'method.request.querystring.q': { unknown: 'a parameter' }, 'method.request.querystring.r': true },
  }),
  methodSettings('POST /both', { validatesBody: true, validatesParameters: true, requestModels: json, requestParameters: { 'method.request.querystring.q': true } }),
  methodSettings('POST /secured', { validatesBody: true, requestModels: json }),
];
const model = modelOf({
  userPools: [userPool()],
  apis: [api({ name: 'photos', stages: [{ id: 'Stage', name: 'prod' }] })],
  authorizers: [authorizer()],
  methods: settings.map(({ id }) => {
    const [verb, path] = id.split(' ');
    return method(verb as 'GET', path, path === '/secured' ? anyOf('write') : { kind: 'public' });
  }),
});

let served: ServedGateway;
beforeAll(async () => {
  served = await serveGateway(model, {
    runtime: { methods: settings, apis: [{ id: 'Api', binaryMediaTypes: ['image/*', { unknown: 'x' }], models, stages: [], apiKeySource: 'HEADER' }] },
  });
});
afterAll(() => served.close());

const post = (path: string, body: string, ...headers: string[]) => served.send(`POST /apis/photos/prod${path}`, headers, body);
const INVALID = { status: 400, body: '{"message":"Invalid request body"}', headers: { 'x-amzn-errortype': 'BadRequestException' } };
const JSON_TYPE = 'Content-Type: application/json';

describe('the body of a request', () => {
  test.each([
    ['that fits', '{"title":"Sun"}', JSON_TYPE, 200],
    ['that has more', '{"title":"Sun","x":1}', JSON_TYPE, 200],
    ['without a needed member', '{}', JSON_TYPE, 400],
    ['with a member of another type', '{"title":1}', JSON_TYPE, 400],
    ['with a text of the greatest length', '{"title":"12345"}', JSON_TYPE, 200],
    ['with a text that is too long', '{"title":"123456"}', JSON_TYPE, 400],
    ['that is no object', '[]', JSON_TYPE, 400],
    ['that is no JSON', 'title=Sun', JSON_TYPE, 400],
    ['that is broken off', '{"title":"Sun"', JSON_TYPE, 400],
    ['that is empty', '', JSON_TYPE, 400],
    ['nested deeper than any stack', `{"title":"Sun","tags":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, JSON_TYPE, 400],
    ['of a content type with parameters', '{}', 'Content-Type: application/json; charset=utf-8', 400],
    ['of a content type in other letter case', '{}', 'content-type: Application/JSON', 400],
    ['without a content type', '{}', 'X: y', 400],
    ['of a content type without a model', 'anything', 'Content-Type: text/plain', 200],
  ])('%s', async (_, body, header, status) => {
    const answer = await post('/photos', body, header);
    expect(answer).toMatchObject(status === 400 ? INVALID : { status, body: 'POST /photos' });
  });

  test('is checked by the model of all content types', async () => {
    expect(await post('/any-type', '{}', 'Content-Type: text/plain')).toMatchObject(INVALID);
  });

  test('is not looked at before the token', async () => {
    expect(await post('/secured', '{}', JSON_TYPE)).toMatchObject({ status: 401 });
  });

  test('is not checked without a validator', async () => {
    expect((await post('/unchecked', 'anything', JSON_TYPE)).status).toBe(200);
  });

  test('comes to the integration as it is', async () => {
    const bytes = Buffer.from([0x7b, 0x22, 0xff, 0x00]);
    await served.raw(['POST /apis/photos/prod/unchecked HTTP/1.1', 'Host: x', 'Connection: close', 'Content-Length: 4'], bytes);
    expect(Buffer.from(served.calls.at(-1)!.request.body)).toEqual(bytes);
    await served.raw(['POST /apis/photos/prod/unchecked HTTP/1.1', 'Host: x', 'Connection: close', 'Transfer-Encoding: chunked'], '3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n');
    expect(Buffer.from(served.calls.at(-1)!.request.body).toString()).toBe('abcde');
  });
});

describe('a body of more than 10 MB', () => {
  const TOO_LARGE = { status: 413, body: '{"message":"HTTP content length exceeded 10485760 bytes"}' };
  const head = (...headers: string[]) => ['POST /apis/photos/prod/unchecked HTTP/1.1', 'Host: x', 'Connection: close', ...headers];

  test('is refused by its stated length alone', async () => {
    expect(await served.raw(head('Content-Length: 10485761'))).toMatchObject(TOO_LARGE);
  });

  test('is refused where no length is stated', async () => {
    const chunk = 'x'.repeat(0x10000);
    const body = `${`10000\r\n${chunk}\r\n`.repeat(161)}0\r\n\r\n`;
    expect(await served.raw(head('Transfer-Encoding: chunked'), body)).toMatchObject(TOO_LARGE);
  });

  test('is taken at exactly that length', async () => {
    expect((await served.raw(head('Content-Length: 10485760'), Buffer.alloc(10_485_760))).status).toBe(200);
  });
});

describe('required parameters', () => {
  const get = (path: string, ...headers: string[]) => served.send(`GET /apis/photos/prod${path}`, headers);

  test.each([
    ['all there', '/photos/1?q=x', ['X-Mode: a'], undefined],
    ['a header in other letter case', '/photos/1?q=x', ['x-mode: a'], undefined],
    ['a query without it', '/photos/1?Q=x', ['X-Mode: a'], 'q'],
    ['a blank one', '/photos/1?q=', ['X-Mode: a'], 'q'],
    ['an empty header', '/photos/1?q=x', ['X-Mode:'], 'X-Mode'],
    ['several', '/photos/1', [], 'q, X-Mode'],
    ['broken encoding', '/photos/1?q=%zz', ['X-Mode: a'], undefined],
    ['a blank in the path', '/photos/%20?q=x', ['X-Mode: a'], 'id'],
    ['one that may be required, and is not there', '/perhaps?r=1', [], undefined],
  ])('%s', async (_, path, headers, missing) => {
    const answer = await get(path, ...headers);
    if (missing === undefined) expect(answer.status).toBe(200);
    else expect(answer).toMatchObject({ status: 400, body: `{"message":"Missing required request parameters: [${missing}]"}` });
  });

  test('come before the body', async () => {
    expect((await post('/both', '{}', JSON_TYPE)).body).toContain('Missing required');
    expect(await post('/both?q=1', '{}', JSON_TYPE)).toMatchObject(INVALID);
  });
});

test('what is not checked is said', async () => {
  expect((await post('/open', '1', JSON_TYPE)).status).toBe(200);
  expect((await post('/doubt', '1', JSON_TYPE)).status).toBe(200);
  expect(served.gateway.notices()).toEqual([
    { entity: 'Api', what: expect.stringContaining('answered with 501: POST /photos, '), why: expect.stringContaining('a fake') },
    { entity: 'POST /open', what: 'bodies of type application/json are not checked', why: 'its schema is a parameter' },
    { entity: 'POST /open', what: 'bodies of type text/json are not checked', why: 'the API has no model Nowhere' },
    { entity: 'POST /open', what: 'bodies of type x/y are not checked', why: expect.stringContaining('its schema cannot be read') },
    { entity: 'POST /doubt', what: 'parameters of requests are not checked', why: 'another' },
    { entity: 'POST /doubt', what: 'bodies of requests are not checked', why: 'a parameter' },
    { entity: 'GET /perhaps', what: 'method.request.querystring.q is not checked', why: 'a parameter' },
  ]);
});

test('integrations are told what is known of the API', () => {
  expect(served.calls.at(-1)!.request.api).toEqual({
    id: 'id-of-Api', stage: 'prod', stageVariables: {}, account: '123456789012', binaryMediaTypes: ['image/*'],
  });
});

describe('a schema of draft 4', () => {
  const fits = (schema: object, value: unknown, others: { [name: string]: Value<JsonSchema> } = {}) => {
    const prepared = bodyChecks({ Root: { schema }, ...others })('Root');
    return 'check' in prepared ? prepared.check(value) : prepared.why;
  };

  test.each([
    ['a limit that is allowed', { minimum: 1 }, 1, true],
    ['a limit that is not', { minimum: 1, exclusiveMinimum: true }, 1, false],
    ['above the limit', { minimum: 1, exclusiveMinimum: true }, 2, true],
    ['a flag that is off', { maximum: 1, exclusiveMaximum: false }, 1, true],
    ['an upper limit', { maximum: 1, exclusiveMaximum: true }, 1, false],
    ['members beside a reference', { definitions: { a: { type: 'number' } }, properties: { x: { $ref: '#/definitions/a', minimum: 5 } } }, { x: 1 }, true],
    ['a reference inside', { definitions: { a: { type: 'number' } }, properties: { x: { $ref: '#/definitions/a' } } }, { x: 'y' }, false],
    ['a schema that refers to itself', { properties: { x: { $ref: '#' } }, required: ['id'] }, { id: 1, x: {} }, false],
    ['a member named as a keyword', { properties: { minimum: { type: 'string' }, id: { type: 'string' }, $ref: { type: 'string' } } }, { minimum: 1 }, false],
    ['an id', { id: 'http://example.com/root.json', type: 'string' }, 1, false],
    ['unknown keywords and formats', { 'type': 'string', 'format': 'int64', 'x-note': 1, 'example': { $ref: 1 } }, 'a', true],
    ['nullable, which counts for nothing', { properties: { x: { type: 'string', nullable: true } } }, { x: null }, false],
    ['keywords of later drafts', { const: 1, if: { type: 'number' }, then: false, contains: { const: 1 }, propertyNames: { const: 'a' } }, 2, true],
    ['members named as keywords of later drafts', { properties: { const: { type: 'number' }, if: { type: 'number' } } }, { if: 'x' }, false],
    ['a pattern with an odd class', { type: 'string', pattern: '^[\\w-.]+$' }, 'a-b', true],
    ['any of', { anyOf: [{ type: 'string' }, { minimum: 1, exclusiveMinimum: true }] }, 1, false],
    ['values that look like schemas', { enum: [{ minimum: 1, exclusiveMinimum: true }] }, { minimum: 1, exclusiveMinimum: true }, true],
  ])('%s', (_, schema, value, expected) => {
    expect(fits(schema, value)).toBe(expected);
  });

  test.each(['Photo', 'of /photos, in 100%'])('refers to another model: %s', (name) => {
    const schema = { type: 'array', items: { $ref: `model:${name}` } };
    const others = { [name]: models.Photo };
    expect([[{ title: 'Sun' }], [{}]].map((value) => fits(schema, value, others))).toEqual([true, false]);
  });

  test('two models that refer to each other', () => {
    const other: JsonSchema = { schema: { type: 'object', properties: { root: { $ref: 'model:Root' } } } };
    const root = { type: 'object', required: ['name'], properties: { other: { $ref: 'model:Other' } } };
    expect(fits(root, { name: 'a', other: { root: { name: 'b' } } }, { Other: other })).toBe(true);
    expect(fits(root, { name: 'a', other: { root: {} } }, { Other: other })).toBe(false);
  });

  test.each([
    ['a model that is not there', { $ref: 'model:Nowhere' }, {}],
    ['a model that is not known', { $ref: 'model:Open' }, models],
    ['an odd schema', { type: 'nonsense' }, {}],
  ])('that cannot be read, for %s, has no check', (_, schema, others) => {
    expect(fits(schema, 1, others)).toMatch(/its schema cannot be read/);
  });
});

describe('the models of a template', () => {
  const restApi = { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'photos' } } };
  const photo = { type: 'object', required: ['title'] };
  const checkOf = (resources: object, name: string): ((value: unknown) => unknown) => {
    const prepared = bodyChecks(runtimeOfResources(resources).apis[0].models)(name);
    return 'check' in prepared ? prepared.check : () => prepared.why;
  };
  const ofModel = (name: string, schema: object) => ({
    Type: 'AWS::ApiGateway::Model', Properties: { RestApiId: { Ref: 'Api' }, ContentType: 'application/json', Name: name, Schema: schema },
  });

  test('refer to each other', () => {
    const $ref = { 'Fn::Join': ['', ['https://apigateway.amazonaws.com/restapis/', { Ref: 'Api' }, '/models/', { Ref: 'Photo' }]] };
    const check = checkOf({ ...restApi, Photo: ofModel('Photo', photo), Photos: ofModel('Photos', { type: 'array', items: { $ref } }) }, 'Photos');
    expect([[{ title: 'Sun' }], [{}]].map(check)).toEqual([true, false]);
  });

  test('refer to each other in a document', () => {
    const schemas = { Photo: photo, Photos: { type: 'array', items: { $ref: '#/components/schemas/Photo' } } };
    const check = checkOf({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: { openapi: '3.0.1', paths: {}, components: { schemas } } } } }, 'Photos');
    expect([[{ title: 'Sun' }], [{}]].map(check)).toEqual([true, false]);
  });

  test.each(['Empty', 'Error'])('are never without %s', (name) => {
    expect([{}, []].map(checkOf(restApi, name))).toEqual([true, false]);
  });
});
