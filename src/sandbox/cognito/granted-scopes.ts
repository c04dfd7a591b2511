import type { LiveClient, LivePool } from './live-pool';
import { isMachineSource } from './sources';
import type { AccessModel, Client } from '../../model/access-model';
import { isStandardScope, splitFullScopeName } from '../../model/scope-grammar';
import { obtainableTokens, type ObtainableToken, type TokenSource } from '../../model/tokens';
import { isKnown } from '../../model/value';

/** The scopes of a request, or the one that the client may not ask for. */
export type ScopeRequest = { readonly scopes: readonly string[] } | { readonly refused: string };

/** Returns whether a client obtains a token of one use from a source. */
export function obtains(model: AccessModel, client: LiveClient, source: TokenSource, use: 'access' | 'id'): boolean {
  return tokensOf(model, client, source).some((token) => token.use === use);
}

/** Returns whether the request for a user's token may choose the audience of the access token (resource binding). */
export function bindsAudience(model: AccessModel, client: LiveClient, source: TokenSource): boolean {
  return tokensOf(model, client, source).some((token) => token.use === 'access' && token.audience !== undefined);
}

/**
 * The scopes that a client asks for: those of the parameter `scope`, all that it lists where there is none.
 *
 * Asking for a scope that the client does not list fails; one that is listed and inactive passes, and is left out of the token.
 */
export function requestedScopes(client: LiveClient, source: TokenSource, parameter: string | undefined): ScopeRequest {
  const asked = [...new Set((parameter ?? '').split(' '))].filter((scope) => scope !== '');
  if (asked.length === 0) return { scopes: client.scopes };
  const refused = asked.find((scope) => !client.scopes.includes(scope) || (isMachineSource(source) && isStandardScope(scope)));
  return refused === undefined ? { scopes: asked } : { refused };
}

/** Why a scope is refused, for the log: its name only where the user pool has it, since what came may be a secret. */
export function refusedScopeReason({ clients, servers }: LivePool, scope: string): string {
  const parts = splitFullScopeName(scope);
  const declared = servers.get(parts?.identifier ?? '')?.scopes.some(({ name }) => name === parts?.name) ?? false;
  const known = declared || isStandardScope(scope) || [...clients.values()].some(({ scopes }) => scopes.includes(scope));
  return known ? `the client does not have the scope ${JSON.stringify(scope)}` : 'the client does not have a scope of the request, and nothing in the user pool has it';
}

/**
 * Those of the asked scopes that a token carries at this moment. The model says which: inactive scopes are left out, and come back
 * when their resource server declares them again. Scopes that a trigger adds are left out, since no trigger runs.
 */
export function carriedScopes(model: AccessModel, client: LiveClient, source: TokenSource, asked: readonly string[]): string[] {
  // A client may have lost a scope since it asked.
  const listed = asked.filter((scope) => client.scopes.includes(scope));
  const [token] = tokensOf(model, client, source, listed).filter(({ use }) => use === 'access')
    // Of two, the second carries what the model takes for doubtful; user pools of the sandbox leave no doubt which is which.
    .reverse();
  return token?.scopes.filter((scope): scope is string => isKnown(scope) && !token.byTrigger?.includes(scope)) ?? [];
}

const clients = new WeakMap<AccessModel, Map<string, Client>>();

/** The tokens that a client obtains from a source; of a request, those that it would if it listed the asked scopes only. */
function tokensOf(model: AccessModel, { id }: LiveClient, source: TokenSource, asked?: readonly string[]): ObtainableToken[] {
  let byId = clients.get(model);
  if (byId === undefined) clients.set(model, byId = new Map(model.clients.map((each) => [each.id, each])));
  const client = byId.get(id);
  if (client === undefined) return [];
  return obtainableTokens(model, asked === undefined ? client : { ...client, scopes: asked }).filter((token) => token.source === source);
}
