import type { AccessModel, Method } from '../../model/access-model';
import { showRoute } from '../../model/route';
import type { ApiSettings, MethodSettings, RuntimeModel } from '../../model/runtime-model';
import { isUnknown } from '../../model/value';
import { readOpenApi } from '../../openapi/read-openapi';
import { readDocumentSettings, type DocumentSettings, type OperationSettings } from '../../openapi/read-operation-settings';
import { EntityIds } from '../entity-ids';
import { modelFromTemplates } from '../read-access-model';
import { documentOf } from '../read-body';
import { isAboutAccess, resourceTable, type ResourceTable, type TemplateResource } from '../resources';
import { scopesOf } from '../template-scope';
import type { TemplateSet } from '../template-set';
import { Unresolved, type Resolved } from '../unresolved';
import { listValue, requiredText, toUnknown } from '../values';
import { FunctionReferences } from './function-references';
import { readApiSettings } from './read-api-settings';
import { externalClientSettings, readClientSettings } from './read-client-settings';
import { readFunction } from './read-functions';
import { operationMethodSettings, readMethodSettings, unknownMethodSettings } from './read-method-settings';
import { MODEL_TYPE, modelName, readModel } from './read-models';
import { readApiKey, readUsagePlans } from './read-usage-plans';
import { placesOfUserPools, readUserPoolSettings } from './read-user-pool-settings';

const API_TYPE = 'AWS::ApiGateway::RestApi';

/**
 * Reads how the things of an access model run from its templates: one entry for each user pool, client, API and method of the model,
 * with their ids, in their order. Whatever the templates leave open stays unknown, with its reason.
 *
 * @param model the access model of the set, where it is read already
 * @throws ProblemError `TemplateCircular`
 */
export function runtimeFromTemplates(set: TemplateSet, model: AccessModel = modelFromTemplates(set)): RuntimeModel {
  const table = resourceTable(scopesOf(set), (type) => isAboutAccess(type) || type.startsWith('AWS::Lambda::'));
  const ids = new EntityIds(table);
  const functions = new FunctionReferences(table);
  const documents = documentsOf(set, table);
  const places = placesOfUserPools(table, [...documents.values()].flatMap(({ providerArns }) => {
    return listValue(providerArns, 'providerARNs', (arn) => requiredText(arn, 'a provider ARN'));
  }));
  const models = modelsByApi(table, ids);
  const methods = methodReader(table, functions, documents);
  return {
    userPools: model.userPools.map((pool) => readUserPoolSettings(pool, table.byId.get(pool.id), places)),
    clients: model.clients.map(({ id }) => {
      const resource = table.byId.get(id);
      return resource === undefined ? externalClientSettings(id) : readClientSettings(resource, table);
    }),
    apis: model.apis.map((api) => {
      const document = documents.get(api.id);
      return readApiSettings(api, table, { models: models.get(api.id) ?? {}, ...(document && { document: document.settings }) });
    }),
    methods: model.methods.map(methods),
    functions: table.ofType('AWS::Lambda::Function').map(readFunction),
    apiKeys: table.ofType('AWS::ApiGateway::ApiKey').map(readApiKey),
    usagePlans: readUsagePlans(table, ids),
  };
}

interface Document {
  readonly api: TemplateResource;
  readonly settings: DocumentSettings;
  /** ARNs of all user pools that authorizers of the document name. */
  readonly providerArns: Resolved;
}

/** The OpenAPI documents of a set by the id of their API. */
function documentsOf(set: TemplateSet, table: ResourceTable): ReadonlyMap<string, Document> {
  const documents = new Map<string, Document>();
  for (const api of table.ofType(API_TYPE)) {
    const document = documentOf(api, set);
    if (document === undefined) continue;
    const plain = document instanceof Unresolved ? toUnknown(document) : document;
    const providerArns = readOpenApi(plain).authorizers.flatMap((scheme) => scheme.providerArns as Resolved);
    documents.set(api.id, { api, settings: readDocumentSettings(plain), providerArns });
  }
  return documents;
}

/** Finds the settings of methods of the access model. */
function methodReader(
  table: ResourceTable, functions: FunctionReferences, documents: ReadonlyMap<string, Document>,
): (method: Method) => MethodSettings {
  const operations = new Map<string, { readonly operation: OperationSettings; readonly api: TemplateResource }>();
  for (const { api, settings } of documents.values()) {
    for (const operation of settings.operations) operations.set(`${api.id} ${showRoute(operation)}`, { operation, api });
  }
  return ({ id, verb }) => {
    const resource = table.byId.get(id);
    if (resource !== undefined) return readMethodSettings(resource, table, functions);
    const found = operations.get(id);
    return found === undefined
      ? unknownMethodSettings(id, isUnknown(verb) ? verb.unknown : 'no template says what is behind it')
      : operationMethodSettings(id, found.operation, found.api, functions);
  };
}

/** The models that templates declare, by the id of their API and by their name. */
function modelsByApi(table: ResourceTable, ids: EntityIds): ReadonlyMap<string, ApiSettings['models']> {
  const models = new Map<string, { [name: string]: ApiSettings['models'][string] }>();
  for (const resource of table.ofType(MODEL_TYPE)) {
    const api = ids.api(resource.property('RestApiId'), resource);
    const own = models.get(api) ?? {};
    own[modelName(resource)] = readModel(resource, table);
    models.set(api, own);
  }
  return models;
}
