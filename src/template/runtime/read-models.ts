import type { JsonSchema } from '../../model/runtime-model';
import { identityOf, type Value } from '../../model/value';
import { readSchema } from '../../openapi/json-schemas';
import type { ResourceTable, TemplateResource } from '../resources';
import { textValue } from '../values';
import { resourceOfExpression } from './function-references';

/** The type of the models of request bodies. */
export const MODEL_TYPE = 'AWS::ApiGateway::Model';

/** The models that every REST API has from the start (exports of APIs in the API Gateway developer guide have `Empty`; `Error` is unverified). */
export const BUILT_IN_MODELS: { readonly [name: string]: JsonSchema } = {
  Empty: { schema: { title: 'Empty Schema', type: 'object' } },
  Error: { schema: { title: 'Error Schema', type: 'object', properties: { message: { type: 'string' } } } },
};

/** The name of a model. CloudFormation makes one up for a model without a name; its logical id stands for that here. */
export function modelName(resource: TemplateResource): string {
  const name = textValue(resource.property('Name'), 'Name');
  return typeof name === 'string' ? name : resource.id.slice(resource.id.lastIndexOf('/') + 1);
}

/** Reads the schema of an `AWS::ApiGateway::Model`: an object, or a text in JSON. */
export function readModel(resource: TemplateResource, table: ResourceTable): Value<JsonSchema> {
  const schema = resource.property('Schema');
  if (schema === undefined || schema === null) return { unknown: 'the model has no schema' };
  const modelOf = (reference: Value<string>) => modelOfReference(reference, table);
  if (typeof schema !== 'string') return readSchema(schema, modelOf);
  try {
    return readSchema(JSON.parse(schema), modelOf);
  } catch {
    return { unknown: 'the schema of the model is a text that is no JSON' };
  }
}

/** In references to models: `https://apigateway.amazonaws.com/restapis/<id of the API>/models/<name>` (API Gateway developer guide, «Data models», 2026). */
function modelOfReference(reference: Value<string>, table: ResourceTable): string | undefined {
  const [, name] = /\/models\/(\$\{[^}]+\}|[^/]+)$/.exec(identityOf(reference) ?? '') ?? [];
  if (name === undefined) return undefined;
  const resource = resourceOfExpression(table, name);
  if (resource !== undefined) return resource.type === MODEL_TYPE ? modelName(resource) : undefined;
  return name.includes('${') ? undefined : name;
}
