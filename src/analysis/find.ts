import { apiNames, nameOf, textOf, uniqueNames } from './matrix-names';
import type { AccessModel, Client, Method } from '../model/access-model';
import { decide } from '../model/decide';
import { expectedNames } from '../model/nearest';
import { listNames, type Problem } from '../model/problem';
import { parseRoute } from '../model/route';
import { isKnown } from '../model/value';

/** What was looked for, or what is wrong with the words for it. */
export type Found<T> = { readonly found: T } | { readonly problems: readonly Problem[] };

/** Finds a client by its id, by the client id of one that exists already or, where no other has it, its name. */
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
  return {
    problems: [{
      code: 'ClientUnknown',
      subject: 'client',
      wrong: 'is not in the templates',
      got: wanted,
      expected: expectedNames(wanted, uniqueNames(new Map(model.clients.map((client) => [client.id, nameOf(client)]))), 'a template with clients'),
      fix: 'ask with the name or the id of a client, or with "anonymous"',
    }],
  };
}

/**
 * Finds the method for a route: by its path template where one is written like that, else as API Gateway routes the path.
 *
 * @param wanted a verb and a path, such as `GET /photos/{id}` or `GET /photos/7`, or the id of a method
 * @param apiName name or id of the API; default all of the model
 */
export function findMethod(model: AccessModel, wanted: string, apiName?: string): Found<Method> {
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
  if (byId !== undefined) return { found: byId };
  const parsed = parseRequest(wanted);
  if ('problems' in parsed) return parsed;
  const { verb, path } = parsed.found;
  const exact = model.methods.filter((method) => apis.includes(method.api) && method.verb === verb && method.path === path);
  const methods = exact.length > 0 ? exact : apis.flatMap((api) => routed(model, api, verb, path) ?? []);
  if (methods.length === 1) return { found: methods[0] };
  if (methods.length === 0) return { problems: [routeUnknown(model, apis, `${verb} ${path}`)] };
  return { problems: [routeAmbiguous(`${verb} ${path}`, methods, names)] };
}

function routeAmbiguous(wanted: string, methods: readonly Method[], names: ReadonlyMap<string, string>): Problem {
  const about = { code: 'RouteAmbiguous', subject: `route "${wanted}"` } as const;
  const answering = new Map(methods.map(({ api }) => [api, names.get(api) ?? api]));
  return answering.size > 1
    ? { ...about, wrong: 'is answered by several APIs', expected: `one of the APIs ${listNames(uniqueNames(answering))}`, fix: 'name one with --api' }
    : {
      ...about,
      wrong: 'is answered by several methods of one API',
      expected: `one of the ids ${listNames(methods.map(({ id }) => id))}`,
      fix: 'ask with the id in place of the route',
    };
}

function routed(model: AccessModel, api: string, verb: string, path: string): Method | undefined {
  const { method: id } = decide(model, { target: { api, verb, path } });
  return id === undefined ? undefined : model.methods.find((method) => method.id === id);
}

/** A request path may hold what no path template may, so that only verb and slash are checked. */
function parseRequest(text: string): Found<{ verb: string; path: string }> {
  const parsed = parseRoute(text);
  if ('route' in parsed) return { found: parsed.route };
  const problems = parsed.problems.filter(({ code }) => code === 'RouteFormat' || code === 'RouteVerb' || code === 'RoutePath');
  if (problems.length > 0) return { problems };
  const [verb, path] = text.trim().split(/\s+/);
  return { found: { verb: verb.toUpperCase(), path } };
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
