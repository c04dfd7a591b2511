import type { AccessModel, Client, OAuthFlow } from './access-model';
import { indexOf } from './model-index';
import { COGNITO_ADMIN_SCOPE, isStandardScope } from './scope-grammar';
import { scopeStatus } from './scope-status';
import { identityOf, isKnown, isUnknown, sameText, type Unknown, type Value } from './value';

/** How a client obtains a token: an OAuth grant, SDK sign-in (`InitiateAuth`), or `GetClientToken`. */
export type TokenSource = OAuthFlow | 'sdkSignIn' | 'clientToken';

/** A token that a client can obtain, with all scopes that it may ask for. */
export interface ObtainableToken {
  readonly use: 'access' | 'id';
  readonly source: TokenSource;
  /** Id of the user pool that signs it. */
  readonly userPool: Value<string>;
  /** Scopes in the token; empty in ID tokens. An unknown element stands for any number of scopes. */
  readonly scopes: readonly Value<string>[];
  /**
   * Those of the scopes that only the pre token generation trigger adds, by its declaration. The trigger decides at run
   * time which callers get them. Absent where there are none.
   */
  readonly byTrigger?: readonly Value<string>[];
  /** Set where the caller can give the token an audience of its choice. */
  readonly audience?: Unknown;
  /** Set where it cannot be known whether the client obtains this token. */
  readonly condition?: Unknown;
}

/*
 * Authentication flows of Cognito that sign a user in through the API, with their older names
 * (ExplicitAuthFlowsType, botocore 1.43.107). Refreshing alone signs nobody in.
 */
const SIGN_IN_FLOWS = [
  'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_USER_AUTH',
  'USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH', 'CUSTOM_AUTH_FLOW_ONLY',
];
/** Scopes that come only together with `openid` (Cognito developer guide, «The redirect and authorization endpoint»). */
export const SCOPES_WITH_OPENID: readonly string[] = ['email', 'phone', 'profile'];
const CLIENT_TOKEN_FLOW = 'ALLOW_CLIENT_TOKEN_AUTH';
/**
 * What Cognito takes where a client lists no flows (API reference of CreateUserPoolClient, `ExplicitAuthFlows`). That an empty list
 * counts as none is not verified; it is the reading that hides no token.
 */
const DEFAULT_AUTH_FLOWS = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'];

/**
 * The tokens that a client can obtain.
 *
 * - Client credentials and `GetClientToken`: an access token with the active custom scopes.
 * - Code and implicit grant: an access token with the active scopes and, with `openid`, an ID token.
 * - SDK sign-in: an access token with `aws.cognito.signin.user.admin` only, and an ID token.
 *
 * A pre token generation trigger adds the scopes that it is declared to add; without a declaration it may add any. It may also
 * take scopes away, which is not part of the answer.
 *
 * The request for a user's token of the code or implicit grant can name a resource, which becomes the audience of the access
 * token. Cognito offers that on the feature plans Essentials and Plus, and only for these grants (Cognito developer guide,
 * «Scopes, M2M, and APIs with resource servers», resource binding, 2026).
 *
 * A client whose OAuth switch is off obtains no token of the OAuth grants. Where a scope may or may not be active, a
 * second, conditional token carries it.
 */
export function obtainableTokens(model: AccessModel, client: Client): ObtainableToken[] {
  const tokens = [...oauthTokens(model, client), ...apiTokens(model, client)];
  const { condition } = client;
  return condition === undefined ? tokens : tokens.map((each) => ({ ...each, condition: each.condition ?? condition }));
}

