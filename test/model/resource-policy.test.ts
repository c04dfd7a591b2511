import { api, anyOf, authorizer, method, modelOf, userPool } from './entities';
import { decide, type AccessRequest } from '../../src/model/decide';
import { resourcePolicyDenies, resourcePolicyDoubt } from '../../src/model/resource-policy';

const WHY = { unknown: 'parameter of stack App' };
const statement = (Effect: unknown, Action: unknown = 'execute-api:Invoke') => ({ Effect, Principal: '*', Action, Resource: '*' });
const allow = (more: object) => ({ ...statement('Allow'), ...more });
const HERE = { unknown: 'known after deployment', expression: 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:*/*' };
const policy = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });

test.each<[string, unknown, string | undefined]>([
  ['an Allow', policy(statement('Allow')), undefined],
  ['an Allow that is no list', { Statement: statement('Allow') }, undefined],
  ['an Allow as JSON', JSON.stringify(policy(statement('Allow'))), undefined],
  ['an Allow of every action', policy(statement('Allow', '*')), undefined],
  ['an Allow of every action of the service', policy(statement('Allow', ['s3:GetObject', 'Execute-API:*'])), undefined],
  ['an Allow of actions that begin as that of calls', policy(statement('Allow', 'execute-api:Inv*')), undefined],
  ['an Allow of actions with other wildcards', policy(statement('Allow', 'execute-api:?nvoke')), 'allows some actions only'],
  ['an Allow of an action that is not known', policy(statement('Allow', WHY)), `the actions that the resource policy of the API allows cannot be known: ${WHY.unknown}`],
  ['an Allow of all actions but one', policy(allow({ Action: undefined, NotAction: 's3:GetObject' })), 'allows all but some actions'],
  ['an Allow without an action', policy(allow({ Action: undefined })), 'allows some actions only'],
  ['an Allow of everybody as AWS principals', policy(allow({ Principal: { AWS: ['*'] } })), undefined],
  ['an Allow of a role', policy(allow({ Principal: { AWS: 'arn:aws:iam::123456789012:role/x' } })), 'allows some principals only'],
  ['an Allow of a principal that is not known', policy(allow({ Principal: { AWS: [WHY] } })), `the principals that the resource policy of the API allows cannot be known: ${WHY.unknown}`],
  ['an Allow of all principals but one', policy(allow({ Principal: undefined, NotPrincipal: { AWS: 'x' } })), 'allows some principals only'],
  ['an Allow under a condition', policy(allow({ Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })), 'allows calls under a condition only'],
  ['an Allow of another method', policy(allow({ Resource: 'execute-api:/*/GET/other' })), 'allows some resources only'],
  ['an Allow of one stage', policy(allow({ Resource: 'execute-api:/prod/*' })), 'allows some resources only'],
  ['an Allow of the API in another account', policy(allow({ Resource: 'arn:aws:execute-api:*:123456789012:*/*' })), 'allows some resources only'],
  ['an Allow of a resource that is not known', policy(allow({ Resource: WHY })), `the resources that the resource policy of the API allows cannot be known: ${WHY.unknown}`],
  ['an Allow of all resources but one', policy(allow({ Resource: undefined, NotResource: 'execute-api:/*/GET/other' })), 'allows some resources only'],
  ['an Allow of a method beside one of everything', policy(allow({ Resource: 'execute-api:/*/GET/other' }), statement('Allow')), undefined],
  ['an Allow of a method beside one of other actions', policy(statement('Allow', 's3:*'), allow({ Resource: 'execute-api:/*/GET/other' })), 'allows some resources only'],
  ['an Allow of the whole API', policy(allow({ Resource: ['execute-api:/*/GET/other', 'execute-api:/*'] })), undefined],
  ['an Allow of all stages, verbs and paths', policy(allow({ Resource: 'execute-api:/*/*/*' })), undefined],
  ['an Allow of all APIs of the account', policy(allow({ Resource: HERE })), undefined],
  ['an Allow of other actions', policy(statement('Allow', ['execute-api:InvalidateCache', 's3:*'])), 'no Allow statement for calls'],
  ['a Deny alone', policy(statement('Deny')), 'a Deny statement'],
  ['a Deny after an Allow', policy(statement('Allow'), statement('Deny')), 'a Deny statement'],
  ['no statement', policy(), 'no Allow statement for calls'],
  ['nothing', {}, 'no Allow statement for calls'],
  ['a text that is no JSON', 'Allow', 'cannot be known: it is a text'],
  ['what is not known', WHY, `cannot be known: ${WHY.unknown}`],
  ['statements that are not known', { Statement: WHY }, `cannot be known: ${WHY.unknown}`],
  ['a statement that is not known', policy(statement('Allow'), WHY), `cannot be known: ${WHY.unknown}`],
  ['an effect that is not known', policy(statement('Allow'), statement(WHY)), `cannot be known: ${WHY.unknown}`],
])('a resource policy of %s', (_, document, expected) => {
  const doubt = resourcePolicyDoubt(document)?.unknown;
  if (expected === undefined) expect(doubt).toBeUndefined();
  else expect(doubt).toContain(expected);
});

const deny = (more: object) => ({ ...statement('Deny'), ...more });

