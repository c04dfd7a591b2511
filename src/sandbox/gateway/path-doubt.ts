/* Letters, digits and marks that a path may have as they are (RFC 3986, section 3.3). */
const PATH = /^\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*$/;
const PLAIN_PATH = /^(?:\/[A-Za-z0-9\-_~!$&'()*+,;=:@][A-Za-z0-9\-._~!$&'()*+,;=:@]*)*\/?$/;

/**
 * Why nobody knows to which method API Gateway leads a path; undefined where there is no doubt.
 *
 * «Unverified»: whether API Gateway decodes or normalises a path before it looks for the method. A path that means the same either
 * way is certain. For any other the sandbox refuses, as for a path that leads to no method: so it never lets through what API
 * Gateway would refuse.
 *
 * @param path as received, without stage and query
 * @param methodOf what answers a path, for telling whether two spellings lead to the same
 */
export function pathDoubt(path: string, methodOf: (path: string) => string | undefined): string | undefined {
  if (PLAIN_PATH.test(path)) return undefined;
  if (!PATH.test(path)) return 'the path has a character that must be encoded';
  const parts = path.slice(1).split('/');
  if (parts[parts.length - 1] === '') parts.pop();
  if (parts.includes('')) return 'the path has an empty part';
  const decoded: string[] = [];
  for (const part of parts) {
    const text = decodePart(part);
    if (text === undefined) return 'the path has an encoding that stands for no text';
    if (text === '.' || text === '..') return 'the path has a dot segment';
    if (/[/\\]/.test(text)) return 'the path has an encoded slash';
    if (/[\u0000-\u001f\u007f]/.test(text)) return 'the path has an encoded control character';
    decoded.push(text);
  }
  const plain = `/${decoded.join('/')}`;
  return plain === path || methodOf(plain) === methodOf(path) ? undefined : 'the path leads to another method when it is decoded';
}

/** The text of a part of a path; undefined where its encoding is broken. */
export function decodePart(part: string): string | undefined {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
