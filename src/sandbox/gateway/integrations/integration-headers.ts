type Header = readonly [name: string, value: string];

/** Headers of requests that reach no integration (LocalStack test suite, validated on AWS). */
const DROPPED_FROM_REQUEST = new Set([
  'connection', 'content-length', 'content-md5', 'expect', 'max-forwards', 'proxy-authenticate', 'server', 'te', 'trailer',
  'transfer-encoding', 'upgrade', 'www-authenticate',
]);
/** Headers that say how the response came here, which is no matter of how it goes on. */
const DROPPED_FROM_RESPONSE = new Set(['transfer-encoding', 'keep-alive']);
const DROPPED_FROM_HTTP_RESPONSE = new Set(['via']);
/**
 * Headers of responses that come back as `x-amzn-Remapped-…`, spelt as the integration spelt them
 * (API Gateway developer guide, important notes; public reports of `x-amzn-Remapped-www-authenticate` and `-Content-Length`).
 */
const REMAPPED = new Set([
  'authorization', 'connection', 'content-length', 'content-md5', 'date', 'expect', 'host', 'max-forwards', 'proxy-authenticate',
  'server', 'trailer', 'upgrade', 'user-agent', 'www-authenticate', 'x-amzn-requestid',
]);

/** Names with their values, of names and values in turn as Node.js gives them. */
export function headerPairs(rawHeaders: readonly string[]): Header[] {
  const pairs: Header[] = [];
  for (let position = 0; position < rawHeaders.length; position += 2) pairs.push([rawHeaders[position], rawHeaders[position + 1]]);
  return pairs;
}

/** The headers of a request that its integration gets. */
export function headersToIntegration(headers: readonly Header[]): Header[] {
  return headers.filter(([name]) => !DROPPED_FROM_REQUEST.has(name.toLowerCase()));
}

/** The headers that the caller gets of the response of an integration. */
export function headersFromIntegration(headers: readonly Header[], kind: 'lambda' | 'http'): Header[] {
  return headers
    .filter(([name]) => !DROPPED_FROM_RESPONSE.has(name.toLowerCase()))
    .filter(([name]) => kind === 'lambda' || !DROPPED_FROM_HTTP_RESPONSE.has(name.toLowerCase()))
    .map(([name, value]) => [REMAPPED.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name, value]);
}

/** The last value of a header, whatever the case of its name. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  return headers.filter(([each]) => each.toLowerCase() === name).pop()?.[1];
}

/** Whether a media type, with or without parameters, is binary for an API. Types such as `image/*` stand for all of their kind. */
export function isBinary(mediaType: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  const type = mediaType?.split(/[;,]/)[0].trim().toLowerCase();
  return binaryMediaTypes.some((each) => {
    const binary = each.toLowerCase();
    return binary === '*/*' || (type !== undefined && (binary === type || (binary.endsWith('/*') && type.startsWith(binary.slice(0, -1)))));
  });
}
