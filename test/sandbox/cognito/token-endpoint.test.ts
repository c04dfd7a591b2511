import * as fc from 'fast-check';
import { basic, CALLBACK, testCognito, type TestCognito } from './entities';

let on: TestCognito;

beforeAll(() => {
  on = testCognito();
});

async function answerTo(path: string, form: Record<string, string> | string, headers: Record<string, string> = {}) {
  const answer = await on.post(path, form, headers);
  const text = await answer.text();
  return { status: answer.status, type: answer.headers.get('content-type'), body: text === '' ? undefined : JSON.parse(text) as object };
}

const GRANT = { grant_type: 'client_credentials' };

describe('/oauth2/token', () => {
  test.each<[string, (on: TestCognito) => [form: Record<string, string> | string, headers?: Record<string, string>], object]>([
    ['no grant type', (it) => [{}, basic(it.client('Machine'))], { error: 'invalid_request' }],
    ['an unknown grant type', (it) => [{ grant_type: 'password' }, basic(it.client('Machine'))], { error: 'unsupported_grant_type' }],
    ['a grant type from the prototype of objects', (it) => [{ grant_type: 'constructor' }, basic(it.client('Machine'))], { error: 'unsupported_grant_type' }],
    ['no client', () => [GRANT], { error: 'invalid_request' }],
    ['an unknown client', () => [{ ...GRANT, client_id: 'unknown', client_secret: 'x' }], { error: 'invalid_client' }],
    ['a wrong secret by header', (it) => [GRANT, basic(it.client('Machine'), 'wrong')], { error: 'invalid_client', error_description: 'invalid_client_secret' }],
    ['a wrong secret in the form', (it) => [{ ...GRANT, client_id: it.client('Machine').clientId, client_secret: 'wrong' }], { error: 'invalid_client', error_description: 'invalid_client_secret' }],
    ['no secret', (it) => [{ ...GRANT, client_id: it.client('Machine').clientId }], { error: 'invalid_client', error_description: 'invalid_client_secret' }],
    ['an empty secret by header', (it) => [GRANT, basic(it.client('Machine'), '')], { error: 'invalid_client', error_description: 'invalid_client_secret' }],
    ['a secret for a client without one', (it) => [{ ...GRANT, client_id: it.client('Spa').clientId, client_secret: 'x' }], { error: 'invalid_client' }],
    ['two ways to authenticate', (it) => [{ ...GRANT, client_secret: 'x' }, basic(it.client('Machine'))], { error: 'invalid_request' }],
    ['two client ids', (it) => [{ ...GRANT, client_id: it.client('Web').clientId }, basic(it.client('Machine'))], { error: 'invalid_request' }],
    ['a header that is not Basic', () => [GRANT, { Authorization: 'Bearer x' }], { error: 'invalid_client' }],
    ['a header without a colon', () => [GRANT, { Authorization: `Basic ${btoa('x')}` }], { error: 'invalid_client' }],
    ['a parameter that is there twice', (it) => ['grant_type=client_credentials&grant_type=client_credentials', basic(it.client('Machine'))], { error: 'invalid_request' }],
    ['a body of JSON', (it) => ['{}', { ...basic(it.client('Machine')), 'Content-Type': 'application/json' }], { error: 'invalid_request' }],
    ['a body that is too large', (it) => [`grant_type=client_credentials&x=${'x'.repeat(70_000)}`, basic(it.client('Machine'))], { error: 'invalid_request' }],
    ['a public client that wants client credentials', (it) => [{ ...GRANT, client_id: it.client('Spa').clientId }], { error: 'unauthorized_client' }],
  ])('refuses %s', async (_, request, body) => {
    const [form, headers] = request(on);
    expect(await answerTo('/oauth2/token', form, headers)).toEqual({ status: 400, type: 'application/json;charset=UTF-8', body });
  });

  test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('has an empty 405 for %s', async (method) => {
    const answer = await on.cognito.oauth.request(`/${on.pool.poolId}/oauth2/token`, { method });
    expect([answer.status, await answer.text()]).toEqual([405, '']);
  });

  test('lets pages of every origin call it', async () => {
    const answer = await on.cognito.oauth.request(`/${on.pool.poolId}/oauth2/token`, { method: 'OPTIONS', headers: { 'Origin': 'https://a.example.com', 'Access-Control-Request-Method': 'POST' } });
    expect([answer.status, answer.headers.get('access-control-allow-origin'), answer.headers.get('access-control-allow-headers')]).toEqual([200, '*', 'Authorization, Content-Type']);
  });

  test('takes both secrets of a client, and neither after it is gone', async () => {
    const machine = on.client('Machine');
    const [first] = machine.secrets;
    machine.secrets = [first, { id: 'second', value: 'another-secret', createdAt: 0 }];
    expect(await answerTo('/oauth2/token', GRANT, basic(machine, 'another-secret'))).toMatchObject({ status: 200 });
    expect(await answerTo('/oauth2/token', GRANT, basic(machine, first.value))).toMatchObject({ status: 200 });
    machine.secrets = [first];
    expect(await answerTo('/oauth2/token', GRANT, basic(machine, 'another-secret'))).toMatchObject({ status: 400 });
  });

  test('property: whatever comes, the answer is tokens or an error of the caller', async () => {
    const names = fc.constantFrom('grant_type', 'client_id', 'client_secret', 'scope', 'code', 'code_verifier', 'redirect_uri', 'refresh_token', 'aws_client_metadata');
    const values = fc.oneof(fc.string(), fc.constantFrom('authorization_code', 'refresh_token', 'client_credentials', ...[...on.pool.clients.keys()]));
    const form = fc.array(fc.tuple(names, values)).map((pairs) => new URLSearchParams(pairs).toString());
    await fc.assert(fc.asyncProperty(fc.oneof(form, fc.string({ unit: 'binary' })), fc.option(fc.base64String()), async (body, credentials) => {
      const answer = await on.post('/oauth2/token', body, credentials === null ? {} : { Authorization: `Basic ${credentials}` });
      expect([200, 400]).toContain(answer.status);
      if (answer.status === 400) expect(await answer.json()).toMatchObject({ error: expect.stringMatching(/^[a-z_]+$/) });
    }), { numRuns: 300 });
  });
});

