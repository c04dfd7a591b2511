import type { AccessModel, ResourceServer, Scope } from './access-model';
import { indexOf } from './model-index';
import { isStandardScope } from './scope-grammar';
import { sameUserPool } from './user-pools';
import {
  identityOf, isKnown, isPlaceholder, isUnknown, joinText, sameText, symbolsOf, textOfSymbols, type Unknown, type Value,
} from './value';

/**
 * What a scope in the list of a client is:
 * - `standard`: Cognito knows it without a resource server;
 * - `declared`: a resource server of the pool declares it;
 * - `inactive`: its resource server no longer declares it. The client keeps it, tokens leave it out
 *   (Cognito developer guide, «Scopes, M2M, and APIs with resource servers»);
 * - `external`: no resource server of the model declares it or has its identifier, or only one that is itself external
 *   and may have more scopes than the model shows, so that the scope counts as active;
 * - or the reason why that cannot be known.
 */
export type ScopeStatus = 'standard' | 'declared' | 'inactive' | 'external' | Unknown;

/**
 * Whether a scope on a method is declared outside the model: it is no standard scope, and no resource server that a
 * template declares in one of the user pools can have its identifier.
 *
 * @param userPools ids of the user pools whose tokens the method takes; undefined where they are not known
 */
export function isExternalScope(model: AccessModel, userPools: readonly string[] | undefined, scope: Value<string>): boolean {
  if (!isKnown(scope) || isStandardScope(scope)) return false;
  const identifier = splitScope(scope)?.identifier;
  if (identifier === undefined || !isKnown(identifier)) return true;
  const index = indexOf(model);
  return ![...index.servers.get(identifier) ?? [], ...index.openServers].some((server) => server.origin === 'declared'
    && sameText(server.identifier, identifier) !== false
    && (userPools === undefined || userPools.some((pool) => sameUserPool(model, server.userPool, pool) !== false)));
}

/** Answers by user pool and scope; expressions apart from texts that read alike. */
interface Statuses {
  readonly texts: Map<string, ScopeStatus>;
  readonly expressions: Map<string, ScopeStatus>;
}

const statuses = new WeakMap<AccessModel, Map<string, Statuses>>();

/** The status of a full scope name in a user pool. */
export function scopeStatus(model: AccessModel, userPool: Value<string>, scope: Value<string>): ScopeStatus {
  if (isKnown(scope) && isStandardScope(scope)) return 'standard';
  const text = identityOf(scope);
  if (text === undefined) return { unknown: (scope as Unknown).unknown };
  if (!isKnown(userPool)) return findStatus(model, userPool, scope);
  const ofPool = statusesIn(model, userPool)[isKnown(scope) ? 'texts' : 'expressions'];
  let status = ofPool.get(text);
  if (status === undefined) ofPool.set(text, status = findStatus(model, userPool, scope));
  return status;
}

function statusesIn(model: AccessModel, userPool: string): Statuses {
  let ofModel = statuses.get(model);
  if (ofModel === undefined) statuses.set(model, ofModel = new Map());
  let ofPool = ofModel.get(userPool);
  if (ofPool === undefined) ofModel.set(userPool, ofPool = { texts: new Map(), expressions: new Map() });
  return ofPool;
}

/** A full scope name, taken apart at its last slash. */
interface Parts {
  readonly identifier: Value<string>;
  readonly name: string;
}

function findStatus(model: AccessModel, userPool: Value<string>, scope: Value<string>): ScopeStatus {
  const parts = splitScope(scope);
  if (parts === undefined && isKnown(scope)) return 'external';
  const index = indexOf(model);
  const servers = parts && isKnown(parts.identifier)
    ? [...index.servers.get(parts.identifier) ?? [], ...index.openServers]
    : model.resourceServers;
  let inactive = false;
  let open: Unknown | undefined;
  for (const server of servers) {
    const status = parts ? statusOfParts(model, server, userPool, parts) : statusOfExpression(model, server, userPool, scope);
    if (status === 'declared') return status;
    if (status === 'inactive') inactive = true;
    if (isUnknown(status)) open ??= status;
  }
  return open ?? (inactive ? 'inactive' : 'external');
}

/**
 * Splits at the last slash. Undefined where there is none, or where something unknown behind it could hold another one.
 */
function splitScope(scope: Value<string>): Parts | undefined {
  const symbols = symbolsOf(scope);
  const slash = symbols.lastIndexOf('/');
  const name = symbols.slice(slash + 1);
  if (slash < 0 || name.some(isPlaceholder)) return undefined;
  return { identifier: textOfSymbols(symbols.slice(0, slash), isUnknown(scope) ? scope.unknown : ''), name: name.join('') };
}

/** What one resource server makes of a scope whose name is known; `external` where it takes nothing away. */
function statusOfParts(model: AccessModel, server: ResourceServer, userPool: Value<string>, { identifier, name }: Parts): ScopeStatus {
  const samePool = sameUserPool(model, server.userPool, userPool);
  const own = sameText(server.identifier, identifier);
  if (samePool === false || own === false) return 'external';
  const isNamed = (scope: Value<Scope>) => (isUnknown(scope) ? undefined : scope.name === name || sameText(scope.name, name));
  if (server.scopes.some((scope) => isNamed(scope) === true)) {
    if (server.condition) return { unknown: server.condition.unknown };
    // Where it is not certain that the scope is of this server, it is active all the same.
    return samePool && own ? 'declared' : 'external';
  }
  if (server.origin === 'external') return 'external';
  const open = server.scopes.findIndex((scope) => isNamed(scope) === undefined);
  if (open >= 0) return { unknown: reasonOf([nameOf(server, open)]) };
  if (samePool && own) return 'inactive';
  return samePool ? { unknown: reasonOf([identifier, server.identifier]) } : otherPool(server);
}

/** What one resource server makes of a scope that does not split; `external` where it cannot be one of its scopes. */
function statusOfExpression(model: AccessModel, server: ResourceServer, userPool: Value<string>, scope: Value<string>): ScopeStatus {
  const samePool = sameUserPool(model, server.userPool, userPool);
  const anyName = { unknown: '', expression: '${any scope name}' };
  if (samePool === false || sameText(joinText([server.identifier, '/', anyName]), scope) === false) return 'external';
  const declared = server.scopes.some((each) => !isUnknown(each) && sameText(joinText([server.identifier, '/', each.name]), scope));
  if (declared && samePool) return server.condition ? { unknown: server.condition.unknown } : 'declared';
  if (server.origin === 'external') return 'external';
  return samePool ? { unknown: reasonOf([scope]) } : otherPool(server);
}

function nameOf(server: ResourceServer, position: number): Value<string> {
  const scope = server.scopes[position];
  return isUnknown(scope) ? scope : scope.name;
}

function otherPool(server: ResourceServer): Unknown {
  return { unknown: `whether resource server ${server.id} is in the same user pool cannot be known` };
}

function reasonOf(values: readonly Value<string>[]): string {
  return values.find(isUnknown)?.unknown ?? 'a scope name cannot be known';
}
