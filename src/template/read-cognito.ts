import type { EntityIds } from './entity-ids';
import { isObject, member } from './json';
import type { TemplateResource } from './resources';
import { Unresolved, isResolvedObject, type Resolved } from './unresolved';
import { flagValue, listValue, membersOf, requiredText, textValue, toUnknown, wordValue } from './values';
import type { Client, Domain, OAuthFlow, ResourceServer, Scope, ScopeDeprecation, UserPool } from '../model/access-model';
import { METADATA_KEY, type UserPoolMetadata } from '../model/metadata';
import type { Value } from '../model/value';

/** The OAuth flows that CloudFormation knows. */
export const FLOWS: readonly OAuthFlow[] = ['client_credentials', 'code', 'implicit'];
const TRIGGER_VERSIONS = ['V1_0', 'V2_0', 'V3_0'] as const;

/** Reads an `AWS::Cognito::UserPool`. */
export function readUserPool(resource: TemplateResource): UserPool {
  const name = textValue(resource.property('UserPoolName'), 'UserPoolName');
  const plan = textValue(resource.property('UserPoolTier'), 'UserPoolTier');
  const tokenTrigger = readTokenTrigger(resource.property('LambdaConfig'));
  const triggerScopes = readTriggerScopes(resource);
  return {
    ...entityOf(resource),
    origin: 'declared',
    ...(name !== undefined && { name }),
    issuer: readIssuer(resource.property('IssuerConfiguration')),
    ...(plan !== undefined && { plan }),
    ...(tokenTrigger !== undefined && { tokenTrigger }),
    ...(triggerScopes !== undefined && { triggerScopes }),
  };
}

/** `IssuerConfiguration.Type`: `ORIGINAL` or `UPDATED` (CloudFormation template reference, 2026). */
function readIssuer(configuration: Resolved): UserPool['issuer'] {
  if (configuration === undefined || configuration === null) return 'original';
  if (configuration instanceof Unresolved) return toUnknown(configuration);
  const { Type: type } = membersOf(configuration);
  if (type === undefined && isResolvedObject(configuration)) return 'original';
  const word = wordValue(type, 'IssuerConfiguration.Type', ['ORIGINAL', 'UPDATED']);
  return typeof word === 'string' ? word === 'UPDATED' ? 'updated' : 'original' : word;
}

function readTokenTrigger(config: Resolved): UserPool['tokenTrigger'] {
  if (config instanceof Unresolved) return toUnknown(config);
  const { PreTokenGenerationConfig: versioned, PreTokenGeneration: plain } = membersOf(config);
  if (versioned instanceof Unresolved) return toUnknown(versioned);
  if (versioned !== undefined && versioned !== null) {
    return wordValue(membersOf(versioned).LambdaVersion, 'PreTokenGenerationConfig.LambdaVersion', TRIGGER_VERSIONS);
  }
  if (plain instanceof Unresolved && plain.mayBeAbsent) return toUnknown(plain);
  return plain === undefined || plain === null ? undefined : 'V1_0';
}

/** What the trigger is declared to add, in the metadata of the user pool. */
function readTriggerScopes({ metadata, scope }: TemplateResource): UserPool['triggerScopes'] {
  const declared = member(member(metadata, METADATA_KEY), 'addsScopes' satisfies keyof UserPoolMetadata);
  return Array.isArray(declared) ? listValue(scope.resolve(declared), 'addsScopes', (each) => requiredText(each, 'a scope')) : undefined;
}

/** Reads an `AWS::Cognito::UserPoolDomain`. */
export function readDomain(resource: TemplateResource, ids: EntityIds): Domain {
  const custom = resource.property('CustomDomainConfig');
  return {
    ...entityOf(resource),
    userPool: ids.userPool(resource.property('UserPoolId'), 'UserPoolId'),
    domain: requiredText(resource.property('Domain'), 'Domain'),
    custom: custom instanceof Unresolved && custom.mayBeAbsent ? toUnknown(custom) : custom !== undefined && custom !== null,
  };
}

