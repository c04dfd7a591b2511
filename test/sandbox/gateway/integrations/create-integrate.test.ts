import { integrationRequest } from './integration-request';
import type { FunctionSettings, Integration } from '../../../../src/model/runtime-model';
import type { Value } from '../../../../src/model/value';
import type { FunctionRunner, RunnableFunction } from '../../../../src/sandbox/functions/function-runner';
import { createIntegrate } from '../../../../src/sandbox/gateway/integrations/create-integrate';
import { functionNotices } from '../../../../src/sandbox/gateway/integrations/function-notices';
import { runnableFunction } from '../../../../src/sandbox/gateway/integrations/runnable';
import { functionOf } from '../../functions/function-of';
import { methodSettings, runtimeOf } from '../serve-gateway';

const UNKNOWN = { unknown: 'the parameter Text has no default', expression: '${Text}' };
const TABLE = { unknown: 'only deployment knows it', expression: 'table-${App/Table}' };
const bind = (value: Value<string>): Value<string> => (value === TABLE ? 'table-photos' : value);

function settings(members: Partial<FunctionSettings> = {}): FunctionSettings {
  return { ...functionOf(), ...members };
}

describe('a function', () => {
  test('is runnable with what the sandbox names', () => {
    const made = runnableFunction(settings({ environment: { TABLE, OTHER: UNKNOWN, A: '1' }, timeout: UNKNOWN, memory: UNKNOWN }), bind);
    expect(made).toEqual({
      kind: 'runnable',
      function: { ...settings(), environment: { TABLE: 'table-photos', A: '1' }, timeout: 3, memory: 128 },
      notices: [
        { entity: 'App/Photos', what: 'the environment variable OTHER is left out', why: '<${Text}> is not known here' },
        { entity: 'App/Photos', what: 'the timeout is 3, as where a template has none', why: '<${Text}>' },
        { entity: 'App/Photos', what: 'the memory is 128, as where a template has none', why: '<${Text}>' },
      ],
    });
  });

  test.each([[900, 900], [901, 900], [1e15, 900]])('with a timeout of %d s has %d s', (timeout, expected) => {
    expect(runnableFunction(settings({ timeout }), bind)).toMatchObject({ function: { timeout: expected } });
  });

  test.each<[FunctionSettings['surroundings'], string]>([
    [['Layers'], 'Layers of the template has no effect'], [['Layers', 'VpcConfig'], 'Layers and VpcConfig of the template have no effect'],
  ])('with %j runs without, and says so', (surroundings, what) => {
    expect(runnableFunction(settings({ surroundings }), bind)).toMatchObject({ kind: 'runnable', notices: [{ entity: 'App/Photos', what }] });
  });

  test('has a name, a Region and an account in any case', () => {
    const made = runnableFunction(settings({ name: undefined, region: undefined, account: undefined }), bind);
    expect(made).toMatchObject({ function: { name: expect.stringMatching(/^App-Photos-\w{12}$/), region: 'us-east-1', account: '123456789012' } });
  });

  test('that cannot run is told of, unless local URLs stand behind all of its methods', () => {
    const methods = ['GET /photos', 'PUT /photos'].map((id) => methodSettings(id, { integration: { kind: 'lambdaProxy', function: 'App/Photos', timeout: 29_000 } }));
    const runtime = runtimeOf({ methods, functions: [settings({ runtime: 'python3.13' })] });
    const told = (...mapped: string[]) => functionNotices(runtime, bind, new Set(mapped)).map(({ what }) => what);
    expect(told('GET /photos')).toEqual(['does not run']);
    expect(told('GET /photos', 'PUT /photos')).toEqual([]);
  });

  test.each<[Partial<FunctionSettings>, RegExp]>([
    [{ runtime: 'python3.13' }, /runs Node\.js functions only, and its runtime is python3\.13/],
    [{ runtime: UNKNOWN }, /its runtime is not known: the parameter Text/],
    [{ handler: UNKNOWN }, /its handler is not known: the parameter Text/],
    [{ code: { kind: 'elsewhere', unknown: 'it is an image' } }, /its code is not here: it is an image/],
  ])('with %j cannot run', (members, reason) => {
    expect(runnableFunction(settings(members), bind)).toEqual({ kind: 'cannotRun', reason: expect.stringMatching(reason) });
  });
});

