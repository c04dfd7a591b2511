import { hintFor } from './explain-hint';
import { BY_TRIGGER_SENTENCE, furthestReason, REASON_SENTENCES } from './explain-sentences';
import { explanationNotes } from './explanation-notes';
import { dependsOnToken, judgedWithApiKey, judgementOf, opensByTrigger, requestFor } from './judge';
import { methodEntry, principalEntry } from './matrix';
import { ANONYMOUS, type MatrixMethod, type MatrixNote, type MatrixPrincipal } from './matrix-data';
import { apiNames, textOf } from './matrix-names';
import type { AccessModel, Client, Method } from '../model/access-model';
import { answeringMethods, type RouteTarget } from '../model/answering-methods';
import { decide, type AccessRequest, type AllowReason, type Decision, type DenyReason } from '../model/decide';
import { deprecationOf, describeDeprecation } from '../model/deprecation';
import { indexOf } from '../model/model-index';
import { obtainableTokens, type ObtainableToken, type TokenSource } from '../model/tokens';

/** Version of the JSON form of an explanation. Members may be added within a version, none renamed. */
export const EXPLANATION_VERSION = 1;

/** Whether a client can call a method, and why. */
export interface Explanation {
  readonly version: typeof EXPLANATION_VERSION;
  readonly verdict: 'allow' | 'deny' | 'unknown';
  readonly principal: MatrixPrincipal;
  readonly method: MatrixMethod;
  /** Other methods that may answer the route asked for, because templates do not fix which one does; absent where none may. */
  readonly alternatives?: readonly MatrixMethod[];
  /** The authorizer that checks the token. */
  readonly authorizer?: ExplainedAuthorizer;
  /** Each token that the client can obtain, or one answer without a token. Empty where a client obtains none. */
  readonly answers: readonly TokenAnswer[];
  /** The answer that carries the verdict: the first that allows, else the first that is unknown, else the one that gets furthest. */
  readonly decisive?: TokenAnswer;
  /** The scopes that matched, over all tokens, in the order of the method. */
  readonly matchedScopes: readonly string[];
  /** Sentences about scopes that matched and are deprecated; absent where there are none. */
  readonly deprecated?: readonly string[];
  /** What to change where the answer is no. */
  readonly hint?: string;
  /** What could change the answer beyond that, ordered by kind; absent where there is nothing. */
  readonly notes?: readonly MatrixNote[];
}

/** The authorizer of a method. */
export interface ExplainedAuthorizer {
  readonly id: string;
  /** Ids of the user pools whose tokens it accepts. */
  readonly userPools: readonly string[];
}

/** The answer for one token. */
export interface TokenAnswer {
  /** `none`: the request carries no token. */
  readonly token: 'access' | 'id' | 'none';
  /** How the client obtains it. */
  readonly source?: TokenSource;
  /** All scopes that the client may ask for. */
  readonly scopes: readonly string[];
  readonly verdict: 'allow' | 'deny' | 'unknown';
  /** Why, for programs; `unknown` where templates do not decide. */
  readonly reason: AllowReason | DenyReason | 'unknown';
  /** Why, for people. */
  readonly text: string;
}

/**
 * Explains whether a client can call a method; without a client, whether a caller without a token can.
 *
 * @param route the route asked for, where it is not certain that the method answers it
 */
export function explain(model: AccessModel, client: Client | undefined, method: Method, route?: RouteTarget): Explanation {
  const { access } = method;
  const answering = route === undefined ? [] : answeringMethods(indexOf(model), route).map((each) => each.method);
  const others = answering.filter(({ id }) => id !== method.id);
  const methods = [method, ...others];
  const tokens = tokensFor(model, client, methods);
  const decisions = tokens.map((token) => decide(model, route === undefined ? requestFor(method, token) : routeRequest(route, methods, token)));
  const answers = tokens.map((token, position) => answerOf(token, decisions[position]));
  const judgement = judgementOf(method, decisions, tokens);
  const decisive = decisiveOf(answers, judgement.verdict);
  const id = 'authorizer' in access ? textOf(access.authorizer) : undefined;
  // What opens one of several methods need not open the one that answers.
  const hint = judgement.verdict === 'deny' && others.length === 0 ? hintFor(model, client, method, decisive?.reason as DenyReason | undefined) : undefined;
  const matchedScopes = judgement.verdict === 'allow' ? judgement.scopes : [];
  const deprecated = client === undefined ? [] : matchedScopes.flatMap((scope) => {
    const deprecation = deprecationOf(model, client.userPool, scope);
    return deprecation === undefined ? [] : [`${scope} ${describeDeprecation(deprecation)}`];
  });
  const notes = explanationNotes(model, client, methods, judgement, decisive?.text ?? '');
  const names = apiNames(model);
  return {
    version: EXPLANATION_VERSION,
    verdict: judgement.verdict,
    principal: client === undefined ? { id: ANONYMOUS, kind: 'anonymous', name: ANONYMOUS } : principalEntry(client),
    method: methodEntry(model, method, names),
    ...(others.length > 0 && { alternatives: others.map((each) => methodEntry(model, each, names)) }),
    ...(id !== undefined && { authorizer: { id, userPools: (indexOf(model).authorizers.get(id)?.userPools ?? []).map(textOf) } }),
    answers,
    ...(decisive && { decisive }),
    matchedScopes,
    ...(deprecated.length > 0 && { deprecated }),
    ...(hint !== undefined && { hint }),
    ...(notes.length > 0 && { notes }),
  };
}

/** The tokens to ask with; none at all where one of the methods may be open without. */
function tokensFor(model: AccessModel, client: Client | undefined, methods: readonly Method[]): readonly (ObtainableToken | undefined)[] {
  if (client === undefined || !methods.some(dependsOnToken)) return [undefined];
  const tokens = obtainableTokens(model, client);
  return methods.every(dependsOnToken) ? tokens : [...tokens, undefined];
}

function routeRequest(target: RouteTarget, methods: readonly Method[], token: ObtainableToken | undefined): AccessRequest {
  return { target, token, apiKey: methods.some(judgedWithApiKey) };
}

function answerOf(token: ObtainableToken | undefined, decision: Decision): TokenAnswer {
  const about = token === undefined
    ? { token: 'none' as const, scopes: [] }
    : { token: token.use, source: token.source, scopes: token.scopes.map(textOf) };
  if (decision.verdict === 'allow' && opensByTrigger(decision, token)) {
    return { ...about, verdict: 'allow', reason: decision.reason, text: BY_TRIGGER_SENTENCE };
  }
  return decision.verdict === 'unknown'
    ? { ...about, verdict: 'unknown', reason: 'unknown', text: decision.reason.unknown }
    : { ...about, verdict: decision.verdict, reason: decision.reason, text: REASON_SENTENCES[decision.reason] };
}

function decisiveOf(answers: readonly TokenAnswer[], verdict: 'allow' | 'deny' | 'unknown'): TokenAnswer | undefined {
  if (verdict !== 'deny') return answers.find((answer) => answer.verdict === verdict);
  const furthest = furthestReason(answers.map(({ reason }) => reason as DenyReason));
  return answers.find(({ reason }) => reason === furthest);
}
