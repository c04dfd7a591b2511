import type { AnyOfAccess, IdTokenAccess } from './access';
import type { AccessModel, Authorizer, Method } from './access-model';
import { answeringMethods, type RouteTarget } from './answering-methods';
import { matchAudience } from './audience';
import { indexOf } from './model-index';
import { isSurelyCustomScope } from './scope-grammar';
import { sameUserPool, userPoolDoubt } from './user-pools';
import { isKnown, isUnknown, sameText, type Unknown, type Value } from './value';

/** A token as an authorizer sees it. */
export interface PresentedToken {
  readonly use: 'access' | 'id';
  /** Id of the user pool whose key signed it and whose issuer it names. */
  readonly userPool: Value<string>;
  /** The scopes it carries. An unknown element stands for any number of scopes. */
  readonly scopes: readonly Value<string>[];
  /** The `aud` claim, where it has one. ID tokens carry the client id; access tokens carry none by default. */
  readonly audience?: Value<string>;
  /** Default false. */
  readonly expired?: boolean;
  /** Set where it cannot be known whether the caller obtains such a token. */
  readonly condition?: Unknown;
}

/** A request to an API. */
export interface AccessRequest {
  /** The method asked for: its id, or the route that leads to it. */
  readonly target: { readonly method: string } | RouteTarget;
  /** The token; `unverifiable` for anything that is not a token of a known user pool: garbage, a wrong signature. */
  readonly token?: PresentedToken | 'unverifiable';
  /** Whether the request carries a valid API key of a usage plan of the stage. Default false. */
  readonly apiKey?: boolean;
  /** Whether AWS credentials that may invoke the method sign the request. Default false. */
  readonly iam?: boolean;
}

/** Why a request is allowed. */
export type AllowReason = 'public' | 'scopeMatched' | 'idTokenAccepted' | 'apiKeyAccepted' | 'iamAccepted';

/** Why a request is denied. */
export type DenyReason =
  | 'noRoute' | 'noToken' | 'unverifiableToken' | 'otherUserPool' | 'updatedIssuer' | 'expiredToken'
  | 'accessTokenRequired' | 'idTokenRequired' | 'audienceMismatch' | 'scopeMissing' | 'scopeNeverMatches'
  | 'apiKeyRequired' | 'iamRequired' | 'resourcePolicyDenies';

/** The answer to a request, with its reason. */
export type Decision =
  /** `scopes`: the scopes that matched, in the order of the method. */
  | { readonly verdict: 'allow'; readonly reason: AllowReason; readonly method: string; readonly scopes: readonly string[] }
  /** `method` is absent where no method answers the route. */
  | { readonly verdict: 'deny'; readonly reason: DenyReason; readonly method?: string }
  | { readonly verdict: 'unknown'; readonly reason: Unknown; readonly method: string };

/**
 * A scope of a method that no token matches, although Cognito issues it. Reported from a test against the real
 * service (LocalStack's recorded authorizer tests); `openid` and `aws.cognito.signin.user.admin` do match.
 */
export const METHOD_SCOPE_THAT_NEVER_MATCHES = 'email';

/** Scopes of a method of which nobody has tried whether a token matches; they are of the kind of `email`. */
const UNVERIFIED_METHOD_SCOPES: readonly Value<string>[] = ['phone', 'profile'];

/**
 * Says whether a request is allowed, as a REST API with a Cognito authorizer does: the only place that knows.
 *
 * A method with scopes takes an access token that carries at least one of them, compared as exact strings. A method
 * with the authorizer and no scopes takes an ID token. The authorizer checks signature, issuer, expiry and token
 * use; it does not look at the client. API Gateway checks an API key after the authorizer
 * (API Gateway developer guide, «Integrate a REST API with an Amazon Cognito user pool» and «API Gateway authorization flow»).
 *
 * Where the request comes from is not part of it: a web application firewall of the API, or the conditions of a resource policy
 * may refuse what is allowed here. A resource policy that does not certainly allow everybody every method leaves the answer open; one that
 * denies everybody every method refuses what the authorizer lets pass, before an API key is looked at (same guide).
 */
export function decide(model: AccessModel, request: AccessRequest): Decision {
  const index = indexOf(model);
  const { target } = request;
  if ('api' in target) return decideRoute(model, target, request);
  const method = index.methods.get(target.method);
  return method === undefined ? NO_ROUTE : decideMethod(model, method, request);
}

