import { Hono } from 'hono';
import { hostGuard, isLoopback } from '../../src/sandbox/host-guard';

function served(listens: string) {
  const app = new Hono();
  app.use(hostGuard(listens));
  app.get('/', (context) => context.text('served'));
  return async (host?: string) => (await app.request('http://ignored/', { headers: host === undefined ? {} : { host } })).status;
}

describe('a sandbox on a loopback address', () => {
  test.each(['127.0.0.1', '127.0.0.1:4000', '127.1.2.3:80', 'localhost:4000', 'LOCALHOST', '[::1]:4000'])('answers to %s', async (host) => {
    expect(await served('127.0.0.1')(host)).toBe(200);
  });

  test.each([
    'attacker.example', 'attacker.example:4000', '127.0.0.1.attacker.example', 'localhost.attacker.example', '10.0.0.1:4000', '', undefined,
  ])('refuses the host name %s, which another site may have led here', async (host) => {
    expect(await served('127.0.0.1')(host)).toBe(421);
  });
});

test('a sandbox on another address answers to every name', async () => {
  expect(await served('0.0.0.0')('build-machine.example:4000')).toBe(200);
});

test.each([
  ['127.0.0.1', true], ['localhost', true], ['::1', true], ['[::1]', true], ['0.0.0.0', false], ['::', false], ['192.168.1.2', false], ['127.0.0.1.example', false],
])('whether %s is a loopback address: %s', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});
