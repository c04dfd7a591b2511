import { isUserAttribute } from '../../model/sign-in-rules';

/** A user of a file, as far as it can be wrong. */
export interface FileUser {
  readonly username: string;
  readonly attributes?: { readonly [name: string]: string };
}

/** What is wrong with a user of a file. */
export interface UserFault {
  readonly wrong: string;
  readonly expected: string;
  readonly fix: string;
}

/**
 * Checks the users of one user pool in a file, one after the other: the function gives what is wrong with the next, if anything.
 *
 * An attribute of another name would be another claim of ID tokens. Two users whom one name finds would be one. Names are compared as
 * the sandbox finds users by them (`findUser`): case counts, as Cognito has it by default (API reference, `UsernameConfigurationType`).
 *
 * @param aliases attributes by which users sign in beside their name
 */
export function userFaults(aliases: readonly string[]): (user: FileUser) => UserFault | undefined {
  const taken = new Set<string>();
  return ({ username, attributes = {} }) => {
    if (!Object.keys(attributes).every(isUserAttribute)) {
      return {
        wrong: 'has an attribute that users cannot have',
        expected: 'standard attributes other than sub, and custom: with a name',
        fix: 'correct its name',
      };
    }
    const names = [username, ...aliases.map((alias) => attributes[alias] as string | undefined).filter((name) => name !== undefined)];
    if (names.some((name) => taken.has(name))) {
      return {
        wrong: 'has a name by which another user of the file signs in',
        expected: `one that no other has as ${['user name', ...aliases].join(' or ')}`,
        fix: 'change it, or remove one of the two',
      };
    }
    names.forEach((name) => taken.add(name));
    return undefined;
  };
}

/** What a user of a file is called in messages: on one line, and no longer than names are in Cognito. */
export function userSubject(username: string, place: string, file: string): string {
  return `user ${JSON.stringify(username.slice(0, 128))} (${place}) of ${file}`;
}
