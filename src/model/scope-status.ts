import type { AccessModel, ResourceServer } from './access-model';
import { indexOf } from './model-index';
import { isStandardScope, splitFullScopeName } from './scope-grammar';
import { identityOf, isKnown, isUnknown, sameText, type Unknown, type Value } from './value';

/**
 * What a scope in the list of a client is:
 * - `standard`: Cognito knows it without a resource server;
 * - `declared`: a resource server of the pool declares it;
 * - `inactive`: its resource server no longer declares it. The client keeps it, tokens leave it out
 *   (Cognito developer guide, «Scopes, M2M, and APIs with resource servers»);
 * - `external`: no resource server of the model has its identifier;
 * - or the reason why that cannot be known.
 */
export type ScopeStatus = 'standard' | 'declared' | 'inactive' | 'external' | Unknown;

/** The status of a full scope name in a user pool. */
export function scopeStatus(model: AccessModel, userPool: Value<string>, scope: Value<string>): ScopeStatus {
  if (isKnown(scope) && isStandardScope(scope)) return 'standard';
  const parts = splitScope(scope);
  if (parts === undefined) return isUnknown(scope) ? { unknown: scope.unknown } : 'external';
  const servers = indexOf(model).servers.get(parts.identifier) ?? [];
  const own = servers.filter((server) => sameText(server.userPool, userPool) === true);
  if (own.length > 0) return statusAmong(own, parts.name);
  const possible = servers.find((server) => sameText(server.userPool, userPool) === undefined);
  return possible === undefined ? 'external' : { unknown: `whether resource server ${possible.id} is in the same user pool cannot be known` };
}

/** Splits the text or expression of a full scope name at the last slash outside `${…}`. */
function splitScope(scope: Value<string>): { identifier: string; name: Value<string> } | undefined {
  const text = identityOf(scope);
  if (text === undefined) return undefined;
  if (isKnown(scope)) return splitFullScopeName(scope);
  const masked = text.replace(/\$\{[^}]*\}/g, (placeholder) => '$'.repeat(placeholder.length));
  const slash = masked.lastIndexOf('/');
  if (slash <= 0) return undefined;
  const name = text.slice(slash + 1);
  const known = !masked.slice(slash).includes('$$');
  return { identifier: text.slice(0, slash), name: known ? name : { unknown: (scope as Unknown).unknown, expression: name } };
}

function statusAmong(servers: readonly ResourceServer[], name: Value<string>): ScopeStatus {
  const found = servers.map((server) => statusIn(server, name));
  return found.find((status) => status === 'declared') ?? found.find(isUnknown) ?? 'inactive';
}

function statusIn(server: ResourceServer, name: Value<string>): ScopeStatus {
  const matches = server.scopes.map((scope) => (isUnknown(scope) ? scope : sameText(scope.name, name)));
  if (matches.includes(true)) {
    return server.condition ? { unknown: server.condition.unknown } : 'declared';
  }
  const unknown = matches.findIndex((match) => match !== false);
  if (unknown < 0) return 'inactive';
  const scope = server.scopes[unknown];
  const reason = isUnknown(scope) ? scope : isUnknown(scope.name) ? scope.name : isUnknown(name) ? name : undefined;
  return { unknown: reason?.unknown ?? 'a scope name cannot be known' };
}
