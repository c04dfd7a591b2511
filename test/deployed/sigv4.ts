import { createHash, createHmac } from 'node:crypto';
import type { Emulator } from './ministack';

/** A request to an AWS API. */
export interface ApiRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An access key. Never print its secret. */
export interface Credentials {
  readonly id: string;
  readonly secret: string;
}

/** The credentials of the emulator's root, whose signatures it does not check. */
export const ROOT: Credentials = { id: 'test', secret: 'test' };

/** The headers that sign a request (Signature Version 4). */
export function signed({ region }: Emulator, credentials: Credentials, service: string, request: ApiRequest): Record<string, string> {
  const url = new URL(request.url);
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const headers: Record<string, string> = { ...lowerCase(request.headers), 'host': url.host, 'x-amz-date': time };
  const names = Object.keys(headers).sort();
  const canonical = [
    request.method,
    url.pathname.split('/').map((part) => encodeURIComponent(part)).join('/'),
    [...url.searchParams].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).sort().join('&'),
    ...names.map((name) => `${name}:${headers[name].trim()}`),
    '',
    names.join(';'),
    sha256(request.body ?? ''),
  ].join('\n');
  const scope = [time.slice(0, 8), region, service, 'aws4_request'];
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${credentials.secret}`);
  const credential = `Credential=${credentials.id}/${scope.join('/')}`;
  const signature = hmac(key, text).toString('hex');
  return { ...request.headers, 'X-Amz-Date': time, 'Authorization': `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}` };
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
