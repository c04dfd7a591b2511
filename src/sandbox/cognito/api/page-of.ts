import { ApiError } from './api-error';

/** A part of a list, and where the next part begins. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/**
 * Cuts a page out of a list. Tokens name the last item of the page before, so that changes in between skip nothing.
 *
 * @param items in a stable order
 * @param keyOf the key of an item; the list is ordered by it
 */
export function pageOf<T>(items: Iterable<T>, keyOf: (item: T) => string, size: number, token: string | undefined): Page<T> {
  const after = token === undefined ? undefined : keyIn(token);
  const sorted = [...items].map((item) => ({ key: keyOf(item), item })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const rest = after === undefined ? sorted : sorted.filter(({ key }) => key > after);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const nextToken = last !== undefined && rest.length > size ? Buffer.from(JSON.stringify([last.key])).toString('base64url') : undefined;
  return { items: page.map(({ item }) => item), ...(nextToken !== undefined && { nextToken }) };
}

function keyIn(token: string): string {
  try {
    const [key] = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as [unknown];
    if (typeof key === 'string') return key;
  } catch {
    // Falls through: whatever is wrong with a token, it is not one of ours.
  }
  // The words of the service are «unverified».
  throw new ApiError('InvalidParameterException', 'Invalid pagination token given.');
}
