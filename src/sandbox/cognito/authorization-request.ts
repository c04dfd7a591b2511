import type { CognitoContext } from './cognito-context';
import { readForm } from './form';
import { bindsAudience, obtains, refusedScopeReason, requestedScopes } from './granted-scopes';
import type { LiveClient, LivePool } from './live-pool';
import { isOAuthError } from './oauth-error';
import { checkCallbackUrls } from '../../model/client-rules';
import { SCOPES_WITH_OPENID } from '../../model/tokens';

/** A request for an authorization code, or for tokens at once, that may go on to sign-in. */
export interface AuthorizationRequest {
  readonly client: LiveClient;
  readonly source: 'code' | 'implicit';
  /** One of the client's callback URLs. */
  readonly redirectUri: string;
  /** The scopes asked for. */
  readonly scopes: readonly string[];
  readonly state?: string;
  readonly nonce?: string;
  readonly challenge?: string;
  /** The audience of the access token, from resource binding. */
  readonly audience?: string;
  readonly prompt?: string;
  readonly loginHint?: string;
}

/** What a request for authorization leads to. */
export type AuthorizationOutcome =
  | { readonly kind: 'request'; readonly request: AuthorizationRequest }
  /** Back to the client with an error. */
  | { readonly kind: 'redirect'; readonly location: string; readonly client: LiveClient; readonly reason: string }
  /** Nobody to go back to: the error page. */
  | { readonly kind: 'page'; readonly error: PageError; readonly clientId?: string; readonly reason: string };

/** Errors that the error page shows (`/error?error=…`), as observed by users of the service. */
export type PageError = 'invalid_request' | 'redirect_mismatch';

/** Values of `prompt` (same page as below). */
const PROMPTS: readonly string[] = ['none', 'login', 'select_account', 'consent'];
/** The users of the user pool itself, as `identity_provider`. */
const LOCAL_PROVIDER = 'COGNITO';

/** S256 of a verifier: 43 characters (RFC 7636, 4.2). */
const CODE_CHALLENGE = /^[\w-]{43}$/;

