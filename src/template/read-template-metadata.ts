import type { EntityIds } from './entity-ids';
import { FLOWS, readDeprecation } from './read-cognito';
import { nestingOf } from './resources';
import type { Scope as TemplateScope } from './scope';
import { Unresolved, isResolvedObject, type Resolved, type ResolvedObject } from './unresolved';
import { flagValue, listValue, requiredText, textValue, wordValue } from './values';
import type { Client, Domain, Entity, ResourceServer, Scope } from '../model/access-model';
import { METADATA_KEY, type TemplateMetadata } from '../model/metadata';
import { sameText, type Value } from '../model/value';

/** What apps state in the metadata of whole templates about things that are declared elsewhere. */
export interface StatedThings {
  readonly clients: readonly Client[];
  readonly domains: readonly Domain[];
  readonly resourceServers: readonly ResourceServer[];
}

/**
 * Reads what templates state about things that are declared elsewhere.
 *
 * A statement about something that a template of the set declares says nothing more, and is left out.
 */
export function readTemplateMetadata(scopes: readonly TemplateScope[], declared: readonly ResourceServer[], ids: EntityIds): StatedThings {
  const clients = entriesOf(scopes, 'clients')
    .filter(({ members: { clientId } }) => ids.resource(clientId, 'AWS::Cognito::UserPoolClient') === undefined)
    .map((entry) => clientOf(entry, ids));
  const isDeclared = (server: ResourceServer) => declared.some(({ userPool, identifier }) => {
    return sameText(userPool, server.userPool) === true && sameText(identifier, server.identifier) === true;
  });
  return {
    clients,
    domains: entriesOf(scopes, 'domains').map((entry) => domainOf(entry, ids)),
    resourceServers: entriesOf(scopes, 'resourceServers').map((entry) => serverOf(entry, ids)).filter((server) => !isDeclared(server)),
  };
}

/** One thing in a list of the metadata. */
interface Entry {
  readonly entity: Entity;
  readonly members: ResolvedObject;
}

/** The entries of one list, with the ids of their entities; of two entries with one id, the first. */
function entriesOf(scopes: readonly TemplateScope[], list: keyof TemplateMetadata): Entry[] {
  const entries = new Map<string, Entry>();
  for (const scope of scopes) {
    const exists = nestingOf(scope);
    const metadata = exists === false ? undefined : scope.resolve(scope.metadata[METADATA_KEY]);
    if (metadata === undefined || !isResolvedObject(metadata)) continue;
    const open = exists instanceof Unresolved ? exists : scope.transform;
    const condition = open === undefined ? {} : { condition: { unknown: open.unknown } };
    for (const members of objectsIn(metadata[list])) {
      if (typeof members.id !== 'string' || members.id === '') continue;
      const id = `${scope.stack}/${members.id}`;
      if (!entries.has(id)) entries.set(id, { entity: { id, ...condition }, members });
    }
  }
  return [...entries.values()];
}

function objectsIn(list: Resolved): ResolvedObject[] {
  return Array.isArray(list) ? list.filter(isResolvedObject) : [];
}

function clientOf({ entity, members }: Entry, ids: EntityIds): Client {
  const name = textValue(members.clientName, 'clientName');
  return {
    ...entity,
    origin: 'external',
    clientId: requiredText(members.clientId, 'clientId'),
    ...(name !== undefined && { name }),
    userPool: ids.userPool(members.userPool, 'userPool'),
    oauth: true,
    flows: listValue(members.flows, 'flows', (flow) => wordValue(flow, 'OAuth flow', FLOWS)),
    scopes: listValue(members.scopes, 'scopes', (scope) => requiredText(scope, 'a scope')),
    authFlows: listValue(members.authFlows, 'authFlows', (flow) => requiredText(flow, 'an authentication flow')),
    secret: flagValue(members.secret, 'secret', false),
  };
}

function domainOf({ entity, members }: Entry, ids: EntityIds): Domain {
  return {
    ...entity,
    origin: 'external',
    userPool: ids.userPool(members.userPool, 'userPool'),
    domain: requiredText(members.domain, 'domain'),
    custom: flagValue(members.custom, 'custom', false),
  };
}

function serverOf({ entity, members }: Entry, ids: EntityIds): ResourceServer {
  const identifier = requiredText(members.identifier, 'identifier');
  const unknown: Value<Scope> = { unknown: 'the app states no scopes of the resource server' };
  return {
    ...entity,
    origin: 'external',
    userPool: ids.userPool(members.userPool, 'userPool'),
    identifier,
    scopes: members.scopeNames === undefined
      ? [unknown]
      : listValue<Scope>(members.scopeNames, 'scopeNames', (each) => {
        const name = requiredText(each, 'a scope name');
        const deprecated = readDeprecation(members.deprecatedScopes, name);
        return { name, ...(deprecated !== undefined && { deprecated }) };
      }),
  };
}
