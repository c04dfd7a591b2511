import type { Access } from '../../src/model/access';
import type {
  AccessModel, Api, Authorizer, Client, Method, ResourceServer, UserPool, Verb,
} from '../../src/model/access-model';

/** A model with these entities, and none besides. */
export function modelOf(entities: Partial<Omit<AccessModel, 'version'>> = {}): AccessModel {
  return { version: 1, userPools: [], domains: [], resourceServers: [], clients: [], apis: [], authorizers: [], methods: [], ...entities };
}

/** A user pool `Pool` with the original issuer. */
export function userPool(members: Partial<UserPool> = {}): UserPool {
  return { id: 'Pool', origin: 'declared', issuer: 'original', ...members };
}

/** Resource server `photos` of `Pool` with the scopes `read` and `write`. */
export function server(members: Partial<ResourceServer> = {}): ResourceServer {
  return { id: 'Server', origin: 'declared', userPool: 'Pool', identifier: 'photos', scopes: [{ name: 'read' }, { name: 'write' }], ...members };
}

/** A client of `Pool` that has nothing but a secret. */
export function client(members: Partial<Client> = {}): Client {
  return { id: 'Client', origin: 'declared', userPool: 'Pool', oauth: true, flows: [], scopes: [], authFlows: ['ALLOW_REFRESH_TOKEN_AUTH'], secret: true, ...members };
}

/** A REST API `Api`. */
export function api(members: Partial<Api> = {}): Api {
  return { id: 'Api', origin: 'declared', kind: 'rest', resourcePolicy: false, stages: [], gatewayResponses: [], ...members };
}

/** Cognito authorizer `Authorizer` of `Api` that takes tokens of `Pool`. */
export function authorizer(members: Partial<Authorizer> = {}): Authorizer {
  return { id: 'Authorizer', api: 'Api', kind: 'cognito', userPools: ['Pool'], ...members };
}

/** A method of `Api`, named after its route: `GET /photos`. */
export function method(verb: Verb, path: string, access: Access, members: Partial<Method> = {}): Method {
  return { id: `${verb} ${path}`, api: 'Api', verb, path, access, apiKeyRequired: false, ...members };
}

/** An access token with one of the scopes is needed. */
export function anyOf(...scopes: string[]): Access {
  return { kind: 'anyOf', authorizer: 'Authorizer', scopes };
}