/** Reads an `AWS::Cognito::UserPoolResourceServer`. */
export function readResourceServer(resource: TemplateResource, ids: EntityIds): ResourceServer {
  const name = textValue(resource.property('Name'), 'Name');
  const deprecated = member(member(resource.metadata, METADATA_KEY), 'deprecatedScopes');
  return {
    ...entityOf(resource),
    origin: 'declared',
    userPool: ids.userPool(resource.property('UserPoolId'), 'UserPoolId'),
    identifier: requiredText(resource.property('Identifier'), 'Identifier'),
    ...(name !== undefined && { name }),
    scopes: listValue<Scope>(resource.property('Scopes'), 'Scopes', (scope) => readScope(scope, deprecated)),
  };
}

/**
 * @param deprecated what the metadata of the resource server says of its deprecated scopes, by name
 */
function readScope(scope: Resolved, deprecated: unknown): Value<Scope> {
  if (scope instanceof Unresolved) return toUnknown(scope);
  if (!isResolvedObject(scope)) return { unknown: 'a scope is no object' };
  const description = textValue(scope.ScopeDescription, 'ScopeDescription');
  const name = requiredText(scope.ScopeName, 'ScopeName');
  const deprecation = readDeprecation(deprecated, name);
  return { name, ...(description !== undefined && { description }), ...(deprecation !== undefined && { deprecated: deprecation }) };
}

/** The deprecation of a scope among those of its resource server, where it has the shape that this package writes. */
export function readDeprecation(deprecated: unknown, name: Value<string>): ScopeDeprecation | undefined {
  const value = typeof name === 'string' ? member(deprecated, name) : undefined;
  if (!isObject(value) || typeof value.removeAfter !== 'string' || typeof value.reason !== 'string') return undefined;
  const { removeAfter, reason, replacedBy } = value;
  return {
    ...(replacedBy !== undefined && { replacedBy: typeof replacedBy === 'string' ? replacedBy : { unknown: 'replacedBy is no literal' } }),
    removeAfter,
    reason,
  };
}

/** Reads an `AWS::Cognito::UserPoolClient`. */
export function readClient(resource: TemplateResource, ids: EntityIds): Client {
  const name = textValue(resource.property('ClientName'), 'ClientName');
  const authFlows = resource.property('ExplicitAuthFlows');
  // Large templates have thousands of clients; spreading objects here would cost as much as all the rest.
  const client: Writable<Client> = {
    id: resource.id,
    origin: 'declared',
    userPool: ids.userPool(resource.property('UserPoolId'), 'UserPoolId'),
    oauth: flagValue(resource.property('AllowedOAuthFlowsUserPoolClient'), 'AllowedOAuthFlowsUserPoolClient', false),
    flows: listValue(resource.property('AllowedOAuthFlows'), 'AllowedOAuthFlows', (flow) => wordValue(flow, 'OAuth flow', FLOWS)),
    scopes: listValue(resource.property('AllowedOAuthScopes'), 'AllowedOAuthScopes', (scope) => requiredText(scope, 'a scope')),
    secret: flagValue(resource.property('GenerateSecret'), 'GenerateSecret', false),
  };
  if (resource.condition !== undefined) client.condition = resource.condition;
  if (name !== undefined) client.name = name;
  if (authFlows !== undefined && authFlows !== null) {
    client.authFlows = listValue(authFlows, 'ExplicitAuthFlows', (flow) => requiredText(flow, 'an authentication flow'));
  }
  return client;
}

/** An entity while it is made. */
export type Writable<T> = { -readonly [key in keyof T]: T[key] };

/** What every entity has. */
export function entityOf({ id, condition }: TemplateResource): { id: string; condition?: TemplateResource['condition'] } {
  return condition === undefined ? { id } : { id, condition };
}