const NO_ROUTE: Decision = { verdict: 'deny', reason: 'noRoute' };

/**
 * Decides by all methods that may answer: no where each of them says no, and yes only where it is certain which one answers.
 */
function decideRoute(model: AccessModel, route: RouteTarget, request: AccessRequest): Decision {
  const answers = answeringMethods(indexOf(model), route);
  const decisions = answers.map(({ method }) => decideMethod(model, method, request));
  if (decisions.length === 0) return NO_ROUTE;
  const doubt = answers.map(({ maybe }) => maybe).find(isUnknown);
  if (doubt === undefined || decisions.every(({ verdict }) => verdict === 'deny')) return decisions[0];
  // A method of unknown verb or path is named only where no other may answer.
  const named = answers.findIndex(({ method: { verb, path } }, position) => decisions[position].verdict !== 'deny' && isKnown(verb) && isKnown(path));
  const decision = decisions[Math.max(named, 0)];
  if (decision.verdict === 'unknown') return decision;
  const what = answers.length > 1 ? 'which method answers the route' : 'whether the method answers the route';
  return unknown(answers[Math.max(named, 0)].method, { unknown: `${what} cannot be known: ${doubt.unknown}` });
}

/** Decides for one method that exists. */
function decideMethod(model: AccessModel, method: Method, request: AccessRequest): Decision {
  const decision = withApiKey(withResourcePolicy(model, decideAccess(model, method, request), method), method, request);
  if (decision.verdict !== 'allow') return decision;
  const usesToken = method.access.kind === 'anyOf' || method.access.kind === 'idToken';
  const condition = method.condition ?? (usesToken && typeof request.token === 'object' ? request.token.condition : undefined);
  const doubt = condition ?? indexOf(model).apis.get(method.api)?.resourcePolicyDoubt;
  return doubt === undefined ? decision : unknown(method, doubt);
}

function decideAccess(model: AccessModel, method: Method, request: AccessRequest): Decision {
  const { access } = method;
  switch (access.kind) {
    case 'public': return allow(method, 'public');
    case 'apiKey': return request.apiKey ? allow(method, 'apiKeyAccepted') : deny(method, 'apiKeyRequired');
    case 'iam': return request.iam ? allow(method, 'iamAccepted') : deny(method, 'iamRequired');
    case 'lambda': return unknown(method, { unknown: 'a Lambda authorizer decides' });
    case 'unknown': return unknown(method, access);
    case 'anyOf':
    case 'idToken': return decideCognito(model, method, access, request.token);
  }
}

/** An API key alone is no authorizer: it is looked at behind the policy. */
function withResourcePolicy(model: AccessModel, decision: Decision, method: Method): Decision {
  const passes = decision.verdict === 'allow' || (decision.verdict === 'deny' && decision.reason === 'apiKeyRequired');
  return passes && indexOf(model).apis.get(method.api)?.resourcePolicyDenies ? deny(method, 'resourcePolicyDenies') : decision;
}

function withApiKey(decision: Decision, method: Method, request: AccessRequest): Decision {
  if (decision.verdict === 'deny' || request.apiKey || method.apiKeyRequired === false) return decision;
  return isUnknown(method.apiKeyRequired) ? unknown(method, method.apiKeyRequired) : deny(method, 'apiKeyRequired');
}

function decideCognito(
  model: AccessModel, method: Method, access: AnyOfAccess | IdTokenAccess, token: AccessRequest['token'],
): Decision {
  if (token === undefined) return deny(method, 'noToken');
  const authorizer = isKnown(access.authorizer) ? indexOf(model).authorizers.get(access.authorizer) : undefined;
  if (authorizer?.kind === 'lambda') return unknown(method, { unknown: `authorizer ${authorizer.id} is a Lambda authorizer, which decides itself` });
  if (token === 'unverifiable') return deny(method, 'unverifiableToken');
  const checks = [
    checkUserPool(model, access, authorizer, token),
    token.expired ? 'expiredToken' : undefined,
    checkUse(access, token),
    checkAudience(model, authorizer, token),
  ];
  const refused = checks.find((check) => typeof check === 'string');
  if (refused !== undefined) return deny(method, refused as DenyReason);
  const decision = access.kind === 'anyOf' ? matchScopes(method, access, token) : allow(method, 'idTokenAccepted');
  if (decision.verdict === 'deny') return decision;
  const open = checks.find(isUnknown);
  return open === undefined ? decision : unknown(method, open);
}

