import type { Access } from '../../src/model/access';
import type { AccessModel, Client, Method, ResourceServer, UserPool, Verb } from '../../src/model/access-model';
import { canonicalModel } from '../../src/model/model-json';

const PATHS_WITH_READ = ['/', '/photos', '/photos/{id}', '/photos/{id}/tags', '/files/{proxy+}'];

/** The model of the contract template, written by hand. */
export function contractModel(retired: boolean): AccessModel {
  return canonicalModel({
    version: 1,
    userPools: [
      pool('Users'), pool('Partners'), pool('Strangers'), { ...pool('Modern'), issuer: 'updated' },
      { ...pool('Entitled'), tokenTrigger: 'V2_0', triggerScopes: ['photos/write'] },
    ],
    domains: [],
    resourceServers: [
      server('Photos', 'Users', 'photos', ['read', 'write', 'read.all', ...retired ? [] : ['retired']]),
      server('Albums', 'Users', 'https://albums.example.com/v2', ['view', 'read']),
      server('PartnerPhotos', 'Partners', 'photos', ['read']),
      server('StrangerPhotos', 'Strangers', 'photos', ['read']),
    ],
    clients: [
      machine('Reader', 'photos/read'),
      machine('Writer', 'photos/write'),
      machine('Editor', 'photos/read', 'photos/write'),
      machine('Archivist', 'photos/read.all'),
      machine('Viewer', 'https://albums.example.com/v2/view'),
      machine('AlbumReader', 'https://albums.example.com/v2/read'),
      machine('Keeper', 'photos/read', 'photos/retired'),
      { ...machine('Partner', 'photos/read'), userPool: id('Partners') },
      { ...machine('Stranger', 'photos/read'), userPool: id('Strangers') },
      { ...machine('SwitchedOff', 'photos/read'), oauth: false },
      web('Album', 'openid', 'email', 'photos/read'),
      web('Plain', 'photos/read'),
      phone('Phone', 'Users'),
      phone('StrangerPhone', 'Strangers'),
      phone('ModernPhone', 'Modern'),
      phone('Member', 'Entitled'),
      { ...machine('TokenReader', 'photos/read'), authFlows: ['ALLOW_CLIENT_TOKEN_AUTH'] },
    ],
    apis: [{
      id: id('Api'), origin: 'declared', kind: 'rest', name: 'contract', resourcePolicy: false, stages: [{ id: id('Stage'), name: 'test' }], gatewayResponses: [],
    }],
    authorizers: [
      { id: id('UsersAuthorizer'), api: id('Api'), kind: 'cognito', userPools: [id('Users')] },
      { id: id('UsersAndPartnersAuthorizer'), api: id('Api'), kind: 'cognito', userPools: [id('Users'), id('Partners')] },
      { id: id('ModernAuthorizer'), api: id('Api'), kind: 'cognito', userPools: [id('Modern')] },
      { id: id('EntitledAuthorizer'), api: id('Api'), kind: 'cognito', userPools: [id('Entitled')] },
      { id: id('BoundAuthorizer'), api: id('Api'), kind: 'cognito', userPools: [id('Users')], audience: 'https://photos.example.com' },
      { id: id('LambdaAuthorizer'), api: id('Api'), kind: 'lambda', userPools: [] },
    ],
    methods: [
      ...PATHS_WITH_READ.map((path) => method('GET', path, anyOf('photos/read'))),
      method('POST', '/photos', anyOf('photos/write')),
      method('PUT', '/photos', anyOf('photos/read', 'photos/write')),
      method('DELETE', '/photos', anyOf('photos/write', 'https://albums.example.com/v2/view')),
      method('OPTIONS', '/photos', { kind: 'public' }),
      method('GET', '/photos/latest', { kind: 'public' }),
      method('ANY', '/photos/{id}/tags', anyOf('photos/write')),
      method('GET', '/files/readme', { kind: 'public' }),
      method('GET', '/shared', { kind: 'anyOf', authorizer: id('UsersAndPartnersAuthorizer'), scopes: ['photos/read'] }),
      method('GET', '/me', { kind: 'idToken', authorizer: id('UsersAuthorizer') }),
      method('GET', '/profile', anyOf('openid')),
      method('GET', '/account', anyOf('aws.cognito.signin.user.admin')),
      method('GET', '/email', anyOf('email')),
      method('GET', '/health', { kind: 'public' }),
      method('GET', '/key', { kind: 'apiKey' }, true),
      method('GET', '/keyed', anyOf('photos/read'), true),
      method('GET', '/admin', { kind: 'iam' }),
      method('GET', '/retired', anyOf('photos/retired')),
      method('GET', '/albums', anyOf('https://albums.example.com/v2/view')),
      method('GET', '/modern', { kind: 'anyOf', authorizer: id('ModernAuthorizer'), scopes: ['aws.cognito.signin.user.admin'] }),
      method('GET', '/entitled', { kind: 'anyOf', authorizer: id('EntitledAuthorizer'), scopes: ['aws.cognito.signin.user.admin'] }),
      method('POST', '/entitled', { kind: 'anyOf', authorizer: id('EntitledAuthorizer'), scopes: ['photos/write'] }),
      method('GET', '/bound', { kind: 'anyOf', authorizer: id('BoundAuthorizer'), scopes: ['photos/read'] }),
      method('GET', '/custom', { kind: 'lambda', authorizer: id('LambdaAuthorizer') }),
    ],
  });
}

function id(logicalId: string): string {
  return `contract/${logicalId}`;
}

function pool(logicalId: string): UserPool {
  return { id: id(logicalId), origin: 'declared', issuer: 'original' };
}

function server(logicalId: string, userPool: string, identifier: string, names: readonly string[]): ResourceServer {
  return { id: id(logicalId), origin: 'declared', userPool: id(userPool), identifier, scopes: names.map((name) => ({ name })) };
}

function machine(logicalId: string, ...scopes: string[]): Client {
  return {
    id: id(logicalId),
    origin: 'declared',
    name: logicalId,
    userPool: id('Users'),
    oauth: true,
    flows: ['client_credentials'],
    scopes,
    authFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    secret: true,
  };
}

function web(logicalId: string, ...scopes: string[]): Client {
  return { ...machine(logicalId, ...scopes), flows: ['code'], secret: false };
}

function phone(logicalId: string, userPool: string): Client {
  return {
    ...machine(logicalId), userPool: id(userPool), oauth: false, flows: [], authFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'], secret: false,
  };
}

function anyOf(...scopes: string[]): Access {
  return { kind: 'anyOf', authorizer: id('UsersAuthorizer'), scopes };
}

function method(verb: Verb, path: string, access: Access, apiKeyRequired = false): Method {
  return { id: id(`${verb} ${path}`), api: id('Api'), verb, path, access, apiKeyRequired, integration: 'mock' };
}
