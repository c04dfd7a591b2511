import { ApiError } from './api-error';
import { flag, list, oneOf, optional, structure, text, whole, type Read } from './input';
import { ARN, REDIRECT_URL, SCOPES } from './members';
import { readValidities } from './token-validities';
import { checkCallbackUrls, MAX_URLS_PER_CLIENT } from '../../../model/client-rules';
import { isStandardScope, splitFullScopeName } from '../../../model/scope-grammar';
import { checkClientAttributes } from '../../../model/sign-in-rules';
import type { LiveClient, LivePool } from '../live-pool';

const TIME_UNIT = optional(oneOf('seconds', 'minutes', 'hours', 'days'));
const ATTRIBUTES = optional(list(text({ min: 1, max: 2048 })));
const ANALYTICS = structure({
  ApplicationArn: optional(ARN),
  ApplicationId: optional(text({ pattern: '[0-9a-fA-F]+' })),
  ExternalId: optional(text({ max: 131_072 })),
  RoleArn: optional(ARN),
  UserDataShared: optional(flag()),
});
const LEGACY_FLOWS = ['ADMIN_NO_SRP_AUTH', 'CUSTOM_AUTH_FLOW_ONLY', 'USER_PASSWORD_AUTH'] as const;
const CLIENT_TOKEN_FLOW = 'ALLOW_CLIENT_TOKEN_AUTH';
const REFRESH_FLOW = 'ALLOW_REFRESH_TOKEN_AUTH';

