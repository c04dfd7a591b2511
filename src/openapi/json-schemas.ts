import { MODEL_REFERENCE, type JsonSchema } from '../model/runtime-model';
import { isUnknown, type Value } from '../model/value';

/** More levels than schemas have. */
const MAX_LEVELS = 200;

/**
 * A JSON schema whose references to other models are `MODEL_REFERENCE` and the name of the model.
 *
 * @param modelOf the name of the model that a `$ref` leads to; undefined where it leads elsewhere
 */
export function readSchema(node: unknown, modelOf: (reference: Value<string>) => string | undefined): Value<JsonSchema> {
  let open: string | undefined;
  const copy = (part: unknown, level: number): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    if (level > MAX_LEVELS) open ??= 'the schema is nested too deep';
    else if (isUnknown(part)) open ??= `a part of the schema is not known: ${part.unknown}`;
    else if (Array.isArray(part)) return part.map((each) => copy(each, level + 1));
    else return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, key === '$ref' ? reference(value, level + 1) : copy(value, level + 1)]));
    return undefined;
  };
  const reference = (value: unknown, level: number): unknown => {
    if (typeof value !== 'string' && !isUnknown(value)) return copy(value, level);
    const name = modelOf(value);
    if (name !== undefined) return `${MODEL_REFERENCE}${name}`;
    if (isUnknown(value)) open ??= `a $ref of the schema is not known: ${value.unknown}`;
    return value;
  };
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return { unknown: 'the schema is no object' };
  const schema = copy(node, 0) as object;
  return open === undefined ? { schema } : { unknown: open };
}
