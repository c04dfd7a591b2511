import { groupCallers } from './callers';
import { buildCells } from './cells';
import { ANONYMOUS, MATRIX_VERSION, type Matrix, type MatrixMethod, type MatrixPrincipal } from './matrix-data';
import { accessEntry, apiNames, nameOf, textOf } from './matrix-names';
import { matrixNotes } from './matrix-notes';
import { knownPools } from './method-candidates';
import type { AccessModel, Client, Method } from '../model/access-model';
import { VERBS } from '../model/route';
import { isExternalScope } from '../model/scope-status';
import { isKnown } from '../model/value';

/**
 * Builds the matrix of a model: every pair of caller and method for which `decide` does not say no.
 *
 * Callers are judged as having an API key where a method demands one on top of its access. The work is linear in the
 * entries of the matrix, apart from pairs that only unknown values make possible.
 */
export function buildMatrix(model: AccessModel): Matrix {
  const names = apiNames(model);
  const methods = orderMethods(model);
  const clients = [...model.clients].sort((a, b) => compare(a.id, b.id));
  const callers = groupCallers(model, clients);
  const { allowed, unknown } = buildCells(model, clients, callers, methods, ANONYMOUS);
  return {
    version: MATRIX_VERSION,
    principals: [
      { id: ANONYMOUS, kind: 'anonymous', name: ANONYMOUS },
      ...clients.map(principalEntry),
    ],
    apis: [...names].map(([id, name]) => ({ id, name })),
    methods: methods.map((method) => methodEntry(model, method, names)),
    allowed,
    unknown,
    notes: matrixNotes(model, callers, methods, allowed),
  };
}

/** A client as the matrix shows it. */
export function principalEntry(client: Client): MatrixPrincipal {
  const { id, origin } = client;
  return { id, kind: 'client', name: nameOf(client), userPool: textOf(client.userPool), ...(origin === 'external' && { origin }) };
}

/** A method as the matrix shows it. */
export function methodEntry(model: AccessModel, method: Method, names: ReadonlyMap<string, string>): MatrixMethod {
  return {
    id: method.id,
    api: names.get(method.api) ?? method.api,
    apiId: method.api,
    verb: textOf(method.verb),
    path: textOf(method.path),
    access: { ...accessEntry(method.access), ...externalScopesOf(model, method) },
    ...(method.apiKeyRequired === true && method.access.kind !== 'apiKey' && { apiKeyRequired: true as const }),
  };
}

function externalScopesOf(model: AccessModel, method: Method): { externalScopes?: string[] } {
  const { access } = method;
  if (access.kind !== 'anyOf') return {};
  const pools = knownPools(model, method);
  const externalScopes = access.scopes.filter((scope) => isExternalScope(model, pools, scope)).map(textOf);
  return externalScopes.length === 0 ? {} : { externalScopes };
}

function orderMethods(model: AccessModel): Method[] {
  const verbRank = (method: Method) => (isKnown(method.verb) ? VERBS.indexOf(method.verb) : VERBS.length);
  return [...model.methods].sort((a, b) => compare(a.api, b.api) || compare(textOf(a.path), textOf(b.path))
    || verbRank(a) - verbRank(b) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
