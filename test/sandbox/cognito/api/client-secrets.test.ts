import {
  AddUserPoolClientSecretCommand, DeleteUserPoolClientSecretCommand, ListUserPoolClientSecretsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { startApi, type ApiServer } from './api-server';
import type { LiveClient } from '../../../../src/sandbox/cognito/live-pool';

let api: ApiServer;
let client: LiveClient;
let one: { UserPoolId: string; ClientId: string };

beforeEach(async () => {
  api = await startApi();
  client = api.client('Machine');
  one = { UserPoolId: api.pool.poolId, ClientId: client.clientId };
});

afterEach(() => api.close());

const add = async (members = {}) => (await api.sdk.send(new AddUserPoolClientSecretCommand({ ...one, ...members }))).ClientSecretDescriptor!;
const remove = (ClientSecretId: string) => api.sdk.send(new DeleteUserPoolClientSecretCommand({ ...one, ClientSecretId }));
const WORKS = 'photos/read photos/write';

describe('client secrets', () => {
  test('work both while there are two; a deleted one no longer works', async () => {
    const [first] = client.secrets;
    const second = await add();
    expect(second).toEqual({ ClientSecretId: expect.stringMatching(`^${client.clientId}--\\d+$`), ClientSecretValue: expect.any(String), ClientSecretCreateDate: expect.any(Date) });
    expect(second.ClientSecretId).not.toBe(first.id);
    expect(await api.machineScope(client, first.value)).toBe(WORKS);
    expect(await api.machineScope(client, second.ClientSecretValue)).toBe(WORKS);
    await remove(first.id);
    expect(await api.machineScope(client, first.value)).toMatchObject({ error: 'invalid_client' });
    expect(await api.machineScope(client, second.ClientSecretValue)).toBe(WORKS);
  });

  test('are listed without their values', async () => {
    await add();
    const { ClientSecrets, NextToken } = await api.sdk.send(new ListUserPoolClientSecretsCommand(one));
    expect(ClientSecrets!.map((each) => Object.keys(each).sort())).toEqual(Array(2).fill(['ClientSecretCreateDate', 'ClientSecretId']));
    expect(NextToken).toBeUndefined();
  });

  test('may be chosen, and are then not repeated', async () => {
    const ClientSecret = 'Abc_123+'.repeat(3);
    expect(Object.keys(await add({ ClientSecret })).sort()).toEqual(['ClientSecretCreateDate', 'ClientSecretId']);
    expect(await api.machineScope(client, ClientSecret)).toBe(WORKS);
  });

  test('are at most two and at least one', async () => {
    const [first] = client.secrets;
    await expect(remove(first.id)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await add();
    await expect(add()).rejects.toMatchObject({ name: 'LimitExceededException' });
    await expect(remove(`${client.clientId}--1`)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('are for clients that have one', async () => {
    await expect(add({ ClientId: api.client('Spa').clientId })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test.each([23, 65])('have no %s characters', async (length) => {
    const ClientSecret = 'y'.repeat(length);
    await expect(add({ ClientSecret })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect(JSON.stringify(api.log.last())).not.toContain(ClientSecret);
  });
});
