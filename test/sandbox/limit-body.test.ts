import { once } from 'node:events';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { limitBody } from '../../src/sandbox/limit-body';
import { listen, type Listening } from '../../src/sandbox/listen';

let server: Listening;

beforeAll(async () => {
  const app = new Hono();
  app.post('/', limitBody(10, (context) => context.text('too large', 413)), async (context) => context.text(`got ${await context.req.text()}`));
  server = await listen(app, '127.0.0.1', 0);
});

afterAll(() => server.close());

/** Sends lines as they are; gives status and body. */
async function send(...lines: string[]): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  socket.write(['POST / HTTP/1.1', 'Host: localhost', 'Connection: close', ...lines].join('\r\n'));
  let answer = '';
  socket.on('data', (text: string) => void (answer += text));
  await once(socket, 'close');
  const [, status] = /^HTTP\/1\.1 (\d+)/.exec(answer) ?? [];
  return `${status} ${/got \w*|too large/.exec(answer)?.[0]}`;
}

test.each([
  ['none, and no length', ['', ''], '200 got '],
  ['of the largest size', ['Content-Length: 10', '', '0123456789'], '200 got 0123456789'],
  ['one byte larger', ['Content-Length: 11', '', '0123456789a'], '413 too large'],
  ['in chunks, of the largest size', ['Transfer-Encoding: chunked', '', '5', '01234', '5', '56789', '0', '', ''], '200 got 0123456789'],
  ['in chunks, one byte larger', ['Transfer-Encoding: chunked', '', '5', '01234', '6', '56789a', '0', '', ''], '413 too large'],
])('a body: %s', async (_what, lines, expected) => {
  expect(await send(...lines)).toBe(expected);
});
