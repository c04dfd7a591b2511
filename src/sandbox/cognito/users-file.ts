import { parseDocument } from 'yaml';
import type { LivePool } from './live-pool';
import { userFaults, userSubject } from './user-faults';
import type { NewUser } from './users';
import { expectedNames } from '../../model/nearest';
import type { Problem } from '../../model/problem';
import { listOf, mapOf, objectOf, STRING, type ShapeFault } from '../../model/shape';

/** A user of a users file, with the user pool that gets it. */
export interface ListedUser {
  readonly pool: LivePool;
  readonly user: NewUser;
}

/** What a users file says: the users without a mistake, and what is wrong with the others or with the whole. */
export interface ListedUsers {
  readonly users: readonly ListedUser[];
  readonly problems: readonly Problem[];
}

/** One element of the list. */
interface Entry {
  readonly username: string;
  readonly password: string;
  readonly userPool?: string;
  readonly email?: string;
  readonly groups?: readonly string[];
  readonly attributes?: { readonly [name: string]: string };
}

const ENTRY = objectOf(
  { username: STRING, password: STRING },
  { userPool: STRING, email: STRING, groups: listOf(STRING), attributes: mapOf(STRING) },
);
const USERS = listOf(ENTRY);

/**
 * Reads a users file, JSON or YAML: a list of `{ username, password, userPool?, email?, groups?, attributes? }`.
 *
 * `userPool` is the name, the id or the user pool id; it may be absent where there is one user pool. An address in `email` counts
 * as verified. Of two users whom one name finds the first is taken. No message holds a password.
 *
 * @param file what the file is called in messages
 */
export function readUsersFile(text: string, file: string, pools: Iterable<LivePool>): ListedUsers {
  const none = (found: Problem): ListedUsers => ({ users: [], problems: [found] });
  // What the parser says of an error quotes the file, and a password with it: only the line is told.
  const document = parseDocument(text, { prettyErrors: true, logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line;
    return none(problem(`users file ${file}`, `is neither JSON nor YAML${line === undefined ? '' : ` at line ${line}`}`, 'a list of users', 'correct the file'));
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    return none(problem(`users file ${file}`, 'has an alias', 'plain lists, maps and texts', 'write the value out'));
  }
  if (!Array.isArray(value)) return { users: [], problems: USERS.faults(value, '').map((fault) => shapeProblem(file, fault)) };
  const all = [...pools];
  const users: ListedUser[] = [];
  const problems: Problem[] = [];
  const checks = new Map(all.map((pool) => [pool, userFaults(pool.usernameAttributes)]));
  value.forEach((each: unknown, position) => {
    const faults = ENTRY.faults(each, `[${position}]`);
    problems.push(...faults.map((fault) => shapeProblem(file, fault)));
    if (faults.length > 0) return;
    const entry = each as Entry;
    const subject = `[${position}] of users file ${file}`;
    const pool = poolOf(entry, all);
    if (pool === undefined) {
      problems.push(poolProblem(subject, entry, all));
      return;
    }
    if (entry.username === '' || entry.password === '') {
      problems.push(problem(subject, 'has an empty username or password', 'texts with a character or more', 'write both'));
      return;
    }
    const user = userOf(entry);
    const fault = checks.get(pool)!(user);
    if (fault === undefined) users.push({ pool, user });
    else problems.push({ code: 'UsersFile', subject: userSubject(user.username, `[${position}]`, `users file ${file}`), ...fault });
  });
  return { users, problems };
}

/** Shows types only: the name of a wrong member may be a password at the wrong place. */
function shapeProblem(file: string, { place, wrong, got, expected }: ShapeFault): Problem {
  const subject = `${place === '' ? 'the content' : place} of users file ${file}`;
  return problem(subject, wrong, expected, 'correct the file', got?.startsWith('<a') ? got : undefined);
}

function poolOf({ userPool }: Entry, pools: readonly LivePool[]): LivePool | undefined {
  if (userPool === undefined) return pools.length === 1 ? pools[0] : undefined;
  return pools.find(({ id, poolId }) => id === userPool || poolId === userPool) ?? pools.find(({ name }) => name === userPool);
}

function userOf({ username, password, email, groups, attributes }: Entry): NewUser {
  return {
    username,
    password,
    ...(groups && { groups }),
    attributes: { ...(email !== undefined && { email, email_verified: 'true' }), ...attributes },
  };
}

function poolProblem(subject: string, { userPool }: Entry, pools: readonly LivePool[]): Problem {
  const names = pools.map(({ name }) => name);
  if (userPool === undefined) return problem(subject, 'names no user pool, and there is not exactly one', expectedNames('', names, 'a template with a user pool'), 'add userPool');
  return problem(subject, 'names a user pool that does not run', expectedNames(userPool, names, 'a template with a user pool'), 'use the name or id of one that does', userPool);
}

function problem(subject: string, wrong: string, expected: string, fix: string, got?: string): Problem {
  return { code: 'UsersFile', subject, wrong, ...(got !== undefined && { got }), expected, fix };
}
