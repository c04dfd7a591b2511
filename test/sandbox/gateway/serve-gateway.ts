import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { AccessModel } from '../../../src/model/access-model';
import type { MethodSettings, RuntimeModel } from '../../../src/model/runtime-model';
import type { LivePool } from '../../../src/sandbox/cognito/live-pool';
import type { VerifiedToken } from '../../../src/sandbox/cognito/verify-token';
import { createGateway, type Gateway } from '../../../src/sandbox/gateway/gateway';
import type { Integrate } from '../../../src/sandbox/gateway/integrate';
import type { IntegrationRequest } from '../../../src/sandbox/gateway/integrations/integration-call';
import { SandboxLog } from '../../../src/sandbox/sandbox-log';

/** A gateway that serves, with what it was asked for. */
export interface ServedGateway {
  readonly gateway: Gateway;
  readonly log: SandboxLog;
  /** What the integrations got, in order. */
  readonly calls: { readonly method: string; readonly request: IntegrationRequest }[];
  /** Changes what the gateway reads. */
  set(change: { readonly model?: AccessModel; readonly runtime?: Partial<RuntimeModel> }): void;
  /** Sends the lines and the body as they are. */
  raw(lines: readonly string[], body?: string | Uint8Array): Promise<RawAnswer>;
  /** Sends a request whose target is not touched: `GET /apis/photos/prod/a//b`. */
  send(line: string, headers?: readonly string[], body?: string): Promise<RawAnswer>;
  close(): Promise<void>;
}

/** An answer as it comes over the wire. */
export interface RawAnswer {
  readonly status: number;
  /** Values by lower-case name; several are joined by `, `. */
  readonly headers: { readonly [name: string]: string };
  /** Names as sent. */
  readonly headerNames: readonly string[];
  readonly body: string;
}

/** Tokens of the tests: any text, for what a token says. */
export interface FakeTokens {
  readonly [jwt: string]: Partial<Omit<VerifiedToken, 'pool'>> & { readonly pool?: string };
}

/** Settings of a method that checks nothing. */
export function methodSettings(id: string, members: Partial<MethodSettings> = {}): MethodSettings {
  return {
    id, validatesBody: false, validatesParameters: false, requestParameters: {}, requestModels: {}, integration: { kind: 'other', what: 'a fake' }, ...members,
  };
}

/** A runtime model with these entities, and none besides. */
export function runtimeOf(entities: Partial<RuntimeModel> = {}): RuntimeModel {
  return { userPools: [], clients: [], apis: [], methods: [], functions: [], apiKeys: [], usagePlans: [], ...entities };
}

/** The answer of an integration that says which method it stands behind. */
export const nameItself: Integrate = async (method) => ({
  kind: 'response', status: 200, headers: [['content-type', 'text/plain']], body: method,
});

/** Serves a gateway on a free port. */
export async function serveGateway(
  model: AccessModel, { runtime = {}, tokens = {}, integrate = nameItself, clock = () => 1_700_000_000_000, verifyToken }: {
    readonly runtime?: Partial<RuntimeModel>;
    readonly tokens?: FakeTokens;
    readonly integrate?: Integrate;
    readonly clock?: () => number;
    readonly verifyToken?: (jwt: string) => Promise<VerifiedToken | undefined>;
  } = {},
): Promise<ServedGateway> {
  let current = { model, runtime: runtimeOf(runtime) };
  const calls: ServedGateway['calls'] = [];
  const log = new SandboxLog();
  const gateway = createGateway({
    model: () => current.model,
    runtime: () => current.runtime,
    bind: (value) => (typeof value === 'object' && value.expression !== undefined && !/\$\{(?!Stack\/Known\})/.test(value.expression)
      ? value.expression.replaceAll('${Stack/Known}', 'known') : value),
    names: { api: (id) => `id-of-${id}` },
    verifyToken: verifyToken ?? (async (jwt) => (Object.hasOwn(tokens, jwt) ? verified(tokens[jwt]) : undefined)),
    integrate: async (method, request) => {
      calls.push({ method, request });
      return integrate(method, request);
    },
    clock,
    log,
  });
  const root = new Hono();
  root.get('/', (context) => context.text('the page'));
  root.route('/apis', gateway.app as unknown as Hono);
  const server = createServer(getRequestListener(root.fetch, { overrideGlobalObjects: false }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const raw: ServedGateway['raw'] = (lines, body = '') => exchange(port, lines, body);
  return {
    gateway,
    log,
    calls,
    set: (change) => {
      current = { model: change.model ?? current.model, runtime: change.runtime ? runtimeOf(change.runtime) : current.runtime };
    },
    raw,
    send: (line, headers = [], body = '') => {
      const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
      return raw([`${line} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Connection: close', ...headers, ...length], body);
    },
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function verified({ pool = 'Pool', ...token }: FakeTokens[string]): VerifiedToken {
  const live = { id: pool, clients: new Map([['reader', { name: 'Reader' }]]) } as unknown as LivePool;
  return { pool: live, use: 'access', claims: { client_id: 'reader' }, scopes: [], expired: false, ...token };
}

function exchange(port: number, lines: readonly string[], body: string | Uint8Array): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
      socket.write(body);
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => (chunks.length > 0 ? finish() : reject(error)));
    socket.on('close', () => finish());
    const finish = () => resolve(parse(Buffer.concat(chunks).toString('utf8').replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')));
  });
}

function parse(text: string): RawAnswer {
  const [head, ...rest] = text.split('\r\n\r\n');
  const [line, ...headerLines] = head.split('\r\n');
  const headers: { [name: string]: string } = {};
  const headerNames: string[] = [];
  for (const each of headerLines) {
    const [, name, value] = /^([^:]+): ?(.*)$/.exec(each)!;
    headerNames.push(name);
    const key = name.toLowerCase();
    headers[key] = key in headers ? `${headers[key]}, ${value}` : value;
  }
  return { status: Number(line.split(' ')[1]), headers, headerNames, body: rest.join('\r\n\r\n') };
}
