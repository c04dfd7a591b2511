import type { LiveClient } from './live-pool';
import type { AccessModel, Client } from '../../model/access-model';
import { isStandardScope } from '../../model/scope-grammar';
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
  const isMachine = source === 'client_credentials' || source === 'clientToken';
  const refused = asked.find((scope) => !client.scopes.includes(scope) || (isMachine && isStandardScope(scope)));
  return refused === undefined ? { scopes: asked } : { refused };
}

/**
 * Those of the asked scopes that a token carries at this moment. The model says which: inactive scopes are left out, and come back
 * when their resource server declares them again. Scopes that a trigger adds are left out, since no trigger runs.
 */
export function carriedScopes(model: AccessModel, client: LiveClient, source: TokenSource, asked: readonly string[]): string[] {
  const [token] = tokensOf(model, client, source).filter(({ use }) => use === 'access')
    // Of two, the second carries what the model takes for doubtful; user pools of the sandbox leave no doubt which is which.
    .reverse();
  if (token === undefined) return [];
  const carried = token.scopes.filter((scope): scope is string => isKnown(scope) && !token.byTrigger?.includes(scope));
  if (source === 'sdkSignIn') return carried;
  const withOpenid = asked.includes('openid');
  return carried.filter((scope) => asked.includes(scope) && (withOpenid || !NEEDS_OPENID.includes(scope)));
}

/** Scopes that come only together with `openid` (Cognito developer guide, «The redirect and authorization endpoint»). */
const NEEDS_OPENID = ['email', 'phone', 'profile'];

const clients = new WeakMap<AccessModel, Map<string, Client>>();

function tokensOf(model: AccessModel, { id }: LiveClient, source: TokenSource): ObtainableToken[] {
  let byId = clients.get(model);
  if (byId === undefined) clients.set(model, byId = new Map(model.clients.map((each) => [each.id, each])));
  const client = byId.get(id);
  return client === undefined ? [] : obtainableTokens(model, client).filter((token) => token.source === source);
}
