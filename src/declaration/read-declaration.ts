import { DECLARATION_VERSION, type AccessDeclaration } from './access-declaration';
import { parseStrictYaml } from './strict-yaml';
import type { Problem } from '../model/problem';
import { parseRoute, showRoute } from '../model/route';
import { BOOLEAN, chosen, isObject, listOf, mapOf, objectOf, oneOf, STRING, typeOf, type Shape } from '../model/shape';

/** Where the form is described. */
const SCHEMA = 'schema/access-declaration.v1.json';

/** Keys become ids of constructs, and so part of logical ids. */
const KEY = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;
const KEY_SHAPE: Shape = {
  expected: 'a key',
  faults: (key, place) => (KEY.test(String(key)) ? [] : [{
    place, wrong: 'has a key that is no id', got: String(key), expected: '1 to 128 letters, digits and _.-, the first a letter or digit',
  }]),
};

const SCOPE_NAMES = listOf(chosen('a string', (value) => (isObject(value) ? objectOf({ external: STRING }) : STRING)));
const AUTH_FLOWS = listOf(oneOf('adminUserPassword', 'custom', 'user', 'userPassword', 'userSrp'));
const COMMON = { userPool: STRING, clientName: STRING, accessTokenValidity: STRING };
const SIGN_IN = {
  idTokenValidity: STRING,
  refreshTokenValidity: STRING,
  authSessionValidity: STRING,
  refreshTokenRotationGracePeriod: STRING,
  enableTokenRevocation: BOOLEAN,
  preventUserExistenceErrors: BOOLEAN,
  readAttributes: listOf(STRING),
  writeAttributes: listOf(STRING),
};
const PAGES = { logoutUrls: listOf(STRING), implicitGrantReason: STRING, identityProviders: listOf(STRING), authFlows: AUTH_FLOWS };
const KIND = oneOf('machine', 'spa', 'mobile', 'web', 'sdk');
const PAGES_CLIENT = { kind: KIND, scopes: SCOPE_NAMES, callbackUrls: listOf(STRING) };
const PUBLIC_CLIENT = objectOf(PAGES_CLIENT, { ...COMMON, ...SIGN_IN, ...PAGES });
const CLIENTS: ReadonlyMap<unknown, Shape> = new Map([
  ['machine', objectOf({ kind: KIND, scopes: SCOPE_NAMES }, COMMON)],
  ['spa', PUBLIC_CLIENT],
  ['mobile', PUBLIC_CLIENT],
  ['web', objectOf(PAGES_CLIENT, { ...COMMON, ...SIGN_IN, ...PAGES, enablePropagateAdditionalUserContextData: BOOLEAN })],
  ['sdk', objectOf({ kind: KIND, authFlows: AUTH_FLOWS }, { ...COMMON, ...SIGN_IN, generateSecret: BOOLEAN })],
]);
const CLIENT = chosen('an object', (value) => (isObject(value) ? CLIENTS.get(value.kind) ?? unknownKind(value) : undefined));

const DEPRECATION = objectOf({ removeAfter: STRING, reason: STRING }, { replacedBy: STRING });
const SCOPE = chosen('a string or an object', (value) => {
  if (typeof value === 'string') return STRING;
  return isObject(value) ? objectOf({ description: STRING }, { deprecated: DEPRECATION }) : undefined;
});
const SERVER = objectOf({ identifier: STRING, scopes: mapOf(SCOPE) }, { resourceServerName: STRING, userPool: STRING });

const ACCESS_WORDS = oneOf('idToken', 'iam', 'apiKey');
const ROUTE = chosen('"idToken", "iam", "apiKey", or an object with anyOf or public', (value) => {
  if (typeof value === 'string') return ACCESS_WORDS;
  if (!isObject(value)) return undefined;
  return 'public' in value ? objectOf({ public: STRING }) : objectOf({ anyOf: SCOPE_NAMES });
});

const DECLARATION = objectOf({ version: oneOf(DECLARATION_VERSION) }, {
  $schema: STRING,
  resourceServers: mapOf(SERVER, KEY_SHAPE),
  clients: mapOf(CLIENT, KEY_SHAPE),
  routes: mapOf(ROUTE),
});

/**
 * Reads a declaration in JSON or YAML: the declaration, or all that is wrong with its form.
 *
 * What its values may be, such as the characters of a scope name, is left to those who use them.
 *
 * @param file what the text is called in messages
 */
export function readDeclaration(text: string, file: string): { readonly declaration: AccessDeclaration } | { readonly problems: readonly Problem[] } {
  const parsed = parseStrictYaml(text, file);
  if ('problems' in parsed) return parsed;
  const { value } = parsed;
  if (!isObject(value)) return { problems: [formProblem(file, '', 'is no object', typeOf(value), 'an object with version, resourceServers, clients and routes')] };
  // Another version may have other members: nothing else is said about it.
  if (value.version !== DECLARATION_VERSION) return { problems: [wrongVersion(file, value.version)] };
  const problems = [
    ...DECLARATION.faults(value, '').map(({ place, wrong, got, expected }) => formProblem(file, place, wrong, got, expected)),
    ...sameRoutes(file, isObject(value.routes) ? Object.keys(value.routes) : []),
  ];
  return problems.length > 0 ? { problems } : { declaration: value as unknown as AccessDeclaration };
}

/** A client of no known kind: nothing can be said of its other members. */
function unknownKind({ kind }: { readonly [member: string]: unknown }): Shape {
  return {
    expected: 'an object',
    faults: (_, place) => (kind === undefined
      ? [{ place, wrong: 'has no "kind"', expected: KIND.expected }]
      : KIND.faults(kind, `${place}.kind`)),
  };
}

/** Two keys that mean one route, such as `GET /a` and `get /a`. */
function sameRoutes(file: string, keys: readonly string[]): Problem[] {
  const seen = new Map<string, string>();
  return keys.flatMap((key) => {
    const parsed = parseRoute(key);
    if ('problems' in parsed) return [];
    const route = showRoute(parsed.route);
    const other = seen.get(route);
    seen.set(route, key);
    return other === undefined ? [] : [{
      code: 'RouteDuplicate' as const, subject: `routes of ${file}`, wrong: `state "${route}" twice`, got: key, expected: 'each route once', fix: `remove it, or "${other}"`,
    }];
  });
}

function formProblem(file: string, place: string, wrong: string, got: string | undefined, expected: string): Problem {
  const subject = place === '' ? file : `${place} of ${file}`;
  return { code: 'DeclarationFormat', subject, wrong, ...(got !== undefined && { got }), expected, fix: `correct the file (${SCHEMA})` };
}

function wrongVersion(file: string, version: unknown): Problem {
  const newer = typeof version === 'number' && version > DECLARATION_VERSION;
  return {
    code: 'DeclarationVersion',
    subject: file,
    wrong: newer ? 'has a newer version than this release knows' : 'has an unknown version',
    got: JSON.stringify(version) ?? '<none>',
    expected: `version ${DECLARATION_VERSION}`,
    fix: newer ? 'upgrade this package' : `write "version: ${DECLARATION_VERSION}"`,
  };
}
