import { textOf } from './matrix-names';
import type { AnyOfAccess } from '../model/access';
import type { AccessModel, Method } from '../model/access-model';
import { decide, type AccessRequest, type Decision } from '../model/decide';
import type { ObtainableToken } from '../model/tokens';

/** What all tokens of a caller together come to. */
export type Judgement =
  | { readonly verdict: 'allow'; readonly token: 'access' | 'id' | 'none'; readonly scopes: readonly string[]; readonly byTrigger?: true }
  | { readonly verdict: 'unknown'; readonly reason: string }
  | { readonly verdict: 'deny' };

/** Whether the answer depends on the token of the caller. Where it does not, it is the same for everybody. */
export function dependsOnToken(method: Method): boolean {
  return method.access.kind === 'anyOf' || method.access.kind === 'idToken';
}

/**
 * The question behind a cell.
 *
 * An API key on top of another access identifies nobody, so callers are judged as having one. Where the API key is the
 * only access, they are not: a matrix of clients cannot say who holds it.
 */
export function requestFor(method: Method, token?: ObtainableToken): AccessRequest {
  return { target: { method: method.id }, token, apiKey: judgedWithApiKey(method) };
}

/** Whether callers of a method are judged as having an API key. */
export function judgedWithApiKey({ access: { kind } }: Method): boolean {
  return kind !== 'apiKey' && kind !== 'public';
}

/** Judges a caller by the tokens that it can obtain; without tokens, as somebody without any. */
export function judge(model: AccessModel, method: Method, tokens: readonly ObtainableToken[]): Judgement {
  if (!dependsOnToken(method)) return judgementOf(method, [decide(model, requestFor(method))]);
  return judgementOf(method, tokens.map((token) => decide(model, requestFor(method, token))), tokens);
}

/** Allowed where one decision allows; else unknown where one is unknown. Each decision is about the token at its place. */
export function judgementOf({ access }: Method, decisions: readonly Decision[], tokens: readonly (ObtainableToken | undefined)[] = []): Judgement {
  const allowing = decisions.filter((decision) => decision.verdict === 'allow');
  if (allowing.length > 0) {
    const token = access.kind === 'anyOf' ? 'access' : access.kind === 'idToken' ? 'id' : 'none';
    const byTrigger = decisions.every((decision, position) => decision.verdict !== 'allow' || opensByTrigger(decision, tokens[position]));
    const scopes = access.kind === 'anyOf' ? matchedScopes(access, allowing) : [];
    return { verdict: 'allow', token, scopes, ...(byTrigger && { byTrigger }) };
  }
  const open = decisions.find((decision) => decision.verdict === 'unknown');
  return open === undefined ? DENIED : { verdict: 'unknown', reason: open.reason.unknown };
}

/** Whether a token opens a method only by scopes that a pre token generation trigger adds to it. */
export function opensByTrigger({ reason, scopes }: Decision & { verdict: 'allow' }, token: ObtainableToken | undefined): boolean {
  const added = token?.byTrigger?.map(textOf);
  return reason === 'scopeMatched' && added !== undefined && scopes.every((scope) => added.includes(scope));
}

const DENIED: Judgement = { verdict: 'deny' };

/** The scopes that matched in one of the decisions, each once, in the order of the method. */
function matchedScopes({ scopes }: AnyOfAccess, allowing: readonly { readonly scopes: readonly string[] }[]): readonly string[] {
  const [{ scopes: first }] = allowing;
  if (first.length === 1 && allowing.length === 1) return first;
  const matched = new Set(allowing.flatMap((decision) => decision.scopes));
  return [...new Set(scopes.map(textOf))].filter((scope) => matched.has(scope));
}
