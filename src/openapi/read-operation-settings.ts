import { isObject, objectOf, plainUnknown, type DocumentObject } from './json';
import { readSchema } from './json-schemas';
import { INTEGRATION, OPERATIONS, operationPath } from './read-openapi';
import { resolveReference } from './references';
import type { Verb } from '../model/access-model';
import { showRoute } from '../model/route';
import type { ApiSettings, MethodSettings } from '../model/runtime-model';
import { isUnknown, type Value } from '../model/value';

/** What a document says of how an operation runs. */
export interface OperationSettings extends Pick<MethodSettings, 'validatesBody' | 'validatesParameters' | 'requestParameters' | 'requestModels'> {
  readonly verb: Verb;
  readonly path: string;
  /** The extension `x-amazon-apigateway-integration`, as it is written. */
  readonly integration: unknown;
}

/** What a document says of how an API runs. */
export interface DocumentSettings {
  readonly operations: readonly OperationSettings[];
  readonly models: ApiSettings['models'];
  /** As written. */
  readonly apiKeySource: unknown;
  /** As written. */
  readonly binaryMediaTypes: unknown;
}

const VALIDATOR = 'x-amazon-apigateway-request-validator';
const VALIDATORS = 'x-amazon-apigateway-request-validators';
const DEFAULT_CONTENT_TYPE = 'application/json';

/** Places of parameters in a request, in API Gateway's words. */
const PLACES: { readonly [place: string]: string } = { query: 'querystring', header: 'header', path: 'path' };

/** Reads how the operations of an OpenAPI document run. What the document leaves open is unknown, or missing; nothing makes it fail. */
export function readDocumentSettings(document: unknown): DocumentSettings {
  const root = objectOf(document);
  const models: { [name: string]: ApiSettings['models'][string] } = {};
  const declared = { ...objectOf(root.definitions), ...objectOf(objectOf(root.components).schemas) };
  for (const [name, schema] of Object.entries(declared)) models[name] = readSchema(schema, modelOfReference);
  const operations: OperationSettings[] = [];
  for (const [path, value] of Object.entries(objectOf(resolveReference(root.paths, root)))) {
    const item = resolveReference(value, root);
    if (!isObject(item)) continue;
    for (const [key, each] of Object.entries(item)) {
      if (!Object.hasOwn(OPERATIONS, key.toLowerCase())) continue;
      const place = { verb: OPERATIONS[key.toLowerCase()], path: operationPath(path) };
      operations.push({ ...place, ...settingsOf(objectOf(resolveReference(each, root)), { root, item, route: showRoute(place), models }) });
    }
  }
  return {
    operations,
    models,
    apiKeySource: root['x-amazon-apigateway-api-key-source'],
    binaryMediaTypes: root['x-amazon-apigateway-binary-media-types'],
  };
}

interface Surroundings {
  readonly root: DocumentObject;
  /** The path item of the operation. */
  readonly item: DocumentObject;
  readonly route: string;
  /** Takes the schemas that operations have inline. */
  readonly models: { [name: string]: ApiSettings['models'][string] };
}

function settingsOf(operation: DocumentObject, surroundings: Surroundings): Omit<OperationSettings, 'verb' | 'path'> {
  const { root, item } = surroundings;
  const parameters = [...listOf(item.parameters), ...listOf(operation.parameters)].map((each) => objectOf(resolveReference(each, root)));
  const requestParameters: { [name: string]: Value<boolean> } = {};
  for (const { in: place, name, required } of parameters) {
    if (typeof place !== 'string' || typeof name !== 'string' || !Object.hasOwn(PLACES, place)) continue;
    requestParameters[`method.request.${PLACES[place]}.${name}`] = flagOf(required);
  }
  return {
    integration: operation[INTEGRATION],
    ...validatorOf(operation[VALIDATOR] ?? root[VALIDATOR], root),
    requestParameters,
    requestModels: modelsOf(operation, parameters, surroundings),
  };
}

/** A validator of the document, by its name. */
function validatorOf(name: unknown, root: DocumentObject): Pick<MethodSettings, 'validatesBody' | 'validatesParameters'> {
  if (name === undefined || name === null) return { validatesBody: false, validatesParameters: false };
  const validators = root[VALIDATORS];
  const validator = typeof name === 'string' && Object.hasOwn(objectOf(validators), name) ? objectOf(validators)[name] : undefined;
  const open = [name, validators, validator].find(isUnknown);
  if (open !== undefined || !isObject(validator)) {
    const reason = { unknown: open?.unknown ?? `the document has no request validator ${typeof name === 'string' ? name : 'of that name'}` };
    return { validatesBody: reason, validatesParameters: reason };
  }
  return { validatesBody: flagOf(validator.validateRequestBody), validatesParameters: flagOf(validator.validateRequestParameters) };
}

/** The schemas of the body by content type: of OpenAPI 3.0, or of the body parameter of OpenAPI 2.0. */
function modelsOf(
  operation: DocumentObject, parameters: readonly DocumentObject[], { root, route, models }: Surroundings,
): MethodSettings['requestModels'] {
  const found: { [contentType: string]: Value<string> } = {};
  const add = (contentType: string, schema: unknown) => {
    if (schema === undefined) return;
    const { $ref: reference } = objectOf(schema);
    const name = (typeof reference === 'string' ? modelOfReference(reference) : undefined) ?? `${route} ${contentType}`;
    found[contentType] = name;
    if (!Object.hasOwn(models, name)) models[name] = isUnknown(schema) ? plainUnknown(schema) : readSchema(schema, modelOfReference);
  };
  const { content } = objectOf(resolveReference(operation.requestBody, root));
  for (const [contentType, media] of Object.entries(objectOf(content))) add(contentType, objectOf(media).schema);
  for (const parameter of parameters.filter((each) => each.in === 'body')) {
    const consumed = listOf(operation.consumes ?? root.consumes).filter((each) => typeof each === 'string');
    for (const contentType of consumed.length > 0 ? consumed : [DEFAULT_CONTENT_TYPE]) add(contentType as string, parameter.schema);
  }
  return found;
}

/** The name in a reference to a schema of the document. */
function modelOfReference(reference: Value<string>): string | undefined {
  return typeof reference === 'string' ? /^#\/(?:definitions|components\/schemas)\/([^/]+)$/.exec(reference)?.[1] : undefined;
}

function flagOf(value: unknown): Value<boolean> {
  return isUnknown(value) ? plainUnknown(value) : value === true || value === 'true';
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
