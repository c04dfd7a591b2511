import { checkDeprecation } from './deprecation';
import type { Problem } from './problem';
import {
  checkFullScopeNameLength, checkIdentifier, checkScopeDescription, checkScopeName, fullScopeName, isStandardScope, MAX_SCOPES_PER_SERVER,
  splitFullScopeName,
} from './scope-grammar';
import { isObject, listOf, NUMBER, objectOf, STRING, typeOf } from './shape';
import { isUserPoolId, userPoolIdOfArn } from './user-pools';

/** Version of the JSON form of a manifest. Members may be added within a version, none renamed. */
export const MANIFEST_VERSION = 1;

/** What another app needs to know of a resource server to use its scopes. */
export interface ResourceServerManifest {
  readonly version: typeof MANIFEST_VERSION;
  /** What the full names of the scopes begin with. */
  readonly identifier: string;
  /** Id of the user pool, such as `us-east-1_AbCdEfGhI`; absent where only deployment knows it. */
  readonly userPoolId?: string;
  /** ARN of the user pool; absent where only deployment knows it. */
  readonly userPoolArn?: string;
  /** All scopes, each name once, ordered by name. */
  readonly scopes: readonly ManifestScope[];
}

/** A scope in a manifest. */
export interface ManifestScope {
  /** The part of the full name behind the identifier and its slash. */
  readonly name: string;
  readonly description: string;
  readonly deprecated?: ManifestDeprecation;
}

/** A deprecation in a manifest. */
export interface ManifestDeprecation {
  /** Full name of the scope that takes its place. */
  readonly replacedBy?: string;
  /** Last day on which the scope is certain to exist, as `YYYY-MM-DD`. */
  readonly removeAfter: string;
  readonly reason: string;
}

const DEPRECATION = objectOf({ removeAfter: STRING, reason: STRING }, { replacedBy: STRING });
const SCOPE = objectOf({ name: STRING, description: STRING }, { deprecated: DEPRECATION });
const MANIFEST = objectOf({ version: NUMBER, identifier: STRING, scopes: listOf(SCOPE) }, { userPoolId: STRING, userPoolArn: STRING });

/** Writes a manifest as JSON in canonical order. */
export function writeManifest({ identifier, userPoolId, userPoolArn, scopes }: ResourceServerManifest): string {
  const ordered = [...scopes].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)).map(({ name, description, deprecated }) => ({
    name,
    description,
    deprecated: deprecated && { replacedBy: deprecated.replacedBy, removeAfter: deprecated.removeAfter, reason: deprecated.reason },
  }));
  return `${JSON.stringify({ version: MANIFEST_VERSION, identifier, userPoolId, userPoolArn, scopes: ordered }, undefined, 2)}\n`;
}

/** Reads a manifest: the manifest, or all that is wrong with it. */
export function readManifest(json: string): { readonly manifest: ResourceServerManifest } | { readonly problems: readonly Problem[] } {
  let value: unknown;
  try {
    value = JSON.parse(json.startsWith('\uFEFF') ? json.slice(1) : json);
  } catch {
    return { problems: [wrongAt('manifest', 'is no JSON')] };
  }
  if (!isObject(value)) return { problems: [wrongAt('manifest', 'is no JSON object', typeOf(value))] };
  // Another version may have other members: nothing else is said about it.
  if (value.version !== MANIFEST_VERSION) return { problems: [wrongVersion(value.version)] };
  const faults = MANIFEST.faults(value, 'manifest');
  const problems = [...faults.map(({ place, wrong, got, expected }) => wrongAt(place, wrong, got, expected)), ...checkContent(value)];
  return problems.length > 0 ? { problems } : { manifest: value as unknown as ResourceServerManifest };
}

function checkContent(manifest: { readonly [member: string]: unknown }): Problem[] {
  const { identifier } = manifest;
  const scopes = Array.isArray(manifest.scopes) ? manifest.scopes as unknown[] : [];
  const names = scopes.map((scope) => (isObject(scope) ? scope.name : undefined));
  const problems = [
    ...(typeof identifier === 'string' ? checkIdentifier(identifier) : []),
    ...checkUserPool(manifest.userPoolId, manifest.userPoolArn),
    ...scopes.flatMap((scope, position) => checkScope(scope, position, { identifier, names })),
  ];
  for (const name of new Set(names.filter((each, position) => typeof each === 'string' && names.indexOf(each) !== position))) {
    problems.push({
      code: 'ScopeDuplicate', subject: 'manifest', wrong: 'has a scope twice', got: String(name), expected: 'each scope once', fix: 'remove one of them',
    });
  }
  if (scopes.length > MAX_SCOPES_PER_SERVER) {
    problems.push({
      code: 'ScopesPerServer',
      subject: 'manifest',
      wrong: 'has too many scopes',
      got: `${scopes.length} scopes`,
      expected: `at most ${MAX_SCOPES_PER_SERVER}, a limit of Cognito that cannot be raised`,
      fix: 'write the manifest anew',
    });
  }
  return problems;
}

