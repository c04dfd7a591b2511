/** Where clients of the template lead back to. */
export const CALLBACK = 'https://app.example.com/callback';
export const LOGOUT = 'https://app.example.com/bye';

const POOLS = ['Users', 'Strangers', 'Modern'];
const READ_AND_WRITE = ['photos/read', 'photos/write'];

/**
 * A template to attack: user pool `Users`, whose tokens the API takes, `Strangers`, whose tokens it does not, and `Modern`, whose tokens have
 * the updated issuer and which the authorizer names all the same. Each method is a mock that names itself.
 */
export function attackedTemplate(): object {
  return {
    Resources: {
      ...Object.assign({}, ...POOLS.map(userPool)),
      ...named({
        Reader: machine('Users', ['photos/read']),
        Editor: machine('Users', READ_AND_WRITE),
        Stranger: machine('Strangers', READ_AND_WRITE),
        ModernMachine: machine('Modern', READ_AND_WRITE),
        Spa: ofUsers(),
        OtherSpa: ofUsers(),
        Web: ofUsers({ GenerateSecret: true }),
        OtherWeb: ofUsers({ GenerateSecret: true }),
        Implicit: ofUsers({ AllowedOAuthFlows: ['implicit'] }),
        Rotating: ofUsers({ ExplicitAuthFlows: [], RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 } }),
        NoRefresh: ofUsers({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }),
        StrangeSpa: client('Strangers', signIn),
      }),
      ...api(),
    },
  };
}

function userPool(id: string): object {
  return {
    [id]: { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolName: id, ...(id === 'Modern' && { IssuerConfiguration: { Type: 'UPDATED' } }) } },
    [`${id}Domain`]: { Type: 'AWS::Cognito::UserPoolDomain', Properties: { UserPoolId: { Ref: id }, Domain: `attacked-${id.toLowerCase()}` } },
    [`${id}Photos`]: {
      Type: 'AWS::Cognito::UserPoolResourceServer',
      Properties: {
        UserPoolId: { Ref: id },
        Identifier: 'photos',
        Name: 'photos',
        Scopes: ['read', 'write'].map((name) => ({ ScopeName: name, ScopeDescription: name })),
      },
    },
  };
}

const signIn = {
  GenerateSecret: false,
  AllowedOAuthFlows: ['code'],
  AllowedOAuthScopes: ['openid', 'email', ...READ_AND_WRITE],
  CallbackURLs: [CALLBACK, `${CALLBACK}/second`],
  LogoutURLs: [LOGOUT],
  SupportedIdentityProviders: ['COGNITO'],
};

interface Client {
  readonly Properties: object;
}

/** Clients whose names are their logical ids. */
function named(clients: { readonly [id: string]: Client }): object {
  return Object.fromEntries(Object.entries(clients).map(([id, each]) => [id, { ...each, Properties: { ClientName: id, ...each.Properties } }]));
}

function ofUsers(properties: object = {}): Client {
  return client('Users', { ...signIn, ...properties });
}

function machine(pool: string, scopes: readonly string[]): Client {
  return client(pool, { GenerateSecret: true, AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: scopes });
}

function client(pool: string, properties: object): Client {
  const made = {
    Type: 'AWS::Cognito::UserPoolClient',
    DependsOn: [`${pool}Photos`],
    Properties: { UserPoolId: { Ref: pool }, AllowedOAuthFlowsUserPoolClient: true, ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'], ...properties },
  };
  return made;
}

/** Methods by logical id: resource, verb and, where the authorizer is asked, scopes. */
const METHODS: { readonly [id: string]: readonly [resource: string, verb: string, scopes?: readonly string[]] } = {
  ListPhotos: ['photos', 'GET', ['photos/read']],
  AddPhoto: ['photos', 'POST', ['photos/write']],
  GetPhoto: ['photo', 'GET', ['photos/read']],
  GetAdmin: ['admin', 'GET', ['photos/write']],
  GetMe: ['me', 'GET', []],
  GetOpen: ['openPath', 'GET'],
  GetClosed: ['closed', 'GET', ['photos/write']],
};

function api(): object {
  return {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'photos' } },
    Authorizer: {
      Type: 'AWS::ApiGateway::Authorizer',
      Properties: {
        RestApiId: { Ref: 'Api' },
        Name: 'users',
        Type: 'COGNITO_USER_POOLS',
        IdentitySource: 'method.request.header.Authorization',
        ProviderARNs: ['Users', 'Modern'].map((pool) => ({ 'Fn::GetAtt': [pool, 'Arn'] })),
      },
    },
    photos: resource('photos'),
    photo: resource('{id}', 'photos'),
    admin: resource('admin', 'photos'),
    me: resource('me'),
    open: resource('open'),
    openPath: resource('{proxy+}', 'open'),
    closed: resource('closed', 'open'),
    ...Object.fromEntries(Object.entries(METHODS).map(([id, [path, verb, scopes]]) => [id, method(id, path, verb, scopes)])),
    Deployment: { Type: 'AWS::ApiGateway::Deployment', DependsOn: Object.keys(METHODS), Properties: { RestApiId: { Ref: 'Api' } } },
    Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'prod' } },
  };
}

function resource(part: string, parent?: string): object {
  return {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: { Ref: 'Api' }, PathPart: part, ParentId: parent === undefined ? { 'Fn::GetAtt': ['Api', 'RootResourceId'] } : { Ref: parent } },
  };
}

function method(id: string, path: string, verb: string, scopes: readonly string[] | undefined): object {
  return {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResourceId: { Ref: path },
      HttpMethod: verb,
      ...(scopes === undefined ? { AuthorizationType: 'NONE' } : { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: { Ref: 'Authorizer' } }),
      ...(scopes !== undefined && scopes.length > 0 && { AuthorizationScopes: scopes }),
      Integration: {
        Type: 'MOCK',
        RequestTemplates: { 'application/json': '{"statusCode": 200}' },
        IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: { 'application/json': `{"method":"${id}"}` } }],
      },
      MethodResponses: [{ StatusCode: '200' }],
    },
  };
}
