import * as fc from 'fast-check';
import { runtimeOf } from './cognito/entities';
import { bind, runtimeNames } from '../../src/sandbox/names';
import { api, client, modelOf, userPool } from '../model/entities';

const model = modelOf({
  userPools: [userPool({ id: 'App/Pool' }), userPool({ id: 'us-east-1_AbCdEfGhI', origin: 'external' })],
  clients: [client({ id: 'App/Client' }), client({ id: 'App/Given', origin: 'external', clientId: '7abc' })],
  apis: [api({ id: 'App/Api' })],
});
const functionSettings = { runtime: 'nodejs22.x', handler: 'index.handler', code: { kind: 'inline', source: '' }, environment: {}, timeout: 3, memory: 128 } as const;
const runtime = runtimeOf({
  userPools: [{ id: 'App/Pool', region: 'eu-west-1', account: '111122223333', usernameAttributes: [] }],
  functions: [{ id: 'App/Named', name: 'photos', ...functionSettings }, { id: 'App/Unnamed', ...functionSettings }],
});
const names = runtimeNames(model, runtime);

describe('run-time names', () => {
  test('have the forms of AWS and are the same in every run', () => {
    expect(names.userPool('App/Pool')).toBe('eu-west-1_jjeJRHSvh');
    expect(names.client('App/Client')).toMatch(/^[a-z0-9]{26}$/);
    expect(names.api('App/Api')).toMatch(/^[a-z0-9]{10}$/);
    const again = runtimeNames(model, runtime);
    expect([again.userPool('App/Pool'), again.client('App/Client'), again.api('App/Api')])
      .toEqual([names.userPool('App/Pool'), names.client('App/Client'), names.api('App/Api')]);
  });

  test('are the own ones of what exists already', () => {
    expect(names.userPool('us-east-1_AbCdEfGhI')).toBe('us-east-1_AbCdEfGhI');
    expect(names.client('App/Given')).toBe('7abc');
  });

  test('differ for different ids', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => {
      expect(names.client(a) === names.client(b)).toBe(a === b);
    }));
  });
});

test.each([['eu-west-1', 'aws'], ['cn-north-1', 'aws-cn'], ['us-gov-west-1', 'aws-us-gov'], ['eusc-de-east-1', 'aws-eusc']])('ARNs in %s have the partition %s', (region, partition) => {
  const there = runtimeNames(model, runtimeOf({
    userPools: [{ id: 'App/Pool', region, usernameAttributes: [] }], functions: [{ id: 'App/Named', name: 'photos', region, ...functionSettings }],
  }));
  expect(there.placeholder('App/Pool.Arn')).toContain(`arn:${partition}:cognito-idp:${region}:`);
  expect(there.placeholder('App/Named.Arn')).toContain(`arn:${partition}:lambda:${region}:`);
});

describe('binding', () => {
  const unknown = 'is known after deployment';

  test.each([
    ['${App/Pool}', names.userPool('App/Pool')],
    ['arn:${App/Pool}/${App/Client}', `arn:${names.userPool('App/Pool')}/${names.client('App/Client')}`],
    ['${App/Pool.Arn}', `arn:aws:cognito-idp:eu-west-1:111122223333:userpool/${names.userPool('App/Pool')}`],
    ['${App/Pool.ProviderURL}', `https://cognito-idp.eu-west-1.amazonaws.com/${names.userPool('App/Pool')}`],
    ['https://${App/Api}.example.com', `https://${names.api('App/Api')}.example.com`],
    ['${App/Named.Arn}', 'arn:aws:lambda:us-east-1:123456789012:function:photos'],
    ['${App/Given} and ${!App/Given}', '7abc and ${App/Given}'],
  ])('puts names into %s', (expression, text) => {
    expect(bind({ unknown, expression }, names)).toBe(text);
  });

  test.each([
    [{ unknown, expression: '${App/Stage}/${App/Pool}' }],
    [{ unknown }],
    ['${App/Pool}'],
  ])('leaves %j as it is', (value) => {
    expect(bind(value, names)).toEqual(value);
  });

  test('names a function without a name after its id', () => {
    expect(bind({ unknown, expression: '${App/Unnamed}' }, names)).toMatch(/^App-Unnamed-[a-z0-9]{12}$/);
  });
});