test.each<[string, unknown, boolean]>([
  ['a Deny of everybody, every call and every method', policy(statement('Deny')), true],
  ['such a Deny beside an Allow', policy(statement('Allow'), statement('Deny')), true],
  ['such a Deny beside what is not known', policy(WHY, statement('Deny')), true],
  ['such a Deny that is no list', { Statement: statement('Deny') }, true],
  ['such a Deny as JSON', JSON.stringify(policy(statement('Deny'))), true],
  ['a Deny of everybody as AWS principals', policy(deny({ Principal: { AWS: ['*'] } })), true],
  ['a Deny of the whole API', policy(deny({ Resource: 'execute-api:/*' })), true],
  ['an Allow alone', policy(statement('Allow')), false],
  ['a Deny under a condition', policy(statement('Allow'), deny({ Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })), false],
  ['a Deny under a condition that is not known', policy(deny({ Condition: WHY })), false],
  ['a Deny of one method', policy(deny({ Resource: 'execute-api:/*/GET/photos' })), false],
  ['a Deny of all resources but one', policy(deny({ Resource: undefined, NotResource: 'execute-api:/*/GET/photos' })), false],
  ['a Deny of a role', policy(deny({ Principal: { AWS: 'arn:aws:iam::123456789012:role/x' } })), false],
  ['a Deny of all principals but one', policy(deny({ Principal: undefined, NotPrincipal: { AWS: 'x' } })), false],
  ['a Deny of another action', policy(statement('Deny', 'execute-api:InvalidateCache')), false],
  ['a Deny of all actions but one', policy(deny({ Action: undefined, NotAction: 's3:GetObject' })), false],
  ['a Deny of a resource that is not known', policy(deny({ Resource: WHY })), false],
  ['an effect that is not known', policy(statement(WHY)), false],
  ['nothing', {}, false],
  ['a text that is no JSON', 'Deny', false],
  ['what is not known', WHY, false],
])('a resource policy with %s denies everybody every call: %#', (_, document, expected) => {
  expect(resourcePolicyDenies(document)).toBe(expected);
  if (expected) expect(resourcePolicyDoubt(document)).toBeDefined();
});

test.each([
  ['us-east-1', '123456789012', true], ['*', '123456789012', true], ['us-east-1', '*', true], ['${AWS::Region}', '${AWS::AccountId}', true],
  ['eu-west-1', '123456789012', false], ['us-east-1', '210987654321', false], ['us-east-1', '', false], ['', '', false],
])('a resource of Region %s and account %s is every method of an API in us-east-1 of 123456789012: %s', (region, account, expected) => {
  const place = { region: 'us-east-1', account: '123456789012' };
  const Resource = `arn:aws:execute-api:${region}:${account}:*/*`;
  expect(resourcePolicyDoubt(policy(allow({ Resource })), place) === undefined).toBe(expected);
  expect(resourcePolicyDenies(policy(deny({ Resource })), place)).toBe(expected);
});

describe('a resource policy that denies everybody every call', () => {
  const model = modelOf({
    userPools: [userPool()],
    apis: [api({ resourcePolicy: true, resourcePolicyDoubt: WHY, resourcePolicyDenies: true })],
    authorizers: [authorizer(), authorizer({ id: 'Lambda', kind: 'lambda', userPools: [] })],
    methods: [
      method('GET', '/photos', anyOf('photos/read')), method('GET', '/health', { kind: 'public' }), method('GET', '/admin', { kind: 'iam' }), method('GET', '/key', { kind: 'apiKey' }),
      method('GET', '/both', anyOf('photos/read'), { apiKeyRequired: true }), method('GET', '/custom', { kind: 'lambda', authorizer: 'Lambda' }),
    ],
  });
  const token = { use: 'access' as const, userPool: 'Pool', scopes: ['photos/read'] };

  test.each<[string, Partial<AccessRequest>, object]>([
    ['GET /photos', { token }, { verdict: 'deny', reason: 'resourcePolicyDenies' }],
    ['GET /health', {}, { verdict: 'deny', reason: 'resourcePolicyDenies' }],
    ['GET /admin', { iam: true }, { verdict: 'deny', reason: 'resourcePolicyDenies' }],
    // The authorizer comes first, an API key last.
    ['GET /photos', {}, { verdict: 'deny', reason: 'noToken' }],
    ['GET /photos', { token: { ...token, scopes: [] } }, { verdict: 'deny', reason: 'scopeMissing' }],
    ['GET /admin', {}, { verdict: 'deny', reason: 'iamRequired' }],
    ['GET /key', {}, { verdict: 'deny', reason: 'resourcePolicyDenies' }],
    ['GET /key', { apiKey: true }, { verdict: 'deny', reason: 'resourcePolicyDenies' }],
    ['GET /both', { token }, { verdict: 'deny', reason: 'resourcePolicyDenies' }],
    // What a Lambda authorizer says before it is not known.
    ['GET /custom', {}, { verdict: 'unknown' }],
  ])('answers %s, asked with %j', (id, request, expected) => {
    expect(decide(model, { target: { method: id }, ...request })).toMatchObject(expected);
  });
});

describe('a resource policy that may refuse', () => {
  const model = modelOf({
    userPools: [userPool()],
    apis: [api({ resourcePolicy: true, resourcePolicyDoubt: WHY })],
    authorizers: [authorizer()],
    methods: [method('GET', '/photos', anyOf('photos/read')), method('GET', '/health', { kind: 'public' }), method('GET', '/admin', { kind: 'iam' })],
  });
  const answer = (id: string, request: Partial<AccessRequest> = {}) => decide(model, { target: { method: id }, ...request });

  test('leaves open what would be allowed', () => {
    const token = { use: 'access' as const, userPool: 'Pool', scopes: ['photos/read'] };
    for (const decision of [answer('GET /photos', { token }), answer('GET /health'), answer('GET /admin', { iam: true })]) {
      expect(decision).toMatchObject({ verdict: 'unknown', reason: WHY });
    }
  });

  test('allows nothing that is refused without it', () => {
    expect(answer('GET /photos')).toMatchObject({ verdict: 'deny', reason: 'noToken' });
    expect(answer('GET /admin')).toMatchObject({ verdict: 'deny', reason: 'iamRequired' });
  });
});
