import Ajv, { type ValidateFunction } from 'ajv';
import { MODEL_REFERENCE, type JsonSchema } from '../../model/runtime-model';
import { isUnknown, type Value } from '../../model/value';

/** Says whether a JSON value fits a model. Throws where the value is nested deeper than the stack. */
export type BodyCheck = (value: unknown) => boolean;

/** A check, or why there is none. */
export type PreparedCheck = { readonly check: BodyCheck } | { readonly why: string };

/** The schemas of one API by the name of the model, as the runtime model has them. */
type Models = { readonly [name: string]: Value<JsonSchema> };

/**
 * Prepares the checks of the models of one API. A model is compiled when it is first asked for.
 *
 * Models are written in draft 4 of JSON Schema; Ajv reads draft 7. What differs is written anew: `id`, `exclusiveMinimum` and
 * `exclusiveMaximum` as flags, and members beside a `$ref`, which draft 4 ignores. Keywords that draft 4 has not are left out, and
 * `nullable`, which API Gateway does not support (API Gateway developer guide, «Amazon API Gateway important notes», 2026). Formats
 * are not looked at.
 */
export function bodyChecks(models: Models): (name: string) => PreparedCheck {
  const prepared = new Map<string, PreparedCheck>();
  return (name) => {
    let found = prepared.get(name);
    if (found === undefined) prepared.set(name, found = prepare(name, models));
    return found;
  };
}

function prepare(name: string, models: Models): PreparedCheck {
  const model = modelNamed(models, name);
  if (model === undefined) return { why: `the API has no model ${name}` };
  if (isUnknown(model)) return { why: model.unknown };
  try {
    const validate = compile(name, models);
    return { check: (value) => validate(value) === true };
  } catch (error) {
    return { why: `its schema cannot be read: ${(error as Error).message.split('\n')[0]}` };
  }
}

/** Compiles a model together with those that it refers to. */
function compile(root: string, models: Models): ValidateFunction {
  const ajv = new Ajv({
    strict: false, validateFormats: false, unicodeRegExp: false, logger: false, addUsedSchema: false, meta: false, validateSchema: false,
  });
  const waiting = [root];
  const added = new Set(waiting);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const model = modelNamed(models, name);
    if (model === undefined) throw new Error(`it refers to model ${name}, which the API does not have`);
    if (isUnknown(model)) throw new Error(`it refers to model ${name}, which is not known: ${model.unknown}`);
    const refer = (other: string) => {
      if (!added.has(other)) waiting.push(other);
      added.add(other);
      return keyOf(other);
    };
    ajv.addSchema(modern(model.schema, refer) as object, keyOf(name));
  }
  const validate = ajv.getSchema(keyOf(root));
  if (validate === undefined) throw new Error('it has no schema');
  return validate as ValidateFunction;
}

function modelNamed(models: Models, name: string): Value<JsonSchema> | undefined {
  return Object.hasOwn(models, name) ? models[name] : undefined;
}

function keyOf(name: string): string {
  return `model:/${encodeURIComponent(name)}`;
}

/** Members whose own members are names, not keywords. */
const SCHEMAS_BY_NAME = ['properties', 'patternProperties', 'definitions', 'dependencies'];
/** Keywords that Ajv takes and draft 4 has not. */
const LATER_KEYWORDS = ['const', 'contains', 'else', 'if', 'nullable', 'propertyNames', 'then'];
/** Members that hold values, not schemas. */
const VALUES = ['enum', 'default', 'example', 'examples', 'required'];

/**
 * Writes a schema of draft 4 as one of draft 7.
 *
 * @param refer the key of another model that a reference leads to
 */
function modern(schema: unknown, refer: (model: string) => string): unknown {
  if (Array.isArray(schema)) return schema.map((each) => modern(each, refer));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $ref } = schema as { $ref?: unknown };
  if (typeof $ref === 'string') return { $ref: $ref.startsWith(MODEL_REFERENCE) ? refer($ref.slice(MODEL_REFERENCE.length)) : $ref };
  const { $schema: _, id, exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...rest } = schema as { [member: string]: unknown };
  const members = Object.entries(rest).filter(([name]) => !LATER_KEYWORDS.includes(name)).map(([name, value]): [string, unknown] => {
    if (VALUES.includes(name)) return [name, value];
    if (!SCHEMAS_BY_NAME.includes(name) || typeof value !== 'object' || value === null) return [name, modern(value, refer)];
    return [name, Object.fromEntries(Object.entries(value).map(([key, each]) => [key, modern(each, refer)]))];
  });
  return {
    ...Object.fromEntries(members),
    ...(typeof id === 'string' && { $id: id }),
    ...bound('minimum', 'exclusiveMinimum', minimum, exclusiveMinimum),
    ...bound('maximum', 'exclusiveMaximum', maximum, exclusiveMaximum),
  };
}

function bound(inclusive: string, exclusive: string, limit: unknown, flag: unknown): object {
  if (flag === true && limit !== undefined) return { [exclusive]: limit };
  return {
    ...(limit !== undefined && { [inclusive]: limit }),
    ...(flag !== undefined && typeof flag !== 'boolean' && { [exclusive]: flag }),
  };
}
