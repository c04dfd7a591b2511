import { serveGateway, type ServedGateway } from './serve-gateway';
import type { Api } from '../../../src/model/access-model';
import { anyOf, api, authorizer, method, modelOf, userPool } from '../../model/entities';

const tokens = { reader: { scopes: ['photos/read'] } };
const bearer = ['Authorization: Bearer reader'];
let served: ServedGateway;

async function serve(gatewayResponses: Api['gatewayResponses'] = []): Promise<void> {
  served = await serveGateway(modelOf({
    userPools: [userPool()],
    apis: [api({
      name: 'photos', stages: [{ id: 'Stage', name: 'prod' }], gatewayResponses, resourcePolicy: true, resourcePolicyDoubt: { unknown: 'it denies' }, resourcePolicyDenies: true,
    })],
    authorizers: [authorizer()],
    methods: [method('GET', '/photos/{id}', anyOf('photos/read')), method('GET', '/health', { kind: 'public' })],
  }), { tokens, runtime: { apis: [{ id: 'Api', account: '210987654321', region: 'eu-west-1', binaryMediaTypes: [], models: {}, apiKeySource: 'HEADER', stages: [] }] } });
}

afterEach(() => served.close());

const MESSAGE = 'User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********4321:id-of-Api/prod/GET';

test.each([
  ['/photos/7?x=1', bearer, `${MESSAGE}/photos/7 with an explicit deny`],
  ['/health', [], `${MESSAGE}/health with an explicit deny`],
])('what a resource policy denies to everybody is refused with 403: %s', async (path, headers, message) => {
  await serve();
  const answer = await served.send(`GET /apis/photos/prod${path}`, headers);
  expect([answer.status, answer.headers['x-amzn-errortype'], answer.body]).toEqual([403, 'AccessDeniedException', JSON.stringify({ Message: message })]);
  expect(answer.headers).not.toHaveProperty('x-sandbox');
  expect(served.calls).toEqual([]);
  expect(served.log.last()[0]).toMatchObject({ status: 403, reason: 'resourcePolicyDenies: the resource policy of the API denies everybody every call' });
});

test('a token that the authorizer refuses is refused with 401 all the same', async () => {
  await serve();
  expect(await served.send('GET /apis/photos/prod/photos/7')).toMatchObject({ status: 401, body: '{"message":"Unauthorized"}' });
});

test('the gateway response of the API for refused access is given', async () => {
  await serve([{ responseType: 'ACCESS_DENIED', parameters: { 'gatewayresponse.header.X-Why': '\'policy\'' }, templates: { 'application/json': '{"closed":true}' } }]);
  const answer = await served.send('GET /apis/photos/prod/health');
  expect([answer.status, answer.headers['x-why'], answer.body]).toEqual([403, 'policy', '{"closed":true}']);
});
