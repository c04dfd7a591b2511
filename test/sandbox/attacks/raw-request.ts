import { connect } from 'node:net';

/** An answer as it comes over the wire. */
export interface RawAnswer {
  /** 0 where the connection ended without an answer. */
  readonly status: number;
  /** Values by lower-case name; several are joined by `, `. */
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  /** All that came. */
  readonly text: string;
}

const SILENCE_MS = 5_000;

/**
 * Sends bytes as they are, and takes what comes until the connection ends.
 *
 * @throws Error where the server neither answers nor ends the connection
 */
export function rawRequest(url: string, bytes: string | Uint8Array): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
    });
    socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error('the server neither answers nor ends the connection')));
    socket.on('data', (chunk) => chunks.push(chunk));
    // A server that refuses a request may reset the connection behind its answer.
    socket.on('error', (error: NodeJS.ErrnoException) => (['ECONNRESET', 'EPIPE'].includes(error.code ?? '') ? undefined : reject(error)));
    socket.on('close', () => resolve(parse(Buffer.concat(chunks).toString('utf8'))));
  });
}

/** The bytes of a request that ends its connection. */
export function requestBytes(line: string, headers: readonly string[], body = ''): string {
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body, 'latin1')}`];
  return [`${line} HTTP/1.1`, ...headers, 'Connection: close', ...length, '', body].join('\r\n');
}

function parse(text: string): RawAnswer {
  const [head, ...rest] = text.split('\r\n\r\n');
  const [line, ...lines] = head.split('\r\n');
  const headers: { [name: string]: string } = Object.create(null);
  for (const each of lines) {
    const colon = each.indexOf(':');
    const name = each.slice(0, colon).toLowerCase();
    const value = each.slice(colon + 1).trim();
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(line)?.[1] ?? 0), headers, body: headers['transfer-encoding'] === 'chunked' ? unchunked(rest.join('\r\n\r\n')) : rest.join('\r\n\r\n'), text };
}

function unchunked(text: string): string {
  const bytes = Buffer.from(text);
  const chunks: Buffer[] = [];
  for (let start = 0; ;) {
    const end = bytes.indexOf('\r\n', start);
    const length = parseInt(bytes.subarray(start, end).toString(), 16);
    if (end < 0 || !(length > 0)) return Buffer.concat(chunks).toString();
    chunks.push(bytes.subarray(end + 2, end + 2 + length));
    start = end + 4 + length;
  }
}
