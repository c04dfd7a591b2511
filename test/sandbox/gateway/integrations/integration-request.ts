import type { IntegrationRequest } from '../../../../src/sandbox/gateway/integrations/integration-call';

/** A request to `/photos/{id}` as a gateway hands it on. */
export function integrationRequest(members: Partial<IntegrationRequest> = {}): IntegrationRequest {
  return {
    verb: 'POST',
    path: '/photos/a%2Bb',
    resourcePath: '/photos/{id}',
    pathParameters: { id: 'a%2Bb' },
    query: [['q', '1'], ['q', '2 3']],
    rawQuery: 'q=1&q=2+3',
    headers: [['Host', '127.0.0.1:4000'], ['authorization', 'Bearer jwt'], ['user-agent', 'tests'], ['Content-Type', 'application/json'], ['x-Two', 'a'], ['x-Two', 'b']],
    body: Buffer.from('{"title":"é"}'),
    api: { id: 'abcdefghij', stage: 'prod', stageVariables: { color: 'blue' }, account: '123456789012', binaryMediaTypes: ['image/png'] },
    requestId: '0d1e2f30-4152-6374-8596-a7b8c9dadbec',
    extendedRequestId: 'AbCdEfGhIjKlMn0=',
    time: Date.UTC(2015, 3, 9, 12, 34, 56),
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
    resourceId: 'resource',
    ...members,
  };
}
