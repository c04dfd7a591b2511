import type { CallerGroup } from './callers';
import type { MatrixAllowed } from './matrix-data';
import { textOf } from './matrix-names';
import type { Note } from './note-user-pools';
import type { AccessModel, Client } from '../model/access-model';
import { indexOf } from '../model/model-index';
import { triggerActsOn, type ObtainableToken } from '../model/tokens';
import { isKnown } from '../model/value';

/**
 * Notes each user pool whose pre token generation trigger could take away a scope by which a pair is allowed. Pairs that are
 * allowed by the trigger alone say so themselves.
 */
export function noteTokenTriggers(model: AccessModel, callers: readonly CallerGroup[], allowed: readonly MatrixAllowed[], note: Note): void {
  const atRisk = scopesAtRisk(model, callers);
  if (atRisk.size === 0) return;
  const pools = new Set<string>();
  for (const { principal, token, scopes, byTrigger } of allowed) {
    const risk = atRisk.get(principal);
    if (risk === undefined || token !== 'access' || byTrigger || pools.has(risk.userPool)) continue;
    if (scopes.some((scope) => risk.scopes.has(scope))) pools.add(risk.userPool);
  }
  for (const id of pools) {
    const trigger = indexOf(model).userPools.get(id)?.tokenTrigger;
    const whose = trigger === 'V2_0' ? 'tokens of users' : 'tokens of users and machines';
    const version = isKnown(trigger) ? `(${trigger})` : 'of a version that is not known';
    note('tokenTrigger', id,
      `has a pre token generation trigger ${version}, which can take scopes away: access ${whose} may open less than these answers say`);
  }
}

/** The scopes in tokens that a trigger may change, by the id of the client. */
function scopesAtRisk(model: AccessModel, callers: readonly CallerGroup[]): Map<string, { userPool: string; scopes: Set<string> }> {
  const found = new Map<string, { userPool: string; scopes: Set<string> }>();
  for (const { tokens, clients } of callers) {
    for (const client of clients) {
      const { userPool } = client;
      if (!isKnown(userPool) || indexOf(model).userPools.get(userPool)?.tokenTrigger === undefined) continue;
      const scopes = tokens.filter((token) => isAtRisk(model, client, token)).flatMap((token) => token.scopes.map(textOf));
      if (scopes.length > 0) found.set(client.id, { userPool, scopes: new Set(scopes) });
    }
  }
  return found;
}

function isAtRisk(model: AccessModel, client: Client, { use, source }: ObtainableToken): boolean {
  return use === 'access' && triggerActsOn(model, client, source);
}