function oauthTokens(model: AccessModel, client: Client): ObtainableToken[] {
  if (client.oauth === false) return [];
  const off = isUnknown(client.oauth) ? { unknown: client.oauth.unknown } : undefined;
  const certain = new Set(client.flows.filter(isKnown));
  const open = client.flows.find(isUnknown);
  const tokens: ObtainableToken[] = [];
  for (const flow of ['client_credentials', 'code', 'implicit'] as const) {
    if (!certain.has(flow) && open === undefined) continue;
    const condition = off ?? (certain.has(flow) ? undefined : { unknown: (open as Unknown).unknown });
    if (flow === 'client_credentials') tokens.push(...machineTokens(model, client, flow, condition));
    else tokens.push(...userTokens(model, client, flow, condition));
  }
  return tokens;
}

function apiTokens(model: AccessModel, client: Client): ObtainableToken[] {
  const flows = client.authFlows?.length ? client.authFlows : DEFAULT_AUTH_FLOWS;
  const open = flows.find(isUnknown);
  const tokens: ObtainableToken[] = [];
  const signIn = flows.some((flow) => isKnown(flow) && SIGN_IN_FLOWS.includes(flow));
  if (signIn || open !== undefined) {
    const condition = signIn ? undefined : { unknown: (open as Unknown).unknown };
    const carried = withTrigger(model, client, [COGNITO_ADMIN_SCOPE], 'sdkSignIn');
    tokens.push(token(client, 'access', 'sdkSignIn', carried, condition), token(client, 'id', 'sdkSignIn', NOTHING, condition));
  }
  const clientToken = flows.includes(CLIENT_TOKEN_FLOW);
  if (clientToken || open !== undefined) {
    const condition = clientToken ? withoutSwitch(client) : { unknown: (open as Unknown).unknown };
    tokens.push(...machineTokens(model, client, 'clientToken', condition));
  }
  return tokens;
}

/** Documents and tests show `GetClientToken` only with the OAuth switch on. */
function withoutSwitch({ oauth }: Client): Unknown | undefined {
  if (isUnknown(oauth)) return { unknown: oauth.unknown };
  return oauth ? undefined : { unknown: 'whether GetClientToken gives tokens while the OAuth switch is off is not verified' };
}

function machineTokens(model: AccessModel, client: Client, source: TokenSource, condition?: Unknown): ObtainableToken[] {
  if (client.secret === false) return [];
  const withoutSecret = isUnknown(client.secret) ? { unknown: client.secret.unknown } : undefined;
  const { active, uncertain } = activeScopes(model, client);
  const custom = (scopes: readonly Value<string>[]) => scopes.filter((scope) => !isKnown(scope) || !isStandardScope(scope));
  return accessTokens(model, client, source, { active: custom(active), uncertain }, condition ?? withoutSecret);
}

function userTokens(model: AccessModel, client: Client, source: TokenSource, condition?: Unknown): ObtainableToken[] {
  const open = client.scopes.filter(isUnknown).find((scope) => sameText(scope, 'openid') === undefined);
  const audience = bindsResources(model, client) ? { audience: CHOSEN_AUDIENCE } : {};
  const tokens: ObtainableToken[] = accessTokens(model, client, source, withOpenid(client, activeScopes(model, client), open), condition)
    .map((each) => ({ ...each, ...audience }));
  if (client.scopes.includes('openid')) tokens.push(token(client, 'id', source, NOTHING, condition));
  else if (open !== undefined) tokens.push(token(client, 'id', source, NOTHING, condition ?? { unknown: open.unknown }));
  return tokens;
}

const CHOSEN_AUDIENCE: Unknown = { unknown: 'the request for the token can name a resource, which becomes its audience' };

/** A user pool without a plan has Essentials. It also takes a domain with managed login, which the model does not know. */
function bindsResources(model: AccessModel, { userPool }: Client): boolean {
  return !isKnown(userPool) || indexOf(model).userPools.get(userPool)?.plan !== 'LITE';
}

