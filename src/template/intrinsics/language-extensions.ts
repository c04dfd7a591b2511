import { isObject, type JsonObject } from '../json';
import type { Intrinsic, Scope } from '../scope';
import { MAX_TEXT_CHARACTERS, Unresolved, containsUnresolved, type Resolved } from '../unresolved';

/** `Fn::ToJsonString`. */
export const toJsonString: Intrinsic = (argument, scope) => {
  const value = scope.resolve(argument);
  if (containsUnresolved(value)) return new Unresolved('a value in Fn::ToJsonString is unknown');
  if (textIn(value) > MAX_TEXT_CHARACTERS) return new Unresolved(`the text of Fn::ToJsonString is longer than ${MAX_TEXT_CHARACTERS} characters`);
  return JSON.stringify(value) ?? new Unresolved('Fn::ToJsonString has no value');
};

/** The characters of all texts in a value. */
function textIn(value: Resolved): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, each: Resolved) => sum + textIn(each), 0);
}

/** `Fn::Length`. */
export const length: Intrinsic = (argument, scope) => {
  const value = scope.resolve(argument);
  if (value instanceof Unresolved) return new Unresolved(value.unknown);
  if (!Array.isArray(value)) return new Unresolved('Fn::Length has no list');
  const uncertain = value.find((each) => each instanceof Unresolved && each.mayBeAbsent);
  return uncertain instanceof Unresolved ? new Unresolved(uncertain.unknown) : value.length;
};

const FOR_EACH = 'Fn::ForEach::';

/** Nothing is put in place deeper than this; what is left there is nested too deep to be resolved anyway. */
const MAX_DEPTH = 200;

/** One member of an object after its loops are expanded. */
export interface ExpandedMember {
  readonly key: string;
  readonly value: unknown;
  /** Set for the one member that stands for all turns of a loop over an unknown collection, or for a loop that cannot be read. */
  readonly loop?: Unresolved;
}

/** Returns whether an object has loops. */
export function hasLoops(object: JsonObject): boolean {
  return Object.keys(object).some((key) => key.startsWith(FOR_EACH));
}

/** How far loops may still be expanded; keeps loops in loops from multiplying without end. */
interface Budget { turns: number; readonly levels: number; readonly nodes: NodeBudget }

/** How many nodes loops may still write, over all loops of a set of templates. */
export interface NodeBudget { left: number }

/* CloudFormation: five levels of loops, and 500 resources (developer guide, quotas, 2026). */
const MAX_TURNS = 1_000;
const MAX_LEVELS = 5;

/** More than the 500 resources of a template have. */
export const MAX_LOOP_NODES = 300_000;

/**
 * Expands `Fn::ForEach` in an object: one member per element of the collection.
 *
 * Where the collection is unknown, one member stands for all of them, with the loop's variable left in its name.
 */
export function expandLoops(object: JsonObject, scope: Pick<Scope, 'resolve'>, nodes: NodeBudget): ExpandedMember[] {
  return expandWithin(object, scope, { turns: MAX_TURNS, levels: MAX_LEVELS, nodes });
}

function expandWithin(object: JsonObject, scope: Pick<Scope, 'resolve'>, budget: Budget): ExpandedMember[] {
  const members: ExpandedMember[] = [];
  for (const [key, value] of Object.entries(object)) {
    if (!key.startsWith(FOR_EACH)) members.push({ key, value });
    else members.push(...expandLoop(key, value, scope, budget));
  }
  return members;
}

/** Returns whether the name of a member is that of a loop that could not be expanded. */
export function isUnreadLoop(key: string): boolean {
  return key.startsWith(FOR_EACH);
}

function expandLoop(key: string, loop: unknown, scope: Pick<Scope, 'resolve'>, budget: Budget): ExpandedMember[] {
  if (budget.levels === 0) return [unread(key, `loops are nested deeper than ${MAX_LEVELS} levels`)];
  if (!Array.isArray(loop) || typeof loop[0] !== 'string' || !isObject(loop[2])) return [unread(key, 'it is no variable, collection and object')];
  const [variable, collection, fragment] = loop as [string, unknown, JsonObject];
  const elements = elementsOf(scope.resolve(collection), budget, fragment);
  const members: ExpandedMember[] = [];
  const inner = (object: JsonObject) => {
    const nested: Budget = { turns: budget.turns, levels: budget.levels - 1, nodes: budget.nodes };
    members.push(...expandWithin(object, scope, nested));
    budget.turns = nested.turns;
  };
  if (elements instanceof Unresolved) {
    const unknown = new Unresolved(`Fn::ForEach over ${variable} cannot be expanded: ${elements.unknown}`);
    inner(fragment);
    return members.map((each) => ({ loop: unknown, ...each }));
  }
  for (const element of elements) inner(substitute(fragment, variable, element) as JsonObject);
  return members;
}

function unread(key: string, reason: string): ExpandedMember {
  return { key, value: {}, loop: new Unresolved(`${key} cannot be read: ${reason}`) };
}

/** The elements of a collection, or why the loop over it cannot be expanded. */
function elementsOf(collection: Resolved, budget: Budget, fragment: JsonObject): readonly string[] | Unresolved {
  if (collection instanceof Unresolved) return collection;
  if (!Array.isArray(collection)) return new Unresolved('its collection is no list');
  const open = collection.find((each) => typeof each !== 'string') as Resolved;
  if (open !== undefined) return open instanceof Unresolved ? open : new Unresolved('an element of its collection is no text');
  budget.turns -= collection.length;
  if (budget.turns < 0) return new Unresolved('it has too many turns');
  const written = collection.length * nodesIn(fragment, 0);
  if (written > budget.nodes.left) return new Unresolved('it writes too much');
  budget.nodes.left -= written;
  return collection as string[];
}

/** Characters of a text that take as much work as a node. */
const CHARACTERS_PER_NODE = 100;

function nodesIn(node: unknown, depth: number): number {
  if (typeof node === 'string') return 1 + Math.floor(node.length / CHARACTERS_PER_NODE);
  if (typeof node !== 'object' || node === null || depth > MAX_DEPTH) return 1;
  return Object.values(node).reduce((sum: number, each) => sum + nodesIn(each, depth + 1), 1);
}

/** Puts an element in place of the variable: `${Name}`, `&{Name}` (letters and digits only) and `{ "Ref": "Name" }`. */
function substitute(node: unknown, variable: string, element: string, depth = 0): unknown {
  if (typeof node === 'string') {
    return node.includes('{')
      ? node.replaceAll(`\${${variable}}`, element).replaceAll(`&{${variable}}`, element.replace(/[^A-Za-z0-9]/g, ''))
      : node;
  }
  if (typeof node !== 'object' || node === null || depth > MAX_DEPTH) return node;
  if (Array.isArray(node)) return node.map((each) => substitute(each, variable, element, depth + 1));
  if (!isObject(node)) return node;
  if (node.Ref === variable && Object.keys(node).length === 1) return element;
  const members = Object.entries(node).map(([key, value]) => [substitute(key, variable, element), substitute(value, variable, element, depth + 1)]);
  return Object.fromEntries(members);
}
