import {
  CreateResourceServerCommand, DeleteResourceServerCommand, DescribeResourceServerCommand, DescribeUserPoolCommand, ListResourceServersCommand,
  ListUserPoolsCommand, paginateListResourceServers, UpdateResourceServerCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { PREFIX, startApi, type ApiServer } from './api-server';

let api: ApiServer;
let UserPoolId: string;

beforeEach(async () => {
  api = await startApi();
  UserPoolId = api.pool.poolId;
});

afterEach(() => api.close());

const scope = (ScopeName: string) => ({ ScopeName, ScopeDescription: `May ${ScopeName}` });
const create = (members: object) => api.post(`${PREFIX}CreateResourceServer`, { UserPoolId, Identifier: 'orders', Name: 'Orders', ...members });

describe('resource servers', () => {
  test('are created, shown, listed, changed and deleted by the SDK', async () => {
    const { ResourceServer } = await api.sdk.send(new CreateResourceServerCommand({
      UserPoolId, Identifier: 'https://orders.example.com', Name: 'Orders', Scopes: [scope('read')],
    }));
    const made = { UserPoolId, Identifier: 'https://orders.example.com', Name: 'Orders', Scopes: [scope('read')] };
    expect(ResourceServer).toEqual(made);
    const one = { UserPoolId, Identifier: made.Identifier };
    expect((await api.sdk.send(new DescribeResourceServerCommand(one))).ResourceServer).toEqual(made);
    await api.sdk.send(new UpdateResourceServerCommand({ ...one, Name: 'Orders 2' }));
    const { ResourceServers } = await api.sdk.send(new ListResourceServersCommand({ UserPoolId }));
    expect(ResourceServers?.map(({ Name, Scopes }) => [Name, Scopes?.length])).toEqual([['Orders 2', 0], [expect.any(String), expect.any(Number)]]);
    await api.sdk.send(new DeleteResourceServerCommand(one));
    await expect(api.sdk.send(new DescribeResourceServerCommand(one))).rejects.toMatchObject({ name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 400 } });
  });

  test('keep a deleted scope at the client, inactive: left out of tokens without an error, back when it is added again', async () => {
    const client = api.client('Machine');
    const { ResourceServer } = await api.sdk.send(new DescribeResourceServerCommand({ UserPoolId, Identifier: 'photos' }));
    const server = { UserPoolId, Identifier: 'photos', Name: 'photos' };
    expect(await api.machineScope(client)).toBe('photos/read photos/write');
    await api.sdk.send(new UpdateResourceServerCommand({ ...server, Scopes: ResourceServer?.Scopes?.filter(({ ScopeName }) => ScopeName !== 'write') }));
    expect(await api.machineScope(client)).toBe('photos/read');
    await api.sdk.send(new DeleteResourceServerCommand(server));
    expect(await api.machineScope(client)).toBe('');
    await api.sdk.send(new CreateResourceServerCommand({ ...server, Scopes: ResourceServer?.Scopes }));
    expect(await api.machineScope(client)).toBe('photos/read photos/write');
  });

  test('come in pages that skip nothing', async () => {
    for (let count = 0; count < 6; count++) expect((await create({ Identifier: `s${count}` })).status).toBe(200);
    const sizes: number[] = [];
    const names: unknown[] = [];
    for await (const page of paginateListResourceServers({ client: api.sdk, pageSize: 3 }, { UserPoolId })) {
      sizes.push(page.ResourceServers!.length);
      names.push(...page.ResourceServers!.map(({ Identifier }) => Identifier));
    }
    expect(sizes).toEqual([3, 3, 1]);
    expect(names).toEqual(['photos', 's0', 's1', 's2', 's3', 's4', 's5']);
  });

  test('are at most 25', async () => {
    for (let count = 1; count < 25; count++) expect((await create({ Identifier: `s${count}` })).status).toBe(200);
    expect(await create({})).toMatchObject({ status: 400, body: { __type: 'LimitExceededException' } });
  });

  const scopes = (count: number) => ({ Scopes: Array.from({ length: count }, (_, position) => scope(`s${position}`)) });
  test.each([
    ['an identifier of 256 characters', { Identifier: 'x'.repeat(256) }, undefined],
    ['an identifier of 257 characters', { Identifier: 'x'.repeat(257) }, 'Member must have length less than or equal to 256'],
    ['an empty identifier', { Identifier: '' }, 'Member must have length greater than or equal to 1'],
    ['an identifier with a slash', { Identifier: 'a/b' }, undefined],
    ['an identifier with a space', { Identifier: 'a b' }, 'Member must satisfy regular expression pattern: [\\x21\\x23-\\x5B\\x5D-\\x7E]+'],
    ['an identifier with a line break at its end', { Identifier: 'a\n' }, 'Member must satisfy regular expression pattern'],
    ['no identifier', { Identifier: undefined }, "Value at 'identifier' failed to satisfy constraint: Member must not be null"],
    ['a name with a colon', { Name: 'a:b' }, "Value at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w\\s+=,.@-]+"],
    ['no name', { Name: null }, 'Member must not be null'],
    ['100 scopes', scopes(100), undefined],
    ['101 scopes', scopes(101), 'Member must have length less than or equal to 100'],
    ['a scope name with a slash', { Scopes: [scope('a/b')] }, "Value at 'scopes.1.member.scopeName' failed"],
    ['a scope without a description', { Scopes: [{ ScopeName: 'a' }] }, "'scopes.1.member.scopeDescription'"],
    ['a scope twice', { Scopes: [scope('a'), scope('a')] }, 'Scope a is listed twice.'],
    ['an identifier that is taken', { Identifier: 'photos' }, 'photos already exists'],
  ])('with %s are judged as the service does', async (_, members, wrong) => {
    const { status, body } = await create(members);
    if (wrong === undefined) expect({ status, body }).toMatchObject({ status: 200 });
    else expect({ status, body }).toMatchObject({ status: 400, body: { __type: 'InvalidParameterException', message: expect.stringContaining(wrong) } });
  });
});

describe('user pools', () => {
  test('are listed and shown', async () => {
    const { UserPools } = await api.sdk.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    expect(UserPools).toMatchObject([{ Id: UserPoolId, Name: api.pool.name, CreationDate: new Date(api.pool.createdAt) }]);
    const { UserPool } = await api.sdk.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(UserPool).toMatchObject({ Id: UserPoolId, Arn: `arn:aws:cognito-idp:eu-central-1:111122223333:userpool/${UserPoolId}`, EstimatedNumberOfUsers: 0 });
  });

  test.each([
    [0, 'Member must have value greater than or equal to 1'], [61, 'Member must have value less than or equal to 60'], [undefined, 'Member must not be null'],
  ])('are not listed %s at a time', async (MaxResults, wrong) => {
    expect(await api.post(`${PREFIX}ListUserPools`, { MaxResults })).toMatchObject({ status: 400, body: { message: expect.stringContaining(wrong) } });
  });
});
