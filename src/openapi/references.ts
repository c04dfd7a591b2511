import { isObject, plainUnknown, type DocumentObject } from './json';
import { isUnknown, type Unknown } from '../model/value';

/** Members beside a `$ref` that say nothing about access. */
const HARMLESS_SIBLINGS = ['$ref', 'summary', 'description', 'parameters', 'servers'];

/**
 * Follows the `$ref` of `value`, as often as it takes. References into other documents, to nothing and in circles give an
 * unknown value, and so do those with siblings: OpenAPI does not define which of both counts.
 */
export function resolveReference(value: unknown, document: DocumentObject): unknown {
  const seen = new Set<string>();
  let current = value;
  while (isObject(current) && current.$ref !== undefined) {
    const { $ref: reference } = current;
    if (isUnknown(reference)) return plainUnknown(reference);
    if (typeof reference !== 'string') return unresolved('a $ref is no text');
    if (seen.has(reference)) return unresolved(`the reference ${reference} leads to itself`);
    if (Object.keys(current).some((key) => !HARMLESS_SIBLINGS.includes(key))) {
      return unresolved(`there are members beside the reference ${reference}, and which count is not defined`);
    }
    seen.add(reference);
    current = target(reference, document);
  }
  return current;
}

/** The part of the document that a JSON pointer names. */
function target(reference: string, document: DocumentObject): unknown {
  if (!reference.startsWith('#/')) return unresolved(`the reference ${reference} leads out of the document`);
  let current: unknown = document;
  for (const segment of reference.slice(2).split('/')) {
    if (isUnknown(current)) return plainUnknown(current);
    const key = keyOf(segment);
    if (!isObject(current) || key === undefined || !Object.hasOwn(current, key)) return unresolved(`the document has nothing at ${reference}`);
    current = current[key];
  }
  return current ?? unresolved(`the document has nothing at ${reference}`);
}

function keyOf(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment).replace(/~1/g, '/').replace(/~0/g, '~');
  } catch {
    return undefined;
  }
}

function unresolved(unknown: string): Unknown {
  return { unknown };
}
