import type { Method } from './access-model';
import type { ModelIndex } from './model-index';
import { isVariable, splitPath } from './route';
import { requestParts, RouteIndex } from './route-index';
import { isKnown, isPlaceholder, isUnknown, sameText, symbolsOf, textOfSymbols, type Unknown, type Value } from './value';

/** A method that may answer a route. */
export interface AnsweringMethod {
  readonly method: Method;
  /** Set where another method may answer in its place: it may not be there, or its verb or path is not known. */
  readonly maybe?: Unknown;
}

/** The id of an API, a verb, and a path without stage and query. */
export interface RouteTarget {
  readonly api: string;
  readonly verb: string;
  readonly path: string;
}

/**
 * The methods that may answer a route, in the order in which API Gateway looks for them, up to the first that is certainly
 * there. Methods whose verb or path is not known follow, as far as they may come before that one.
 */
export function answeringMethods(index: ModelIndex, target: RouteTarget): AnsweringMethod[] {
  const { answers, found } = knownAnswers(index, target);
  const rivals = (index.openRoutes.get(target.api) ?? [])
    .filter((method) => mayAnswer(method, target) && (found === undefined || mayPrecede(method, found, target.path)));
  return [...answers, ...rivals.map((method) => ({ method, maybe: [method.verb, method.path].find(isUnknown) }))];
}

/** The methods of known verb and path; `found` is the one that is certainly there. */
function knownAnswers(index: ModelIndex, { api, verb, path }: RouteTarget): { answers: AnsweringMethod[]; found?: Method } {
  const answers: AnsweringMethod[] = [];
  for (const methods of index.routes.get(api)?.places(path) ?? []) {
    const verbs = verb === 'ANY' ? ['ANY'] : [verb, 'ANY'];
    for (const method of verbs.flatMap((each) => methods.get(each) ?? [])) {
      answers.push({ method, maybe: method.condition });
      if (method.condition === undefined) return { answers, found: method };
    }
    // The path is certainly there, without the verb.
    if ([...methods.values()].flat().some(({ condition }) => condition === undefined)) break;
  }
  return { answers };
}

/** Whether a method of unknown verb or path may match a request at all. */
function mayAnswer({ verb, path }: Method, target: RouteTarget): boolean {
  if (isKnown(verb) && verb !== target.verb && verb !== 'ANY') return false;
  return isKnown(path) ? firstOf([path], target.path) === path : mayMatch(path, target.path);
}

/**
 * Whether a path that is not known may match a request. Each unknown part of one that begins at the root is one part: no part has a
 * slash in it. The last one may still be a greedy variable, which matches several.
 */
function mayMatch(path: Unknown, request: string): boolean {
  const { expression } = path;
  if (expression === undefined || !expression.startsWith('/')) return true;
  const parts = partsOf(path);
  const asked = requestParts(request);
  const fits = asked.length === parts.length || (asked.length > parts.length && mayBeGreedy(parts[parts.length - 1]));
  return fits && parts.every((part, position) => mayBeVariable(part) || sameText(part, asked[position]) !== false);
}

/** The parts of a path that begins at the root. A slash inside a placeholder separates none. */
function partsOf(path: Unknown): Value<string>[] {
  const symbols = symbolsOf(path);
  const slashes = symbols.flatMap((symbol, position) => (symbol === '/' ? [position] : []));
  return slashes.map((slash, position) => textOfSymbols(symbols.slice(slash + 1, slashes[position + 1]), path.unknown));
}

function mayBeGreedy(part: Value<string>): boolean {
  return isKnown(part) ? part.endsWith('+}') : mayBeVariable(part);
}

/** Whether a part of a path is a variable, or may turn out to be one. */
function mayBeVariable(part: Value<string>): boolean {
  if (isKnown(part)) return isVariable(part);
  const symbols = symbolsOf(part);
  const [first, last] = [symbols[0], symbols[symbols.length - 1]];
  return (isPlaceholder(first) || first === '{') && (isPlaceholder(last) || last === '}');
}

/** Whether API Gateway may look at a method of unknown verb or path before the one that is certainly there. */
function mayPrecede({ path }: Method, found: Method, request: string): boolean {
  const other: Value<string> = found.path;
  if (!isKnown(other)) return true;
  // Nothing is more specific than a path without variables, and a resource has each verb once.
  if (!isKnown(path)) return found.verb === 'ANY' || splitPath(other).some(isVariable);
  return path === other ? found.verb === 'ANY' : firstOf([other, path], request) === path;
}

/** The first of several path templates that matches a request. */
function firstOf(paths: readonly string[], request: string): string | undefined {
  const index = new RouteIndex<string>();
  for (const path of paths) index.add('ANY', path, path);
  return index.find('ANY', request);
}
