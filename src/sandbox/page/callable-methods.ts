import type { PageStage } from './page-sandbox';
import { apiNames, qualifiedNames } from '../../analysis/matrix-names';
import type { AccessModel, Method, Verb } from '../../model/access-model';
import { pathParts } from '../../model/route';
import { isKnown } from '../../model/value';
import { tokenHeaderOfMethod } from '../gateway/token-header';

/** A method that the page can call at a stage: its verb and path are known. */
export interface CallableMethod {
  /** The id of the method; the stage is behind it where that is not the first of the API. */
  readonly id: string;
  readonly method: Method;
  /** As the matrix shows it: with the id of the API where several have its name. */
  readonly apiName: string;
  /** Absent where the API has one stage only, or none. */
  readonly stageName?: string;
  /** URL of the stage; absent where none is served. */
  readonly url?: string;
  readonly verb: Verb;
  /** Path template. */
  readonly path: string;
  readonly variables: readonly PathVariable[];
  /** The header that its authorizer reads. */
  readonly tokenHeader: string;
}

/** A variable of a path. */
export interface PathVariable {
  readonly name: string;
  /** Whether it takes several parts of the path. */
  readonly greedy: boolean;
}

/**
 * The methods that can be called, in the order of the model, each at all stages of its API.
 *
 * @param stagesOf the stages of an API that are served, by its id
 */
export function callableMethods(model: AccessModel, stagesOf: (api: string) => readonly PageStage[]): CallableMethod[] {
  const names = qualifiedNames(apiNames(model));
  const stages = new Map([...names.keys()].map((api) => [api, stagesOf(api)]));
  return model.methods.flatMap((method): CallableMethod[] => {
    const { id, api, verb, path } = method;
    if (!isKnown(verb) || !isKnown(path)) return [];
    const variables = pathParts(path).flatMap((part) => (part.kind === 'static' ? [] : [{ name: part.name, greedy: part.kind === 'greedy' }]));
    const callable = { id, method, apiName: names.get(api) ?? api, verb, path, variables, tokenHeader: tokenHeaderOfMethod(model, method) };
    const [first, ...others] = stages.get(api) ?? [];
    if (first === undefined) return [callable];
    if (others.length === 0) return [{ ...callable, url: first.url }];
    return [
      { ...callable, stageName: first.name, url: first.url },
      ...others.map(({ name, url }) => ({ ...callable, id: `${id}@${name}`, stageName: name, url })),
    ];
  });
}

/**
 * The path of a request, or what is wrong with a value. Values are encoded as one part of the path each; a greedy variable keeps its slashes.
 *
 * Parts `.` and `..` never reach a server as they are: every HTTP client takes them away.
 */
export function fillPath(path: string, valueOf: (variable: string) => string): { readonly path: string } | { readonly wrong: string } {
  const filled: string[] = [];
  for (const part of pathParts(path)) {
    if (part.kind === 'static') {
      filled.push(part.text);
      continue;
    }
    const value = valueOf(part.name);
    const pieces = part.kind === 'greedy' ? value.replace(/^\//, '').split('/') : [value];
    if (value === '') return { wrong: `the path variable ${part.name} is empty` };
    if (pieces.some((piece) => piece === '.' || piece === '..')) return { wrong: `the path variable ${part.name} has a part that HTTP clients take away` };
    filled.push(pieces.map(encodeURIComponent).join('/'));
  }
  return { path: `/${filled.join('/')}` };
}
