import { join } from 'node:path';
import type { APIGatewayProxyResult } from 'aws-lambda';

const { handler } = jest.requireActual<{ handler: (event: object) => Promise<APIGatewayProxyResult> }>(
  join(__dirname, '../../examples/common/handlers/who-called.js'),
);
const ISSUER = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Example00';

describe('handler who-called.js', () => {
  let log: string[];
  beforeEach(() => {
    log = [];
    jest.spyOn(console, 'log').mockImplementation((line) => { log.push(line); });
  });
  afterEach(() => jest.restoreAllMocks());

  test.each([
    ['client and scopes of an access token', { client_id: 'counter', scope: 'orders/read orders/write' }, { client: 'counter', scopes: ['orders/read', 'orders/write'] }],
    ['audience of an ID token, which has no scopes', { aud: 'store' }, { client: 'store', scopes: [] }],
  ])('answers and logs the %s', async (_, claims, expected) => {
    const { statusCode, body, headers } = await handler({
      httpMethod: 'GET',
      resource: '/orders/{id}',
      headers: { Authorization: 'Bearer secret' },
      requestContext: { requestId: 'request-1', authorizer: { claims: { iss: ISSUER, sub: 'a1b2', ...claims } } },
    });
    expect([statusCode, headers]).toEqual([200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }]);
    expect(JSON.parse(body)).toEqual({ route: 'GET /orders/{id}', issuer: ISSUER, subject: 'a1b2', ...expected });
    expect(log.map((line) => JSON.parse(line))).toEqual([{ requestId: 'request-1', ...JSON.parse(body) }]);
  });
});
