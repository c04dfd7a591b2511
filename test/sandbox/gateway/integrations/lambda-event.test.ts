import type { APIGatewayProxyEvent } from 'aws-lambda';
import { integrationRequest } from './integration-request';
import { claimTexts } from '../../../../src/sandbox/gateway/integrations/claim-texts';
import type { IntegrationRequest } from '../../../../src/sandbox/gateway/integrations/integration-call';
import { lambdaEvent } from '../../../../src/sandbox/gateway/integrations/lambda-event';

function eventOf(members: Partial<IntegrationRequest> = {}): APIGatewayProxyEvent {
  return JSON.parse(JSON.stringify(lambdaEvent(integrationRequest(members))));
}

describe('the event of a Lambda proxy', () => {
  test('has the members of format 1.0', () => {
    expect(eventOf()).toEqual({
      resource: '/photos/{id}',
      path: '/photos/a%2Bb',
      httpMethod: 'POST',
      headers: {
        'Host': '127.0.0.1:4000',
        'Authorization': 'Bearer jwt',
        'User-Agent': 'tests',
        'Content-Type': 'application/json',
        'x-Two': 'b',
        'X-Amzn-Trace-Id': 'Root=1-552671f0-0d1e2f30415263748596a7b8',
        'X-Forwarded-For': '127.0.0.1',
        'X-Forwarded-Port': '443',
        'X-Forwarded-Proto': 'https',
      },
      multiValueHeaders: {
        'Host': ['127.0.0.1:4000'],
        'Authorization': ['Bearer jwt'],
        'User-Agent': ['tests'],
        'Content-Type': ['application/json'],
        'x-Two': ['a', 'b'],
        'X-Amzn-Trace-Id': ['Root=1-552671f0-0d1e2f30415263748596a7b8'],
        'X-Forwarded-For': ['127.0.0.1'],
        'X-Forwarded-Port': ['443'],
        'X-Forwarded-Proto': ['https'],
      },
      queryStringParameters: { q: '2 3' },
      multiValueQueryStringParameters: { q: ['1', '2 3'] },
      pathParameters: { id: 'a%2Bb' },
      stageVariables: { color: 'blue' },
      requestContext: {
        resourceId: 'resource',
        resourcePath: '/photos/{id}',
        httpMethod: 'POST',
        extendedRequestId: 'AbCdEfGhIjKlMn0=',
        requestTime: '09/Apr/2015:12:34:56 +0000',
        requestTimeEpoch: 1428582896000,
        path: '/prod/photos/a%2Bb',
        accountId: '123456789012',
        protocol: 'HTTP/1.1',
        stage: 'prod',
        domainPrefix: 'abcdefghij',
        domainName: '127.0.0.1:4000',
        requestId: '0d1e2f30-4152-6374-8596-a7b8c9dadbec',
        apiId: 'abcdefghij',
        identity: {
          cognitoIdentityPoolId: null,
          accountId: null,
          cognitoIdentityId: null,
          caller: null,
          sourceIp: '127.0.0.1',
          principalOrgId: null,
          accessKey: null,
          cognitoAuthenticationType: null,
          cognitoAuthenticationProvider: null,
          userArn: null,
          userAgent: 'tests',
          user: null,
        },
      },
      body: '{"title":"é"}',
      isBase64Encoded: false,
    });
  });

  test('has null for what is not there', () => {
    const api = { ...integrationRequest().api, stageVariables: {} };
    const event = eventOf({ query: [], headers: [], pathParameters: {}, resourcePath: '/', path: '/', body: new Uint8Array(), api });
    expect(event).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
    });
    expect(event.requestContext).not.toHaveProperty('authorizer');
  });

  test.each([
    ['image/png', true], ['IMAGE/PNG; q=1', true], ['image/jpeg', false], ['application/json', false],
  ])('encodes a body of %s: %s', (type, encoded) => {
    const body = Buffer.from([0xff, 0xd8]);
    const event = eventOf({ headers: [['content-type', type]], body });
    expect(event.isBase64Encoded).toBe(encoded);
    expect(event.body).toBe(encoded ? '/9g=' : '\ufffd\ufffd');
  });

  test('leaves out headers of the connection, and appends to those of proxies', () => {
    const { headers } = eventOf({ headers: [['Connection', 'close'], ['content-length', '2'], ['Transfer-Encoding', 'chunked'], ['x-forwarded-for', '10.0.0.1'], ['x-forwarded-proto', 'http'], ['x-amzn-trace-id', 'mine']] });
    expect(headers).toEqual({ 'x-amzn-trace-id': 'mine', 'X-Forwarded-For': '10.0.0.1, 127.0.0.1', 'X-Forwarded-Port': '443', 'X-Forwarded-Proto': 'https' });
  });

  test('keeps names that objects have already', () => {
    const text = JSON.stringify(lambdaEvent(integrationRequest({ query: [['__proto__', '1'], ['constructor', '2']] })));
    expect(text).toContain('"queryStringParameters":{"__proto__":"1","constructor":"2"}');
  });

  test('has the API key and the claims', () => {
    const { requestContext } = eventOf({ apiKey: { id: 'key', value: 'secret-key' }, claims: { sub: 'user', exp: 1683172206 } });
    expect(requestContext.identity).toMatchObject({ apiKey: 'secret-key', apiKeyId: 'key' });
    expect(requestContext.authorizer).toEqual({ claims: { sub: 'user', exp: 'Thu May 04 03:50:06 UTC 2023' } });
  });
});

describe('claims', () => {
  test('are texts in the formats of API Gateway', () => {
    expect(claimTexts({
      'iat': 1683085806,
      'exp': 1683172206,
      'auth_time': 1683085806,
      'version': 2,
      'scope': 'photos/read photos/write',
      'cognito:groups': ['group1', 'group2'],
      'email_verified': true,
      'address': { formatted: 'x' },
      'custom:null': null,
    })).toEqual({
      'iat': 'Wed May 03 03:50:06 UTC 2023',
      'exp': 'Thu May 04 03:50:06 UTC 2023',
      'auth_time': '1683085806',
      'version': '2',
      'scope': 'photos/read photos/write',
      'cognito:groups': 'group1,group2',
      'email_verified': 'true',
      'address': '{"formatted":"x"}',
      'custom:null': 'null',
    });
  });

  test('that are no dates stay as they are', () => {
    expect(claimTexts({ exp: 'soon', iat: 1e300 })).toEqual({ exp: 'soon', iat: '1e+300' });
  });
});
