import { CreateUserPoolCommand, DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import * as fc from 'fast-check';
import { PREFIX, startApi, type ApiServer } from './api-server';
import { createCognitoApi } from '../../../../src/sandbox/cognito/api/create-cognito-api';
import { OPERATIONS } from '../../../../src/sandbox/cognito/api/operations';
import type { Cognito } from '../../../../src/sandbox/cognito/cognito';

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

  test('does not read a body of 2 MB, and says so in the log', async () => {
    const app = createCognitoApi({ cognito: api.cognito, clock: Date.now, log: api.log });
    const answer = await app.request('/', { method: 'POST', headers: { 'X-Amz-Target': `${PREFIX}ListUserPools` }, body: ' '.repeat(2 ** 21) });
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({ status: 400, body: { __type: 'SerializationException' } });
    expect(api.log.last()[0]).toMatchObject({
      part: 'cognito-idp', what: 'ListUserPools', status: 400, reason: 'SerializationException: the body is larger than 1048576 bytes',
    });
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
      { part: 'cognito-idp', what: 'DescribeUserPool', status: 400, reason: 'ResourceNotFoundException: no user pool has the id' },
      { part: 'cognito-idp', what: '"Nonsense"', status: 400, reason: 'UnknownOperationException: the sandbox does not have the operation' },
    ]);
  });

  test('refuses a body that is nested too deeply, and keeps nothing of it', async () => {
    const { clientId } = api.client('Web');
    const one = { UserPoolId: api.pool.poolId, ClientId: clientId };
    const deep = JSON.stringify({ ...one, ClientName: 'x', AnalyticsConfiguration: 0 }).replace('0}', `${'['.repeat(200_000)}${']'.repeat(200_000)}}`);
    for (const operation of ['UpdateUserPoolClient', 'CreateUserPoolClient', 'DescribeUserPoolClient']) {
      expect(await api.post(PREFIX + operation, deep)).toMatchObject({ status: 400, body: { __type: 'SerializationException' } });
      expect(api.log.last()[0]).toMatchObject({ what: operation, status: 400, reason: 'SerializationException: the body is nested more than 20 levels deep' });
    }
    expect((await api.post(`${PREFIX}DescribeUserPoolClient`, one)).status).toBe(200);
  });

  test.each([[20, 200], [21, 400]])('takes a member that is nested so that the body has %d levels with status %d', async (levels, status) => {
    const body = `{"UserPoolId":"${api.pool.poolId}","Unknown":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect((await api.post(`${PREFIX}DescribeUserPool`, body)).status).toBe(status);
  });

  test('answers an error of its own with 500, writes it to the log, and tells nothing of its message', async () => {
    const pools = { get: () => { throw new RangeError('a secret'); } } as unknown as Cognito['pools'];
    const app = createCognitoApi({ cognito: { ...api.cognito, pools }, clock: Date.now, log: api.log });
    const answer = await app.request('/', { method: 'POST', headers: { 'X-Amz-Target': `${PREFIX}DescribeUserPool` }, body: '{"UserPoolId":"x_y"}' });
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({ status: 500, body: { __type: 'InternalErrorException' } });
    expect(api.log.last()[0]).toMatchObject({ what: 'DescribeUserPool', status: 500, reason: 'InternalErrorException: the sandbox failed with RangeError' });
  });

  test('has no secret in the log that came at a wrong place', async () => {
    const { clientId: ClientId, secrets: [{ value }] } = api.client('Web');
    const UserPoolId = api.pool.poolId;
    const client = { UserPoolId, ClientId, ClientName: 'x' };
    // As an id of a user pool it needs an underscore.
    const secret = `us_${value}`;
    const calls: [string, object][] = [
      ['DescribeUserPool', { UserPoolId: secret }],
      ['DescribeUserPoolClient', { UserPoolId, ClientId: secret }],
      ['InitiateAuth', { ClientId: secret, AuthFlow: 'USER_PASSWORD_AUTH' }],
      ['AddUserPoolClientSecret', { UserPoolId, ClientId: secret }],
      ['DeleteUserPoolClientSecret', { UserPoolId, ClientId, ClientSecretId: secret }],
      ['DescribeResourceServer', { UserPoolId, Identifier: secret }],
      ['CreateResourceServer', { UserPoolId, Identifier: 'x', Name: 'x', Scopes: [1, 2].map(() => ({ ScopeName: secret, ScopeDescription: 'x' })) }],
      ['GetClientToken', { ClientId: secret, Secret: value }],
      ['GetClientToken', { ClientId, Secret: value, Scopes: [secret] }],
      ['UpdateUserPoolClient', { ...client, AllowedOAuthScopes: [secret] }],
      ['UpdateUserPoolClient', { ...client, CallbackURLs: [secret] }],
      ['UpdateUserPoolClient', { ...client, CallbackURLs: [`https://${secret}/#`] }],
      ['UpdateUserPoolClient', { ...client, CallbackURLs: [`http://${secret}/`] }],
      ['UpdateUserPoolClient', { ...client, DefaultRedirectURI: secret }],
      ['AdminCreateUser', { UserPoolId, Username: 'x', UserAttributes: [{ Name: secret.slice(0, 32), Value: 'x' }] }],
    ];
    for (const [name, input] of calls) {
      const { status } = await api.post(PREFIX + name, input);
      expect([name, status, api.log.last()[0].what]).toEqual([name, 400, name]);
    }
    expect(JSON.stringify(api.log.last())).not.toContain(secret.slice(0, 32));
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
