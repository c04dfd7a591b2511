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
  expect(firstCall(model, machine, () => true)).toMatchObject({ api: 'Elsewhere', path: '/elsewhere' });
  expect(firstCall(model, machine, (api) => api === 'Api')).toEqual({ api: 'Api', verb: 'GET', path: '/photos', use: 'access', header: 'Authorization' });
  expect(firstCall(model, machine, () => false)).toBeUndefined();
});
