import { Unresolved, UnresolvedScalar, isResolvedObject, toText, type Resolved, type ResolvedObject } from './unresolved';
import type { Unknown, Value } from '../model/value';

/** The reason as plain data. */
export function toUnknown({ unknown, expression }: Unresolved): Unknown {
  return expression === undefined ? { unknown } : { unknown, expression };
}

/** A value of the template as a text; `undefined` where the template has none. */
export function textValue(value: Resolved, subject: string): Value<string> | undefined {
  if (value === undefined || value === null) return undefined;
  const text = toText(value, subject);
  return text instanceof Unresolved ? toUnknown(text) : text;
}

/** As `textValue`, for a property that the resource must have. */
export function requiredText(value: Resolved, subject: string): Value<string> {
  return textValue(value, subject) ?? { unknown: `${subject} is missing` };
}

/** A value of the template as a flag. CloudFormation takes `true` and `"true"`. */
export function flagValue(value: Resolved, subject: string, absent: boolean): Value<boolean> {
  if (value === undefined || value === null) return absent;
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  if (value instanceof UnresolvedScalar && value.flag !== undefined) return value.flag;
  return value instanceof Unresolved ? toUnknown(value) : { unknown: `${subject} is neither true nor false` };
}

/** A value of the template as a whole number, zero or more. CloudFormation takes `5` and `"5"`. */
export function countValue(value: Resolved, subject: string, absent: number): Value<number> {
  if (value === undefined || value === null) return absent;
  const text = toText(value, subject);
  if (text instanceof Unresolved) return toUnknown(text);
  return /^\d{1,15}$/.test(text) ? Number(text) : { unknown: `${subject} is no whole number` };
}

/** A value of the template as one of a closed list of words. */
export function wordValue<T extends string>(value: Resolved, subject: string, words: readonly T[]): Value<T> {
  const text = requiredText(value, subject);
  if (typeof text !== 'string') return text;
  return words.find((word) => word === text) ?? { unknown: `${subject} "${text}" is none of ${words.join(', ')}` };
}

/** A list of the template, element by element; one unknown element where the whole list is unknown. */
export function listValue<T>(value: Resolved, subject: string, read: (element: Resolved) => Value<T>): Value<T>[] {
  if (value === undefined || value === null) return [];
  if (value instanceof Unresolved) return [toUnknown(value)];
  // CloudFormation takes a single value for a list of one.
  if (!Array.isArray(value)) return isResolvedObject(value) ? [{ unknown: `${subject} are no list` }] : [read(value)];
  return value.map(read);
}

/** The members of an object; none where it is no object. */
export function membersOf(value: Resolved): ResolvedObject {
  return isResolvedObject(value) ? value : {};
}
