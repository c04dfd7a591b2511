import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { readBody } from '../../../src/sandbox/gateway/read-body';

test('a body whose caller has gone already is broken', async () => {
  const incoming = new IncomingMessage(new Socket());
  incoming.headers['content-length'] = '5';
  incoming.destroy();
  await new Promise((resolve) => incoming.once('close', resolve));
  expect(await readBody(incoming)).toBe('broken');
});
