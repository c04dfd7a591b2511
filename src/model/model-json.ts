import type { Access, AnyOfAccess } from './access';
import { ACCESS_MODEL_VERSION, type AccessModel, type Entity } from './access-model';
import { ProblemError } from './problem';
import { showValue } from './value';

/** The lists of entities, with the members of each entity that are lists themselves. */
const ENTITY_LISTS = {
  userPools: [],
  domains: [],
  resourceServers: ['scopes'],
  clients: ['flows', 'scopes'],
  apis: ['stages', 'gatewayResponses'],
  authorizers: ['userPools'],
  methods: [],
} as const;
const LIST_NAMES = Object.keys(ENTITY_LISTS) as (keyof typeof ENTITY_LISTS)[];
const ACCESS_KINDS: readonly Access['kind'][] = ['anyOf', 'idToken', 'iam', 'apiKey', 'public', 'lambda', 'unknown'];

/** Puts a model into canonical order: entities by id, gateway responses by type, both in the order of code units. */
export function canonicalModel(model: AccessModel): AccessModel {
  const sorted = Object.fromEntries(LIST_NAMES.map((list) => [list, sortedBy(model[list] as readonly Entity[], ({ id }) => id)]));
  const ordered = { version: ACCESS_MODEL_VERSION, ...sorted } as AccessModel;
  return {
    ...ordered,
    apis: ordered.apis.map((api) => ({ ...api, gatewayResponses: sortedBy(api.gatewayResponses, ({ responseType }) => showValue(responseType)) })),
  };
}

function sortedBy<T>(list: readonly T[], keyOf: (each: T) => string): T[] {
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...list].sort((a, b) => compare(keyOf(a), keyOf(b)));
}

/** Writes a model as JSON in canonical order. */
export function writeAccessModel(model: AccessModel): string {
  return `${JSON.stringify(canonicalModel(model), null, 2)}\n`;
}

/**
 * Reads a model that `writeAccessModel` wrote.
 *
 * @throws ProblemError `ModelFormat` or `ModelVersion`
 */
export function readAccessModel(json: string): AccessModel {
  const value = parse(json);
  if (value.version !== ACCESS_MODEL_VERSION) {
    throw new ProblemError([{
      code: 'ModelVersion',
      subject: 'access model',
      wrong: typeof value.version === 'string' ? 'has a version that is no number' : 'has an unknown version',
      got: JSON.stringify(value.version) ?? '<none>',
      expected: `version ${ACCESS_MODEL_VERSION}`,
      fix: 'write the model anew with this release',
    }]);
  }
  for (const list of LIST_NAMES) checkEntities(list, value[list]);
  return canonicalModel(value as unknown as AccessModel);
}

function parse(json: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw formatError('is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw formatError('is no JSON object');
  return value as Record<string, unknown>;
}

function checkEntities(list: keyof typeof ENTITY_LISTS, entities: unknown): void {
  if (!Array.isArray(entities) || !entities.every((each) => typeof each?.id === 'string')) {
    throw formatError(`has no list of entities with ids named "${list}"`);
  }
  for (const entity of entities) {
    const missing = ENTITY_LISTS[list].find((member) => !Array.isArray(entity[member]));
    if (missing !== undefined) throw formatError(`has an entity in "${list}" without a list "${missing}"`, entity.id);
    if (list === 'methods') checkAccess(entity);
  }
}

function checkAccess(method: { id: string; access?: Partial<Access> }): void {
  const kind = method.access?.kind;
  if (kind === undefined || !ACCESS_KINDS.includes(kind)) throw formatError('has a method without a known kind of access', method.id);
  if (kind === 'anyOf' && !Array.isArray((method.access as Partial<AnyOfAccess>).scopes)) {
    throw formatError('has a method without a list of scopes', method.id);
  }
}

function formatError(wrong: string, got?: string): ProblemError {
  return new ProblemError([{
    code: 'ModelFormat',
    subject: 'access model',
    wrong,
    got,
    expected: 'the JSON of an access model (schema/access-model.v1.json)',
    fix: 'write the model anew',
  }]);
}
