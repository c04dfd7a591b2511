import type { Access } from '../../src/model/access';
import type { AccessModel, Api, Authorizer, Client, Method, ResourceServer, UserPool } from '../../src/model/access-model';

/** A model of the photo service; parts of it replaced or left out by the tests. */
export function photoModel(parts: Partial<AccessModel> = {}): AccessModel {
  return {
    version: 1,
    userPools: [pool('App/Pool')],
    domains: [{ id: 'App/Domain', userPool: 'App/Pool', domain: 'photos', custom: false }],
    resourceServers: [server('App/Photos', 'photos', ['read', 'write'])],
    clients: [
      machine('App/Export', 'NightlyExport', ['photos/read']),
      spa('App/Album', 'Album', ['openid', 'photos/read', 'photos/write']),
    ],
    apis: [api('App/Api', 'photo-api')],
    authorizers: [authorizer('App/Auth', 'App/Api', ['App/Pool'])],
    methods: [
      method('App/List', 'GET', '/photos', anyOf('photos/read')),
      method('App/Create', 'POST', '/photos', anyOf('photos/write')),
      method('App/Health', 'GET', '/health', { kind: 'public', reason: 'probe of the load balancer' }),
    ],
    ...parts,
  };
}

export function pool(id: string, parts: Partial<UserPool> = {}): UserPool {
  return { id, origin: 'declared', issuer: 'original', ...parts };
}

export function server(id: string, identifier: string, scopes: readonly string[], userPool = 'App/Pool'): ResourceServer {
  return { id, origin: 'declared', userPool, identifier, scopes: scopes.map((name) => ({ name })) };
}

export function machine(id: string, name: string, scopes: Client['scopes'], parts: Partial<Client> = {}): Client {
  return {
    id,
    name,
    origin: 'declared',
    userPool: 'App/Pool',
    oauth: true,
    flows: ['client_credentials'],
    scopes,
    authFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    secret: true,
    ...parts,
  };
}

export function spa(id: string, name: string, scopes: Client['scopes'], parts: Partial<Client> = {}): Client {
  return machine(id, name, scopes, { flows: ['code'], secret: false, ...parts });
}

export function api(id: string, name?: string, parts: Partial<Api> = {}): Api {
  return { id, origin: 'declared', kind: 'rest', ...(name !== undefined && { name }), resourcePolicy: false, stages: [], gatewayResponses: [], ...parts };
}

export function authorizer(id: string, ofApi: string, userPools: Authorizer['userPools'], parts: Partial<Authorizer> = {}): Authorizer {
  return { id, api: ofApi, kind: 'cognito', userPools, ...parts };
}

export function anyOf(...scopes: readonly string[]): Access {
  return { kind: 'anyOf', authorizer: 'App/Auth', scopes };
}

export function method(id: string, verb: Method['verb'], path: string, access: Access, parts: Partial<Method> = {}): Method {
  return { id, api: 'App/Api', verb, path, access, apiKeyRequired: access.kind === 'apiKey', ...parts };
}
