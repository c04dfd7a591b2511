import { request as sendByHttp, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as sendByHttps } from 'node:https';
import { integrationTimeout, timeoutOf, type IntegrationAnswer, type IntegrationRequest } from './integration-call';
import { headerPairs, headersFromIntegration, headersToIntegration, headerValue } from './integration-headers';
import { mappedValue, ownValue } from './mapping-values';
import type { HttpProxyIntegration } from '../../../model/runtime-model';
import { isUnknown } from '../../../model/value';
import { isHeader } from '../is-header';

/** Bytes of a response that API Gateway passes on (API Gateway developer guide, quotas: 10 MB). */
const MAX_RESPONSE_BYTES = 10 * 1024 * 1024;
const PARAMETER = /^integration\.request\.(path|querystring|header)\.(.+)$/;

/** Headers that say how a request is sent: a mapping does not change them. */
const FRAMING = /^(connection|content-length|transfer-encoding)$/i;

/** What goes to the endpoint of an HTTP proxy. */
interface Outgoing {
  readonly url: URL;
  readonly headers: OutgoingHttpHeaders;
}

/** Passes a request on as an HTTP proxy integration does. Redirects are answers like any other. */
export async function httpProxy(integration: HttpProxyIntegration, request: IntegrationRequest): Promise<IntegrationAnswer> {
  const outgoing = outgoingRequest(integration, request);
  if (typeof outgoing === 'string') return { kind: 'cannotRun', reason: `the HTTP proxy cannot run: ${outgoing}` };
  const verb = isUnknown(integration.verb) || integration.verb === 'ANY' ? request.verb : integration.verb;
  const timeout = timeoutOf(integration);
  const signal = AbortSignal.timeout(timeout);
  try {
    const response = await responseOf(outgoing, verb, request.body, signal);
    const body = await bodyOf(response);
    if (body === undefined) return failure(500, 'Internal server error', `the response of ${outgoing.url.origin} is larger than 10 MB`);
    return { kind: 'response', status: response.statusCode!, headers: headersFromIntegration(headerPairs(response.rawHeaders), 'http'), body };
  } catch (error) {
    if (signal.aborted) return integrationTimeout(timeout);
    // The text that API Gateway has for endpoints that cannot be reached (knowledge center, 504 errors).
    return failure(504, 'Network error communicating with endpoint', `${outgoing.url.origin} cannot be reached: ${causeOf(error)}`);
  }
}

/** Where the request goes, with which headers; a text says why it goes nowhere. */
function outgoingRequest(integration: HttpProxyIntegration, request: IntegrationRequest): Outgoing | string {
  if (isUnknown(integration.url)) return `its URL is not known: ${integration.url.unknown}`;
  const mapped = { path: { ...request.pathParameters }, querystring: new Map<string, string>(), header: new Map<string, string>() };
  for (const [target, expression] of Object.entries(integration.requestParameters)) {
    const [, place, name] = PARAMETER.exec(target) ?? [];
    if (place === undefined) continue;
    if (isUnknown(expression)) return `the value of ${target} is not known: ${expression.unknown}`;
    const value = mappedValue(expression, request);
    if (value === undefined) continue;
    if (place === 'path') mapped.path[name] = expression.startsWith('method.request.path.') ? value : encodeURIComponent(value);
    else mapped[place as 'querystring' | 'header'].set(name, value);
  }
  const missing: string[] = [];
  const text = integration.url
    .replace(/\$\{stageVariables\.(\w+)\}/g, (whole, name: string) => ownValue(request.api.stageVariables, name) ?? (missing.push(whole), ''))
    .replace(/\{([\w.-]+)\+?\}/g, (whole, name: string) => ownValue(mapped.path, name) ?? (missing.push(whole), ''));
  if (missing.length > 0) return `nothing replaces ${missing.join(', ')} in its URL`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) return 'its URL is not an absolute HTTP URL';
  const bad = [...mapped.header].find(([name, value]) => !isHeader(name, value));
  if (bad) return `the value of the header ${bad[0]} cannot be sent`;
  url.search = searchOf(url.search.slice(1), request.rawQuery, mapped.querystring);
  return { url, headers: outgoingHeaders(request, mapped.header) };
}

/** The headers of the caller, without `Host`, with what API Gateway adds (captured requests, LocalStack test suite validated on AWS). */
function outgoingHeaders(request: IntegrationRequest, mapped: ReadonlyMap<string, string>): OutgoingHttpHeaders {
  const headers = new Map<string, string[]>();
  const forwarded = headerValue(request.headers, 'x-forwarded-for');
  for (const [name, value] of headersToIntegration(request.headers)) {
    if (/^(host|keep-alive|x-forwarded-(for|port|proto))$/i.test(name)) continue;
    headers.set(name.toLowerCase(), [...headers.get(name.toLowerCase()) ?? [], value]);
  }
  const set = (name: string, value: string) => headers.set(name.toLowerCase(), [value]);
  set('x-amzn-apigateway-api-id', request.api.id);
  set('x-forwarded-for', forwarded === undefined ? request.sourceIp : `${forwarded}, ${request.sourceIp}`);
  set('x-forwarded-port', '443');
  set('x-forwarded-proto', 'https');
  if (!headers.has('user-agent')) set('user-agent', `AmazonAPIGateway_${request.api.id}`);
  for (const [name, value] of mapped) if (!FRAMING.test(name)) set(name, value);
  if (request.body.byteLength > 0) set('content-length', String(request.body.byteLength));
  return Object.fromEntries([...headers].map(([name, values]) => [name, values.length > 1 ? values : values[0]]));
}

/** The query of the URL, that of the caller as received, and the mapped parameters, which replace others of their name. */
function searchOf(own: string, received: string, mapped: ReadonlyMap<string, string>): string {
  const given = [...own.split('&'), ...received.split('&')].filter((part) => {
    const [name] = new URLSearchParams(part).keys();
    return part !== '' && !mapped.has(name);
  });
  return [...given, ...[...mapped].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)].join('&');
}

/** Sends a request on a connection of its own: an endpoint that started again in between is no failure then. */
function responseOf({ url, headers }: Outgoing, method: string, body: Uint8Array, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? sendByHttps : sendByHttp;
    send(url, { method, headers, signal, agent: false }, resolve).on('error', reject).end(body.byteLength > 0 ? body : undefined);
  });
}

async function bodyOf(response: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    // Leaving the loop ends the connection.
    if (bytes > MAX_RESPONSE_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function causeOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? String(error);
}

function failure(status: number, message: string, reason: string): IntegrationAnswer {
  return { kind: 'failure', responseType: 'INTEGRATION_FAILURE', status, message, reason };
}
