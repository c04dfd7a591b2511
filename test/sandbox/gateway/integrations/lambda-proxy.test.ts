import { integrationRequest } from './integration-request';
import { createFunctionRunner } from '../../../../src/sandbox/functions/create-function-runner';
import type { FunctionRunner, InvocationResult } from '../../../../src/sandbox/functions/function-runner';
import type { IntegrationRequest } from '../../../../src/sandbox/gateway/integrations/integration-call';
import { lambdaProxy } from '../../../../src/sandbox/gateway/integrations/lambda-proxy';
import { functionHostFile } from '../../functions/function-host-file';
import { functionOf } from '../../functions/function-of';

const photos = functionOf();

/** The answer where the function gives this result. */
function answerTo(result: InvocationResult, request: Partial<IntegrationRequest> = {}) {
  const runner: FunctionRunner = { invoke: async () => result, retire: () => undefined, close: async () => undefined };
  return lambdaProxy(integrationRequest(request), photos, 1000, runner);
}

const returning = (result: unknown, request: Partial<IntegrationRequest> = {}) => answerTo({ kind: 'ok', payload: JSON.stringify(result) }, request);

describe('the result of a function', () => {
  test.each<[unknown, object]>([
    [{ statusCode: 201, headers: { 'X-A': 'b' }, body: 'hello' }, { status: 201, headers: [['Content-Type', 'application/json'], ['X-A', 'b']], body: 'hello' }],
    [{}, { status: 200, headers: [['Content-Type', 'application/json']], body: '' }],
    [{ statusCode: null, headers: null, multiValueHeaders: null, body: null, isBase64Encoded: null }, { status: 200, body: '' }],
    [{ statusCode: '404' }, { status: 404 }],
    [{ headers: { 'content-type': 'text/plain' }, body: 'x' }, { status: 200, headers: [['content-type', 'text/plain']], body: 'x' }],
    [{ headers: { 'content-type': 'text/plain', 'yes': true, 'age': 5 } }, { headers: [['content-type', 'text/plain'], ['yes', 'true'], ['age', '5']] }],
    [{ headers: { 'content-type': 'a/b', 'x': 'solo' }, multiValueHeaders: { x: ['1', '2'], X: ['3'] } }, { headers: [['content-type', 'a/b'], ['x', '1'], ['x', '2'], ['X', '3']] }],
    [{ headers: { 'content-type': 'a/b', 'WWW-Authenticate': 'Bearer', 'date': 'now', 'Transfer-Encoding': 'chunked' } },
      { headers: [['content-type', 'a/b'], ['x-amzn-Remapped-WWW-Authenticate', 'Bearer'], ['x-amzn-Remapped-date', 'now']] }],
    [{ body: 'aGk=', isBase64Encoded: true }, { body: 'aGk=' }],
  ])('%j is the response', async (result, response) => {
    expect(await returning(result)).toMatchObject({ kind: 'response', ...response });
  });

  test.each([
    ['image/png', 'hi'], ['image/png;q=0.9, */*', 'hi'], ['*/*, image/png', 'aGk='], ['text/html', 'aGk='],
  ])('in Base64 is decoded where the caller accepts a binary type first: %s', async (accept, body) => {
    const answer = await returning({ body: 'aGk=', isBase64Encoded: true }, { headers: [['Accept', accept]] });
    expect(answer).toMatchObject({ kind: 'response' });
    expect(String((answer as { body: Uint8Array | string }).body)).toBe(body);
  });

  test.each<[unknown, RegExp]>([
    [null, /empty/], ['text', /no object/], [[], /no object/], [42, /no object/],
    [{ statusCode: 200, wrongValue: 1 }, /"wrongValue"; expected statusCode/],
    [{ errorMessage: 'x', errorType: 'Error' }, /"errorMessage"/],
    [{ statusCode: 'test' }, /statusCode/], [{ statusCode: 600 }, /statusCode/], [{ statusCode: 199 }, /statusCode/], [{ statusCode: 200.5 }, /statusCode/],
    [{ body: { hey: 'dude' } }, /JSON\.stringify/], [{ body: 1 }, /body is no text/],
    [{ headers: 'x' }, /headers is no object/], [{ headers: { a: {} } }, /header "a"/], [{ multiValueHeaders: { a: 'b' } }, /multiValueHeaders "a"/],
    [{ isBase64Encoded: 'yes' }, /isBase64Encoded/],
  ])('%j is a bad gateway', async (result, reason) => {
    expect(await returning(result)).toEqual({
      kind: 'failure', responseType: 'DEFAULT_5XX', status: 502, message: 'Internal server error', reason: expect.stringMatching(reason),
    });
  });

  test.each<[InvocationResult, RegExp]>([
    [{ kind: 'ok', payload: undefined }, /empty/],
    [{ kind: 'error', type: 'TypeError', message: 'no' }, /^function App\/Photos failed: TypeError: no$/],
    [{ kind: 'timeout' }, /timeout of 3 s/],
    [{ kind: 'exit', reason: 'the process ended with exit code 1' }, /exit code 1/],
  ])('%j is a bad gateway too', async (result, reason) => {
    expect(await answerTo(result)).toMatchObject({ kind: 'failure', status: 502, message: 'Internal server error', reason: expect.stringMatching(reason) });
  });

  test('that the sandbox has no way to get is no answer of AWS', async () => {
    expect(await answerTo({ kind: 'error', type: 'Sandbox.Code', message: 'its code is a file' }))
      .toEqual({ kind: 'cannotRun', reason: 'function App/Photos: its code is a file' });
  });

  test('that comes after the timeout of the integration is a timeout', async () => {
    const runner: FunctionRunner = { invoke: () => new Promise(() => undefined), retire: () => undefined, close: async () => undefined };
    expect(await lambdaProxy(integrationRequest(), photos, 20, runner)).toMatchObject({
      kind: 'failure', responseType: 'INTEGRATION_TIMEOUT', status: 504, message: 'Endpoint request timed out', reason: expect.stringContaining('20 ms'),
    });
  });
});

test('a request of more than 6 MB is too long for a function', async () => {
  expect(await returning({}, { body: Buffer.alloc(6 * 1024 * 1024, 'x') })).toMatchObject({ kind: 'response', status: 413, body: '{"message": "Request Too Long"}' });
  expect(await returning({}, { body: Buffer.alloc(5 * 1024 * 1024, 'x') })).toMatchObject({ kind: 'response', status: 200 });
  expect(await returning({}, { body: Buffer.alloc(1024 * 1024 + 1, '\u0001') })).toMatchObject({ kind: 'response', status: 413 });
  expect(await returning({}, { body: Buffer.alloc(1000 * 1024, '\u0001') })).toMatchObject({ kind: 'response', status: 200 });
});

test('a real function gets the event and gives the response', async () => {
  const runner = createFunctionRunner({ host: functionHostFile(), onLog: () => undefined });
  try {
    const source = `exports.handler = async (event) => ({ statusCode: 201, headers: { 'content-type': 'text/plain' },
      body: [event.httpMethod, event.requestContext.authorizer.claims['cognito:groups'], JSON.parse(event.body).title].join(' ') })`;
    const request = integrationRequest({ claims: { 'cognito:groups': ['a', 'b'] } });
    expect(await lambdaProxy(request, { ...photos, code: { kind: 'inline', source } }, 5000, runner))
      .toEqual({ kind: 'response', status: 201, headers: [['content-type', 'text/plain']], body: 'POST a,b é' });
  } finally {
    await runner.close();
  }
});
