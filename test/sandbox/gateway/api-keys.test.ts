import { runtimeOf, serveGateway, type ServedGateway } from './serve-gateway';
import type { ApiKey, RuntimeModel, UsagePlan } from '../../../src/model/runtime-model';
import { servedApiKeys } from '../../../src/sandbox/gateway/api-keys';
import { anyOf, api, authorizer, method, modelOf, userPool } from '../../model/entities';

const key = (id: string, members: Partial<ApiKey> = {}): ApiKey => ({ id, value: `value-of-${id}`, enabled: true, ...members });
const plan = (members: Partial<UsagePlan>): UsagePlan => ({ id: 'Plan', stages: [{ api: 'Api', stage: 'prod' }], keys: [], ...members });

const runtime: Partial<RuntimeModel> = {
  apiKeys: [
    key('Good'), key('Off', { enabled: false }), key('Loose'), key('Elsewhere'), key('Made', { value: undefined, name: 'made' }),
    key('Maybe', { enabled: { unknown: 'a parameter switches it' } }), key('Secret', { value: { unknown: 'a secret' } }),
  ],
  usagePlans: [
    plan({ keys: ['Good', 'Off', 'Made', 'Maybe', 'Secret'] }),
    plan({ id: 'Other', stages: [{ api: 'Api', stage: 'beta' }, { api: 'Another', stage: 'prod' }], keys: ['Elsewhere'] }),
  ],
};
const model = modelOf({
  userPools: [userPool()],
  apis: [api({ name: 'photos', stages: [{ id: 'Stage', name: 'prod' }, { id: 'Beta', name: 'beta' }] })],
  authorizers: [authorizer()],
  methods: [
    method('GET', '/key', { kind: 'apiKey' }, { apiKeyRequired: true }),
    method('GET', '/keyed', anyOf('read'), { apiKeyRequired: true }),
    method('GET', '/open', { kind: 'public' }),
    method('GET', '/maybe', { kind: 'public' }, { apiKeyRequired: { unknown: 'a parameter says so' } }),
  ],
});

let served: ServedGateway;
beforeAll(async () => { served = await serveGateway(model, { runtime, tokens: { reader: { scopes: ['read'] } } }); });
afterEach(() => served.set({ runtime }));
afterAll(() => served.close());

const get = (path: string, ...headers: string[]) => served.send(`GET /apis/photos/prod${path}`, headers);
const FORBIDDEN = { status: 403, body: '{"message":"Forbidden"}' };

describe('a method that needs an API key', () => {
  test.each([
    ['none', [], FORBIDDEN],
    ['a wrong one', ['x-api-key: nonsense'], FORBIDDEN],
    ['one in other letter case', ['x-api-key: VALUE-OF-Good'], FORBIDDEN],
    ['one that is switched off', ['x-api-key: value-of-Off'], FORBIDDEN],
    ['one of no usage plan', ['x-api-key: value-of-Loose'], FORBIDDEN],
    ['one of the usage plan of another stage', ['x-api-key: value-of-Elsewhere'], FORBIDDEN],
    ['two', ['x-api-key: value-of-Good', 'x-api-key: value-of-Good'], FORBIDDEN],
    ['its id', ['x-api-key: Good'], FORBIDDEN],
    ['a good one', ['X-API-Key: value-of-Good'], { status: 200, body: 'GET /key' }],
  ])('answers a request with %s', async (_, headers, expected) => {
    expect(await get('/key', ...headers)).toMatchObject(expected);
  });

  test('lets nobody pass by the key in the query', async () => {
    expect(await get('/key?x-api-key=value-of-Good')).toMatchObject(FORBIDDEN);
  });

  test('takes the key of the other stage there', async () => {
    expect((await served.send('GET /apis/photos/beta/key', ['x-api-key: value-of-Elsewhere'])).status).toBe(200);
    expect((await served.send('GET /apis/photos/beta/key', ['x-api-key: value-of-Good'])).status).toBe(403);
  });

  test('tells the integration which key it was, and no other method', async () => {
    await get('/key', 'x-api-key: value-of-Good');
    expect(served.calls.at(-1)!.request.apiKey).toEqual({ id: 'Good', value: 'value-of-Good' });
    await get('/open', 'x-api-key: value-of-Good');
    expect(served.calls.at(-1)!.request).not.toHaveProperty('apiKey');
  });

  test('asks for the token first', async () => {
    expect(await get('/keyed', 'x-api-key: value-of-Good')).toMatchObject({ status: 401 });
    expect(await get('/keyed', 'Authorization: reader')).toMatchObject(FORBIDDEN);
    expect(await get('/keyed', 'Authorization: reader', 'x-api-key: value-of-Good')).toMatchObject({ status: 200 });
  });

  test('keeps the key out of the log', async () => {
    await get('/key', 'x-api-key: value-of-Good');
    await get('/key', 'x-api-key: value-of-Off');
    expect(JSON.stringify(served.log.last())).not.toContain('value-of');
  });
});

