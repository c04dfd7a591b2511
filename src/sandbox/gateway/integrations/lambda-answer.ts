import { badGateway, type IntegrationAnswer, type IntegrationRequest } from './integration-call';
import { headersFromIntegration, headerValue, isBinary } from './integration-headers';
import { isObject } from '../../../model/shape';

/** What a function may answer with; any other member is an error (LocalStack test suite validated on AWS). */
const MEMBERS = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'];
/** Without a status code the answer is 200 (LocalStack test suite validated on AWS: only headers, and an empty object). */
const DEFAULT_STATUS = 200;

/**
 * Translates the result of a function into a response, as a Lambda proxy integration does. What does not have the format of
 * proxy integrations is a 502.
 */
export function lambdaAnswer(payload: string | undefined, request: IntegrationRequest): IntegrationAnswer {
  const result = payload === undefined ? undefined : (JSON.parse(payload) as unknown);
  if (!isObject(result)) return malformed(`the result is ${result === undefined || result === null ? 'empty' : 'no object'}`);
  const unknown = Object.keys(result).find((member) => !MEMBERS.includes(member));
  if (unknown !== undefined) return malformed(`the result has the member "${unknown.slice(0, 100)}"; expected ${MEMBERS.join(', ')}`);
  const status = statusOf(result.statusCode ?? DEFAULT_STATUS);
  if (status === undefined) return malformed('statusCode is no status code from 200 to 599');
  const headers = headersOf(result.headers ?? {}, result.multiValueHeaders ?? {});
  if (typeof headers === 'string') return malformed(headers);
  const body = result.body ?? '';
  if (typeof body !== 'string') return malformed('body is no text; expected JSON.stringify(…) of it');
  const base64 = result.isBase64Encoded ?? false;
  if (typeof base64 !== 'boolean') return malformed('isBase64Encoded is neither true nor false');
  // API Gateway decodes only for callers that accept a binary type of the API first (developer guide, binary media types).
  const decodes = base64 && isBinary(headerValue(request.headers, 'accept'), request.api.binaryMediaTypes);
  return {
    kind: 'response',
    status,
    headers: [
      ...(headers.some(([name]) => name.toLowerCase() === 'content-type') ? [] : [['Content-Type', 'application/json'] as const]),
      ...headersFromIntegration(headers, 'lambda'),
    ],
    body: decodes ? Buffer.from(body, 'base64') : body,
  };
}

function malformed(reason: string): IntegrationAnswer {
  return badGateway(`malformed Lambda proxy response: ${reason}`);
}

/** A number, or a text that is one (LocalStack test suite validated on AWS). 1xx cannot end an exchange (unverified). */
function statusOf(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
}

/** Headers of both members, those with several values first in right; a text says what is wrong. */
function headersOf(headers: unknown, multiValueHeaders: unknown): [name: string, value: string][] | string {
  if (!isObject(headers)) return 'headers is no object';
  if (!isObject(multiValueHeaders)) return 'multiValueHeaders is no object';
  const all: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    // The same name in both members: the values of multiValueHeaders count.
    if (Object.hasOwn(multiValueHeaders, name)) continue;
    if (value === null) continue;
    if (!isScalar(value)) return `header "${name.slice(0, 100)}" is neither text, number nor boolean`;
    all.push([name, String(value)]);
  }
  for (const [name, values] of Object.entries(multiValueHeaders)) {
    if (!Array.isArray(values) || !values.every(isScalar)) return `multiValueHeaders "${name.slice(0, 100)}" is no list of texts`;
    all.push(...values.map((value): [string, string] => [name, String(value)]));
  }
  return all;
}

/** Booleans become texts (LocalStack test suite validated on AWS), and numbers too (unverified). */
function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
