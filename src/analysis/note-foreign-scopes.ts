import { knownPools } from './method-candidates';
import type { Note } from './note-user-pools';
import type { AccessModel, Method, ResourceServer } from '../model/access-model';
import { indexOf } from '../model/model-index';
import { splitFullScopeName } from '../model/scope-grammar';
import { isExternalScope } from '../model/scope-status';
import { sameUserPool } from '../model/user-pools';
import { isKnown, isUnknown, type Value } from '../model/value';

/** Notes each method whose authorizer takes no tokens of the user pool that has the scope: mostly, it is the authorizer of another. */
export function noteForeignScopes(model: AccessModel, methods: readonly Method[], note: Note): void {
  for (const method of methods) {
    const accepted = knownPools(model, method);
    if (method.access.kind !== 'anyOf' || accepted === undefined) continue;
    for (const scope of method.access.scopes) {
      const server = foreignScopeOf(model, accepted, scope);
      if (server === undefined) continue;
      note('scopeOfOtherPool', method.id, `accepts the scope ${String(scope)}, which resource server ${server.id} declares in user pool ${String(server.userPool)}; `
        + `its authorizer takes tokens of ${accepted.join(', ')} only`);
    }
  }
}

/** The resource server that declares a scope in another user pool, where none does in those that a method accepts. */
export function foreignScopeOf(model: AccessModel, accepted: readonly string[], scope: Value<string>): ResourceServer | undefined {
  if (accepted.length === 0) return undefined;
  const parts = isKnown(scope) && isExternalScope(model, accepted, scope) ? splitFullScopeName(scope) : undefined;
  if (parts === undefined) return undefined;
  return (indexOf(model).servers.get(parts.identifier) ?? []).find(({ userPool, scopes }) => isKnown(userPool)
    && accepted.every((pool) => sameUserPool(model, pool, userPool) === false)
    && scopes.some((each) => !isUnknown(each) && each.name === parts.name));
}
