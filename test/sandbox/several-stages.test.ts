import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderStart } from '../../src/cli/render-sandbox-start';
import { startSandbox } from '../../src/sandbox/sandbox';
import { SandboxServer, type SandboxRequest } from '../../src/sandbox/sandbox-server';

const restApi = (id: string, name: unknown, stages: readonly string[], integration: object): object => ({
  [id]: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: name } },
  [`${id}Health`]: {
    Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: { Ref: id }, ParentId: { 'Fn::GetAtt': [id, 'RootResourceId'] }, PathPart: `${id.toLowerCase()}-health` },
  },
  [`${id}Get`]: {
    Type: 'AWS::ApiGateway::Method',
    Properties: { RestApiId: { Ref: id }, ResourceId: { Ref: `${id}Health` }, HttpMethod: 'GET', AuthorizationType: 'NONE', Integration: integration },
  },
  [`${id}Deployment`]: { Type: 'AWS::ApiGateway::Deployment', DependsOn: [`${id}Get`], Properties: { RestApiId: { Ref: id } } },
  ...Object.fromEntries(stages.map((stage) => [`${id}${stage}`, {
    Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: id }, DeploymentId: { Ref: `${id}Deployment` }, StageName: stage },
  }])),
});

const MOCK = {
  Type: 'MOCK',
  RequestTemplates: { 'application/json': '{"statusCode": 200}' },
  IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: { 'application/json': '{"stage":"$context.stage"}' } }],
};
const TABLE = { Type: 'AWS', Uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:dynamodb:action/GetItem' } };

function template(resources: object): string {
  const path = join(mkdtempSync(join(tmpdir(), 'stages-')), 'template.json');
  writeFileSync(path, JSON.stringify({ Resources: resources }));
  return path;
}

describe('a sandbox of APIs with several stages', () => {
  let sandbox: SandboxServer;

  beforeAll(async () => {
    sandbox = await SandboxServer.start(template({
      Pool: { Type: 'AWS::Cognito::UserPool', Properties: {} },
      ...restApi('Photos', 'photos', ['beta', 'prod'], MOCK),
      ...restApi('Orders', { 'Fn::Sub': 'orders-of-${Pool}' }, ['live'], MOCK),
      ...restApi('Idle', 'idle', [], MOCK),
    }));
  });

  afterAll(() => sandbox.close());

  const stageOf = async (route: string, request?: SandboxRequest) => (await (await sandbox.fetch(route, request)).json() as { stage: string }).stage;
  const nameOfOrders = () => sandbox.describe().apis.find(({ stage }) => stage === 'live')!.name;

  test.each([
    ['the first stage', 'GET /photos-health', {}, 'beta'],
    ['the stage that is named', 'GET /photos-health?x=1', { stage: 'prod' }, 'prod'],
    ['the stage of the API that is named', 'GET /photos-health', { api: 'photos', stage: 'prod' }, 'prod'],
    ['another API', 'GET /orders-health', { stage: 'live' }, 'live'],
  ])('calls %s', async (_what, route, request, stage) => {
    expect(await stageOf(route, request)).toBe(stage);
  });

  test('calls an API by the name that it says it serves, also for a route that no method has', async () => {
    expect(nameOfOrders()).toMatch(/^orders-of-us-east-1_\w{9}$/);
    expect((await sandbox.fetch('GET /nowhere', { api: nameOfOrders() })).status).toBe(403);
    expect(sandbox.requests()[0]).toMatchObject({ subject: `${nameOfOrders()} live`, reason: expect.stringContaining('noRoute') });
  });

  test.each([
    ['a stage that is not there', { stage: 'pord' }, '[StageUnknown] stage of API photos is not served, got "pord"; expected "prod"; name another stage, or none for the first'],
    ['a stage that is like no other', { api: 'photos', stage: 'live' }, '[StageUnknown] stage of API photos is not served, got "live"; expected one of "beta", "prod"; name'],
    ['an API that is not there', { api: 'phtoos' }, '[ApiUnknown] API is not in the templates, got "phtoos"; expected "photos"; '],
  ])('fails for %s', async (_what, request, message) => {
    await expect(sandbox.fetch('GET /photos-health', request)).rejects.toThrow(message);
  });

  test('fails for an API without a stage', async () => {
    await expect(sandbox.fetch('GET /idle-health')).rejects.toThrow('[StageUnknown] stage of API template/Idle is not served; expected a stage of the API in the templates; add a stage');
  });
});

test('APIs of one name are told apart where people read, and called by what they read', async () => {
  const sandbox = await startSandbox({
    path: template({ ...restApi('Photos', 'same', ['prod'], MOCK), ...restApi('Orders', 'same', ['prod'], MOCK) }), unlisted: true,
  });
  const shown = sandbox.describe().apis;
  expect(shown.map(({ name, shownName }) => [name, shownName])).toEqual([['same', 'same (template/Orders)'], ['same', 'same (template/Photos)']]);
  expect(renderStart(sandbox, 'protected-api')).toContain(`API same (template/Orders), stage prod\n  ${shown[0].url}\n`);
  expect(sandbox.callOf('GET', '/nowhere', { api: 'same (template/Orders)' }).url).toBe(`${shown[0].url}/nowhere`);
  await sandbox.close();
});

test('what the sandbox tells at its start leaves out the routes that --integration maps', async () => {
  const path = template({ ...restApi('Photos', 'photos', ['prod'], TABLE), ...restApi('Orders', 'orders', ['prod'], TABLE) });
  const told = async (...integrations: string[]) => {
    const lines: string[] = [];
    const sandbox = await startSandbox({ path, unlisted: true, integrations, report: (line) => lines.push(line) });
    await sandbox.close();
    return lines.filter((line) => line.includes('answered with 501')).map((line) => line.replace(/.*answered with 501: ([^:]+):.*/, '$1'));
  };
  expect(await told()).toEqual(['GET /orders-health', 'GET /photos-health']);
  expect(await told('GET /photos-health=http://127.0.0.1:1')).toEqual(['GET /orders-health']);
});
