import { isObject, type JsonObject } from '../json';
import type { Intrinsic, Scope } from '../scope';
import { Unresolved, containsUnresolved, type Resolved } from '../unresolved';

/** `Fn::ToJsonString`. */
export const toJsonString: Intrinsic = (argument, scope) => {
  const value = scope.resolve(argument);
  if (containsUnresolved(value)) return new Unresolved('a value in Fn::ToJsonString is unknown');
  return JSON.stringify(value) ?? new Unresolved('Fn::ToJsonString has no value');
};

/** `Fn::Length`. */
export const length: Intrinsic = (argument, scope) => {
  const value = scope.resolve(argument);
  if (value instanceof Unresolved) return new Unresolved(value.unknown);
  if (!Array.isArray(value)) return new Unresolved('Fn::Length has no list');
  const uncertain = value.find((each) => each instanceof Unresolved && each.mayBeAbsent);
  return uncertain instanceof Unresolved ? new Unresolved(uncertain.unknown) : value.length;
};

const FOR_EACH = 'Fn::ForEach::';

/** One member of an object after its loops are expanded. */
export interface ExpandedMember {
  readonly key: string;
  readonly value: unknown;
  /** Set for the one member that stands for all turns of a loop over an unknown collection. */
  readonly loop?: Unresolved;
}

/** Returns whether an object has loops. */
export function hasLoops(object: JsonObject): boolean {
  return Object.keys(object).some((key) => key.startsWith(FOR_EACH));
}

/**
 * Expands `Fn::ForEach` in an object: one member per element of the collection.
 *
 * Where the collection is unknown, one member stands for all of them, with the loop's variable left in its name.
 */
export function expandLoops(object: JsonObject, scope: Pick<Scope, 'resolve'>): ExpandedMember[] {
  return Object.entries(object).flatMap(([key, value]) => (key.startsWith(FOR_EACH) ? expandLoop(value, scope) : [{ key, value }]));
}

function expandLoop(loop: unknown, scope: Pick<Scope, 'resolve'>): ExpandedMember[] {
  if (!Array.isArray(loop) || typeof loop[0] !== 'string' || !isObject(loop[2])) return [];
  const [variable, collection, fragment] = loop as [string, unknown, JsonObject];
  const resolved = scope.resolve(collection);
  const elements = Array.isArray(resolved) ? resolved as readonly Resolved[] : undefined;
  const open = elements?.find((each) => typeof each !== 'string') ?? (elements ? undefined : resolved);
  if (elements === undefined || open !== undefined) {
    const reason = open instanceof Unresolved ? open.unknown : 'its collection is no list of texts';
    const unknown = new Unresolved(`Fn::ForEach over ${variable} cannot be expanded: ${reason}`);
    return expandLoops(fragment, scope).map((each) => ({ loop: unknown, ...each }));
  }
  return (elements as string[]).flatMap((element) => expandLoops(substitute(fragment, variable, element) as JsonObject, scope));
}

/** Puts an element in place of the variable: `${Name}`, `&{Name}` (letters and digits only) and `{ "Ref": "Name" }`. */
function substitute(node: unknown, variable: string, element: string): unknown {
  if (typeof node === 'string') {
    return node.includes('{')
      ? node.replaceAll(`\${${variable}}`, element).replaceAll(`&{${variable}}`, element.replace(/[^A-Za-z0-9]/g, ''))
      : node;
  }
  if (Array.isArray(node)) return node.map((each) => substitute(each, variable, element));
  if (!isObject(node)) return node;
  if (node.Ref === variable && Object.keys(node).length === 1) return element;
  const members = Object.entries(node).map(([key, value]) => [substitute(key, variable, element), substitute(value, variable, element)]);
  return Object.fromEntries(members);
}
