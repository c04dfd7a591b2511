import { methodSettings, runtimeOf } from './serve-gateway';
import { unservedNotices } from '../../../src/sandbox/gateway/unserved-notices';
import { api, method, modelOf } from '../../model/entities';

const stage = { id: 'Stage', variables: {} };
const settings = { id: 'Api', binaryMediaTypes: [], models: {}, apiKeySource: 'HEADER' as const };

test('limits and caches have no effect', () => {
  const runtime = runtimeOf({
    apis: [{ ...settings, stages: [{ ...stage, methodSettings: ['throttling', 'caching'] }, { ...stage, id: 'Plain' }] }],
    usagePlans: [{ id: 'Plan', stages: [], keys: [], limits: ['Quota'] }, { id: 'Free', stages: [], keys: [] }],
  });
  expect(unservedNotices(modelOf({ apis: [api()] }), runtime, new Set())).toEqual([
    { entity: 'Plan', what: 'Quota of the template has no effect', why: 'the sandbox counts no requests' },
    { entity: 'Stage', what: 'throttling and caching of the template have no effect', why: 'the sandbox counts no requests and keeps no answers' },
  ]);
});

test('methods that are answered with 501 are named once per reason, ten of them', () => {
  const others = Array.from({ length: 12 }, (_, index) => method('GET', `/other${index}`, { kind: 'public' }));
  const methods = [
    method('GET', '/table', { kind: 'public' }),
    method('GET', '/mock', { kind: 'public' }),
    method('GET', '/custom', { kind: 'lambda', authorizer: 'Lambda' }),
    method('PUT', '/custom', { kind: 'lambda', authorizer: 'Lambda' }),
    ...others,
  ];
  const mock = { kind: 'mock' as const, requestTemplates: {}, passthroughBehavior: 'NEVER', responses: [] };
  const runtime = runtimeOf({
    methods: methods.map(({ id }) => methodSettings(id, {
      integration: id === 'GET /mock' ? mock : { kind: 'other', what: id === 'GET /table' ? 'an AWS service integration (dynamodb)' : 'an HTTP integration that is no proxy' },
    })),
  });
  const mapped = '--integration puts a local URL in its place';
  expect(unservedNotices(modelOf({ apis: [api()], methods }), runtime, new Set())).toEqual([
    { entity: 'Api', what: 'answered with 501: GET /custom, PUT /custom', why: 'the sandbox runs no Lambda authorizers' },
    { entity: 'Api', what: 'answered with 501: GET /table', why: `the sandbox cannot run an AWS service integration (dynamodb); ${mapped}` },
    {
      entity: 'Api',
      what: `answered with 501: ${others.slice(0, 10).map(({ id }) => id).join(', ')} and 2 more`,
      why: `the sandbox cannot run an HTTP integration that is no proxy; ${mapped}`,
    },
  ]);
});

test('methods that a local URL stands behind are not among those answered with 501, unless their authorizer is why', () => {
  const methods = [method('GET', '/table', { kind: 'public' }), method('PUT', '/table', { kind: 'public' }), method('GET', '/custom', { kind: 'lambda', authorizer: 'Lambda' })];
  const runtime = runtimeOf({ methods: methods.map(({ id }) => methodSettings(id, { integration: { kind: 'other', what: 'an AWS service integration (dynamodb)' } })) });
  const told = (...mapped: string[]) => unservedNotices(modelOf({ apis: [api()], methods }), runtime, new Set(mapped)).map(({ what }) => what);
  expect(told('GET /table', 'GET /custom')).toEqual(['answered with 501: GET /custom', 'answered with 501: PUT /table']);
  expect(told('GET /table', 'PUT /table')).toEqual(['answered with 501: GET /custom']);
});
