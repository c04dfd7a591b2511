import { nearestNames } from './nearest';
import type { Problem } from './problem';
import type { ProblemCode } from './problem-codes';
import { fixedEnd, isKnown, symbolsOf, type Value } from './value';

/*
 * Shapes and limits of the Cognito service model (cognito-idp: ResourceServerIdentifierType,
 * ResourceServerScopeNameType, ScopeType; botocore 1.43.107) and of the page «Quotas in Amazon Cognito» (2026).
 */

/** Most characters of an identifier, a scope name, a description, and a full scope name. */
export const MAX_SCOPE_CHARACTERS = 256;
/** Most scopes of one resource server; not adjustable. */
export const MAX_SCOPES_PER_SERVER = 100;
/** Most scopes of one app client; not adjustable. */
export const MAX_SCOPES_PER_CLIENT = 50;
/** Most characters of the display name of an app client. */
export const MAX_CLIENT_NAME_CHARACTERS = 128;

/** Scopes that Cognito knows without a resource server. */
export const STANDARD_SCOPES = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'] as const;

/** The scope that tokens of SDK sign-in carry, and the only one. */
export const COGNITO_ADMIN_SCOPE = 'aws.cognito.signin.user.admin';

const IDENTIFIER_CHARACTER = /[\x21\x23-\x5B\x5D-\x7E]/;
/* The service matches `\s` as Java does: ASCII only. */
const DISPLAY_NAME = /^[\w \t\n\v\f\r+=,.@-]+$/;

/** A full scope name, taken apart at its last slash. */
export interface FullScopeName {
  readonly identifier: string;
  readonly name: string;
}

/** Returns whether `scope` is one of the scopes that Cognito knows without a resource server. */
export function isStandardScope(scope: string): boolean {
  return (STANDARD_SCOPES as readonly string[]).includes(scope);
}

/**
 * Returns whether `scope` is certainly one custom scope. An expression without a fixed slash may stand for a standard
 * scope, for several scopes, or for none.
 */
export function isSurelyCustomScope(scope: Value<string>): boolean {
  return isKnown(scope) ? !isStandardScope(scope) : fixedEnd(scope).includes('/') || symbolsOf(scope).includes('/');
}

/** Joins identifier and scope name. */
export function fullScopeName(identifier: string, name: string): string {
  return `${identifier}/${name}`;
}

/** Splits a full scope name at the last slash; undefined where a part would be empty. */
export function splitFullScopeName(scope: string): FullScopeName | undefined {
  const slash = scope.lastIndexOf('/');
  if (slash <= 0 || slash === scope.length - 1) return undefined;
  return { identifier: scope.slice(0, slash), name: scope.slice(slash + 1) };
}

/** Checks the identifier of a resource server. */
export function checkIdentifier(identifier: string): Problem[] {
  const subject = 'resource server identifier';
  const rule = 'printable ASCII without space, double quote and backslash';
  const text = checkText(identifier, subject, rule, IDENTIFIER_CHARACTER, {
    empty: 'IdentifierEmpty', length: 'IdentifierLength', charset: 'IdentifierCharset',
  });
  if (text.length > 0 || !/^aws\.cognito/i.test(identifier)) return text;
  return [{
    code: 'IdentifierReserved',
    subject,
    wrong: 'begins with a name that Cognito uses itself',
    got: identifier,
    expected: 'an identifier of your own',
    fix: 'choose a URL or name that does not begin with "aws.cognito"',
  }];
}

/** Checks the name of a scope: the part behind the last slash. */
export function checkScopeName(name: string): Problem[] {
  const subject = 'scope name';
  const rule = 'printable ASCII without space, double quote, backslash and slash';
  const text = checkText(name, subject, rule, IDENTIFIER_CHARACTER, {
    empty: 'ScopeNameEmpty', length: 'ScopeNameLength', charset: 'ScopeNameCharset',
  });
  if (!name.includes('/')) return text;
  const dotted = name.split('/').filter(Boolean).join('.') || 'photos.read';
  return [
    { code: 'ScopeNameSlash', subject, wrong: 'contains a slash', got: name, expected: rule, fix: `use a dot instead, such as "${dotted}"` },
    ...text,
  ];
}

