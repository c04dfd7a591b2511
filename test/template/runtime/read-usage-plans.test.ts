import { OPEN, UNKNOWN, runtimeOfResources } from './runtime-of';

const API = { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } } };
const STAGE = { Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } } };
const key = (properties: object = {}) => ({ Type: 'AWS::ApiGateway::ApiKey', Properties: properties });
const plan = (...stages: unknown[]) => ({ Type: 'AWS::ApiGateway::UsagePlan', Properties: { ApiStages: stages } });
const link = (KeyId: unknown, UsagePlanId: unknown) => ({ Type: 'AWS::ApiGateway::UsagePlanKey', Properties: { KeyId, KeyType: 'API_KEY', UsagePlanId } });

test('keys are read with their value where the template states one', () => {
  const { apiKeys } = runtimeOfResources({ A: key({ Name: 'a', Value: 'a-value-of-at-least-20', Enabled: true }), B: key(), C: key({ Value: OPEN, Enabled: OPEN }) });
  expect(apiKeys).toEqual([
    { id: 'App/A', name: 'a', value: 'a-value-of-at-least-20', enabled: true },
    { id: 'App/B', enabled: false },
    { id: 'App/C', value: UNKNOWN, enabled: UNKNOWN },
  ]);
});

test('usage plans have their stages and the keys that are linked to them', () => {
  const { usagePlans } = runtimeOfResources({
    ...API,
    ...STAGE,
    A: key(),
    B: key(),
    Plan: plan({ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }, { ApiId: { Ref: 'Api' }, Stage: 'test' }, OPEN, { ApiId: { Ref: 'Api' }, Stage: OPEN }),
    Empty: { Type: 'AWS::ApiGateway::UsagePlan' },
    Link: link({ Ref: 'A' }, { Ref: 'Plan' }),
    Attributes: link({ 'Fn::GetAtt': ['B', 'APIKeyId'] }, { 'Fn::GetAtt': ['Plan', 'Id'] }),
    Unknown: link(OPEN, { Ref: 'Plan' }),
    Elsewhere: link('abc123', { Ref: 'Plan' }),
    OtherPlan: link({ Ref: 'A' }, 'plan-elsewhere'),
    Nothing: { Type: 'AWS::ApiGateway::UsagePlanKey' },
  });
  expect(usagePlans).toEqual([
    {
      id: 'App/Plan',
      stages: [{ api: 'App/Api', stage: 'prod' }, { api: 'App/Api', stage: 'test' }, { api: 'App/Api', stage: UNKNOWN }],
      keys: ['App/A', 'App/B', UNKNOWN, 'abc123'],
    },
    { id: 'App/Empty', stages: [], keys: [] },
  ]);
});

test.each([
  [{ Throttle: { RateLimit: 1 } }, ['Throttle']],
  [{ Quota: OPEN, Throttle: { BurstLimit: 2 } }, ['Throttle', 'Quota']],
  [{ ApiStages: [{ ApiId: 'a', Stage: 'b', Throttle: { '/photos/GET': { RateLimit: 1 } } }] }, ['Throttle']],
  [{ Throttle: {}, Quota: null }, undefined],
])('of a usage plan with %j the limits are %j', (properties, limits) => {
  expect(runtimeOfResources({ Plan: { Type: 'AWS::ApiGateway::UsagePlan', Properties: properties } }).usagePlans[0].limits).toEqual(limits);
});

test.each([
  ['AWS::ApiGateway::Stage', { MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 0 }] }, ['throttling']],
  ['AWS::ApiGateway::Stage', { MethodSettings: [{ LoggingLevel: 'INFO', CachingEnabled: false }, { CachingEnabled: 'true', ThrottlingBurstLimit: OPEN }] }, ['throttling', 'caching']],
  ['AWS::ApiGateway::Stage', { MethodSettings: [{ LoggingLevel: 'INFO', CachingEnabled: false }] }, undefined],
  ['AWS::ApiGateway::Deployment', { StageDescription: { CachingEnabled: true } }, ['caching']],
  ['AWS::ApiGateway::Deployment', { StageDescription: { MethodSettings: [{ ThrottlingRateLimit: 5 }] } }, ['throttling']],
])('of %s with %j the settings for requests are %j', (type, properties, expected) => {
  const { apis } = runtimeOfResources({ ...API, Stage: { Type: type, Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', ...properties } } });
  expect(apis[0].stages[0].methodSettings).toEqual(expected);
});

test('a key with stages of its own is in a plan of its own', () => {
  const { usagePlans } = runtimeOfResources({ ...API, ...STAGE, A: key({ StageKeys: [{ RestApiId: { Ref: 'Api' }, StageName: { Ref: 'Stage' } }] }) });
  expect(usagePlans).toEqual([{ id: 'App/A StageKeys', stages: [{ api: 'App/Api', stage: 'prod' }], keys: ['App/A'] }]);
});
