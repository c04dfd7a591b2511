import { randomUUID } from 'node:crypto';
import type { LivePool, LiveUser, PasswordHash } from './live-pool';
import { hashPassword, isPassword } from './passwords';

/** What a user begins with. */
export interface NewUser {
  /** Name by which the user signs in: an e-mail address or phone number where the user pool wants one. */
  readonly username: string;
  /** Absent for a user without one. */
  readonly password?: string;
  readonly attributes?: { readonly [name: string]: string };
  readonly groups?: readonly string[];
  /** Whether the password has to be changed at the first sign-in; default false. */
  readonly temporary?: boolean;
}

/** Why a sign-in fails. */
export type SignInRefusal = 'unknownUser' | 'wrongPassword' | 'disabled' | 'newPasswordRequired';

/**
 * Adds a user to a user pool, in place of one with the same name.
 *
 * Where users sign in with an e-mail address or phone number, Cognito makes up the user name and keeps what they sign in with
 * as an attribute.
 */
export async function addUser(pool: LivePool, user: NewUser, now: number): Promise<LiveUser> {
  const password = user.password === undefined ? undefined : await hashPassword(user.password);
  return setUser(pool, user, password, now);
}

/** Adds a user as `addUser` does; `undefined` where the name is taken. Of several at once with one name, one is added. */
export async function createUser(pool: LivePool, user: NewUser, now: number): Promise<LiveUser | undefined> {
  const password = user.password === undefined ? undefined : await hashPassword(user.password);
  return findUser(pool, user.username) === undefined ? setUser(pool, user, password, now) : undefined;
}

/** Waits for nothing: nobody takes the name between looking it up and setting it. */
function setUser(
  pool: LivePool, { username, attributes = {}, groups = [], temporary = false }: NewUser, password: PasswordHash | undefined, now: number,
): LiveUser {
  const sub = randomUUID();
  const alias = aliasOf(pool, username);
  const known = findUser(pool, username);
  const user: LiveUser = {
    username: known?.username ?? (alias === undefined ? username : sub),
    sub: known?.sub ?? sub,
    createdAt: known?.createdAt ?? now,
    updatedAt: now,
    attributes: { ...(alias !== undefined && { [alias]: username, [`${alias}_verified`]: 'true' }), ...attributes },
    groups,
    ...(password && { password }),
    status: temporary ? 'FORCE_CHANGE_PASSWORD' : 'CONFIRMED',
    enabled: true,
  };
  pool.users.set(user.username, user);
  return user;
}

/** Finds a user by name or, where users of the pool sign in with them, by e-mail address or phone number. */
export function findUser(pool: LivePool, name: string): LiveUser | undefined {
  return pool.users.get(name)
    ?? [...pool.users.values()].find(({ attributes }) => pool.usernameAttributes.some((attribute) => attributes[attribute] === name));
}

/** Checks name and password. Takes as long for a user who does not exist. */
export async function authenticateUser(pool: LivePool, username: string, password: string): Promise<LiveUser | SignInRefusal> {
  const user = findUser(pool, username);
  const matches = await isPassword(password, user?.password);
  if (user === undefined) return 'unknownUser';
  if (!matches) return 'wrongPassword';
  if (!user.enabled) return 'disabled';
  return user.status === 'FORCE_CHANGE_PASSWORD' ? 'newPasswordRequired' : user;
}

function aliasOf({ usernameAttributes }: LivePool, username: string): string | undefined {
  if (usernameAttributes.includes('email') && username.includes('@')) return 'email';
  if (usernameAttributes.includes('phone_number') && /^\+\d+$/.test(username)) return 'phone_number';
  return undefined;
}
