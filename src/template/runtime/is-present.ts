import { Unresolved } from '../unresolved';

/** Whether a template sets a value: one that is not fixed counts, an empty list or object does not. */
export function isPresent(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return value instanceof Unresolved || typeof value !== 'object' || Object.keys(value).length > 0;
}
