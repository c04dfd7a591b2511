import { ACCESS_MODEL_VERSION, type AccessModel, type Entity } from './access-model';
import { ENTITY_SHAPES, MODEL_SHAPE } from './model-shape';
import { failOn, ProblemError, type Problem } from './problem';
import { isObject, typeOf, type JsonObject } from './shape';
import { showValue } from './value';

const LIST_NAMES = Object.keys(ENTITY_SHAPES) as (keyof typeof ENTITY_SHAPES)[];

/** Puts a model into canonical order: entities by id, gateway responses by type, both in the order of code units. */
export function canonicalModel(model: AccessModel): AccessModel {
  const sorted = Object.fromEntries(LIST_NAMES.map((list) => [list, sortedBy(model[list] as readonly Entity[], ({ id }) => id)]));
  const ordered = { version: ACCESS_MODEL_VERSION, ...sorted } as AccessModel;
  return {
    ...ordered,
    ...(model.notRead !== undefined && { notRead: sortedBy(model.notRead, ({ subject, reason }) => `${subject}\n${reason}`) }),
    ...(model.parameterDefaults !== undefined && { parameterDefaults: sortedBy(model.parameterDefaults, ({ subject }) => subject) }),
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
  const faults = MODEL_SHAPE.faults(value, '');
  failOn(faults.map(({ place, wrong, got, expected }) => formatProblem(place, wrong, got, expected)));
  return canonicalModel(value as unknown as AccessModel);
}

function parse(json: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new ProblemError([formatProblem('', 'is no JSON')]);
  }
  if (!isObject(value)) throw new ProblemError([formatProblem('', 'is no JSON object', typeOf(value))]);
  return value;
}

function formatProblem(place: string, wrong: string, got?: string, expected = 'the JSON of an access model (schema/access-model.v1.json)'): Problem {
  return {
    code: 'ModelFormat',
    subject: place === '' ? 'access model' : `access model at ${place}`,
    wrong,
    ...(got !== undefined && { got }),
    expected,
    fix: 'write the model anew',
  };
}
