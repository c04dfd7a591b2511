import { ApiError } from './api-error';
import { isObject, typeOf } from '../../../model/shape';

/*
 * What the service model says of members (botocore 1.43.107: lengths, ranges, patterns, enumerations), and the words in which the
 * service names a breach. The words of length and pattern are those of real answers; that of a wrong JSON type is «unverified».
 */

/** Reads one value, or adds what is wrong with it. A wrong JSON type is an error at once, as it is to a parser. */
export interface Member<T> {
  read(value: unknown, place: string, breaches: string[]): T;
}

/** A member that may be left out. */
export interface Optional<T> extends Member<T | undefined> {
  readonly optional: true;
}

/** The type that a member reads. */
export type Read<M> = M extends Member<infer T> ? T : never;

/** Bounds of a text or list. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** A text. The pattern is that of the service model and has to match as a whole. */
export function text({ min = 0, max, pattern }: Bounds & { readonly pattern?: string } = {}): Member<string> {
  const matcher = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`, 'su');
  return {
    read(value, place, breaches) {
      if (typeof value !== 'string') throw wrongType(place, value, 'a String');
      // A pattern on a very long text tells nothing more than its length.
      if (checkLength(value.length, place, breaches, min, max) && matcher !== undefined && !matcher.test(value)) {
        breaches.push(breach(place, `Member must satisfy regular expression pattern: ${pattern}`));
      }
      return value;
    },
  };
}

/** A text out of an enumeration. */
export function oneOf<T extends string>(...values: readonly T[]): Member<T> {
  return {
    read(value, place, breaches) {
      if (typeof value !== 'string') throw wrongType(place, value, 'a String');
      if (!(values as readonly string[]).includes(value)) breaches.push(breach(place, `Member must satisfy enum value set: [${values.join(', ')}]`));
      return value as T;
    },
  };
}

/** A whole number. */
export function whole({ min, max }: { readonly min: number; readonly max: number }): Member<number> {
  return {
    read(value, place, breaches) {
      if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(place, value, 'an Integer');
      if (value < min) breaches.push(breach(place, `Member must have value greater than or equal to ${min}`));
      if (value > max) breaches.push(breach(place, `Member must have value less than or equal to ${max}`));
      return value;
    },
  };
}

/** A boolean. */
export function flag(): Member<boolean> {
  return {
    read(value, place) {
      if (typeof value !== 'boolean') throw wrongType(place, value, 'a Boolean');
      return value;
    },
  };
}

/** A list. */
export function list<T>(element: Member<T>, { min = 0, max }: Bounds = {}): Member<readonly T[]> {
  return {
    read(value, place, breaches) {
      if (!Array.isArray(value)) throw wrongType(place, value, 'a List');
      checkLength(value.length, place, breaches, min, max);
      // The parser drops null in lists («unverified»).
      return value.slice(0, max).filter((each) => each !== null)
        .map((each, position) => element.read(each, `${place}.${position + 1}.member`, breaches));
    },
  };
}

/** Texts by name. */
export function texts(): Member<ReadonlyMap<string, string>> {
  return {
    read(value, place) {
      if (!isObject(value)) throw wrongType(place, value, 'a Map');
      return new Map(Object.entries(value).filter(([, each]) => each !== null).map(([name, each]) => {
        if (typeof each !== 'string') throw wrongType(place, each, 'a String');
        return [name, each];
      }));
    },
  };
}

/** Whatever it is: members that the sandbox takes and does not look at. */
export function anything(): Optional<unknown> {
  return { optional: true, read: (value) => value };
}

/** A member that may be left out. */
export function optional<T>(member: Member<T>): Optional<T> {
  return {
    optional: true,
    read: (value, place, breaches) => (value === undefined || value === null ? undefined : member.read(value, place, breaches)),
  };
}

/** An object with known members; others are not looked at, as the service does. */
export function structure<M extends { readonly [name: string]: Member<unknown> }>(members: M): Member<{ readonly [K in keyof M]: Read<M[K]> }> {
  return {
    read(value, place, breaches) {
      if (!isObject(value)) throw wrongType(place, value, 'a Structure');
      const result: { [name: string]: unknown } = {};
      for (const [name, member] of Object.entries(members)) {
        const at = place === '' ? lowerFirst(name) : `${place}.${lowerFirst(name)}`;
        const given = Object.hasOwn(value, name) ? value[name] : undefined;
        if ((given === undefined || given === null) && !('optional' in member)) breaches.push(breach(at, 'Member must not be null'));
        else result[name] = member.read(given, at, breaches);
      }
      return result as { readonly [K in keyof M]: Read<M[K]> };
    },
  };
}

/** Reads the input of a call; all breaches are one error. */
export function readInput<T>(shape: Member<T>, body: unknown): T {
  const breaches: string[] = [];
  const input = shape.read(body, '', breaches);
  if (breaches.length === 0) return input;
  const count = breaches.length === 1 ? '1 validation error' : `${breaches.length} validation errors`;
  throw new ApiError('InvalidParameterException', `${count} detected: ${breaches.slice(0, MAX_TOLD_BREACHES).join('; ')}`);
}

/** Keeps answers short that a list of nonsense provokes. */
const MAX_TOLD_BREACHES = 10;

function checkLength(length: number, place: string, breaches: string[], min: number, max: number | undefined): boolean {
  if (length < min) breaches.push(breach(place, `Member must have length greater than or equal to ${min}`));
  else if (max !== undefined && length > max) breaches.push(breach(place, `Member must have length less than or equal to ${max}`));
  else return true;
  return false;
}

/* The service repeats values that are not sensitive; here none is, so that none is in the log. */
function breach(place: string, rule: string): string {
  return `Value at '${place}' failed to satisfy constraint: ${rule}`;
}

function wrongType(place: string, value: unknown, expected: string): ApiError {
  const subject = place === '' ? 'the input' : place;
  return new ApiError('SerializationException', `${subject} is ${typeOf(value).slice(1, -1)}, which can not be converted to ${expected}`);
}

/** Places are named as members of Java are: `userPoolId`. */
function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
