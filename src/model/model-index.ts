import type { AccessModel, Api, Authorizer, Method, ResourceServer, UserPool } from './access-model';
import { RouteIndex } from './route-index';
import { isKnown } from './value';

/** Look-up tables over one model. */
export interface ModelIndex {
  readonly userPools: ReadonlyMap<string, UserPool>;
  readonly apis: ReadonlyMap<string, Api>;
  readonly authorizers: ReadonlyMap<string, Authorizer>;
  readonly methods: ReadonlyMap<string, Method>;
  /** Routes with known verb and path, by id of the API. */
  readonly routes: ReadonlyMap<string, RouteIndex<Method>>;
  /** Methods whose verb or path is not known, by id of the API. */
  readonly openRoutes: ReadonlyMap<string, readonly Method[]>;
  /** Resource servers by identifier. */
  readonly servers: ReadonlyMap<string, readonly ResourceServer[]>;
  /** Resource servers whose identifier is not known. */
  readonly openServers: readonly ResourceServer[];
}

const indexes = new WeakMap<AccessModel, ModelIndex>();

/** The look-up tables of a model, built once per model. */
export function indexOf(model: AccessModel): ModelIndex {
  let index = indexes.get(model);
  if (index === undefined) indexes.set(model, index = buildIndex(model));
  return index;
}

function buildIndex(model: AccessModel): ModelIndex {
  const routes = new Map<string, RouteIndex<Method>>();
  const openRoutes = new Map<string, Method[]>();
  for (const method of model.methods) {
    if (!isKnown(method.verb) || !isKnown(method.path)) {add(openRoutes, method.api, method);} else {
      const ofApi = routes.get(method.api) ?? new RouteIndex<Method>();
      routes.set(method.api, ofApi);
      ofApi.add(method.verb, method.path, method);
    }
  }
  const servers = new Map<string, ResourceServer[]>();
  for (const server of model.resourceServers) {
    if (isKnown(server.identifier)) add(servers, server.identifier, server);
  }
  return {
    userPools: byId(model.userPools),
    apis: byId(model.apis),
    authorizers: byId(model.authorizers),
    methods: byId(model.methods),
    routes,
    openRoutes,
    servers,
    openServers: model.resourceServers.filter(({ identifier }) => !isKnown(identifier)),
  };
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function byId<T extends { readonly id: string }>(entities: readonly T[]): Map<string, T> {
  return new Map(entities.map((entity) => [entity.id, entity]));
}
