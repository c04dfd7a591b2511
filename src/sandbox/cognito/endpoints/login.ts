import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { answerOutcome, signInAndReturn } from './authorize';
import { formOf } from './token';
import { readAuthorizationRequest, type AuthorizationRequest } from '../authorization-request';
import type { CognitoContext } from '../cognito-context';
import type { Csrf } from '../csrf';
import type { LivePool, LiveUser } from '../live-pool';
import type { OAuthEnv } from '../oauth-env';
import { isOAuthError } from '../oauth-error';
import { loginPage } from '../pages/login-page';
import { answerPage } from '../pages/page';
import { SESSION_SECONDS } from '../sessions';
import { authenticateUser, createUser, findUser } from '../users';

const CSRF_COOKIE = 'sandbox-csrf';
/** Most characters of a user name and of a password (cognito-idp service model, UsernameType and PasswordType). */
const MAX_USERNAME_CHARACTERS = 128;
const MAX_PASSWORD_CHARACTERS = 256;
/** Letters, marks, symbols, digits and punctuation: no space and no control character (same model). */
const USERNAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u;

/** A sign-in that did not succeed. */
interface Failure {
  readonly status: 400 | 403;
  /** For the user. */
  readonly error: string;
  readonly username?: string;
}

/** GET and POST `/login`, with the parameters of `/oauth2/authorize`: the sign-in page and its form. */
export async function loginEndpoint(context: CognitoContext, csrf: Csrf, c: Context<OAuthEnv>): Promise<Response> {
  const { search } = new URL(c.req.url);
  const outcome = readAuthorizationRequest(context, c.get('pool'), search);
  if (outcome.kind !== 'request') return answerOutcome(c, outcome);
  const { request } = outcome;
  c.set('client', request.client.name);
  if (c.req.method !== 'POST') {
    c.set('reason', 'sign-in page');
    return showPage(csrf, c, request, search);
  }
  const user = await userOfForm(context, csrf, c);
  if ('error' in user) {
    c.set('reason', user.error);
    return showPage(csrf, c, request, search, user);
  }
  c.set('reason', `${user.username} signed in`);
  return signInAndReturn(context, c, request, user);
}

function showPage(csrf: Csrf, c: Context<OAuthEnv>, request: AuthorizationRequest, search: string, failure?: Failure): Promise<Response> {
  const pool = c.get('pool');
  const cookie = csrf.cookieFor(getCookie(c, CSRF_COOKIE));
  setCookie(c, CSRF_COOKIE, cookie, { path: `/${pool.poolId}`, httpOnly: true, sameSite: 'Lax', maxAge: SESSION_SECONDS });
  return answerPage(c, failure?.status ?? 200, loginPage({
    pool,
    client: request.client.name,
    action: `/${pool.poolId}/login${search}`,
    csrf: csrf.formValue(cookie),
    redirectUri: request.redirectUri,
    username: failure?.username ?? request.loginHint,
    error: failure?.error,
  }));
}

async function userOfForm(context: CognitoContext, csrf: Csrf, c: Context<OAuthEnv>): Promise<LiveUser | Failure> {
  const form = await formOf(c);
  if (isOAuthError(form)) return { status: 400, error: 'The form was not readable. Try again.' };
  if (!csrf.matches(getCookie(c, CSRF_COOKIE), form.get('csrf'))) return { status: 403, error: 'The form was too old, or not from this page. Try again.' };
  const username = form.get('username')?.trim() ?? '';
  const password = form.get('password') ?? '';
  if (username === '' || password === '') return { status: 400, error: 'Enter a username and a password.', username };
  if (username.length > MAX_USERNAME_CHARACTERS || password.length > MAX_PASSWORD_CHARACTERS) {
    return { status: 400, error: 'A username has at most 128 characters, a password at most 256.' };
  }
  if (!USERNAME.test(username)) return { status: 400, error: 'A username has no spaces.' };
  return form.get('action') === 'create' ? newUser(context, c.get('pool'), username, password) : signIn(c.get('pool'), username, password);
}

async function newUser({ clock }: CognitoContext, pool: LivePool, username: string, password: string): Promise<LiveUser | Failure> {
  const taken: Failure = { status: 400, error: 'A user of this name exists already. Sign in, or choose another name.', username };
  if (findUser(pool, username) !== undefined) return taken;
  const isAddress = username.includes('@');
  if (pool.usernameAttributes.length > 0 && !isAddress && !username.startsWith('+')) {
    return { status: 400, error: `Users of this pool sign in with ${pool.usernameAttributes.join(' or ').replace('_', ' ')}. Enter one as the username.`, username };
  }
  const user = await createUser(pool, { username, password, ...(isAddress && { attributes: { email: username, email_verified: 'true' } }) }, clock());
  return user ?? taken;
}

async function signIn(pool: LivePool, username: string, password: string): Promise<LiveUser | Failure> {
  const user = await authenticateUser(pool, username, password);
  if (user === 'disabled') return { status: 400, error: 'The user is disabled.', username };
  if (user === 'newPasswordRequired') return { status: 400, error: 'The user has a temporary password. Set a lasting one with AdminSetUserPassword.', username };
  // The page lists the users, so there is nothing to hide; Cognito's text is the same for both.
  return typeof user === 'string' ? { status: 400, error: 'Incorrect username or password.', username } : user;
}
