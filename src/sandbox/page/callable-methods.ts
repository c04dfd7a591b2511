import { apiNames } from '../../analysis/matrix-names';
import type { AccessModel, Method, Verb } from '../../model/access-model';
import { pathParts } from '../../model/route';
import { isKnown } from '../../model/value';
import { tokenHeaderOfMethod } from '../gateway/token-header';

/** A method that the page can call: its verb and path are known. */
export interface CallableMethod {
  readonly method: Method;
  readonly api: string;
  readonly apiName: string;
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

/** The methods that can be called, in the order of the model. */
export function callableMethods(model: AccessModel): CallableMethod[] {
  const names = apiNames(model);
  return model.methods.flatMap((method) => {
    const { api, verb, path } = method;
    if (!isKnown(verb) || !isKnown(path)) return [];
    const variables = pathParts(path).flatMap((part) => (part.kind === 'static' ? [] : [{ name: part.name, greedy: part.kind === 'greedy' }]));
    return [{ method, api, apiName: names.get(api) ?? api, verb, path, variables, tokenHeader: tokenHeaderOfMethod(model, method) }];
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
