/** What `largeTemplate` is to hold. */
export interface LargeTemplate {
  readonly methods: number;
  readonly clients: number;
  /** Scopes of the one resource server pool; every client and method takes a few of them. */
  readonly scopes: number;
  /** Whether scopes are written as texts, or as functions of a parameter that has no value. */
  readonly identifiers: 'literal' | 'parameter';
}

/** A CloudFormation template of one pool and one API, with scopes spread evenly and every client's grant different. */
export function largeTemplate({ methods, clients, scopes, identifiers }: LargeTemplate): string {
  const Resources: { [id: string]: unknown } = {
    Pool: { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolName: 'large' } },
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'large' } },
    Authorizer: {
      Type: 'AWS::ApiGateway::Authorizer',
      Properties: {
        Name: 'pool',
        Type: 'COGNITO_USER_POOLS',
        RestApiId: { Ref: 'Api' },
        IdentitySource: 'method.request.header.Authorization',
        ProviderARNs: [{ 'Fn::GetAtt': ['Pool', 'Arn'] }],
      },
    },
  };
  const literal = identifiers === 'literal';
  const identifierOf = (server: number) => (literal ? `server-${server}` : { 'Fn::Sub': `https://\${Stage}.example.com/server-${server}` });
  const names = Array.from({ length: scopes }, (_, n) => ({ server: Math.floor(n / 100), name: `scope.${n % 100}` }));
  for (let server = 0; server * 100 < scopes; server++) {
    Resources[`Server${server}`] = {
      Type: 'AWS::Cognito::UserPoolResourceServer',
      Properties: {
        UserPoolId: { Ref: 'Pool' },
        Identifier: identifierOf(server),
        Name: `server-${server}`,
        Scopes: names.filter((each) => each.server === server).map(({ name }) => ({ ScopeName: name, ScopeDescription: name })),
      },
    };
  }
  const scopeOf = (n: number) => names[n % scopes];
  const granted = (n: number) => {
    const { server, name } = scopeOf(n);
    return literal ? `server-${server}/${name}` : { 'Fn::Join': ['/', [{ Ref: `Server${server}` }, name]] };
  };
  const accepted = (n: number) => {
    const { server, name } = scopeOf(n);
    return literal ? `server-${server}/${name}` : { 'Fn::Sub': `https://\${Stage}.example.com/server-${server}/${name}` };
  };
  for (let n = 0; n < clients; n++) {
    Resources[`Client${n}`] = {
      Type: 'AWS::Cognito::UserPoolClient',
      Properties: {
        UserPoolId: { Ref: 'Pool' },
        ClientName: `client-${n}`,
        GenerateSecret: true,
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ['client_credentials'],
        ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
        AllowedOAuthScopes: [...new Set([n, n * 7 + 1, n * 13 + 2].map((each) => each % scopes))].map(granted),
      },
    };
  }
  for (let n = 0; n < methods; n++) {
    if (n % 2 === 0) {
      Resources[`Path${n}`] = {
        Type: 'AWS::ApiGateway::Resource',
        Properties: { RestApiId: { Ref: 'Api' }, ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: `items${n}` },
      };
    }
    Resources[`Method${n}`] = {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { Ref: `Path${n - (n % 2)}` },
        HttpMethod: n % 2 === 0 ? 'GET' : 'POST',
        AuthorizationType: 'COGNITO_USER_POOLS',
        AuthorizerId: { Ref: 'Authorizer' },
        AuthorizationScopes: [accepted(n * 3)],
        Integration: {
          Type: 'AWS_PROXY',
          IntegrationHttpMethod: 'POST',
          Uri: { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111122223333:function:f/invocations' },
        },
      },
    };
  }
  return JSON.stringify({ ...literal ? {} : { Parameters: { Stage: { Type: 'String' } } }, Resources });
}
