import type { MethodSettings } from '../../model/runtime-model';
import type { Value } from '../../model/value';
import type { OperationSettings } from '../../openapi/read-operation-settings';
import { Unresolved, toText, type Resolved } from '../unresolved';
import { flagValue, membersOf, requiredText, toUnknown } from '../values';
import { resourceOfExpression, type FunctionReferences } from './function-references';
import { integrationOfExtension, readIntegration } from './read-integration';
import { MODEL_TYPE, modelName } from './read-models';
import type { TemplateResource, ResourceTable } from '../resources';

const VALIDATOR_TYPE = 'AWS::ApiGateway::RequestValidator';

/** Reads how an `AWS::ApiGateway::Method` runs. */
export function readMethodSettings(resource: TemplateResource, table: ResourceTable, functions: FunctionReferences): MethodSettings {
  return {
    id: resource.id,
    ...validationOf(resource.property('RequestValidatorId'), table),
    requestParameters: mapValues(membersOf(resource.property('RequestParameters')), (flag, name) => flagValue(flag, name, false)),
    requestModels: mapValues(membersOf(resource.property('RequestModels')), (model) => modelOf(model, table)),
    integration: readIntegration(resource.property('Integration'), resource, functions),
  };
}

/** The settings of a method from the operation of an OpenAPI document. */
export function operationMethodSettings(
  id: string, operation: OperationSettings, api: TemplateResource, functions: FunctionReferences,
): MethodSettings {
  const { validatesBody, validatesParameters, requestParameters, requestModels, integration } = operation;
  return {
    id,
    validatesBody,
    validatesParameters,
    requestParameters,
    requestModels,
    integration: readIntegration(integrationOfExtension(integration as Resolved), api, functions),
  };
}

/** The settings of a method of which nothing is known, such as what a document that cannot be read may declare. */
export function unknownMethodSettings(id: string, unknown: string): MethodSettings {
  return {
    id,
    validatesBody: { unknown },
    validatesParameters: { unknown },
    requestParameters: {},
    requestModels: {},
    integration: { kind: 'other', what: `an integration that is not known: ${unknown}` },
  };
}

function validationOf(value: Resolved, table: ResourceTable): Pick<MethodSettings, 'validatesBody' | 'validatesParameters'> {
  if (value === undefined || value === null || value === '') return { validatesBody: false, validatesParameters: false };
  const text = toText(value, 'RequestValidatorId');
  const validator = text instanceof Unresolved ? resourceOfExpression(table, text.expression) : undefined;
  if (validator?.type !== VALIDATOR_TYPE) {
    const reason = text instanceof Unresolved ? toUnknown(text) : { unknown: `the request validator ${text} is outside of the templates` };
    return { validatesBody: reason, validatesParameters: reason };
  }
  const flag = (name: string) => flagValue(validator.property(name), name, false);
  return { validatesBody: flag('ValidateRequestBody'), validatesParameters: flag('ValidateRequestParameters') };
}

/** The name of the model that a value of `RequestModels` is: `Ref` gives it. */
function modelOf(value: Resolved, table: ResourceTable): Value<string> {
  const resource = value instanceof Unresolved ? resourceOfExpression(table, value.expression) : undefined;
  return resource?.type === MODEL_TYPE ? modelName(resource) : requiredText(value, 'a request model');
}

function mapValues<T>(object: { readonly [name: string]: Resolved }, read: (value: Resolved, name: string) => T): { [name: string]: T } {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, read(value, name)]));
}
