import { albumModel } from './page/served-page';
import { firstCall } from '../../src/sandbox/first-call';
import { authorizer, method } from '../model/entities';

const { authorizers, methods, ...album } = albumModel();
const model = albumModel({
  ...album,
  authorizers: [...authorizers, authorizer({ id: 'Other', api: 'Elsewhere' })],
  methods: [method('GET', '/elsewhere', { kind: 'anyOf', authorizer: 'Other', scopes: ['photos/read'] }, { id: 'Elsewhere', api: 'Elsewhere' }), ...methods],
});
const machine = model.clients.find(({ id }) => id === 'Machine')!;

test('the call that is shown for a client is of an API that is served, and reads', () => {
  expect(firstCall(model, machine, () => ({}))).toMatchObject({ api: 'Elsewhere', path: '/elsewhere' });
  expect(firstCall(model, machine, (api) => (api === 'Api' ? {} : undefined))).toEqual({ api: 'Api', verb: 'GET', path: '/photos', use: 'access', header: 'Authorization' });
  expect(firstCall(model, machine, () => undefined)).toBeUndefined();
});

describe('a method that demands an API key', () => {
  const reading = methods.find(({ id }) => id === 'GET /report')!;
  const keyed = (...others: typeof methods) => albumModel({ methods: [reading, ...others] });
  const report = { api: 'Api', verb: 'GET', path: '/report' };
  const [files, photos] = [methods.find(({ verb }) => verb === 'ANY')!, methods.find(({ path }) => path === '/photos')!];

  test('is shown with a key that opens the stage', () => {
    expect(firstCall(keyed(), machine, () => ({ apiKey: { name: 'k' } }))).toMatchObject({ ...report, apiKey: { name: 'k' } });
  });

  test('is shown without one where none is known, and not at all where requests carry none', () => {
    expect(firstCall(keyed(), machine, () => ({ apiKey: {} }))).toMatchObject({ ...report, apiKey: {} });
    expect(firstCall(keyed(), machine, () => ({}))).toBeUndefined();
  });

  test('gives way to one that demands none, or that has what it needs', () => {
    expect(firstCall(keyed(photos), machine, () => ({ apiKey: { name: 'k' } }))).toEqual({ api: 'Api', verb: 'GET', path: '/photos', use: 'access', header: 'Authorization' });
    expect(firstCall(keyed(files), machine, () => ({ apiKey: {} }))).toMatchObject({ path: '/files/{path+}' });
    expect(firstCall(keyed(files), machine, () => ({ apiKey: { name: 'k' } }))).toMatchObject(report);
  });
});