/** Reads the query of `/oauth2/authorize` and `/login` («The redirect and authorization endpoint» of the Cognito developer guide). */
export function readAuthorizationRequest(context: CognitoContext, pool: LivePool, query: string): AuthorizationOutcome {
  const parameters = readForm(query);
  if (isOAuthError(parameters)) return { kind: 'page', error: 'invalid_request', reason: parameters.reason };
  const clientId = parameters.get('client_id');
  const client = clientId === undefined ? undefined : pool.clients.get(clientId);
  if (client === undefined) {
    const reason = clientId === undefined ? 'client_id is missing' : 'no client of the user pool has this client id';
    return { kind: 'page', error: 'invalid_request', reason };
  }
  const redirectUri = parameters.get('redirect_uri') ?? onlyRedirectUri(client);
  if (redirectUri === undefined || !client.callbackUrls.includes(redirectUri)) {
    const reason = redirectUri === undefined ? 'redirect_uri is missing, and the client has no default' : 'redirect_uri is none of the callback URLs of the client';
    return { kind: 'page', error: redirectUri === undefined ? 'invalid_request' : 'redirect_mismatch', clientId: client.clientId, reason };
  }
  const type = parameters.get('response_type');
  const state = parameters.get('state');
  const back = (error: string, reason: string, description?: string): AuthorizationOutcome => ({
    kind: 'redirect', client, reason, location: errorLocation(redirectUri, type === 'token', { error, description, state }),
  });
  if (type !== 'code' && type !== 'token') return back('invalid_request', 'response_type is neither code nor token');
  const source = type === 'code' ? 'code' : 'implicit';
  const model = context.model.current();
  if (!obtains(model, client, source, 'access')) return back('unauthorized_client', `the client does not have the ${source} grant, or its OAuth switch is off`);
  const challenge = parameters.get('code_challenge');
  const method = parameters.get('code_challenge_method');
  if ((challenge === undefined) !== (method === undefined)) return back('invalid_request', 'one of code_challenge and code_challenge_method is missing');
  if (method !== undefined && method !== 'S256') return back('invalid_request', 'code_challenge_method is not S256');
  if (challenge !== undefined && !CODE_CHALLENGE.test(challenge)) return back('invalid_request', 'code_challenge is not what S256 makes');
  const asked = requestedScopes(client, source, parameters.get('scope'));
  if ('refused' in asked) return back('invalid_request', refusedScopeReason(pool, asked.refused), 'invalid_scope');
  // A client that names no scope asks for all of its own, and gets those that it can.
  const dependent = parameters.has('scope') && !asked.scopes.includes('openid') ? asked.scopes.find((scope) => SCOPES_WITH_OPENID.includes(scope)) : undefined;
  // That this fails, and how, is «unverified».
  if (dependent !== undefined) return back('invalid_request', `the scope ${dependent} can only be asked for together with openid`, 'invalid_scope');
  const prompt = parameters.get('prompt');
  // What the service answers to these two is «unverified» as well.
  if (prompt !== undefined && !PROMPTS.includes(prompt)) return back('invalid_request', `prompt is none of ${PROMPTS.join(', ')}`);
  if ((parameters.get('identity_provider') ?? LOCAL_PROVIDER) !== LOCAL_PROVIDER || parameters.has('idp_identifier')) {
    return back('invalid_request', 'the sandbox has no identity provider but the user pool itself (COGNITO)');
  }
  const resource = parameters.get('resource');
  if (resource !== undefined && checkCallbackUrls('', [resource]).length > 0) return back('invalid_request', 'resource is no URL that Cognito accepts');
  const audience = resource !== undefined && bindsAudience(model, client, source) ? resource : undefined;
  return {
    kind: 'request',
    request: {
      client,
      source,
      redirectUri,
      scopes: asked.scopes,
      ...defined({ state, nonce: parameters.get('nonce'), challenge, audience, prompt, loginHint: parameters.get('login_hint') }),
    },
  };
}

/** Where a request without a redirect URI leads (Cognito developer guide, «App clients»). */
function onlyRedirectUri({ defaultRedirectUri, callbackUrls }: LiveClient): string | undefined {
  return defaultRedirectUri ?? (callbackUrls.length === 1 ? callbackUrls[0] : undefined);
}

/**
 * The URL that takes an error back.
 *
 * With a description the order is that which users observe for scopes, `error_description`, `state`, `error`; the document has
 * `?error=invalid_scope` there.
 */
export function errorLocation(
  redirectUri: string, inFragment: boolean, { error, description, state }: { error: string; description?: string; state?: string },
): string {
  const parameters: [string, string | undefined][] = description === undefined
    ? [['error', error], ['state', state]]
    : [['error_description', description], ['state', state], ['error', error]];
  return withParameters(redirectUri, inFragment, parameters);
}

/** Adds parameters to a redirect URI, behind those that it has. */
export function withParameters(redirectUri: string, inFragment: boolean, parameters: readonly [string, string | undefined][]): string {
  const text = new URLSearchParams(parameters.filter((each): each is [string, string] => each[1] !== undefined)).toString();
  const uri = asciiUri(redirectUri);
  if (inFragment) return `${uri}#${text}`;
  return `${uri}${uri.includes('?') ? '&' : '?'}${text}`;
}

/** A URI as a header can carry it: other characters than those of ASCII in percent-encoding, all else as it is. */
export function asciiUri(uri: string): string {
  // By way of a buffer, since half a surrogate pair cannot be encoded.
  return uri.replace(/[^\x21-\x7e]+/g, (characters) => encodeURIComponent(Buffer.from(characters).toString()));
}

function defined<T extends object>(members: T): { [key in keyof T]?: Exclude<T[key], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as { [key in keyof T]?: Exclude<T[key], undefined> };
}
