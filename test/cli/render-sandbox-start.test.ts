import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderStart } from '../../src/cli/render-sandbox-start';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox';

let sandbox: Sandbox | undefined;

afterEach(() => sandbox?.close());

const POOL = { Type: 'AWS::Cognito::UserPool', Properties: {} };

async function started(resources: object, piped = false): Promise<string> {
  const text = JSON.stringify({ Resources: resources });
  const path = piped ? '-' : join(mkdtempSync(join(tmpdir(), 'start-')), 'template.json');
  if (!piped) writeFileSync(path, text);
  sandbox = await startSandbox({ path, unlisted: true, ...(piped && { stdin: text }) });
  return renderStart(sandbox, 'protected-api');
}

test('the first line says what is served, in words where it was piped', async () => {
  expect(await started({ Pool: POOL }, true)).toMatch(/^sandbox of standard input: http:\/\/127\.0\.0\.1:\d+\n/);
  await sandbox?.close();
  expect(await started({ Pool: POOL })).toMatch(/^sandbox of \/.+\/template\.json: http:/);
});

describe('the lines of clients', () => {
  const machine = (scope: string) => ({
    Type: 'AWS::Cognito::UserPoolClient',
    DependsOn: ['Server'],
    Properties: {
      UserPoolId: { Ref: 'Pool' }, GenerateSecret: true, AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: [scope],
    },
  });
  const named = (ClientName: string, client: { readonly Properties: object }) => ({ ...client, Properties: { ...client.Properties, ClientName } });
  const base = {
    Pool: POOL,
    Server: {
      Type: 'AWS::Cognito::UserPoolResourceServer',
      Properties: { UserPoolId: { Ref: 'Pool' }, Identifier: 'photos', Name: 'photos', Scopes: ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })) },
    },
    Export: named('Export', machine('photos/read')),
  };
  const photos = {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'photos' } },
    Authorizer: {
      Type: 'AWS::ApiGateway::Authorizer',
      Properties: {
        RestApiId: { Ref: 'Api' }, Name: 'users', Type: 'COGNITO_USER_POOLS', IdentitySource: 'method.request.header.Authorization', ProviderARNs: [{ 'Fn::GetAtt': ['Pool', 'Arn'] }],
      },
    },
    Get: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        HttpMethod: 'GET',
        AuthorizationType: 'COGNITO_USER_POOLS',
        AuthorizerId: { Ref: 'Authorizer' },
        AuthorizationScopes: ['photos/read'],
        ApiKeyRequired: true,
        Integration: {
          Type: 'MOCK', RequestTemplates: { 'application/json': '{"statusCode": 200}' }, IntegrationResponses: [{ StatusCode: '200' }],
        },
      },
    },
    Deployment: { Type: 'AWS::ApiGateway::Deployment', DependsOn: ['Get'], Properties: { RestApiId: { Ref: 'Api' } } },
    Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'prod' } },
  };
  const keys = (value?: string) => ({
    Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Name: 'partner', Enabled: true, ...(value !== undefined && { Value: value }) } },
    Plan: { Type: 'AWS::ApiGateway::UsagePlan', Properties: { ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }] } },
    InPlan: { Type: 'AWS::ApiGateway::UsagePlanKey', Properties: { KeyId: { Ref: 'Key' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } } },
  });

  test('have the API key that the method demands and the template leaves to API Gateway, and it opens it', async () => {
    const text = await started({ ...base, ...photos, ...keys() });
    const [, quotedKey, url] = /Export:\n {2}curl -H '(x-api-key: .+)' -H "Authorization: Bearer \$\(protected-api token Export --url \S+\)" '(\S+)'\n/.exec(text) ?? [];
    const key = quotedKey.replace('x-api-key: ', '');
    const { accessToken } = await sandbox!.tokenFor({ client: 'Export' });
    const statusWith = async (headers: { [name: string]: string }) => (await fetch(url, { headers: { authorization: `Bearer ${accessToken}`, ...headers } })).status;
    expect([await statusWith({}), await statusWith({ 'x-api-key': key })]).toEqual([403, 200]);
  });

  test('do not show an API key of the template, and say which it is', async () => {
    const value = 'key-of-the-partner-itself';
    const text = await started({ ...base, ...photos, ...keys(value) });
    expect(text).toContain('Export, with API_KEY set to the value of the API key partner:\n  curl -H "x-api-key: $API_KEY" -H "Authorization: Bearer $(');
    expect(text).not.toContain(value);
  });

  test('say that an API key is missing where the templates have none', async () => {
    expect(await started({ ...base, ...photos })).toMatch(
      /Export, which needs an API key too, and the templates have none that opens the stage:\n {2}curl -H "Authorization: Bearer /,
    );
  });

  test('have the command for the token where no method lets the client in, or no API is there', async () => {
    const told = /Other, which no method certainly lets in; its token:\n {2}protected-api token Other --url http:\/\/127\.0\.0\.1:\d+\n/;
    const other = named('Other', machine('photos/write'));
    expect(await started({ ...base, ...photos, ...keys(), Other: other })).toMatch(told);
    await sandbox?.close();
    expect(await started({ ...base, Other: other })).toMatch(told);
  });

  test('say where a client obtains no token', async () => {
    const idle = { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' }, ClientName: 'Idle', ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] } };
    expect(await started({ ...base, Idle: idle })).toContain('Idle: obtains no token, as it has no OAuth flow and no flow of SDK sign-in\n');
    await expect(sandbox!.tokenFor({ client: 'Idle' })).rejects.toThrow('obtains no access token');
  });
});
