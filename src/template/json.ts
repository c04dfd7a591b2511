import { stringOf } from '../model/value';

/** An object as JSON has it. */
export interface JsonObject { readonly [key: string]: unknown }

/** Returns whether `value` is an object, not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one where it is none. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The name of a transform, which is a text or an object with a `Name`. */
export function transformName(transform: unknown): string {
  return (typeof transform === 'string' ? transform : stringOf(member(transform, 'Name'))) || 'without a name';
}

/** The member of an object, never an inherited one. */
export function member(object: unknown, key: string): unknown {
  return isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;
}
