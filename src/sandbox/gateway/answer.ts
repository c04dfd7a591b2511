import { randomBytes, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { isHeader } from './is-header';

/** An answer to a request. */
export interface Answer {
  readonly status: number;
  /** Names and values; a name may come several times. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | string;
}

/** The ids that API Gateway gives to a request. */
export interface RequestIds {
  /** `x-amzn-RequestId`. */
  readonly requestId: string;
  /** `x-amz-apigw-id`. */
  readonly extendedRequestId: string;
}

/** New ids. */
export function newRequestIds(): RequestIds {
  return { requestId: randomUUID(), extendedRequestId: randomBytes(11).toString('base64') };
}

/** What the sandbox answers in its own name, where AWS would not, or nobody knows how: never to be taken for an answer of AWS. */
export function sandboxAnswer(status: number, kind: 'cannot-tell' | 'cannot-run' | 'not-served' | 'failed', message: string, reason?: string): Answer {
  return {
    status,
    headers: [['content-type', 'application/json'], ['x-sandbox', kind]],
    body: JSON.stringify({ message, ...(reason !== undefined && { reason }) }),
  };
}

/** Headers that say how an answer is sent, which is no matter of who makes it, and those that the gateway sets. */
const OWN_HEADERS = ['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'x-amzn-requestid', 'x-amz-apigw-id'];
const NO_BODY = [204, 205, 304];

/** What is wrong with an answer of an integration, so that it cannot be sent; undefined where nothing is. */
export function unsendable({ status, headers }: Answer): string | undefined {
  if (!Number.isInteger(status) || status < 200 || status > 599) return `status ${status} is no status of an answer`;
  const bad = headers.find(([name, value]) => !isHeader(name, value));
  return bad && `header ${JSON.stringify(bad[0])} cannot be sent`;
}

/** Sends an answer as it is: names of headers keep their letter case, and each of several values its own line. */
export function send(outgoing: ServerResponse, { status, headers, body }: Answer, ids: RequestIds): void {
  const flat = ['x-amzn-RequestId', ids.requestId, 'x-amz-apigw-id', ids.extendedRequestId];
  for (const [name, value] of headers) if (!OWN_HEADERS.includes(name.toLowerCase())) flat.push(name, value);
  const empty = NO_BODY.includes(status);
  // Node.js would send a 205 in chunks.
  if (!empty || status === 205) flat.push('content-length', String(empty ? 0 : Buffer.byteLength(body)));
  outgoing.writeHead(status, flat);
  outgoing.end(empty ? undefined : body);
}