/** Id and ARN, each where it is a text: both have a form of their own, and name one user pool. */
function checkUserPool(id: unknown, arn: unknown): Problem[] {
  const problems: Problem[] = [];
  if (typeof id === 'string' && !isUserPoolId(id)) {
    problems.push(wrongAt('manifest.userPoolId', 'is no id of a user pool', id, 'an id such as "eu-west-1_AbCdEfGhI"'));
  }
  const idOfArn = typeof arn === 'string' ? userPoolIdOfArn(arn) : undefined;
  if (typeof arn === 'string' && idOfArn === undefined) {
    problems.push(wrongAt(
      'manifest.userPoolArn', 'is no ARN of a user pool', arn, 'an ARN such as "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI"',
    ));
  }
  if (typeof id === 'string' && idOfArn !== undefined && problems.length === 0 && id !== idOfArn) {
    problems.push({
      code: 'ManifestUserPool',
      subject: 'manifest.userPoolId',
      wrong: 'is the id of another user pool than the ARN names',
      got: id,
      expected: `"${idOfArn}"`,
      fix: 'write the manifest anew with toManifest()',
    });
  }
  return problems;
}

/** What a manifest says of its scopes together, as far as it has the right shape. */
interface Scopes {
  readonly identifier: unknown;
  readonly names: readonly unknown[];
}

function checkScope(scope: unknown, position: number, scopes: Scopes): Problem[] {
  if (!isObject(scope)) return [];
  const { identifier } = scopes;
  const { name, description, deprecated } = scope;
  const label = typeof name === 'string' ? name : String(position + 1);
  const nameProblems = typeof name === 'string' ? checkScopeName(name) : [];
  const length = nameProblems.length === 0 && typeof name === 'string' && typeof identifier === 'string'
    ? checkFullScopeNameLength(identifier, name) : [];
  return [
    ...nameProblems, ...length,
    ...(typeof description === 'string' ? checkScopeDescription(label, description) : []),
    ...(DEPRECATION.faults(deprecated, '').length === 0 ? checkManifestDeprecation(label, deprecated as ManifestDeprecation, scopes) : []),
  ];
}

function checkManifestDeprecation(name: string, { replacedBy, removeAfter, reason }: ManifestDeprecation, { identifier, names }: Scopes): Problem[] {
  const problems = checkDeprecation(name, { removeAfter, reason });
  if (replacedBy === undefined) return problems;
  problems.push(...checkReplacement(name, fullScopeName(String(identifier), name), replacedBy));
  const own = splitFullScopeName(replacedBy);
  if (own?.identifier === identifier && own?.name !== name && !names.includes(own?.name)) {
    problems.push(wrongReplacement(name, 'names a scope that the manifest does not have as its replacement', replacedBy, 'a scope of the manifest, or of another resource server'));
  }
  return problems;
}

/** Checks what takes the place of a scope that is to go: another scope, and one of a resource server. */
export function checkReplacement(name: string, fullName: string, replacedBy: string): Problem[] {
  if (replacedBy === fullName) return [wrongReplacement(name, 'names the scope itself as its replacement', replacedBy, 'another scope')];
  return isStandardScope(replacedBy)
    ? [wrongReplacement(name, 'names a standard scope as its replacement', replacedBy, 'a scope of a resource server')] : [];
}

function wrongReplacement(name: string, wrong: string, got: string, expected: string): Problem {
  return {
    code: 'ScopeReplacement',
    subject: `deprecation of scope "${name}"`,
    wrong,
    got,
    expected,
    fix: 'name the scope that takes its place, or remove replacedBy',
  };
}

function wrongAt(subject: string, wrong: string, got?: string, expected = 'the text that toManifest() returns (schema/resource-server-manifest.v1.json)'): Problem {
  return { code: 'ManifestFormat', subject, wrong, ...(got !== undefined && { got }), expected, fix: 'write the manifest anew with toManifest()' };
}

function wrongVersion(version: unknown): Problem {
  const newer = typeof version === 'number' && version > MANIFEST_VERSION;
  return {
    code: 'ManifestVersion',
    subject: 'manifest',
    wrong: newer ? 'has a newer version than this release knows' : 'has an unknown version',
    got: JSON.stringify(version) ?? '<none>',
    expected: `version ${MANIFEST_VERSION}`,
    fix: newer ? 'upgrade this package' : 'write the manifest anew with toManifest()',
  };
}
