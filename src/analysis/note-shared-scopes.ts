import { textOf } from './matrix-names';
import { knownPools } from './method-candidates';
import type { Note } from './note-user-pools';
import type { AccessModel, Method } from '../model/access-model';
import { indexOf } from '../model/model-index';
import { isStandardScope, splitFullScopeName } from '../model/scope-grammar';
import { scopeStatus } from '../model/scope-status';
import { isKnown } from '../model/value';

/**
 * Notes each method that accepts a scope of one full name from several of its user pools: API Gateway compares the
 * scope as a string, whichever user pool issued the token.
 */
export function noteSharedScopes(model: AccessModel, methods: readonly Method[], note: Note): void {
  for (const method of methods) {
    if (method.access.kind !== 'anyOf') continue;
    const accepted = [...new Set(knownPools(model, method))];
    if (accepted.length < 2) continue;
    for (const scope of method.access.scopes) {
      if (!isKnown(scope) || isStandardScope(scope)) continue;
      const pools = accepted.filter((pool) => mayIssue(model, pool, scope)).sort();
      if (pools.length < 2) continue;
      note('sharedScope', method.id, `accepts ${textOf(scope)} of user pools ${pools.join(' and ')}: API Gateway compares the name alone`);
    }
  }
}

/** Whether a resource server of the user pool has the identifier of the scope and may declare the scope. */
function mayIssue(model: AccessModel, userPool: string, scope: string): boolean {
  const identifier = splitFullScopeName(scope)?.identifier;
  const servers = identifier === undefined ? [] : indexOf(model).servers.get(identifier) ?? [];
  return servers.some((server) => server.userPool === userPool) && scopeStatus(model, userPool, scope) !== 'inactive';
}