/** Leaves out the scopes that Cognito grants only together with `openid`, where the client does not have that; `open` may stand for it. */
function withOpenid(client: Client, { active, uncertain }: ActiveScopes, open: Unknown | undefined): ActiveScopes {
  if (client.scopes.includes('openid')) return { active, uncertain };
  const dependent = active.filter((scope) => isKnown(scope) && SCOPES_WITH_OPENID.includes(scope));
  return {
    active: active.filter((scope) => !dependent.includes(scope)),
    uncertain: open === undefined ? uncertain : [...uncertain, ...dependent.map((scope) => ({ scope, reason: { unknown: open.unknown } }))],
  };
}

interface ActiveScopes {
  readonly active: readonly Value<string>[];
  readonly uncertain: readonly { readonly scope: Value<string>; readonly reason: Unknown }[];
}

function activeScopes(model: AccessModel, client: Client): ActiveScopes {
  const active: Value<string>[] = [];
  const uncertain: { scope: Value<string>; reason: Unknown }[] = [];
  for (const scope of client.scopes) {
    const status = scopeStatus(model, client.userPool, scope);
    if (status === 'inactive') continue;
    // A scope of which nothing is known stays in the token as an unknown element.
    if (isUnknown(status) && identityOf(scope) !== undefined) uncertain.push({ scope, reason: status });
    else active.push(scope);
  }
  return { active, uncertain };
}

function accessTokens(
  model: AccessModel, client: Client, source: TokenSource, scopes: ActiveScopes, condition?: Unknown,
): ObtainableToken[] {
  const tokens = [token(client, 'access', source, withTrigger(model, client, scopes.active, source), condition)];
  if (scopes.uncertain.length > 0) {
    const all = [...scopes.active, ...scopes.uncertain.map(({ scope }) => scope)];
    tokens.push(token(client, 'access', source, withTrigger(model, client, all, source), condition ?? { unknown: scopes.uncertain[0].reason.unknown }));
  }
  return tokens;
}

/** The scopes in a token. */
type Carried = Pick<ObtainableToken, 'scopes' | 'byTrigger'>;

const NOTHING: Carried = { scopes: [] };

/**
 * Whether the pre token generation trigger of the client's user pool changes, or may change, the scopes of access tokens
 * from a source: those of users from V2_0 on, those of machines from V3_0 on (Cognito developer guide, «Pre token
 * generation Lambda trigger», 2026).
 */
export function triggerActsOn(model: AccessModel, client: Client, source: TokenSource): boolean {
  const trigger = isKnown(client.userPool) ? indexOf(model).userPools.get(client.userPool)?.tokenTrigger : undefined;
  if (trigger === undefined || trigger === 'V1_0') return false;
  return trigger !== 'V2_0' || (source !== 'client_credentials' && source !== 'clientToken');
}

/**
 * Adds what a pre token generation trigger adds, or may add.
 *
 * A trigger can also take scopes away (`scopesToSuppress`, which wins over `scopesToAdd`; same guide). What it takes, and from
 * whom, no template says: the token counts with all scopes, and the matrix notes its user pool.
 */
function withTrigger(model: AccessModel, client: Client, scopes: readonly Value<string>[], source: TokenSource): Carried {
  if (!triggerActsOn(model, client, source)) return { scopes };
  const pool = isKnown(client.userPool) ? indexOf(model).userPools.get(client.userPool) : undefined;
  const trigger = pool?.tokenTrigger;
  if (pool?.triggerScopes !== undefined && isKnown(trigger)) {
    const byTrigger = pool.triggerScopes.filter((scope) => !isKnown(scope) || !scopes.includes(scope));
    return byTrigger.length === 0 ? { scopes } : { scopes: [...scopes, ...byTrigger], byTrigger };
  }
  const version = isUnknown(trigger) ? 'a pre token generation trigger' : `the pre token generation trigger (${trigger})`;
  return { scopes: [...scopes, { unknown: `${version} of user pool ${pool?.id} can add scopes` }] };
}

function token(
  client: Client, use: 'access' | 'id', source: TokenSource, carried: Carried, condition?: Unknown,
): ObtainableToken {
  return { use, source, userPool: client.userPool, ...carried, ...(condition && { condition }) };
}
