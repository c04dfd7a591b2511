import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import {
  errorLocation, readAuthorizationRequest, withParameters, type AuthorizationOutcome, type AuthorizationRequest,
} from '../authorization-request';
import type { CognitoContext } from '../cognito-context';
import type { LiveClient, LivePool, LiveUser } from '../live-pool';
import type { OAuthEnv } from '../oauth-env';
import { errorPage } from '../pages/error-page';
import { answerPage } from '../pages/page';
import { SESSION_SECONDS } from '../sessions';
import { signInTokens, type UserGrant } from '../user-tokens';

/** Name of the cookie of a session. */
export const SESSION_COOKIE = 'sandbox-session';

/** Prompts that want the sign-in page although there is a session. */
const PROMPTS_FOR_SIGN_IN = ['login', 'select_account'];

/** GET `/oauth2/authorize`: on to the sign-in page or, with a session, straight back. */
export async function authorizeEndpoint(context: CognitoContext, c: Context<OAuthEnv>): Promise<Response> {
  const pool = c.get('pool');
  const { search } = new URL(c.req.url);
  const outcome = readAuthorizationRequest(context, pool, search);
  if (outcome.kind !== 'request') return answerOutcome(c, outcome);
  const { request } = outcome;
  const { client, prompt } = request;
  c.set('client', client.name);
  const session = context.sessions.find(pool, getCookie(c, SESSION_COOKIE));
  if (session !== undefined && !PROMPTS_FOR_SIGN_IN.includes(prompt ?? '')) {
    c.set('reason', 'the user has a session');
    return c.redirect(await answerLocation(context, pool, request, session.user, session.authTime));
  }
  if (prompt === 'none') {
    c.set('reason', 'prompt is none, and the user has no session');
    return c.redirect(errorLocation(request.redirectUri, request.source === 'implicit', { error: 'login_required', state: request.state }));
  }
  c.set('reason', 'sign-in needed');
  return c.redirect(`/${pool.poolId}/login${search}`);
}

/** Answers a request that goes no further: back to the client, or to the error page. */
export function answerOutcome(c: Context<OAuthEnv>, outcome: Exclude<AuthorizationOutcome, { kind: 'request' }>): Response {
  if (outcome.kind === 'redirect') {
    c.set('client', outcome.client.name);
    c.set('reason', outcome.reason);
    return c.redirect(outcome.location);
  }
  const { error, clientId } = outcome;
  return toErrorPage(c, error, outcome.reason, clientId);
}

/** Leads to the error page, as Cognito does where it cannot lead back. */
export function toErrorPage(c: Context<OAuthEnv>, error: string, reason: string, clientId?: string): Response {
  c.set('reason', `${error}: ${reason}`);
  return c.redirect(withParameters(`/${c.get('pool').poolId}/error`, false, [['error', error], ['client_id', clientId]]));
}

/** GET `/error`. */
export function errorEndpoint(c: Context<OAuthEnv>): Promise<Response> {
  c.set('reason', 'the page for the error of the request before');
  return answerPage(c, 400, errorPage(c.req.query('error') ?? ''));
}

/** Signs a user in: sets the cookie of a new session, and leads back to the client. */
export async function signInAndReturn(
  context: CognitoContext, c: Context<OAuthEnv>, request: AuthorizationRequest, user: LiveUser,
): Promise<Response> {
  const pool = c.get('pool');
  const cookie = context.sessions.begin(pool, user);
  setCookie(c, SESSION_COOKIE, cookie, { path: `/${pool.poolId}`, httpOnly: true, sameSite: 'Lax', maxAge: SESSION_SECONDS });
  return c.redirect(await answerLocation(context, pool, request, user, Math.floor(context.clock() / 1000)));
}

/** Where a signed-in user goes: back with a code or, of the implicit grant, with tokens. */
async function answerLocation(
  context: CognitoContext, pool: LivePool, request: AuthorizationRequest, user: LiveUser, authTime: number,
): Promise<string> {
  const { client, source, redirectUri, scopes, state, nonce, challenge, audience } = request;
  const shared = { scopes, authTime, ...(nonce !== undefined && { nonce }), ...(audience !== undefined && { audience }) };
  if (source === 'implicit') return implicitLocation(context, pool, client, redirectUri, state, { ...shared, source, user });
  const code = context.codes.issue({
    ...shared,
    poolId: pool.poolId,
    clientId: client.clientId,
    redirectUri,
    username: user.username,
    sub: user.sub,
    ...(challenge !== undefined && { challenge }),
  });
  return withParameters(redirectUri, false, [['code', code], ['state', state]]);
}

async function implicitLocation(
  context: CognitoContext, pool: LivePool, client: LiveClient, redirectUri: string, state: string | undefined, grant: UserGrant,
): Promise<string> {
  const { accessToken, idToken, expiresIn } = await signInTokens(context, pool, client, grant);
  return withParameters(redirectUri, true, [
    ['id_token', idToken], ['access_token', accessToken], ['token_type', 'bearer'], ['expires_in', String(expiresIn)], ['state', state],
  ]);
}
