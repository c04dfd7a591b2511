import { ANONYMOUS, type MatrixAccess } from './matrix-data';
import type { Access } from '../model/access';
import type { AccessModel, Entity } from '../model/access-model';
import { identityOf, isUnknown, type Value } from '../model/value';

/** The text of a value: itself, its expression, or the reason in angle brackets. `decide` names scopes the same way. */
export function textOf(value: Value<string>): string {
  return identityOf(value) ?? (isUnknown(value) ? `<${value.unknown}>` : value);
}

/** The name of an entity where it has one, or at least an expression for it; else its id. */
export function nameOf(entity: Entity & { readonly name?: Value<string> }): string {
  const name = entity.name === undefined ? undefined : identityOf(entity.name);
  return name === undefined || name === '' ? entity.id : name;
}

/** Names of the APIs by id, in the order of ids; also of APIs that only methods name. */
export function apiNames(model: AccessModel): Map<string, string> {
  const names = new Map(model.methods.map(({ api }) => [api, api]));
  for (const api of model.apis) names.set(api.id, nameOf(api));
  return new Map([...names].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The names of things by id, in their order; the id of a thing where several have its name. */
export function uniqueNames(names: ReadonlyMap<string, string>): string[] {
  const uses = new Map<string, number>();
  for (const name of names.values()) uses.set(name, (uses.get(name) ?? 0) + 1);
  return [...names].map(([id, name]) => (uses.get(name) === 1 ? name : id));
}

/** The names of things by id, as a matrix shows them: the id follows where several have the name. */
export function qualifiedNames(names: ReadonlyMap<string, string>): Map<string, string> {
  const uses = new Map<string, number>();
  for (const name of names.values()) uses.set(name, (uses.get(name) ?? 0) + 1);
  return new Map([...names].map(([id, name]) => [id, name === id || uses.get(name) === 1 ? name : `${name} (${id})`]));
}

/** What a matrix calls callers without a token, so that a client of that name needs its id too. */
const TAKEN_NAMES = [ANONYMOUS, 'anyone'];

/**
 * Names of clients by id, as a matrix shows them. A client without a name goes by its logical id alone where no other has that name; the id follows
 * where two clients have one name.
 */
export function clientNames(clients: readonly { readonly id: string; readonly name: string }[]): Map<string, string> {
  const short = clients.map(({ id, name }) => (name === id ? id.slice(id.lastIndexOf('/') + 1) : name));
  const uses = new Map<string, number>(TAKEN_NAMES.map((name) => [name, 1]));
  for (const name of short) uses.set(name, (uses.get(name) ?? 0) + 1);
  return new Map(clients.map(({ id, name }, position) => {
    if (uses.get(short[position]) === 1) return [id, short[position]];
    return [id, name === id ? id : `${name} (${id})`];
  }));
}

/** An access as the matrix shows it. */
export function accessEntry(access: Access): MatrixAccess {
  const unchecked = access.uncheckedScopes ? { uncheckedScopes: access.uncheckedScopes.map(textOf) } : {};
  switch (access.kind) {
    case 'anyOf': return { kind: 'anyOf', scopes: access.scopes.map(textOf), authorizer: textOf(access.authorizer), ...unchecked };
    case 'idToken': return { kind: 'idToken', authorizer: textOf(access.authorizer), ...unchecked };
    case 'lambda': return { kind: 'lambda', authorizer: textOf(access.authorizer), ...unchecked };
    case 'public': return { kind: 'public', ...(access.reason !== undefined && { reason: access.reason }), ...unchecked };
    case 'unknown': return { kind: 'unknown', reason: access.unknown, ...unchecked };
    case 'iam':
    case 'apiKey': return { kind: access.kind, ...unchecked };
  }
}

