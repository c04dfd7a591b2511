import { textOf } from './matrix-names';
import { knownPools } from './method-candidates';
import { foreignScopeOf } from './note-foreign-scopes';
import type { AccessModel, Client, Method } from '../model/access-model';
import { METHOD_SCOPE_THAT_NEVER_MATCHES, type DenyReason } from '../model/decide';
import { indexOf } from '../model/model-index';
import { isStandardScope } from '../model/scope-grammar';
import { scopeStatus } from '../model/scope-status';
import { isKnown } from '../model/value';

/** What to change so that the answer is no longer no: for the token that got furthest, or for a client without tokens. */
export function hintFor(model: AccessModel, client: Client | undefined, method: Method, reason: DenyReason | undefined): string | undefined {
  const scopes = method.access.kind === 'anyOf' ? method.access.scopes.map(textOf) : [];
  if (client === undefined && reason === 'noToken') {
    return scopes.length > 0 ? `call with an access token that carries ${anyOf(scopes)}` : 'call with the ID token of a signed-in user';
  }
  switch (reason) {
    case undefined:
    case 'noToken': return client === undefined ? undefined : withoutToken(client);
    case 'accessTokenRequired': return (client && scopeHint(model, client, scopes)) ?? 'call with an access token';
    case 'scopeMissing': return client && scopeHint(model, client, scopes);
    case 'idTokenRequired': return idTokenHint(client);
    case 'otherUserPool': return foreignScopeHint(model, method) ?? `use a client of ${poolsOf(model, method)}`;
    case 'updatedIssuer': return 'give the user pool the original issuer';
    case 'audienceMismatch': return 'remove the identity validation expression from the authorizer';
    case 'scopeNeverMatches': return 'give the method a custom scope';
    case 'apiKeyRequired': return 'send an API key of a usage plan of the stage';
    case 'iamRequired': return 'sign the request with AWS credentials that may invoke the method';
    case 'resourcePolicyDenies': return 'take the Deny of everybody out of the resource policy of the API';
    default: return undefined;
  }
}

/** Why the client lacks each scope of the method, where one change is enough. */
function scopeHint(model: AccessModel, client: Client, scopes: readonly string[]): string | undefined {
  const usable = scopes.filter((scope) => scope !== METHOD_SCOPE_THAT_NEVER_MATCHES);
  const granted = usable.filter((scope) => client.scopes.includes(scope));
  const inactive = granted.find((scope) => scopeStatus(model, client.userPool, scope) === 'inactive');
  if (inactive !== undefined) return `declare ${inactive} in its resource server again: the client has it, but tokens leave it out`;
  if (granted.length > 0 && client.oauth === false) return 'turn on AllowedOAuthFlowsUserPoolClient of the client: without it, Cognito ignores its scopes';
  if (granted.length > 0 && client.flows.length === 0) return 'give the client an OAuth flow';
  if (granted.some(isStandardScope) && client.flows.includes('client_credentials')) {
    return `give the method a custom scope: the client credentials grant does not issue ${granted.filter(isStandardScope).join(', ')}`;
  }
  if (usable.length === 0) return undefined;
  return client.oauth === false || client.flows.length === 0 ? hintWithoutOAuth(usable) : `grant the client ${anyOf(usable)}`;
}

/** A client without OAuth obtains no scope that it is granted; SDK sign-in gives it what a token trigger adds. */
function hintWithoutOAuth(scopes: readonly string[]): string {
  const custom = scopes.filter((scope) => !isStandardScope(scope));
  const trigger = custom.length > 0 ? `, or a token trigger that adds ${anyOf(custom)}` : '';
  return `use a client that signs in through the pages${trigger}: without OAuth, the client obtains no scope that it is granted`;
}

function idTokenHint(client: Client | undefined): string {
  if (client === undefined) return 'call with the ID token of a signed-in user';
  const signsIn = client.flows.some((flow) => flow === 'code' || flow === 'implicit');
  return signsIn
    ? 'grant the client openid, so that signing in gives an ID token'
    : 'use a client that signs users in, or give the method scopes: a client without users obtains no ID token';
}

function withoutToken(client: Client): string {
  if (client.oauth === false) return 'turn on AllowedOAuthFlowsUserPoolClient of the client: without it, Cognito grants no OAuth tokens';
  if (client.flows.length === 0) return 'give the client an OAuth flow';
  return client.secret === false ? 'give the client a secret: the client credentials grant needs one' : 'give the client an OAuth flow and scopes';
}

/** No client helps where the authorizer takes no tokens of the user pool that has the scope. */
function foreignScopeHint(model: AccessModel, method: Method): string | undefined {
  const pools = knownPools(model, method);
  const scopes = method.access.kind === 'anyOf' ? method.access.scopes : [];
  if (pools === undefined || scopes.length === 0) return undefined;
  const servers = scopes.map((scope) => foreignScopeOf(model, pools, scope));
  return servers.includes(undefined) ? undefined : `give the method an authorizer of user pool ${textOf(servers[0]!.userPool)}, which has the scope`;
}

function poolsOf(model: AccessModel, { access }: Method): string {
  const authorizer = 'authorizer' in access && isKnown(access.authorizer) ? indexOf(model).authorizers.get(access.authorizer) : undefined;
  const pools = authorizer?.userPools.map(textOf) ?? [];
  return pools.length > 0 ? `user pool ${pools.join(' or ')}` : 'a user pool of the authorizer';
}

function anyOf(scopes: readonly string[]): string {
  return scopes.length === 1 ? scopes[0] : `one of ${scopes.join(', ')}`;
}
