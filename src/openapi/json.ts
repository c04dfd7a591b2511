import { isUnknown, type Unknown } from '../model/value';

/** An object of a document. A member can be unknown where a template left it open. */
export interface DocumentObject { readonly [key: string]: unknown }

/** Returns whether `value` is an object whose members are known. */
export function isObject(value: unknown): value is DocumentObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnknown(value);
}

/** The value as an object; an empty one where it is none. */
export function objectOf(value: unknown): DocumentObject {
  return isObject(value) ? value : {};
}

/** The reason of an unknown value as plain data. */
export function plainUnknown({ unknown, expression }: Unknown): Unknown {
  return expression === undefined ? { unknown } : { unknown, expression };
}
