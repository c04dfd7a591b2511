import { importedPaths, withEndpoint } from './api-import';
import type { EntityIds } from './entity-ids';
import { member } from './json';
import { accessOfMethod } from './method-access';
import { authorizerFrom, policyMembers, readApi } from './read-api-gateway';
import { entityOf } from './read-cognito';
import type { TemplateResource } from './resources';
import type { TemplateSet } from './template-set';
import { Unresolved, isResolvedObject, toText, type Resolved } from './unresolved';
import { toUnknown } from './values';
import type { Api, Authorizer, Method } from '../model/access-model';
import { showRoute } from '../model/route';
import type { Unknown, Value } from '../model/value';
import { readOpenApi, type OpenApiContent, type Operation } from '../openapi/read-openapi';

/** What an `AWS::ApiGateway::RestApi` and its OpenAPI document declare. */
export interface ApiContent {
  readonly api: Api;
  readonly authorizers: readonly Authorizer[];
  readonly methods: readonly Method[];
}

/** Reads an API with the methods and authorizers of its document, inline (`Body`) or an asset (`BodyS3Location`). */
export function readApiContent(resource: TemplateResource, set: TemplateSet, ids: EntityIds): ApiContent {
  const api = readApi(resource);
  const document = documentOf(resource, set);
  if (document === undefined) return { api: withEndpoint(api, resource), authorizers: [], methods: [] };
  const pathOf = importedPaths(resource, document);
  const content = readOpenApi(document instanceof Unresolved ? toUnknown(document) : document);
  return {
    api: withEndpoint(withDocument(api, content, policyMembers(member(document, 'x-amazon-apigateway-policy'), resource)), resource),
    authorizers: content.authorizers.map((scheme) => authorizerFrom({
      ...entityOf(resource),
      id: authorizerId(resource, scheme.name),
      api: api.id,
      type: typeof scheme.type === 'string' ? scheme.type.toUpperCase() : scheme.type as Resolved,
      name: scheme.name,
      providers: scheme.providerArns as Resolved,
      identitySource: scheme.identitySource as Resolved,
      audience: scheme.audience && new Unresolved(scheme.audience.unknown),
    }, ids)),
    methods: [
      ...content.operations.map((operation) => methodOf(operation, resource, api.id, pathOf)),
      ...content.unknownParts.map(({ path, reason }) => unknownMethods(resource, api.id, { path, reason, pathOf })),
    ],
  };
}

/** Which of two resource policies wins, that of the resource or that of the document, is not verified: the doubt of either counts, and a denial of both. */
function withDocument(api: Api, { title, resourcePolicy, gatewayResponses }: OpenApiContent, ofDocument: ReturnType<typeof policyMembers>): Api {
  const name = api.name ?? title;
  const { resourcePolicyDenies, ...ofResource } = api;
  const { resourcePolicyDoubt = ofDocument.resourcePolicyDoubt } = ofResource;
  const policies = [api, ofDocument].filter((each) => each.resourcePolicy);
  const denies = policies.length > 0 && policies.every((each) => each.resourcePolicyDenies);
  return {
    ...ofResource,
    ...(name !== undefined && { name }),
    resourcePolicy: api.resourcePolicy || resourcePolicy,
    ...(resourcePolicyDoubt && { resourcePolicyDoubt }),
    ...(denies && { resourcePolicyDenies: true }),
    gatewayResponses,
  };
}

/** The document of an API, inline (`Body`) or an asset (`BodyS3Location`); `undefined` where it has none. */
export function documentOf(resource: TemplateResource, set: TemplateSet): Resolved {
  const body = resource.property('Body');
  if (body !== undefined && body !== null) return typeof body === 'string' ? parsedBody(body) : body;
  const location = resource.property('BodyS3Location');
  if (location === undefined || location === null) return undefined;
  if (!isResolvedObject(location)) return location instanceof Unresolved ? location : new Unresolved('BodyS3Location is no object');
  const key = toText(location.Key, 'the key of BodyS3Location');
  if (key instanceof Unresolved) return key;
  // API Gateway reads the object as it is: intrinsic functions in it stay what they are.
  const { bodies = {} } = set;
  return Object.hasOwn(bodies, key) ? bodies[key] as Resolved : new Unresolved(`the OpenAPI document ${key} is outside of the templates`);
}

function parsedBody(text: string): Resolved {
  try {
    return JSON.parse(text) as Resolved;
  } catch {
    return new Unresolved('the OpenAPI document is a text that is no JSON');
  }
}

function methodOf(operation: Operation, resource: TemplateResource, api: string, pathOf: PathOf): Method {
  const { verb, path, authorizationType, scheme, scopes, uncheckedScopes, apiKeyRequired, preflight, metadata, integration } = operation;
  return {
    ...entityOf(resource),
    id: `${resource.id} ${showRoute({ verb, path })}`,
    api,
    verb,
    path: pathOf(path),
    access: accessOfMethod({
      authorizationType,
      ...(scheme !== undefined && { authorizer: authorizerId(resource, scheme) }),
      scopes,
      ...(uncheckedScopes && { uncheckedScopes }),
      apiKeyRequired,
      preflight,
      ...(metadata && { metadata }),
    }),
    apiKeyRequired,
    ...(integration !== undefined && { integration }),
  };
}

/** The path of the API that a path of its document becomes. */
type PathOf = (path: string) => Value<string>;

/** One method that stands for all that a document, or a path of it, may declare. */
function unknownMethods(
  resource: TemplateResource, api: string, { path, reason, pathOf }: { path?: string; reason: Unknown; pathOf: PathOf },
): Method {
  return {
    ...entityOf(resource),
    id: `${resource.id} ${path ?? 'Body'}`,
    api,
    verb: { unknown: reason.unknown },
    path: path === undefined ? { unknown: reason.unknown } : pathOf(path),
    access: { kind: 'unknown', unknown: reason.unknown },
    apiKeyRequired: { unknown: reason.unknown },
  };
}

function authorizerId(resource: TemplateResource, scheme: string): string {
  return `${resource.id} ${scheme}`;
}
