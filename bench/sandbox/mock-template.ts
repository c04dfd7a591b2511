import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERBS = ['GET', 'POST'];

/** The routes of a template, each with a resource of its own or with another verb of one: `GET /items0/{id}`. */
export function mockRoutes(count: number): { readonly verb: string; readonly path: string }[] {
  return Array.from({ length: count }, (_, number) => ({ verb: VERBS[Math.floor(number / 2) % 2], path: `/items${Math.floor(number / 4)}${number % 2 === 0 ? '' : '/{id}'}` }));
}

/** A template of methods with mock integrations that demand one scope; returns its file, which goes with this process. */
export function mockTemplate(count: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  const file = join(folder, 'template.json');
  writeFileSync(file, JSON.stringify({ Resources: { ...COMMON, ...Object.assign({}, ...mockRoutes(count).map(methodOf)) } }));
  return file;
}

const COMMON = {
  Pool: { Type: 'AWS::Cognito::UserPool', Properties: {} },
  Server: {
    Type: 'AWS::Cognito::UserPoolResourceServer',
    Properties: { UserPoolId: { Ref: 'Pool' }, Identifier: 'items', Name: 'items', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read items' }] },
  },
  Client: {
    Type: 'AWS::Cognito::UserPoolClient',
    DependsOn: ['Server'],
    Properties: {
      UserPoolId: { Ref: 'Pool' },
      ClientName: 'Machine',
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['items/read'],
    },
  },
  Domain: { Type: 'AWS::Cognito::UserPoolDomain', Properties: { UserPoolId: { Ref: 'Pool' }, Domain: 'bench' } },
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'items' } },
  Authorizer: {
    Type: 'AWS::ApiGateway::Authorizer',
    Properties: {
      RestApiId: { Ref: 'Api' },
      Name: 'pool',
      Type: 'COGNITO_USER_POOLS',
      IdentitySource: 'method.request.header.Authorization',
      ProviderARNs: [{ 'Fn::GetAtt': ['Pool', 'Arn'] }],
    },
  },
  Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } } },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', DeploymentId: { Ref: 'Deployment' } },
  },
};

function methodOf({ verb, path }: { verb: string; path: string }): object {
  const [, item, variable] = path.split('/');
  const resource = (pathPart: string, parent: object) => ({
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: { Ref: 'Api' }, ParentId: parent, PathPart: pathPart },
  });
  const id = variable === undefined ? item : `${item}id`;
  return {
    [item]: resource(item, { 'Fn::GetAtt': ['Api', 'RootResourceId'] }),
    ...(variable !== undefined && { [id]: resource(variable, { Ref: item }) }),
    [`${id}${verb}`]: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { Ref: id },
        HttpMethod: verb,
        AuthorizationType: 'COGNITO_USER_POOLS',
        AuthorizerId: { Ref: 'Authorizer' },
        AuthorizationScopes: ['items/read'],
        MethodResponses: [{ StatusCode: '200' }],
        Integration: {
          Type: 'MOCK',
          RequestTemplates: { 'application/json': '{"statusCode": 200}' },
          IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: { 'application/json': '{"statusCode":200}' } }],
        },
      },
    },
  };
}
