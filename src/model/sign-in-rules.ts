import { expectedNames } from './nearest';
import type { Problem } from './problem';

const MINUTE = 60;

/** Shortest and longest life of one step of an SDK sign-in, in seconds (API reference of CreateUserPoolClient, `AuthSessionValidity`). */
const AUTH_SESSION_RANGE = { min: 3 * MINUTE, max: 15 * MINUTE };

/** Longest grace period of refresh token rotation, in seconds (API reference, `RefreshTokenRotationType`). */
const MAX_GRACE_PERIOD = 60;

/** Whether an address is verified is for Cognito to say: it refuses clients that may write these. */
const UNWRITABLE_ATTRIBUTES = ['email_verified', 'phone_number_verified'];

/** The attributes that every user pool has (developer guide of Cognito, «Working with user attributes»), which clients read and write. */
const STANDARD_ATTRIBUTES = [
  'address', 'birthdate', 'email', 'email_verified', 'family_name', 'gender', 'given_name', 'locale', 'middle_name', 'name', 'nickname',
  'phone_number', 'phone_number_verified', 'picture', 'preferred_username', 'profile', 'updated_at', 'website', 'zoneinfo',
];

/** An attribute that the user pool was given, by its full name. */
const CUSTOM_ATTRIBUTE = /^(dev:)?custom:./;

/** Returns whether users can have an attribute of this name: a standard one other than `sub`, or one that the user pool was given. */
export function isUserAttribute(name: string): boolean {
  return STANDARD_ATTRIBUTES.includes(name) || CUSTOM_ATTRIBUTE.test(name);
}

/** Checks that SDK sign-in, where it is asked for, has a flow. */
export function checkAuthFlows(client: string, flows: readonly string[]): Problem[] {
  if (flows.length > 0) return [];
  return [{
    code: 'AuthFlows',
    subject: `SDK sign-in of client "${client}"`,
    wrong: 'has no flow',
    expected: 'at least one flow that is true',
    fix: 'choose a flow, or remove authFlows',
  }];
}

/** Checks how long one step of an SDK sign-in may take, in seconds. */
export function checkAuthSession(client: string, seconds: number): Problem[] {
  const { min, max } = AUTH_SESSION_RANGE;
  if (seconds >= min && seconds <= max && seconds % MINUTE === 0) return [];
  return [{
    code: 'AuthSessionValidity',
    subject: `sign-in session of client "${client}"`,
    wrong: seconds < min ? 'is too short' : seconds > max ? 'is too long' : 'is not a whole number of minutes',
    got: `${seconds} seconds`,
    expected: '3 to 15 minutes, in whole minutes',
    fix: 'choose a duration in the range',
  }];
}

/**
 * Checks refresh token rotation.
 *
 * It excludes the flow `ALLOW_REFRESH_TOKEN_AUTH` (Cognito developer guide, «Refresh tokens»), and a client that lists no flows gets
 * Cognito's default, which has it. That an empty list counts as none is not verified; it is the reading that cannot fail.
 *
 * @param seconds grace period
 * @param flows SDK sign-in flows of the client
 */
export function checkRotation(client: string, seconds: number, flows: readonly string[] | undefined): Problem[] {
  const subject = `refresh token rotation of client "${client}"`;
  const problems: Problem[] = [];
  if (seconds > MAX_GRACE_PERIOD || !Number.isInteger(seconds)) {
    problems.push({
      code: 'RefreshTokenRotation',
      subject,
      wrong: seconds > MAX_GRACE_PERIOD ? 'has a grace period that is too long' : 'has a grace period that is not a whole number of seconds',
      got: `${seconds} seconds`,
      expected: `0 to ${MAX_GRACE_PERIOD} whole seconds`,
      fix: 'choose a duration in the range',
    });
  }
  if (flows === undefined) {
    problems.push({
      code: 'RefreshTokenRotation',
      subject,
      wrong: 'is asked for without SDK sign-in flows',
      expected: 'a flow other than ALLOW_REFRESH_TOKEN_AUTH, which rotation excludes and which Cognito adds where there are none',
      fix: 'pass authFlows, such as { adminUserPassword: true }, which only AWS credentials can use',
    });
  }
  return problems;
}

/** Checks the names of the identity providers of a client. */
export function checkIdentityProviders(client: string, names: readonly string[]): Problem[] {
  const subject = `client "${client}"`;
  if (names.length === 0) {
    return [{
      code: 'IdentityProviders',
      subject,
      wrong: 'lists no identity provider',
      expected: 'at least one, such as UserPoolClientIdentityProvider.COGNITO',
      fix: 'list one, or remove identityProviders',
    }];
  }
  if (names.includes('')) {
    return [{
      code: 'IdentityProviders', subject, wrong: 'lists an identity provider without a name', expected: 'the name that the user pool has for it', fix: 'name it, or remove it',
    }];
  }
  const twice = new Set(names.filter((name, position) => names.indexOf(name) !== position));
  return [...twice].map((name) => ({
    code: 'IdentityProviders',
    subject,
    wrong: 'lists an identity provider twice',
    got: name,
    expected: 'each identity provider once',
    fix: 'remove one of them',
  }));
}

/** Checks the user attributes that a client may read or write. */
export function checkClientAttributes(client: string, right: 'read' | 'write', attributes: readonly string[]): Problem[] {
  const subject = `${right} attributes of client "${client}"`;
  if (attributes.length === 0) {
    return [{
      code: 'ClientAttributes',
      subject,
      wrong: 'are an empty set',
      expected: 'at least one attribute',
      fix: `name attributes, or remove ${right}Attributes`,
    }];
  }
  const unknown = attributes.filter((attribute) => !isUserAttribute(attribute));
  const unwritable = right === 'read' ? [] : attributes.filter((attribute) => UNWRITABLE_ATTRIBUTES.includes(attribute));
  return [
    ...unknown.map((attribute): Problem => ({
      code: 'ClientAttributes',
      subject,
      wrong: 'name one that is neither a standard nor a custom attribute',
      got: attribute,
      expected: `${expectedNames(attribute, STANDARD_ATTRIBUTES, 'a standard attribute')}, or custom: and a name`,
      fix: 'correct the name',
    })),
    ...unwritable.map((attribute): Problem => ({
      code: 'ClientAttributes',
      subject,
      wrong: 'name one that no client may write',
      got: attribute,
      expected: `attributes other than ${UNWRITABLE_ATTRIBUTES.join(' and ')}`,
      fix: 'remove the attribute',
    })),
  ];
}
