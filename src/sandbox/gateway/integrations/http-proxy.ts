import { integrationTimeout } from './integration-call';
import type { IntegrationAnswer, IntegrationRequest } from './integration-call';
import { headersFromIntegration, headersToIntegration, headerValue } from './integration-headers';
import { mappedValue, ownValue } from './mapping-values';
import { pathVariables } from './path-variables';
import type { HttpProxyIntegration } from '../../../model/runtime-model';
import { isUnknown } from '../../../model/value';

/** Milliseconds where the template does not fix a timeout (API Gateway developer guide, quotas). */
const DEFAULT_TIMEOUT = 29_000;
/** Bytes of a response that API Gateway passes on (API Gateway developer guide, quotas: 10 MB). */
const MAX_RESPONSE_BYTES = 10 * 1024 * 1024;
const PARAMETER = /^integration\.request\.(path|querystring|header)\.(.+)$/;

/** What goes to the endpoint of an HTTP proxy. */
interface Outgoing {
  readonly url: URL;
  readonly headers: Headers;
}

/** Passes a request on as an HTTP proxy integration does. Redirects are answers like any other. */
export async function httpProxy(integration: HttpProxyIntegration, request: IntegrationRequest): Promise<IntegrationAnswer> {
  const outgoing = outgoingRequest(integration, request);
  if (typeof outgoing === 'string') return { kind: 'cannotRun', reason: `the HTTP proxy cannot run: ${outgoing}` };
  const verb = isUnknown(integration.verb) || integration.verb === 'ANY' ? request.verb : integration.verb;
  const timeout = isUnknown(integration.timeout) ? DEFAULT_TIMEOUT : integration.timeout;
  const signal = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(outgoing.url, {
      method: verb,
      headers: outgoing.headers,
      body: ['GET', 'HEAD'].includes(verb) || request.body.byteLength === 0 ? undefined : Buffer.from(request.body),
      redirect: 'manual',
      signal,
    });
    const body = await bodyOf(response);
    if (body === undefined) return failure(500, 'Internal server error', `the response of ${outgoing.url.origin} is larger than 10 MB`);
    return { kind: 'response', status: response.status, headers: headersFromIntegration(headersOf(response), 'http'), body };
  } catch (error) {
    if (signal.aborted) return integrationTimeout(timeout);
    // The text that API Gateway has for endpoints that cannot be reached (knowledge center, 504 errors).
    return failure(504, 'Network error communicating with endpoint', `${outgoing.url.origin} cannot be reached: ${causeOf(error)}`);
  }
}

/** Where the request goes, with which headers; a text says why it goes nowhere. */
function outgoingRequest(integration: HttpProxyIntegration, request: IntegrationRequest): Outgoing | string {
  if (isUnknown(integration.url)) return `its URL is not known: ${integration.url.unknown}`;
  const mapped = { path: pathVariables(request), querystring: new Map<string, string>(), header: new Map<string, string>() };
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
  for (const [name, value] of request.query) url.searchParams.append(name, value);
  for (const [name, value] of mapped.querystring) url.searchParams.set(name, value);
  return { url, headers: outgoingHeaders(request, mapped.header) };
}

/** The headers of the caller, without `Host`, with what API Gateway adds (captured requests, LocalStack test suite validated on AWS). */
function outgoingHeaders(request: IntegrationRequest, mapped: ReadonlyMap<string, string>): Headers {
  const headers = new Headers();
  const forwarded = headerValue(request.headers, 'x-forwarded-for');
  for (const [name, value] of headersToIntegration(request.headers)) {
    if (!/^(host|keep-alive|x-forwarded-(for|port|proto))$/i.test(name)) headers.append(name, value);
  }
  headers.set('x-amzn-apigateway-api-id', request.api.id);
  headers.set('x-forwarded-for', forwarded === undefined ? request.sourceIp : `${forwarded}, ${request.sourceIp}`);
  headers.set('x-forwarded-port', '443');
  headers.set('x-forwarded-proto', 'https');
  if (!headers.has('user-agent')) headers.set('user-agent', `AmazonAPIGateway_${request.api.id}`);
  for (const [name, value] of mapped) headers.set(name, value);
  return headers;
}

async function bodyOf(response: Response): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop ends the connection.
    if (bytes > MAX_RESPONSE_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function headersOf(response: Response): [name: string, value: string][] {
  return [...response.headers.entries()];
}

function causeOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}

function failure(status: number, message: string, reason: string): IntegrationAnswer {
  return { kind: 'failure', responseType: 'INTEGRATION_FAILURE', status, message, reason };
}
