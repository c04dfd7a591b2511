import type { IntegrationRequest } from './integration-call';
import { headersToIntegration, headerValue, isBinary } from './integration-headers';
import { requestContext } from './request-context';

/** Headers whose names arrive with capitals whatever the caller wrote (captured events, LocalStack test suite validated on AWS). */
const CAPITALIZED = new Map([['authorization', 'Authorization'], ['user-agent', 'User-Agent']]);

type Pair = readonly [name: string, value: string];

/**
 * Writes the event of a Lambda proxy integration, format 1.0 (API Gateway developer guide, input format of a Lambda function for
 * proxy integration). Members without a value are null, as in captured events.
 */
export function lambdaEvent(request: IntegrationRequest): object {
  const headers = eventHeaders(request);
  const binary = isBinary(headerValue(request.headers, 'content-type'), request.api.binaryMediaTypes);
  const body = Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength);
  return {
    resource: request.resourcePath,
    path: request.path,
    httpMethod: request.verb,
    headers: single(headers),
    multiValueHeaders: multiple(headers),
    queryStringParameters: single(request.query),
    multiValueQueryStringParameters: multiple(request.query),
    pathParameters: orNull(request.pathParameters),
    stageVariables: orNull(request.api.stageVariables),
    requestContext: requestContext(request),
    body: body.length === 0 ? null : body.toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary && body.length > 0,
  };
}

function eventHeaders({ headers, requestId, sourceIp, time }: IntegrationRequest): Pair[] {
  const given = headersToIntegration(headers).filter(([name]) => !/^x-forwarded-(for|port|proto)$/i.test(name));
  const forwarded = headerValue(headers, 'x-forwarded-for');
  const trace = `Root=1-${Math.floor(time / 1000).toString(16).padStart(8, '0')}-${requestId.replace(/-/g, '').slice(0, 24)}`;
  return [
    ...given.map(([name, value]): Pair => [CAPITALIZED.get(name.toLowerCase()) ?? name, value]),
    ...(headerValue(headers, 'x-amzn-trace-id') === undefined ? [['X-Amzn-Trace-Id', trace] as const] : []),
    // API Gateway takes HTTPS only, and functions build URLs of it.
    ['X-Forwarded-For', forwarded === undefined ? sourceIp : `${forwarded}, ${sourceIp}`],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
}

/** The last value of each name. */
function single(pairs: readonly Pair[]): object | null {
  return orNull(Object.fromEntries(pairs));
}

function multiple(pairs: readonly Pair[]): object | null {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return orNull(Object.fromEntries(values));
}

function orNull(members: object): object | null {
  return Object.keys(members).length === 0 ? null : members;
}
