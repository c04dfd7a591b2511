import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';

/** The framework of the sandbox with its options, answering a constant. Prints its URL. */
const app = new Hono().get('/', (context) => context.json({ statusCode: 200 }));
const server = createServer({ maxHeaderSize: 20_480 }, getRequestListener(app.fetch, { overrideGlobalObjects: false }));
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`));