describe('an integration', () => {
  const ran: RunnableFunction[] = [];
  const runner: FunctionRunner = {
    invoke: async (functionToRun) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      ran.push(functionToRun);
      return { kind: 'ok', payload: '{"statusCode":202}' };
    },
    retire: () => undefined,
    close: async () => undefined,
  };

  function answerOf(integration: Integration, mappings: { method: string; url: string }[] = []) {
    const method = methodSettings('method', { integration });
    const runtime = runtimeOf({ methods: [method], functions: [settings({ environment: { TABLE } })] });
    return createIntegrate({ runtime: () => runtime, bind, runner, mappings: () => mappings })('method', integrationRequest());
  }

  test('runs the function of a Lambda proxy', async () => {
    expect(await answerOf({ kind: 'lambdaProxy', function: 'App/Photos', timeout: UNKNOWN })).toMatchObject({ kind: 'response', status: 202 });
    expect(ran).toMatchObject([{ id: 'App/Photos', environment: { TABLE: 'table-photos' } }]);
  });

  test('waits as long as a timer can', async () => {
    expect(await answerOf({ kind: 'lambdaProxy', function: 'App/Photos', timeout: 1e15 })).toMatchObject({ kind: 'response', status: 202 });
  });

  test('binds what a mock says', async () => {
    expect(await answerOf({
      kind: 'mock',
      requestTemplates: { 'application/json': '{"statusCode":200}' },
      passthroughBehavior: 'NEVER',
      responses: [{ statusCode: '200', responseParameters: {}, responseTemplates: { 'application/json': TABLE } }],
    })).toMatchObject({ kind: 'response', status: 200, body: 'table-photos' });
  });

  test('binds the URL of an HTTP proxy', async () => {
    const url = { unknown: TABLE.unknown, expression: 'http://127.0.0.1:1/${App/Table}' };
    const bindUrl = (value: Value<string>) => (value === url ? 'http://127.0.0.1:1/photos' : value);
    const method = methodSettings('method', { integration: { kind: 'httpProxy', url, verb: 'GET', requestParameters: {}, timeout: 1000 } });
    const integrate = createIntegrate({ runtime: () => runtimeOf({ methods: [method] }), bind: bindUrl, runner });
    expect(await integrate('method', integrationRequest())).toMatchObject({ kind: 'failure', responseType: 'INTEGRATION_FAILURE' });
  });

  test.each<[Integration, RegExp]>([
    [{ kind: 'other', what: 'an AWS service integration (dynamodb)' }, /^an AWS service integration \(dynamodb\)$/],
    [{ kind: 'lambdaProxy', function: 'App/Gone', timeout: 29_000 }, /App\/Gone is not in the templates/],
    [{ kind: 'lambdaProxy', function: UNKNOWN, timeout: 29_000 }, /the function is not known: the parameter Text/],
    [{ kind: 'httpProxy', url: UNKNOWN, verb: 'GET', requestParameters: {}, timeout: 29_000 }, /its URL is not known/],
  ])('%j cannot run', async (integration, reason) => {
    expect(await answerOf(integration)).toEqual({ kind: 'cannotRun', reason: expect.stringMatching(reason) });
  });

  test('with a function that cannot run says which and why', async () => {
    const method = methodSettings('method', { integration: { kind: 'lambdaProxy', function: 'App/Photos', timeout: 29_000 } });
    const runtime = runtimeOf({ methods: [method], functions: [settings({ runtime: 'python3.13' })] });
    expect(await createIntegrate({ runtime: () => runtime, bind, runner })('method', integrationRequest())).toEqual({
      kind: 'cannotRun', reason: 'function App/Photos: the sandbox runs Node.js functions only, and its runtime is python3.13',
    });
    expect(functionNotices(runtime, bind, new Set())).toEqual([
      { entity: 'App/Photos', what: 'does not run', why: 'the sandbox runs Node.js functions only, and its runtime is python3.13' },
    ]);
  });

  test('is replaced by a local URL', async () => {
    expect(await answerOf({ kind: 'other', what: 'x' }, [{ method: 'method', url: 'http://127.0.0.1:1/' }])).toMatchObject({ kind: 'failure', responseType: 'INTEGRATION_FAILURE' });
  });

  test('of a method without settings cannot run', async () => {
    expect(await createIntegrate({ runtime: () => runtimeOf(), bind, runner })('method', integrationRequest())).toMatchObject({ kind: 'cannotRun' });
  });
});
