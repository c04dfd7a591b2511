import { readFileSync } from 'node:fs';
import type { Cognito } from './cognito/cognito';
import type { LivePool } from './cognito/live-pool';
import { authenticateUser, findUser } from './cognito/users';
import { readUsersFile } from './cognito/users-file';
import type { TokenAnswer, TokenQuestion, UserQuestion } from './control';
import type { SignInQuestion } from './page/page-sandbox';
import { findClient } from '../analysis/find';
import { expectedNames } from '../model/nearest';
import { ProblemError, failOn, type Problem } from '../model/problem';

/**
 * Adds the users of a file; users who are there already, such as those of an earlier run, get their password and attributes from it.
 * Users with a mistake are left out; the result says what is wrong with them.
 *
 * @throws ProblemError `UsersFile` where the file cannot be read at all
 */
export async function addUsersOf(file: string, cognito: Cognito): Promise<readonly Problem[]> {
  const { users, problems } = readUsersFile(textOf(file), file, cognito.pools.values());
  for (const { pool, user } of users) await cognito.addUser(pool, user);
  return problems;
}

/**
 * Adds a user whom somebody makes on the page.
 *
 * @throws ProblemError `UserPoolUnknown`, `UserExists`
 */
export async function addNewUser(cognito: Cognito, { userPool, username, password }: UserQuestion): Promise<void> {
  const pool = cognito.pools.get(userPool);
  if (pool === undefined) {
    throw new ProblemError([{
      code: 'UserPoolUnknown',
      subject: 'user pool',
      wrong: 'is none of the sandbox',
      got: userPool,
      expected: expectedNames(userPool, [...cognito.pools.keys()], 'a template with user pools'),
      fix: 'use the id of a user pool',
    }]);
  }
  failOn(newUserProblems(pool, username, password));
  if (!await cognito.createUser(pool, { username, password })) failOn(newUserProblems(pool, username, password));
}

/**
 * Tokens of a client for a user who gives a password.
 *
 * @throws ProblemError `SignIn`, and what `tokenFor` throws
 */
export async function signIn(
  cognito: Cognito, { client, username, password, scopes }: SignInQuestion, tokenFor: (question: TokenQuestion) => Promise<TokenAnswer>,
): Promise<TokenAnswer> {
  const found = findClient(cognito.accessModel(), client);
  if ('problems' in found) throw new ProblemError(found.problems);
  const pool = [...cognito.pools.values()].find(({ id }) => id === found.found.userPool);
  const user = pool === undefined ? 'unknownUser' : await authenticateUser(pool, username, password);
  if (typeof user === 'string') {
    throw new ProblemError([{
      code: 'SignIn',
      subject: 'sign-in',
      wrong: user === 'newPasswordRequired' ? 'needs a new password first' : 'is refused: incorrect username or password',
      expected: 'name and password of a user of the user pool',
      fix: 'correct them, or make a user',
    }]);
  }
  return tokenFor({ client, user: user.username, ...(scopes && { scopes }) });
}

function newUserProblems(pool: LivePool, username: string, password: string) {
  const problem = (wrong: string, expected: string, fix: string) => [{ code: 'UserExists' as const, subject: 'user', wrong, expected, fix }];
  if (username === '' || password === '') return problem('has no name or no password', 'a name and a password', 'give both');
  return findUser(pool, username) === undefined ? [] : problem('exists already', 'a name that is free', 'sign in as the user, or take another name');
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ProblemError([{
      code: 'UsersFile',
      subject: `users file ${file}`,
      wrong: 'cannot be read',
      got: (error as NodeJS.ErrnoException).code,
      expected: 'a list of users in JSON or YAML',
      fix: 'correct --users',
    }]);
  }
}
