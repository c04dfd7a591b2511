import type { ServedStage } from './gateway/served-stages';
import { tokenHeaderOfMethod } from './gateway/token-header';
import { findMethod, type Found } from '../analysis/find';
import type { AccessModel } from '../model/access-model';
import { expectedNames } from '../model/nearest';
import { ProblemError, type Problem } from '../model/problem';

/** Where a request goes, and how it carries a token. */
export interface Call {
  readonly url: string;
  /** The header that takes the token, behind `Bearer `. */
  readonly header: string;
}

/** Which API and stage is meant. */
export interface CallPlace {
  /** Name, shown name or id of the API; needed where several answer the route. */
  readonly api?: string;
  /** Name of the stage; default the first of the API. */
  readonly stage?: string;
}

/** What is served at this moment. */
export interface Served {
  /** What the paths of stages stand below; no slash at the end. */
  readonly url: string;
  readonly model: AccessModel;
  readonly stages: readonly ServedStage[];
}

/**
 * The call of a route: a verb, and a path with its query.
 *
 * @throws ProblemError where no API or several answer, and where the API or the stage is none of the sandbox
 */
export function findCall({ url, model, stages: served }: Served, verb: string, target: string, { api, stage }: CallPlace): Call {
  const called = calledApi(model, verb, target, idOf(served, api));
  const stages = served.filter(({ id }) => id === called.id);
  const found = stages.find((each) => stage === undefined || each.stage === stage);
  if (found === undefined) throw new ProblemError([stageProblem(called.id, stages, stage)]);
  return { url: `${url}${found.path}${target}`, header: called.header };
}

/** The id of an API that goes by the name under which it is served, or that people are shown; anything else as it is. */
function idOf(served: readonly ServedStage[], api: string | undefined): string | undefined {
  const ids = new Set(served.filter(({ name, shownName }) => name === api || shownName === api).map(({ id }) => id));
  return ids.size === 1 ? [...ids][0] : api;
}

/** The API that a route is asked of, by its id in the access model, and the header that takes a token there. */
function calledApi(model: AccessModel, verb: string, target: string, api: string | undefined): { readonly id: string; readonly header: string } {
  const route = `${verb} ${target.replace(/\?.*$/, '')}`;
  const found = findMethod(model, route, api);
  if ('found' in found) return { id: found.found.method.api, header: tokenHeaderOfMethod(model, found.found.method) };
  // Calls of routes that no method answers, or several of one API, are worth trying too, where it is clear which API is meant.
  const apis = model.apis.filter(({ id, name }) => api === undefined || id === api || name === api);
  const answering = apis.filter(({ id }) => isAnswered(findMethod(model, route, id)));
  const [meant] = [apis, answering].find(({ length }) => length === 1) ?? [];
  if (meant !== undefined) return { id: meant.id, header: 'Authorization' };
  throw new ProblemError(found.problems);
}

function isAnswered(found: Found<unknown>): boolean {
  return 'found' in found || found.problems.some(({ code }) => code === 'RouteAmbiguous');
}

function stageProblem(id: string, stages: readonly ServedStage[], stage: string | undefined): Problem {
  return {
    code: 'StageUnknown',
    subject: `stage of API ${stages.at(0)?.shownName ?? id}`,
    wrong: 'is not served',
    ...(stage !== undefined && { got: stage }),
    expected: expectedNames(stage ?? '', stages.map((each) => each.stage), 'a stage of the API in the templates'),
    fix: stages.length === 0 ? 'add a stage' : 'name another stage, or none for the first',
  };
}
