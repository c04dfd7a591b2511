import { runtimeOf } from './serve-gateway';
import type { Api } from '../../../src/model/access-model';
import type { RuntimeModel } from '../../../src/model/runtime-model';
import { settingNotices } from '../../../src/sandbox/gateway/setting-notices';
import { api, modelOf } from '../../model/entities';

const OPEN = { unknown: 'a parameter' };
const KNOWN_AT_RUN_TIME = { unknown: 'a parameter', expression: '${S/Known}' };
const noticesOf = (members: Partial<Api>, runtime: Partial<RuntimeModel> = {}) => (
  settingNotices(modelOf({ apis: [api(members)] }), runtimeOf(runtime), (value) => (value === KNOWN_AT_RUN_TIME ? 'known' : value))
);
const response = { responseType: 'UNAUTHORIZED', parameters: {}, templates: {} };

test.each<[string, Api['gatewayResponses'][number], string[]]>([
  ['an unknown type', { ...response, responseType: OPEN }, ['a gateway response is left out']],
  ['an unknown status', { ...response, statusCode: OPEN }, ['the status of gateway response UNAUTHORIZED is that of API Gateway']],
  ['an unknown header', { ...response, parameters: { 'gatewayresponse.header.A': OPEN, 'gatewayresponse.header.B': "'b'" } },
    ['gatewayresponse.header.A of gateway response UNAUTHORIZED is left out']],
  ['an unknown template', { ...response, templates: { 'text/html': OPEN } }, ['the template of gateway response UNAUTHORIZED for text/html is left out']],
  ['values that are known at run time', { ...response, statusCode: KNOWN_AT_RUN_TIME, parameters: { a: KNOWN_AT_RUN_TIME } }, []],
])('a gateway response with %s', (_, gatewayResponse, expected) => {
  expect(noticesOf({ gatewayResponses: [gatewayResponse] })).toEqual(expected.map((what) => ({ entity: 'Api', what, why: 'a parameter' })));
});

test('variables of stages and values of API keys', () => {
  const apis = [{ id: 'Api', binaryMediaTypes: [], models: {}, apiKeySource: 'HEADER' as const, stages: [{ id: 'Stage', variables: { a: OPEN, b: '1' } }] }];
  const apiKeys = [{ id: 'Open', value: OPEN, enabled: true }, { id: 'Made', enabled: true }, { id: 'Stated', value: 'x', enabled: true }];
  expect(noticesOf({}, { apis, apiKeys })).toEqual([
    { entity: 'Stage', what: 'stage variable a is left out', why: 'a parameter' },
    { entity: 'Open', what: 'the API key has a value of this run', why: 'a parameter' },
  ]);
});