/** Checks the description of a scope; `name` is the scope's. */
export function checkScopeDescription(name: string, description: string): Problem[] {
  const length = description.trim() === '' ? 0 : description.length;
  if (length >= 1 && length <= MAX_SCOPE_CHARACTERS) return [];
  return [{
    code: 'ScopeDescriptionLength',
    subject: `description of scope "${name}"`,
    wrong: length === 0 ? 'is empty' : 'is too long',
    got: `${length} characters`,
    expected: `1 to ${MAX_SCOPE_CHARACTERS} characters`,
    fix: 'say in a few words what the scope allows',
  }];
}

/** Checks that identifier and scope name together fit where clients and methods list them. */
export function checkFullScopeNameLength(identifier: string, name: string): Problem[] {
  const length = fullScopeName(identifier, name).length;
  if (length <= MAX_SCOPE_CHARACTERS) return [];
  return [{
    code: 'FullScopeNameLength',
    subject: `full name of scope "${name}"`,
    wrong: 'is too long',
    got: `${length} characters`,
    expected: `at most ${MAX_SCOPE_CHARACTERS} characters for identifier, slash and name together`,
    fix: 'shorten the identifier or the scope name',
  }];
}

/** Checks a full scope name that is written as one string: a standard scope, or `identifier/name`. */
export function checkFullScopeName(scope: string): Problem[] {
  if (isStandardScope(scope)) return [];
  const parts = splitFullScopeName(scope);
  if (parts === undefined) {
    const near = nearestNames(scope, STANDARD_SCOPES);
    return [{
      code: 'FullScopeNameFormat',
      subject: 'full scope name',
      wrong: 'has no identifier or no name',
      got: scope,
      expected: near.length > 0 ? `"${near[0]}" or "identifier/name"` : '"identifier/name" or a standard scope',
      fix: 'write the identifier of the resource server, a slash and the scope name',
    }];
  }
  const problems = [...checkIdentifier(parts.identifier), ...checkScopeName(parts.name)];
  return problems.length > 0 ? problems : checkFullScopeNameLength(parts.identifier, parts.name);
}

/** Checks the display name of a resource server. */
export function checkResourceServerName(name: string): Problem[] {
  return checkDisplayName('ResourceServerName', 'name of the resource server', name, MAX_SCOPE_CHARACTERS);
}

/** Checks the display name of an app client. */
export function checkClientName(name: string): Problem[] {
  return checkDisplayName('ClientName', 'name of the client', name, MAX_CLIENT_NAME_CHARACTERS);
}

/** Turns any text into a display name that Cognito accepts. */
export function toDisplayName(text: string, maxCharacters: number = MAX_SCOPE_CHARACTERS): string {
  const name = text.replace(/[^\w \t\n\v\f\r+=,.@-]+/g, '-').replace(/^-+/, '').slice(0, maxCharacters).replace(/-+$/, '');
  return name === '' ? 'unnamed' : name;
}

function checkDisplayName(code: ProblemCode, subject: string, name: string, max: number): Problem[] {
  if (DISPLAY_NAME.test(name) && name.length <= max) return [];
  return [{
    code,
    subject,
    wrong: 'is not one that Cognito accepts',
    got: name,
    expected: `1 to ${max} letters, digits, spaces and _+=,.@-`,
    fix: `use a name such as "${toDisplayName(name, 40)}"`,
  }];
}

function checkText(
  text: string, subject: string, rule: string, character: RegExp,
  codes: { empty: ProblemCode; length: ProblemCode; charset: ProblemCode },
): Problem[] {
  const expected = `1 to ${MAX_SCOPE_CHARACTERS} characters of ${rule}`;
  if (text === '') return [{ code: codes.empty, subject, wrong: 'is empty', expected, fix: 'give it a value' }];
  const problems: Problem[] = [];
  if (text.length > MAX_SCOPE_CHARACTERS) {
    problems.push({ code: codes.length, subject, wrong: 'is too long', got: `${text.length} characters`, expected, fix: 'shorten it' });
  }
  const bad = [...text].find((each) => !character.test(each));
  if (bad !== undefined) {
    problems.push({
      code: codes.charset, subject, wrong: `has a forbidden character ${JSON.stringify(bad)}`, got: text, expected, fix: 'remove the character',
    });
  }
  return problems;
}
