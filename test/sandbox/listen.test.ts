import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { Hono } from 'hono';
import { hostGuard } from '../../src/sandbox/host-guard';
import { listen } from '../../src/sandbox/listen';

const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
/** Machines without IPv6 cannot listen there. */
const withIPv6 = addresses.some(({ address }) => address === '::1') ? test : test.skip;

async function servedOn<T>(listens: string, ask: (url: string) => Promise<T>): Promise<T> {
  const app = new Hono().use(hostGuard(listens)).get('/', (context) => context.text('served'));
  const server = await listen(app, listens, 0);
  try {
    return await ask(server.url);
  } finally {
    await server.close();
  }
}

async function callOwnUrl(listens: string): Promise<[host: string, body: string]> {
  return servedOn(listens, async (url) => [url.replace(/:\d+$/, ''), await (await fetch(url)).text()]);
}

/** Calls by another name than that of the URL. */
async function statusFor(listens: string, name: string): Promise<number | undefined> {
  return servedOn(listens, (url) => new Promise((resolve, reject) => {
    request(url, { headers: { host: `${name}:${new URL(url).port}` }, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    }).on('error', reject).end();
  }));
}

describe('the URL of a sandbox can be called', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1'], ['localhost', 'localhost'], ['0.0.0.0', '127.0.0.1'], ['0', '127.0.0.1'],
  ])('where it listens on %s, by %s', async (listens, host) => {
    expect(await callOwnUrl(listens)).toEqual([`http://${host}`, 'served']);
  });

  withIPv6.each([
    ['::1', '[::1]'], ['::', '[::1]'], ['0:0:0:0:0:0:0:0', '[::1]'], ['::ffff:0.0.0.0', '127.0.0.1'],
  ])('where it listens on %s, by %s', async (listens, host) => {
    expect(await callOwnUrl(listens)).toEqual([`http://${host}`, 'served']);
  });
});

describe('a caller on another machine', () => {
  test.each(['build-machine.example', '192.0.2.7', '[2001:db8::7]'])('is answered by the name %s where the sandbox listens on all addresses', async (name) => {
    expect([await statusFor('0.0.0.0', name), await statusFor('127.0.0.1', name)]).toEqual([200, 421]);
  });

  withIPv6('is answered where the sandbox listens on all addresses of IPv6', async () => {
    expect(await statusFor('::', 'build-machine.example')).toBe(200);
  });
});

describe('fails', () => {
  test('for an address with a zone, which no URL can have', async () => {
    await expect(listen(new Hono(), 'fe80::1%lo', 0)).rejects.toThrow('[SandboxAddress] address of the sandbox cannot stand in a URL, got "fe80::1%lo"; expected');
  });

  withIPv6('for a port in use, and writes it as in a URL', async () => {
    await servedOn('::1', async (url) => {
      const port = Number(new URL(url).port);
      await expect(listen(new Hono(), '::1', port)).rejects.toThrow(`[SandboxAddress] address of the sandbox is in use, got "[::1]:${port}"`);
    });
  });
});
