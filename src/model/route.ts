import type { Verb } from './access-model';
import { nearestNames } from './nearest';
import type { Problem } from './problem';

/** The verbs that a method can have. */
export const VERBS: readonly Verb[] = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY'];

/** A verb and a path template. */
export interface Route {
  readonly verb: Verb;
  /** Begins with `/`; no empty part, no slash at the end except for the root. */
  readonly path: string;
}

/** One part of a path template. */
export type PathPart =
  | { readonly kind: 'static'; readonly text: string }
  /** `{name}`: matches one part. */
  | { readonly kind: 'variable'; readonly name: string }
  /** `{name+}`: matches one or more parts, only at the end. */
  | { readonly kind: 'greedy'; readonly name: string };

/*
 * API Gateway: «Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces
 * at the beginning and the end» (failed deployment reproduced by cdk-preflight 0.0.143, pf-apigw-resource-path-part).
 */
const STATIC_PART = /^[a-zA-Z0-9._\-:]+$/;
const VARIABLE_PART = /^\{([a-zA-Z0-9._-]+)(\+?)\}$/;

/** The text of a route: `GET /photos`. */
export function showRoute(route: Route): string {
  return `${route.verb} ${route.path}`;
}

/** Reads `GET /photos/{id}`. Gives the route, or what is wrong with it. */
export function parseRoute(text: string): { route: Route } | { problems: Problem[] } {
  const subject = `route "${text}"`;
  const words = text.trim().split(/\s+/);
  if (words.length !== 2) {
    return {
      problems: [{
        code: 'RouteFormat',
        subject,
        wrong: words.length < 2 ? 'has no verb or no path' : 'has more than a verb and a path',
        expected: 'a verb, a space and a path',
        fix: `write it as "${suggestion(words)}"`,
      }],
    };
  }
  const [verb, path] = words;
  const problems = [...checkVerb(subject, words), ...checkPath(subject, words)];
  return problems.length > 0 ? { problems } : { route: { verb: verb.toUpperCase() as Verb, path } };
}

/** Takes a path template apart. The root has no parts. */
export function pathParts(path: string): PathPart[] {
  return splitPath(path).map((text) => {
    const [, name, plus] = VARIABLE_PART.exec(text) ?? [];
    if (name === undefined) return { kind: 'static', text };
    return { kind: plus === '+' ? 'greedy' : 'variable', name };
  });
}

/** Whether a part of a path is a variable, greedy or not. */
export function isVariable(part: string): boolean {
  return VARIABLE_PART.test(part);
}

/** Splits a path at its slashes, without the first. */
export function splitPath(path: string): string[] {
  return path === '/' || path === '' ? [] : path.replace(/^\//, '').split('/');
}

/**
 * The routes of one API, checked against each other as they are added: duplicates, and variables of different names
 * at one place.
 *
 * API Gateway keeps one variable child per resource, greedy or not («A sibling ({id}) of this resource already has a
 * variable path part -- only one is allowed»; failed deployment in serverless-nextjs/serverless-next.js#206).
 */
export class RouteTable {
  private readonly texts = new Set<string>();
  private readonly variables = new Map<string, { part: string; route: Route }>();

  /** Adds a route, or says why it does not fit. */
  public add(route: Route): Problem[] {
    const problems = this.check(route);
    if (problems.length > 0) return problems;
    this.texts.add(showRoute(route));
    for (const [parent, part] of placesOf(route)) {
      if (isVariable(part) && !this.variables.has(parent)) this.variables.set(parent, { part, route });
    }
    return [];
  }

  /** Says why a route does not fit. */
  public check(route: Route): Problem[] {
    const text = showRoute(route);
    if (this.texts.has(text)) {
      return [{
        code: 'RouteDuplicate',
        subject: `route "${text}"`,
        wrong: 'is declared twice',
        expected: 'one declaration per verb and path',
        fix: 'remove one of them',
      }];
    }
    for (const [parent, part] of placesOf(route)) {
      const other = isVariable(part) ? this.variables.get(parent) : undefined;
      if (other !== undefined && other.part !== part) {
        return [{
          code: 'RouteVariableSibling',
          subject: `route "${showRoute(route)}"`,
          wrong: `has another variable than "${showRoute(other.route)}" below "${parent || '/'}"`,
          got: part,
          expected: `"${other.part}"`,
          fix: 'use one variable at this place of the path in all routes',
        }];
      }
    }
    return [];
  }
}

/** The parts of the path of a route, each behind the path that leads to it. */
function placesOf({ path }: Route): [string, string][] {
  const parts = splitPath(path);
  return parts.map((part, position) => [parts.slice(0, position).map((each) => `/${each}`).join(''), part]);
}

/** A route that is like the words and valid. */
function suggestion(words: readonly string[]): string {
  const verb = words.find(isVerb) ?? words.flatMap((word) => nearestNames(word, VERBS))[0] ?? 'GET';
  const unknownVerb = words.length > 1 && !words.some(isVerb) && !words[0].startsWith('/');
  const rest = words.filter((word, position) => word !== '' && !isVerb(word) && !(unknownVerb && position === 0));
  const path = `/${splitPath(rest.join('-')).filter((part) => part !== '').join('/')}`;
  const fits = rest.length > 0 && checkPath('', [verb, path]).length === 0;
  return showRoute({ verb: verb.toUpperCase() as Verb, path: fits ? path : '/path' });
}

function isVerb(word: string): boolean {
  return (VERBS as readonly string[]).includes(word.toUpperCase());
}

function checkVerb(subject: string, words: readonly string[]): Problem[] {
  const [verb] = words;
  if (isVerb(verb)) return [];
  const near = nearestNames(verb, VERBS);
  return [{
    code: 'RouteVerb',
    subject,
    wrong: 'has an unknown verb',
    got: verb,
    expected: near.length > 0 ? `"${near[0]}"` : `one of ${VERBS.join(', ')}`,
    fix: `write it as "${suggestion(words)}"`,
  }];
}

function checkPath(subject: string, words: readonly string[]): Problem[] {
  const path = words[1];
  const problems: Problem[] = [];
  const parts = splitPath(path).filter((part) => part !== '');
  if (!path.startsWith('/') || splitPath(path).includes('')) {
    problems.push({
      code: 'RoutePath',
      subject,
      wrong: path.startsWith('/') ? 'has an empty path part' : 'has a relative path',
      got: path,
      expected: 'a path that begins with one slash and does not end with one',
      fix: `write it as "${suggestion(words)}"`,
    });
  }
  const names = new Set<string>();
  parts.forEach((part, position) => {
    const [, name, plus] = VARIABLE_PART.exec(part) ?? [];
    if (name === undefined) {
      if (!STATIC_PART.test(part)) {
        problems.push({
          code: 'RoutePathPart',
          subject,
          wrong: 'has a path part that API Gateway refuses',
          got: part,
          expected: 'letters, digits and ._-: or one variable such as {id} or {proxy+} as the whole part',
          fix: 'rename the part',
        });
      }
      return;
    }
    if (names.has(name)) {
      problems.push({
        code: 'RouteVariableDuplicate',
        subject,
        wrong: 'names one variable twice',
        got: part,
        expected: 'each variable once per path',
        fix: 'rename one of them',
      });
    }
    names.add(name);
    if (plus === '+' && position < parts.length - 1) {
      problems.push({
        code: 'RouteGreedyPosition',
        subject,
        wrong: 'has a greedy variable before its end',
        got: part,
        expected: 'a greedy variable as the last part only',
        fix: `use "{${name}}" there, or end the path after it`,
      });
    }
  });
  return problems;
}
