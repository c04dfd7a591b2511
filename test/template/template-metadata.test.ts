import { modelOf, source } from './templates';
import { METADATA_KEY } from '../../src/model/metadata';

const CLIENT = { id: 'Partner', clientId: '7abc', userPool: 'eu-west-1_a', flows: ['client_credentials'], scopes: ['orders/read'], secret: true, authFlows: [] };
const SERVER = { id: 'Orders', userPool: 'eu-west-1_a', identifier: 'orders', scopeNames: ['read'] };

/** The model of a template with statements about things that are declared elsewhere. */
function stated(metadata: unknown, more: object = {}) {
  return modelOf(source({ Metadata: { [METADATA_KEY]: metadata }, Resources: {}, ...more }));
}

describe('the metadata of a template', () => {
  test('states clients, domains and resource servers', () => {
    const model = stated({ clients: [CLIENT], resourceServers: [SERVER], domains: [{ id: 'Users', userPool: 'eu-west-1_a', domain: 'login.example.com', custom: true }] });
    expect(model.clients).toEqual([{
      id: 'App/Partner',
      origin: 'external',
      clientId: '7abc',
      userPool: 'eu-west-1_a',
      oauth: true,
      flows: ['client_credentials'],
      scopes: ['orders/read'],
      secret: true,
      authFlows: [],
    }]);
    expect(model.domains).toEqual([{ id: 'App/Users', origin: 'external', userPool: 'eu-west-1_a', domain: 'login.example.com', custom: true }]);
    expect(model.resourceServers).toEqual([{ id: 'App/Orders', origin: 'external', userPool: 'eu-west-1_a', identifier: 'orders', scopes: [{ name: 'read' }] }]);
    expect(model.userPools).toEqual([{ id: 'eu-west-1_a', origin: 'external', issuer: 'original' }]);
  });

  test('states things that a transform may change, as it may change the resources', () => {
    const model = stated({ clients: [CLIENT], resourceServers: [SERVER] }, { Transform: 'MyMacro' });
    const condition = { unknown: 'the transform MyMacro may change this' };
    expect([model.clients[0], model.resourceServers[0]]).toMatchObject([{ condition }, { condition }]);
  });

  test('may hold intrinsic functions', () => {
    const userPool = { 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: 'Arn' }] }] };
    const identifier = { 'Fn::Sub': 'https://${Host}' };
    const { clients, resourceServers } = stated({ clients: [{ ...CLIENT, userPool }], resourceServers: [{ ...SERVER, identifier }] }, {
      Parameters: { Arn: { Type: 'String' }, Host: { Type: 'String' } },
    });
    expect(clients[0].userPool).toMatchObject({ expression: '${App/Arn}' });
    expect(resourceServers[0].identifier).toMatchObject({ expression: 'https://${App/Host}' });
  });

  test('without scope names leaves the scopes of a resource server unknown', () => {
    const { scopeNames: _, ...open } = SERVER;
    expect(stated({ resourceServers: [open] }).resourceServers[0].scopes).toEqual([{ unknown: 'the app states no scopes of the resource server' }]);
  });

  test('say which scopes are to go', () => {
    const deprecated = { removeAfter: '2099-01-31', reason: 'broad', replacedBy: 'orders/list' };
    const { resourceServers: [{ scopes }] } = stated({ resourceServers: [{ ...SERVER, scopeNames: ['read', 'list', 'toString'], deprecatedScopes: { read: deprecated, list: 5 } }] });
    expect(scopes).toEqual([{ name: 'read', deprecated }, { name: 'list' }, { name: 'toString' }]);
  });

  test('leaves what a resource of the templates declares to the resource', () => {
    const pool = { Type: 'AWS::Cognito::UserPool' };
    const server = { Type: 'AWS::Cognito::UserPoolResourceServer', Properties: { UserPoolId: { Ref: 'Pool' }, Identifier: 'orders', Name: 'orders' } };
    const client = { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' } } };
    const { resourceServers, clients } = stated(
      { resourceServers: [{ ...SERVER, userPool: { Ref: 'Pool' } }], clients: [{ ...CLIENT, clientId: { Ref: 'Client' } }] },
      { Resources: { Pool: pool, Server: server, Client: client } },
    );
    expect([...resourceServers, ...clients].map(({ id }) => id)).toEqual(['App/Server', 'App/Client']);
  });

  test('of a resource server in another pool stays beside the resource', () => {
    const server = { Type: 'AWS::Cognito::UserPoolResourceServer', Properties: { UserPoolId: 'eu-west-1_b', Identifier: 'orders', Name: 'orders' } };
    expect(stated({ resourceServers: [SERVER] }, { Resources: { Server: server } }).resourceServers).toHaveLength(2);
  });

  test.each([
    ['a text', 'text'], ['a list', []], ['no list', { clients: 'a' }], ['entries that are no objects', { clients: ['a', 1, null] }],
    ['entries without ids', { clients: [{ clientId: 'a' }, { id: '' }] }], ['a function', { 'Fn::GetAtt': ['A', 'B'] }],
  ])('of another shape states nothing: %s', (_shape, metadata) => {
    expect(stated(metadata).clients).toEqual([]);
  });

  test('of an unfinished entry leaves the rest unknown', () => {
    expect(stated({ clients: [{ id: 'Partner' }] }).clients).toEqual([{
      id: 'App/Partner',
      origin: 'external',
      clientId: { unknown: 'clientId is missing' },
      userPool: { unknown: 'userPool is missing' },
      oauth: true,
      flows: [],
      scopes: [],
      secret: false,
      authFlows: [],
    }]);
  });

  test('with one id twice states the first', () => {
    expect(stated({ clients: [CLIENT, { ...CLIENT, clientId: 'other' }] }).clients.map(({ clientId }) => clientId)).toEqual(['7abc']);
  });

  test('of a nested stack counts as far as the stack exists', () => {
    const nested = (condition: object, name: string) => modelOf(
      source({
        Parameters: { Flag: { Type: 'String' } },
        Conditions: { Wanted: condition },
        Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Condition: 'Wanted' } },
      }),
      source({ Metadata: { [METADATA_KEY]: { clients: [CLIENT] } }, Resources: {} }, { stack: name, nestedIn: { stack: 'App', logicalId: 'Nested' } }),
    ).clients;
    expect(nested({ 'Fn::Equals': ['a', 'b'] }, 'App/Nested')).toEqual([]);
    expect(nested({ 'Fn::Equals': [{ Ref: 'Flag' }, 'b'] }, 'App/Nested')).toMatchObject([{ id: 'App/Nested/Partner', condition: { unknown: expect.any(String) } }]);
  });
});
