import { EntityIds } from './entity-ids';
import { partsNotRead } from './parts-not-read';
import { readAuthorizer, readGatewayResponse, readMethod, readStage } from './read-api-gateway';
import { readApiContent } from './read-body';
import { readClient, readDomain, readResourceServer, readUserPool } from './read-cognito';
import { PathReader } from './read-paths';
import { readTemplateMetadata } from './read-template-metadata';
import { checkResourceCircles } from './resource-circles';
import { resourceTable, type ResourceTable } from './resources';
import { scopesOf } from './template-scope';
import type { TemplateSet } from './template-set';
import { ACCESS_MODEL_VERSION, type AccessModel, type Api, type GatewayResponse, type Stage } from '../model/access-model';
import { canonicalModel } from '../model/model-json';
import { showValue } from '../model/value';

/**
 * Reads who can obtain and use which token from templates.
 *
 * Whatever the templates leave open stays unknown, with its reason. Well-formed templates never make it fail.
 *
 * @throws ProblemError `TemplateCircular`
 */
export function modelFromTemplates(set: TemplateSet): AccessModel {
  const scopes = scopesOf(set);
  scopes.forEach(checkResourceCircles);
  const table = resourceTable(scopes);
  const ids = new EntityIds(table);
  const paths = new PathReader(ids);
  const contents = table.ofType('AWS::ApiGateway::RestApi').map((each) => readApiContent(each, set, ids));
  const authorizers = table.ofType('AWS::ApiGateway::Authorizer').map((each) => readAuthorizer(each, ids));
  const methods = table.ofType('AWS::ApiGateway::Method').map((each) => readMethod(each, ids, paths));
  const apis = withParts(contents.map(({ api }) => api), table, ids);
  const domains = table.ofType('AWS::Cognito::UserPoolDomain').map((each) => readDomain(each, ids));
  const resourceServers = table.ofType('AWS::Cognito::UserPoolResourceServer').map((each) => readResourceServer(each, ids));
  const clients = table.ofType('AWS::Cognito::UserPoolClient').map((each) => readClient(each, ids));
  const userPools = table.ofType('AWS::Cognito::UserPool').map(readUserPool);
  const notRead = partsNotRead(scopes, table);
  const stated = readTemplateMetadata(scopes, resourceServers, ids);
  const defaults = scopes.at(0)?.defaults ?? [];
  return canonicalModel({
    version: ACCESS_MODEL_VERSION,
    userPools: [...userPools, ...ids.externalPools],
    domains: [...domains, ...stated.domains],
    resourceServers: [...resourceServers, ...stated.resourceServers],
    clients: [...clients, ...stated.clients],
    apis,
    authorizers: [...contents.flatMap((each) => each.authorizers), ...authorizers],
    methods: [...contents.flatMap((each) => each.methods), ...methods],
    ...(notRead.length > 0 && { notRead }),
    ...(defaults.length > 0 && { parameterDefaults: defaults }),
  });
}

/** Gives the APIs their stages and gateway responses, and adds the APIs that are only named. */
function withParts(declared: readonly Api[], table: ResourceTable, ids: EntityIds): Api[] {
  const stages = new Map<string, Stage[]>();
  const responses = new Map<string, GatewayResponse[]>();
  for (const resource of [...table.ofType('AWS::ApiGateway::Stage'), ...table.ofType('AWS::ApiGateway::Deployment')]) {
    const stage = readStage(resource);
    if (stage !== undefined) push(stages, ids.api(resource.property('RestApiId'), resource), stage);
  }
  for (const resource of table.ofType('AWS::ApiGateway::GatewayResponse')) {
    push(responses, ids.api(resource.property('RestApiId'), resource), readGatewayResponse(resource));
  }
  return [...declared, ...ids.externalApis].map((api) => ({
    ...api,
    stages: sortedBy(stages.get(api.id) ?? [], (stage) => stage.id),
    gatewayResponses: sortedBy([...api.gatewayResponses, ...responses.get(api.id) ?? []], (response) => showValue(response.responseType)),
  }));
}

function push<T>(lists: Map<string, T[]>, key: string, element: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [element]);
  else list.push(element);
}

function sortedBy<T>(list: readonly T[], key: (element: T) => string): T[] {
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
