import { ACCESS_MODEL_VERSION, type AccessModel } from './access-model';
import { ProblemError } from './problem';

const ENTITY_LISTS = ['userPools', 'domains', 'resourceServers', 'clients', 'apis', 'authorizers', 'methods'] as const;

/** Puts the entities of a model into canonical order: by id, in the order of code units. */
export function canonicalModel(model: AccessModel): AccessModel {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  const sorted = Object.fromEntries(ENTITY_LISTS.map((list) => [list, [...model[list]].sort(byId)]));
  return { version: ACCESS_MODEL_VERSION, ...sorted } as AccessModel;
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
      code: 'ModelVersion', subject: 'access model', wrong: 'has an unknown version', got: JSON.stringify(value.version) ?? '<none>',
      expected: `version ${ACCESS_MODEL_VERSION}`, fix: 'write the model anew with this release',
    }]);
  }
  for (const list of ENTITY_LISTS) {
    const entities = value[list];
    const isList = Array.isArray(entities) && entities.every((each) => typeof each?.id === 'string');
    if (!isList) throw formatError(`has no list of entities with ids named "${list}"`);
  }
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

function formatError(wrong: string): ProblemError {
  return new ProblemError([{
    code: 'ModelFormat', subject: 'access model', wrong, expected: 'the JSON of an access model (schema/access-model.v1.json)',
    fix: 'write the model anew',
  }]);
}