/** Undefined where the check passes, a reason where it fails or cannot be known. */
type Check = DenyReason | Unknown | undefined;

function checkUserPool(model: AccessModel, access: AnyOfAccess | IdTokenAccess, authorizer: Authorizer | undefined, token: PresentedToken): Check {
  if (authorizer === undefined) {
    return { unknown: isUnknown(access.authorizer) ? access.authorizer.unknown : `authorizer ${access.authorizer} is not in the templates` };
  }
  if (isUnknown(authorizer.kind)) return authorizer.kind;
  const matches = authorizer.userPools.map((pool) => sameUserPool(model, pool, token.userPool));
  if (matches.includes(true)) {
    const issuer = isKnown(token.userPool) ? indexOf(model).userPools.get(token.userPool)?.issuer : undefined;
    if (issuer === 'updated') return 'updatedIssuer';
    return isUnknown(issuer) ? issuer : undefined;
  }
  const open = matches.indexOf(undefined);
  return open < 0 ? 'otherUserPool' : userPoolDoubt(authorizer.userPools[open], token.userPool);
}

function checkUse(access: AnyOfAccess | IdTokenAccess, token: PresentedToken): Check {
  if (access.kind === 'anyOf') return token.use === 'access' ? undefined : 'accessTokenRequired';
  return token.use === 'id' ? undefined : 'idTokenRequired';
}

/** An `aud` that is absent is taken for a mismatch; that is not verified against the service. */
function checkAudience(model: AccessModel, authorizer: Authorizer | undefined, token: PresentedToken): Check {
  const expression = authorizer?.audience;
  if (expression === undefined) return undefined;
  if (isUnknown(expression)) return expression;
  if (expression === '') return { unknown: 'what an empty identity validation expression does is not verified' };
  if (token.audience === undefined) {
    return token.use === 'access' ? withoutAudience(model, token) : { unknown: 'the client id is not known before deployment' };
  }
  if (isUnknown(token.audience)) return token.audience;
  const matches = matchAudience(expression, token.audience);
  if (matches === undefined) return { unknown: 'whether the identity validation expression matches cannot be known' };
  return matches ? undefined : 'audienceMismatch';
}

/** A pre token generation trigger from V2_0 on can give an access token an audience. */
function withoutAudience(model: AccessModel, { userPool }: PresentedToken): Check {
  const trigger = isKnown(userPool) ? indexOf(model).userPools.get(userPool)?.tokenTrigger : undefined;
  if (trigger === undefined || trigger === 'V1_0') return 'audienceMismatch';
  return { unknown: 'the pre token generation trigger of the user pool can add an audience' };
}

function matchScopes(method: Method, access: AnyOfAccess, token: PresentedToken): Decision {
  const usable = access.scopes.filter((scope) => scope !== METHOD_SCOPE_THAT_NEVER_MATCHES);
  const matched: string[] = [];
  let open: Unknown | undefined;
  for (const scope of usable) {
    for (const carried of token.scopes) {
      const same = sameText(scope, carried);
      const doubt = same === true ? doubtOf(scope) : undefined;
      if (same === true && doubt === undefined) {
        matched.push(isKnown(scope) ? scope : scope.expression ?? scope.unknown);
        break;
      }
      if (same !== false) open ??= doubt ?? [scope, carried].find(isUnknown);
    }
  }
  if (matched.length > 0) return { verdict: 'allow', reason: 'scopeMatched', method: method.id, scopes: matched };
  if (open !== undefined) return unknown(method, open);
  return deny(method, usable.length > 0 ? 'scopeMissing' : 'scopeNeverMatches');
}

/** Why a scope of a method may not match a token that carries the same one; undefined where it matches. */
function doubtOf(scope: Value<string>): Unknown | undefined {
  if (UNVERIFIED_METHOD_SCOPES.includes(scope)) {
    return { unknown: `whether API Gateway matches the scope ${String(scope)} is not verified` };
  }
  return isUnknown(scope) && !isSurelyCustomScope(scope) ? { unknown: scope.unknown } : undefined;
}

function allow(method: Method, reason: AllowReason): Decision {
  return { verdict: 'allow', reason, method: method.id, scopes: [] };
}

function deny(method: Method, reason: DenyReason): Decision {
  return { verdict: 'deny', reason, method: method.id };
}

function unknown(method: Method, reason: Unknown): Decision {
  return { verdict: 'unknown', reason: { unknown: reason.unknown }, method: method.id };
}