describe('the log', () => {
  test('has each answer with its reason, and neither secrets nor tokens', async () => {
    const machine = on.client('Machine');
    const { body } = await answerTo('/oauth2/token', { ...GRANT, scope: 'photos/read' }, basic(machine));
    await answerTo('/oauth2/token', { ...GRANT, scope: 'openid' }, basic(machine));
    const [refused, issued] = on.log.last();
    expect(refused).toEqual({
      number: expect.any(Number),
      time: expect.any(Number),
      part: 'oauth',
      what: 'POST /oauth2/token',
      subject: 'Pool',
      status: 400,
      client: 'Machine',
      reason: 'invalid_scope: the client does not have the scope "openid"',
    });
    expect(issued).toMatchObject({ status: 200, client: 'Machine', reason: 'tokens issued' });
    const all = JSON.stringify(on.log.last());
    expect(all).not.toContain(machine.secrets[0].value);
    expect(all).not.toContain((body as { access_token: string }).access_token);
    expect(all).not.toContain('eyJ');
  });

  test('names a refused scope only where the user pool has it', async () => {
    const [machine, spa] = ['Machine', 'Spa'].map((id) => on.client(id));
    const { value } = machine.secrets[0];
    const query = (scope: string) => new URLSearchParams({ client_id: spa.clientId, redirect_uri: CALLBACK, response_type: 'code', scope }).toString();
    for (const scope of [value, `photos/${value}`]) {
      await answerTo('/oauth2/token', { ...GRANT, scope }, basic(machine));
      await on.get(`/oauth2/authorize?${query(scope)}`);
      await on.get(`/login?${query(scope)}`);
      for (const { reason } of on.log.last().slice(0, 3)) expect(reason).toContain('the client does not have a scope of the request, and nothing in the user pool has it');
    }
    on.pool.servers.set('extra', { id: 'x', origin: 'declared', identifier: 'extra', name: 'x', scopes: [{ name: 'read', description: 'x' }] });
    for (const scope of ['phone', 'extra/read']) {
      await on.get(`/oauth2/authorize?${query(scope)}`);
      expect(on.log.last()[0].reason).toBe(`the client does not have the scope "${scope}"`);
    }
    on.pool.servers.delete('extra');
    expect(JSON.stringify(on.log.last())).not.toContain(value);
  });
});
