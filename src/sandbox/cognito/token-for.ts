import { randomBytes } from 'node:crypto';
import type { CognitoContext } from './cognito-context';
import { obtains, requestedScopes } from './granted-scopes';
import type { LiveClient, LivePool, LiveUser } from './live-pool';
import { machineTokens } from './machine-tokens';
import { attributesOfScope, unreadableScope } from './readable-attributes';
import { isMachineSource } from './sources';
import { signInTokens, type IssuedTokens } from './user-tokens';
import { createUser, findUser } from './users';
import { findClient } from '../../analysis/find';
import { expectedNames } from '../../model/nearest';
import type { Problem } from '../../model/problem';
import type { TokenSource } from '../../model/tokens';

/** What tokens somebody wants for a client. */
export interface TokenWish {
  /** Default all of the client's. */
  readonly scopes?: readonly string[];
  /** Name of the user who signs in; default the first of the user pool, made where there is none. */
  readonly user?: string;
}

/** Tokens, with how they came about, or why there are none. */
export type TokenAnswer =
  | { readonly tokens: IssuedTokens; readonly source: TokenSource; readonly pool: LivePool; readonly client: LiveClient; readonly user?: string }
  | { readonly problems: readonly Problem[] };

/** Name of the user whom the sandbox makes where a user pool has none. */
const FIRST_USER = 'user';

/** The ways to a token, the first that the client has is taken. */
export const SOURCES: readonly TokenSource[] = ['client_credentials', 'clientToken', 'code', 'implicit', 'sdkSignIn'];

/**
 * Obtains tokens for a client as the client itself would, without its secret and without a password: for the page, the command line
 * and tests, which have the sandbox in their hands anyway.
 *
 * @param name id, client id or name of the client
 */
export async function tokenFor(context: CognitoContext, name: string, { scopes, user }: TokenWish = {}): Promise<TokenAnswer> {
  const model = context.model.current();
  const found = findClient(model, name);
  if ('problems' in found) return found;
  const [pool, client] = liveClientOf(context, found.found.id);
  if (pool === undefined || client === undefined) return { problems: [notRunning(name)] };
  const sources = SOURCES.filter((each) => obtains(model, client, each, 'access'));
  const source = sources.find((each) => user === undefined || !isMachineSource(each));
  if (source === undefined) return { problems: [sources.length === 0 ? withoutToken(name) : withoutUser(name)] };
  // SDK sign-in asks for no scopes.
  if (source === 'sdkSignIn' && scopes !== undefined) return { problems: [scopeAtSignIn(name, scopes.join(' '))] };
  const asked = requestedScopes(client, source, scopes?.join(' '));
  if ('refused' in asked) return { problems: [scopeNotGranted(name, asked.refused, client.scopes)] };
  if (isMachineSource(source)) {
    const tokens = await machineTokens(context, pool, client, source, scopes?.join(' '));
    return 'error' in tokens ? { problems: [withoutToken(name)] } : { tokens, source, pool, client };
  }
  const unreadable = source === 'code' ? unreadableScope(client, asked.scopes) : undefined;
  if (unreadable !== undefined) return { problems: [scopeNotReadable(name, unreadable)] };
  const signsIn = user === undefined ? await firstUser(pool, context.clock()) : findUser(pool, user);
  if (signsIn === undefined) return { problems: [userUnknown(pool, user!)] };
  const tokens = await signInTokens(context, pool, client, { source, user: signsIn, scopes: asked.scopes });
  return { tokens, source, pool, client, user: signsIn.username };
}

function liveClientOf({ pools }: CognitoContext, id: string): [LivePool, LiveClient] | [] {
  for (const pool of pools.values()) {
    for (const client of pool.clients.values()) {
      if (client.id === id) return [pool, client];
    }
  }
  return [];
}

/** The first user of a user pool; a new one with a random password where there is none. */
async function firstUser(pool: LivePool, now: number): Promise<LiveUser> {
  for (const user of pool.users.values()) {
    if (user.enabled) return user;
  }
  const username = pool.usernameAttributes.includes('email') ? `${FIRST_USER}@example.com` : FIRST_USER;
  // Of several at once, the first makes the user for all.
  return await createUser(pool, { username, password: randomBytes(24).toString('base64url') }, now) ?? findUser(pool, username)!;
}

function notRunning(client: string): Problem {
  return {
    code: 'SandboxToken',
    subject: 'client',
    wrong: 'does not run, since its user pool is not known',
    got: client,
    expected: 'a client of a user pool of the templates',
    fix: 'give the parameter that names the user pool a default, or declare the user pool',
  };
}

function withoutToken(client: string): Problem {
  return {
    code: 'SandboxToken',
    subject: 'client',
    wrong: 'obtains no access token',
    got: client,
    expected: 'a client with an OAuth flow and its OAuth switch on, or with a flow of SDK sign-in',
    fix: 'give the client a flow in the template',
  };
}

function withoutUser(client: string): Problem {
  return {
    code: 'SandboxToken',
    subject: `client "${client}"`,
    wrong: 'obtains its tokens without a user',
    expected: 'a client of users, where one is named',
    fix: 'ask without a user',
  };
}

function scopeNotGranted(client: string, scope: string, scopes: readonly string[]): Problem {
  return {
    code: 'TokenScope',
    subject: `client "${client}"`,
    wrong: 'may not ask for a scope',
    got: scope,
    expected: expectedNames(scope, scopes, 'no scopes'),
    fix: 'ask for scopes of the client, or grant it the scope in the template',
  };
}

function scopeAtSignIn(client: string, scope: string): Problem {
  return {
    code: 'TokenScope',
    subject: `client "${client}"`,
    wrong: 'signs its users in by the SDK, and asks for a scope',
    got: scope,
    expected: 'no scopes',
    fix: 'ask without scopes, or give the client an OAuth flow in the template',
  };
}

function scopeNotReadable(client: string, scope: string): Problem {
  return {
    code: 'TokenScope',
    subject: `client "${client}"`,
    wrong: 'may not read all attributes of a scope that it asks for, and exchanging its code would fail',
    got: scope,
    expected: `${attributesOfScope(scope).join(' and ')} in ReadAttributes`,
    fix: 'let the client read them in the template, or ask for scopes without it',
  };
}

function userUnknown({ name, users }: LivePool, user: string): Problem {
  return {
    code: 'UserUnknown',
    subject: `user of user pool "${name}"`,
    wrong: 'does not exist',
    got: user,
    expected: expectedNames(user, [...users.keys()], 'a user from the users file or from the sign-in page'),
    fix: 'use the name of a user that exists, or make the user on the sign-in page',
  };
}
