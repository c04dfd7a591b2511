import { apiNames, clientNames, nameOf, textOf, uniqueNames } from './matrix-names';
import type { AccessModel, Client, Method } from '../model/access-model';
import { answeringMethods, type RouteTarget } from '../model/answering-methods';
import { indexOf } from '../model/model-index';
import { expectedNames } from '../model/nearest';
import { listNames, type Problem } from '../model/problem';
import { parseRoute, VERBS } from '../model/route';
import { isKnown } from '../model/value';

/** What was looked for, or what is wrong with the words for it. */
export type Found<T> = { readonly found: T } | { readonly problems: readonly Problem[] };

/** A method that was asked for. */
export interface AskedMethod {
  readonly method: Method;
  /** Set where somebody asks for a route, and it is not certain that this method answers it. */
  readonly route?: RouteTarget;
}

/** Finds a client by its id, by the client id of one that exists already or, where no other has it, its name or the name that the matrix shows. */
export function findClient(model: AccessModel, wanted: string): Found<Client> {
  const byId = model.clients.find(({ id, clientId }) => id === wanted || clientId === wanted);
  if (byId !== undefined) return { found: byId };
  const named = model.clients.filter((client) => nameOf(client) === wanted);
  if (named.length === 1) return { found: named[0] };
  if (named.length > 1) {
    return {
      problems: [{
        code: 'ClientAmbiguous',
        subject: 'client',
        wrong: 'is one of several of that name',
        got: wanted,
        expected: `one of the ids ${listNames(named.map(({ id }) => id))}`,
        fix: 'ask with the id',
      }],
    };
  }
  const shown = clientNames(model.clients.map((client) => ({ id: client.id, name: nameOf(client) })));
  const byShown = model.clients.find(({ id }) => shown.get(id) === wanted);
  if (byShown !== undefined) return { found: byShown };
  return {
    problems: [{
      code: 'ClientUnknown',
      subject: 'client',
      wrong: 'is not in the templates',
      got: wanted,
      expected: expectedNames(wanted, uniqueNames(new Map(model.clients.map((client) => [client.id, nameOf(client)]))), 'a template with clients'),
      fix: 'ask with the name or the id of a client',
    }],
  };
}

/**
 * Finds the method for a route: by its path template where one is written like that, else as API Gateway routes the path.
 *
 * @param wanted a verb and a path, such as `GET /photos/{id}` or `GET /photos/7`, or the id of a method
 * @param apiName name or id of the API; default all of the model
 */
export function findMethod(model: AccessModel, wanted: string, apiName?: string): Found<AskedMethod> {
  const names = apiNames(model);
  const apis = [...names.keys()].filter((id) => apiName === undefined || id === apiName || names.get(id) === apiName);
  if (apiName !== undefined && apis.length === 0) {
    return {
      problems: [{
        code: 'ApiUnknown',
        subject: 'API',
        wrong: 'is not in the templates',
        got: apiName,
        expected: expectedNames(apiName, uniqueNames(names), 'a template with a REST API'),
        fix: 'ask with the name or the id of an API',
      }],
    };
  }
  const byId = model.methods.find(({ id, api }) => id === wanted && apis.includes(api));
  if (byId !== undefined) return { found: { method: byId } };
  const parsed = parseRequest(wanted);
  if ('problems' in parsed) return parsed;
  const { verb, path } = parsed.found;
  const asked = apis.flatMap((api) => methodsFor(model, { api, verb, path }));
  if (asked.length === 1) return { found: asked[0] };
  if (asked.length === 0) return { problems: [routeUnknown(model, apis, `${verb} ${path}`)] };
  return { problems: [routeAmbiguous(`${verb} ${path}`, asked.map(({ method }) => method), names)] };
}

/**
 * The method that answers a route of one API: where one is written like that and is certainly there, that one. Several where a template
 * declares one route more than once.
 */
function methodsFor(model: AccessModel, route: RouteTarget): AskedMethod[] {
  const { api, verb, path } = route;
  const exact = model.methods.filter((method) => method.api === api && method.verb === verb && method.path === path);
  const certain = exact.filter(({ condition }) => condition === undefined);
  if (certain.length > 0) return certain.map((method) => ({ method }));
  const answers = answeringMethods(indexOf(model), route);
  const method = exact[0] ?? answers[0]?.method;
  if (method === undefined) return [];
  return [answers.every(({ maybe }) => maybe === undefined) ? { method } : { method, route }];
}

function routeAmbiguous(wanted: string, methods: readonly Method[], names: ReadonlyMap<string, string>): Problem {
  const about = { code: 'RouteAmbiguous', subject: `route "${wanted}"` } as const;
  const answering = new Map(methods.map(({ api }) => [api, names.get(api) ?? api]));
  return answering.size > 1
    ? { ...about, wrong: 'is answered by several APIs', expected: `one of the APIs ${listNames(uniqueNames(answering))}`, fix: 'name one, with --api or the option api' }
    : {
      ...about,
      wrong: 'is answered by several methods of one API',
      expected: `one of the ids ${listNames(methods.map(({ id }) => id))}`,
      fix: 'ask with the id in place of the route',
    };
}

/**
 * A request path may hold what no path template may, so that only verb and slash are checked. One slash at its end makes no difference
 * (`RouteIndex`).
 */
function parseRequest(wanted: string): Found<{ verb: string; path: string }> {
  const url = wanted.trim().split(/\s+/).find((word) => /^https?:\/\//i.test(word));
  if (url !== undefined) return { problems: [routeUrl(wanted, url)] };
  const text = wanted.trim().replace(/([^/\s])\/$/, '$1');
  const parsed = parseRoute(text);
  if ('route' in parsed) return { found: parsed.route };
  const problems = parsed.problems.filter(({ code }) => code === 'RouteFormat' || code === 'RouteVerb' || code === 'RoutePath');
  if (problems.length > 0) return { problems };
  const [verb, path] = text.split(/\s+/);
  return { found: { verb: verb.toUpperCase(), path } };
}

function routeUrl(wanted: string, url: string): Problem {
  const [word] = wanted.trim().split(/\s+/);
  const verb = (VERBS as readonly string[]).includes(word.toUpperCase()) ? word.toUpperCase() : 'GET';
  return {
    code: 'RoutePath',
    subject: `route "${wanted}"`,
    wrong: 'has a URL in place of a path',
    got: url,
    expected: 'a path as the API declares it, without host, stage and query',
    fix: `write it as "${verb} ${pathOfUrl(url) ?? '/path'}"`,
  };
}

/** The path behind the stage, which is the first part at the endpoint of API Gateway itself. */
function pathOfUrl(url: string): string | undefined {
  try {
    const { hostname, pathname } = new URL(url);
    const path = /\.execute-api\./.test(hostname) ? pathname.replace(/^\/[^/]*/, '') : pathname;
    return path === '' ? '/' : path;
  } catch {
    return undefined;
  }
}

function routeUnknown(model: AccessModel, apis: readonly string[], wanted: string): Problem {
  const methods = model.methods.filter((method) => apis.includes(method.api));
  const routes = methods.filter(({ verb, path }) => isKnown(verb) && isKnown(path)).map(({ verb, path }) => `${textOf(verb)} ${textOf(path)}`);
  return {
    code: 'RouteUnknown',
    subject: 'route',
    wrong: 'is answered by no method',
    got: wanted,
    expected: expectedNames(wanted, routes, 'a template with methods'),
    fix: 'ask for a route of the API',
  };
}
