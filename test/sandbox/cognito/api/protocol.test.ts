import { CreateUserPoolCommand, DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import * as fc from 'fast-check';
import { PREFIX, startApi, type ApiServer } from './api-server';
import { createCognitoApi } from '../../../../src/sandbox/cognito/api/create-cognito-api';
import { OPERATIONS } from '../../../../src/sandbox/cognito/api/operations';

let api: ApiServer;

beforeAll(async () => {
  api = await startApi();
});

afterAll(() => api.close());

describe('the JSON API of Cognito', () => {
  test.each([
    ['an operation that is not here', `${PREFIX}CreateUserPool`, '{}', 'UnknownOperationException'],
    ['no target', undefined, '{}', 'UnknownOperationException'],
    ['the target of another service', 'DynamoDB_20120810.ListTables', '{}', 'UnknownOperationException'],
    ['a method of objects as target', `${PREFIX}constructor`, '{}', 'UnknownOperationException'],
    ['a body that is not JSON', `${PREFIX}ListUserPools`, '{"MaxResults":', 'SerializationException'],
    ['a list as body', `${PREFIX}ListUserPools`, '[]', 'SerializationException'],
    ['null as body', `${PREFIX}ListUserPools`, 'null', 'SerializationException'],
    ['a text in place of a number', `${PREFIX}ListUserPools`, '{"MaxResults":"1"}', 'SerializationException'],
    ['a number in place of a text', `${PREFIX}DescribeUserPool`, '{"UserPoolId":1}', 'SerializationException'],
    ['an empty body', `${PREFIX}ListUserPools`, '', 'InvalidParameterException'],
    ['a made-up page token', `${PREFIX}ListUserPools`, '{"MaxResults":1,"NextToken":"x"}', 'InvalidParameterException'],
  ])('answers %s with the error of the service', async (_, target, body, type) => {
    const answer = await api.post(target, body);
    expect(answer).toMatchObject({ status: 400, body: { __type: type } });
    expect(answer.headers.get('x-amzn-errortype')).toBe(type);
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[\w-]{36}$/);
    expect(answer.headers.get('content-type')).toBe('application/x-amz-json-1.1');
  });

  test('does not read a body of 2 MB', async () => {
    const app = createCognitoApi({ cognito: api.cognito, clock: Date.now, log: api.log });
    const answer = await app.request('/', { method: 'POST', headers: { 'X-Amz-Target': `${PREFIX}ListUserPools` }, body: ' '.repeat(2 ** 21) });
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({ status: 400, body: { __type: 'SerializationException' } });
  });

  test('names its errors to the SDK', async () => {
    await expect(api.sdk.send(new CreateUserPoolCommand({ PoolName: 'x' }))).rejects.toMatchObject({ name: 'UnknownOperationException' });
    await expect(api.sdk.send(new DescribeUserPoolCommand({ UserPoolId: 'eu-central-1_nothing' })))
      .rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'User pool eu-central-1_nothing does not exist.' });
  });

  test('writes each call to the log, with what it was about and why it failed', async () => {
    await api.post(`${PREFIX}DescribeUserPool`, { UserPoolId: api.pool.poolId });
    await api.post(`${PREFIX}DescribeUserPool`, { UserPoolId: 'x_y' });
    await api.post('Nonsense', {});
    expect(api.log.last().slice(0, 3).reverse()).toMatchObject([
      { part: 'cognito-idp', what: 'DescribeUserPool', subject: api.pool.name, status: 200 },
      { part: 'cognito-idp', what: 'DescribeUserPool', status: 400, reason: 'ResourceNotFoundException: User pool x_y does not exist.' },
      { part: 'cognito-idp', what: '"Nonsense"', status: 400, reason: 'UnknownOperationException: the sandbox does not have the operation' },
    ]);
  });

  const member = fc.oneof(
    fc.constantFrom('UserPoolId', 'ClientId', 'Identifier', 'Name', 'Scopes', 'MaxResults', 'NextToken', 'Username', 'AuthParameters', 'AuthFlow', '__proto__'),
    fc.string(),
  );
  test('property: answers no JSON with a 5xx', async () => {
    const call = fc.tuple(fc.constantFrom(...Object.keys(OPERATIONS)), fc.oneof(fc.jsonValue(), fc.dictionary(member, fc.jsonValue())));
    await fc.assert(fc.asyncProperty(call, async ([name, body]) => {
      const { status } = await api.post(PREFIX + name, JSON.stringify(body));
      expect([200, 400]).toContain(status);
    }), { numRuns: 300 });
  }, 60_000);
});
