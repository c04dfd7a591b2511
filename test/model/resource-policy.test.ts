import { api, anyOf, authorizer, method, modelOf, userPool } from './entities';
import { decide, type AccessRequest } from '../../src/model/decide';
import { resourcePolicyDoubt } from '../../src/model/resource-policy';

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