describe('a key without a value in the template', () => {
  const valueOf = (id: string) => served.gateway.apiKeys().find((each) => each.id === id)!;

  test.each(['Made', 'Secret'])('gets one for this run: %s', async (id) => {
    expect(valueOf(id)).toMatchObject({ generated: true, value: expect.stringMatching(/^[\w-]{40}$/) });
    expect((await get('/key', `x-api-key: ${valueOf(id).value}`)).status).toBe(200);
  });

  test('keeps it when the templates are read again, and has another in another run', () => {
    const { value } = valueOf('Made');
    served.set({ runtime: { ...runtime } });
    expect(valueOf('Made').value).toBe(value);
    const [again] = servedApiKeys(runtimeOf({ apiKeys: [key('Made', { value: undefined })] }), (text) => text);
    expect(again.value).not.toBe(value);
  });

  test('is listed with its name, one that states a value with that', () => {
    expect(valueOf('Made').name).toBe('made');
    expect(valueOf('Good')).toEqual({ id: 'Good', name: 'Good', value: 'value-of-Good', generated: false, enabled: true });
  });
});

describe('where it is not known whether a key opens a stage', () => {
  const doubtful = (change: Partial<RuntimeModel>) => served.set({ runtime: { ...runtime, ...change } });
  const CANNOT_TELL = { status: 501, headers: { 'x-sandbox': 'cannot-tell' } };

  test('because it may be switched off', async () => {
    expect(await get('/key', 'x-api-key: value-of-Maybe')).toMatchObject(CANNOT_TELL);
    expect(await get('/keyed', 'x-api-key: value-of-Maybe')).toMatchObject({ status: 401 });
  });

  test.each([
    ['the keys of the plan', [plan({ keys: [{ unknown: 'a parameter' }] })]],
    ['the stage of the plan', [plan({ stages: [{ api: 'Api', stage: { unknown: 'a parameter' } }], keys: ['Good'] })]],
  ])('because nobody knows %s', async (_, usagePlans) => {
    doubtful({ usagePlans });
    expect(await get('/key', 'x-api-key: value-of-Good')).toMatchObject(CANNOT_TELL);
    expect(await get('/key', 'x-api-key: nonsense')).toMatchObject(FORBIDDEN);
  });

  test.each([['HEADER', 200], ['AUTHORIZER', 403], [{ unknown: 'a parameter' }, 501]] as const)('key source %j', async (apiKeySource, status) => {
    doubtful({ apis: [{ id: 'Api', binaryMediaTypes: [], models: {}, stages: [], apiKeySource }] });
    expect((await get('/key', 'x-api-key: value-of-Good')).status).toBe(status);
  });

  test('a method that may need one lets a key pass, and is unknown without', async () => {
    expect(await get('/maybe')).toMatchObject(CANNOT_TELL);
    expect(await get('/maybe', 'x-api-key: value-of-Good')).toMatchObject({ status: 200 });
  });
});
