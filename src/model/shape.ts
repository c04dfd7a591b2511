import { expectedNames } from './nearest';

/** One place of a value that has not the expected shape. The reader that knows the document makes a problem of it. */
export interface ShapeFault {
  /** Where it is: `clients.Export.scopes[2]`. */
  readonly place: string;
  readonly wrong: string;
  readonly got?: string;
  readonly expected: string;
}

/** Finds all that is wrong with the shape of a value at a place. */
export interface Shape {
  /** What the value is to be, in the words of messages. */
  readonly expected: string;
  faults(value: unknown, place: string): ShapeFault[];
}

/** An object of JSON. */
export type JsonObject = { readonly [member: string]: unknown };

/** A text. */
export const STRING = plain('a string', (value) => typeof value === 'string');

/** True or false. */
export const BOOLEAN = plain('a boolean', (value) => typeof value === 'boolean');

/** A number. */
export const NUMBER = plain('a number', (value) => typeof value === 'number');

/** A function, which only values in memory have. */
export const FUNCTION = plain('a function', (value) => typeof value === 'function');

/** Any value. */
export const ANYTHING = plain('anything', () => true);

/** One of several values. */
export function oneOf(...values: readonly (string | number | boolean)[]): Shape {
  const expected = values.length === 1 ? JSON.stringify(values[0]) : `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`;
  return {
    expected,
    faults(value, place) {
      if (values.includes(value as string)) return [];
      const texts = values.filter((each) => typeof each === 'string');
      if (typeof value !== 'string' || texts.length === 0) return [wrongType(place, value, expected)];
      return [{ place, wrong: 'is none of the known values', got: value, expected: expectedNames(value, texts, expected) }];
    },
  };
}

/** A list whose elements have one shape, with at least `least` of them. */
export function listOf(element: Shape, least = 0): Shape {
  return {
    expected: 'a list',
    faults(value, place) {
      if (!Array.isArray(value)) return [wrongType(place, value, 'a list')];
      if (value.length < least) return [{ place, wrong: 'has too few elements', got: String(value.length), expected: `at least ${least}` }];
      return value.flatMap((each, position) => element.faults(each, `${place}[${position}]`));
    },
  };
}

/** An object whose keys are names of the user's choice, of one shape, with values of one shape. */
export function mapOf(member: Shape, key?: Shape): Shape {
  return {
    expected: 'an object',
    faults(value, place) {
      if (!isObject(value)) return [wrongType(place, value, 'an object')];
      return Object.keys(value).flatMap((name) => [
        ...(key?.faults(name, place) ?? []),
        ...member.faults(value[name], memberOf(place, name)),
      ]);
    },
  };
}

/** Shapes by the name of a member. */
export type Members = { readonly [member: string]: Shape };

/** An object with known members; an open one may have others, of any shape. */
export function objectOf(required: Members, optional: Members = {}, { open = false } = {}): Shape {
  const shapes = new Map([...Object.entries(required), ...Object.entries(optional)]);
  const names = [...shapes.keys()];
  return {
    expected: 'an object',
    faults(value, place) {
      if (!isObject(value)) return [wrongType(place, value, 'an object')];
      const present = Object.keys(value).filter((name) => value[name] !== undefined);
      return [
        ...present.filter((name) => !open && !shapes.has(name))
          .map((name) => ({ place, wrong: 'has an unknown member', got: name, expected: expectedNames(name, names, 'no member') })),
        ...Object.keys(required).filter((name) => !present.includes(name))
          .map((name) => ({ place, wrong: `has no "${name}"`, expected: required[name].expected })),
        ...present.flatMap((name) => shapes.get(name)?.faults(value[name], memberOf(place, name)) ?? []),
      ];
    },
  };
}

/** A shape that the value itself chooses. */
export function chosen(expected: string, choose: (value: unknown) => Shape | undefined): Shape {
  return { expected, faults: (value, place) => choose(value)?.faults(value, place) ?? [wrongType(place, value, expected)] };
}

/** Whether a value is an object of JSON. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value is, in the words of messages. */
export function typeOf(value: unknown): string {
  if (value === null || value === undefined) return `<${value}>`;
  if (Array.isArray(value)) return '<a list>';
  return typeof value === 'object' ? '<an object>' : `<a ${typeof value}>`;
}

function plain(expected: string, matches: (value: unknown) => boolean): Shape {
  return { expected, faults: (value, place) => (matches(value) ? [] : [wrongType(place, value, expected)]) };
}

function wrongType(place: string, value: unknown, expected: string): ShapeFault {
  return { place, wrong: 'has the wrong type', got: typeOf(value), expected };
}

function memberOf(place: string, name: string): string {
  const member = /^\w+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  return place === '' ? member.replace(/^\./, '') : `${place}${member}`;
}