/** The settings of a client that can be given when it is made and when it is changed (cognito-idp service model, botocore 1.43.107). */
export const CLIENT_SETTINGS = {
  AccessTokenValidity: optional(whole({ min: 1, max: 86_400 })),
  AllowedOAuthFlows: optional(list(oneOf('code', 'implicit', 'client_credentials'), { max: 3 })),
  AllowedOAuthFlowsUserPoolClient: optional(flag()),
  AllowedOAuthScopes: optional(SCOPES),
  AnalyticsConfiguration: optional(ANALYTICS),
  AuthSessionValidity: optional(whole({ min: 3, max: 15 })),
  CallbackURLs: optional(list(REDIRECT_URL, { max: MAX_URLS_PER_CLIENT })),
  DefaultRedirectURI: optional(REDIRECT_URL),
  EnablePropagateAdditionalUserContextData: optional(flag()),
  EnableTokenRevocation: optional(flag()),
  // The service takes ALLOW_CLIENT_TOKEN_AUTH, which its model does not list.
  ExplicitAuthFlows: optional(list(oneOf(
    ...LEGACY_FLOWS, 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', REFRESH_FLOW,
    'ALLOW_USER_AUTH', CLIENT_TOKEN_FLOW,
  ))),
  IdTokenValidity: optional(whole({ min: 1, max: 86_400 })),
  LogoutURLs: optional(list(REDIRECT_URL, { max: MAX_URLS_PER_CLIENT })),
  PreventUserExistenceErrors: optional(oneOf('LEGACY', 'ENABLED')),
  ReadAttributes: ATTRIBUTES,
  RefreshTokenRotation: optional(structure({
    Feature: oneOf('ENABLED', 'DISABLED'), RetryGracePeriodSeconds: optional(whole({ min: 0, max: 60 })),
  })),
  RefreshTokenValidity: optional(whole({ min: 0, max: 315_360_000 })),
  SupportedIdentityProviders: optional(list(text({ min: 1, max: 32, pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\p{Z}]+' }))),
  TokenValidityUnits: optional(structure({ AccessToken: TIME_UNIT, IdToken: TIME_UNIT, RefreshToken: TIME_UNIT })),
  WriteAttributes: ATTRIBUTES,
};

/** What a call says of a client. */
export type ClientSettingsInput = { readonly [K in keyof typeof CLIENT_SETTINGS]: Read<typeof CLIENT_SETTINGS[K]> };

/** The settings of a client that runs. */
export type LiveClientSettings = Omit<LiveClient, 'id' | 'origin' | 'clientId' | 'createdAt' | 'updatedAt' | 'name' | 'secrets'>;

/**
 * Checks what a call says of a client, and gives what it leaves out its default: a change resets what it does not repeat (API
 * reference, UpdateUserPoolClient).
 *
 * Messages are those of the service where deployments have shown them; others are marked «unverified». Identity providers and custom
 * attributes of the user pool are not known here and not checked.
 */
export function readClientSettings(pool: LivePool, hasSecret: boolean, input: ClientSettingsInput): LiveClientSettings {
  const {
    AllowedOAuthFlows: flows = [], AllowedOAuthScopes: scopes = [], CallbackURLs: callbackUrls = [], LogoutURLs: logoutUrls = [],
    AllowedOAuthFlowsUserPoolClient: oauth = false, DefaultRedirectURI: defaultRedirectUri, ExplicitAuthFlows: authFlows = [],
    RefreshTokenRotation: rotation,
  } = input;
  checkFlows(flows, hasSecret);
  if (oauth && (flows.length === 0 || scopes.length === 0)) {
    // Which error carries the message is «unverified».
    throw invalid('AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.');
  }
  if (flows.some((flow) => flow !== 'client_credentials') && callbackUrls.length === 0) {
    throw invalid('CallbackUrls can not be empty when code flow or implicit flow is selected');
  }
  [...callbackUrls, ...logoutUrls].forEach(checkUrl);
  if (defaultRedirectUri !== undefined && !callbackUrls.includes(defaultRedirectUri)) {
    throw invalid(`The default redirect URI ${defaultRedirectUri} is not in the callback URIs list.`, 'the default redirect URI is none of the callback URLs');
  }
  const lost = scopes.find((scope) => !isStandardScope(scope) && !isDeclared(pool, scope));
  if (lost !== undefined) throw new ApiError('ScopeDoesNotExistException', `Invalid scope requested: ${lost}`, 'no resource server has one of the scopes');
  checkAuthFlows(authFlows, hasSecret, rotation?.Feature === 'ENABLED');
  if (input.EnablePropagateAdditionalUserContextData === true && !hasSecret) {
    throw invalid('Client Secret is required to set EnablePropagateAdditionalUserContextData as true');
  }
  checkAttributes('read', input.ReadAttributes);
  checkAttributes('write', input.WriteAttributes);
  return {
    oauth,
    flows,
    scopes: [...new Set(scopes)],
    authFlows: authFlows.length > 0 ? authFlows : undefined,
    callbackUrls,
    logoutUrls,
    defaultRedirectUri,
    ...readValidities(input),
    tokenRevocation: input.EnableTokenRevocation ?? true,
    refreshTokenRotation: rotation?.Feature === 'ENABLED' ? { graceSeconds: rotation.RetryGracePeriodSeconds ?? 0 } : undefined,
    hidesUserExistence: input.PreventUserExistenceErrors === 'ENABLED',
    readAttributes: input.ReadAttributes?.length ? input.ReadAttributes : undefined,
    unserved: unservedOf(input),
  };
}

/** The exception of a client that is refused for its settings. */
function invalid(message: string, reason?: string): ApiError {
  return new ApiError('InvalidParameterException', message, reason);
}

function checkFlows(flows: readonly string[], hasSecret: boolean): void {
  if (!flows.includes('client_credentials')) return;
  if (flows.some((flow) => flow !== 'client_credentials')) {
    throw new ApiError('InvalidOAuthFlowException', 'client_credentials flow can not be selected along with code flow or implicit flow.');
  }
  if (!hasSecret) {
    throw new ApiError('InvalidOAuthFlowException', 'client_credentials flow can not be selected if client does not have a client secret.');
  }
}

/** The rules of this library, which refuse a little more than the service is known to: schemes that a browser runs, and wildcards. */
function checkUrl(url: string): void {
  if (checkCallbackUrls('', [url]).length === 0) return;
  if (url.includes('#')) throw invalid(`${url} cannot use fragment`, 'a URL has a fragment');
  if (/^http:\/\//i.test(url)) throw invalid(`${url} cannot use the HTTP protocol.`, 'a URL uses http for a host other than loopback');
  // The words of the service are «unverified».
  throw invalid(`${url} is not a valid redirect URL.`, 'a URL is no redirect URL');
}

/** An external resource server may have more scopes than are known here. */
function isDeclared({ servers }: LivePool, scope: string): boolean {
  const parts = splitFullScopeName(scope);
  const server = parts && servers.get(parts.identifier);
  return server !== undefined && (server.origin === 'external' || server.scopes.some(({ name }) => name === parts?.name));
}

function checkAuthFlows(flows: readonly string[], hasSecret: boolean, rotates: boolean): void {
  const legacy = flows.filter((flow) => (LEGACY_FLOWS as readonly string[]).includes(flow));
  if (legacy.length > 0 && legacy.length < flows.length) {
    throw invalid("Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.");
  }
  // That these three are refused is documented, the words are «unverified».
  if (flows.includes(CLIENT_TOKEN_FLOW) && new Set(flows).size > 1) throw invalid(`${CLIENT_TOKEN_FLOW} cannot be used with other auth flows.`);
  if (flows.includes(CLIENT_TOKEN_FLOW) && !hasSecret) throw invalid(`Client Secret is required to use ${CLIENT_TOKEN_FLOW}.`);
  // Where a client lists no flows, it has Cognito's default, to which refreshing belongs.
  if (rotates && (flows.length === 0 || flows.includes(REFRESH_FLOW))) throw invalid(`Refresh token rotation cannot be used with ${REFRESH_FLOW}.`);
}

function checkAttributes(right: 'read' | 'write', attributes: readonly string[] = []): void {
  if (attributes.length > 0 && checkClientAttributes('', right, attributes).length > 0) {
    throw invalid(`Invalid ${right} attributes specified while creating a client`);
  }
}

const UNSERVED = [
  'AnalyticsConfiguration', 'AuthSessionValidity', 'EnablePropagateAdditionalUserContextData', 'SupportedIdentityProviders', 'TokenValidityUnits',
  'WriteAttributes',
] as const;

function unservedOf(input: ClientSettingsInput): LiveClient['unserved'] {
  return Object.fromEntries(UNSERVED.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]));
}
