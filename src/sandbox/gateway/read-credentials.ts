/* «Unverified»: other letter case of the scheme, or more than one space behind it. The authorizer takes exactly this one, and none at all. */
const SCHEME = 'Bearer ';

/**
 * The token in the header that an authorizer reads: its text without the scheme, `unverifiable` where no token can be in it, undefined
 * where there is no such header.
 *
 * «Unverified»: which of two headers of that name API Gateway takes. The sandbox takes neither.
 *
 * @param rawHeaders names and values in turn, as Node.js gives them
 */
export function readToken(rawHeaders: readonly string[], header: string): { readonly jwt: string } | 'unverifiable' | undefined {
  const values = headerValues(rawHeaders, header);
  if (values.length === 0 || (values.length === 1 && values[0] === '')) return undefined;
  const [value] = values;
  const jwt = value.startsWith(SCHEME) ? value.slice(SCHEME.length) : value;
  return values.length > 1 || jwt === '' || /[^\x21-\x7e]|,/.test(jwt) ? 'unverifiable' : { jwt };
}

/** Whether a request claims to be signed by AWS credentials: in its header or its query (Signature Version 4). */
export function isSigned(rawHeaders: readonly string[], query: string): boolean {
  return headerValues(rawHeaders, 'authorization').some((value) => value.startsWith('AWS4-')) || /(?:^|&)X-Amz-Algorithm=/i.test(query);
}

/** All values of a header, in order. */
export function headerValues(rawHeaders: readonly string[], header: string): string[] {
  const name = header.toLowerCase();
  const values: string[] = [];
  for (let position = 0; position < rawHeaders.length; position += 2) {
    const each = rawHeaders[position];
    if (each.length === name.length && each.toLowerCase() === name) values.push(rawHeaders[position + 1]);
  }
  return values;
}
