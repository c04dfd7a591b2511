import type { EntityIds } from './entity-ids';
import { member, isObject } from './json';
import { accessOfMethod } from './method-access';
import { isPreflight } from './preflight';
import { entityOf, type Writable } from './read-cognito';
import type { PathReader } from './read-paths';
import type { TemplateResource } from './resources';
import { Unresolved, type Resolved } from './unresolved';
import { flagValue, listValue, membersOf, requiredText, textValue, wordValue } from './values';
import type { Api, Authorizer, GatewayResponse, IntegrationKind, Method, Stage } from '../model/access-model';
import { METADATA_KEY, type MethodMetadata } from '../model/metadata';
import { resourcePolicyDenies, resourcePolicyDoubt } from '../model/resource-policy';
import { VERBS } from '../model/route';
import type { Value } from '../model/value';

/** Reads an `AWS::ApiGateway::RestApi`, without what its OpenAPI document adds. */
export function readApi(resource: TemplateResource): Api {
  const name = textValue(resource.property('Name'), 'Name');
  const policy = resource.property('Policy');
  return {
    ...entityOf(resource),
    origin: 'declared',
    kind: 'rest',
    ...(name !== undefined && { name }),
    ...policyMembers(policy, resource),
    stages: [],
    gatewayResponses: [],
  };
}

/**
 * What a model says of a resource policy. An empty text is none: the Serverless Framework writes one for APIs without
 * a policy (serverless/serverless, lib/plugins/aws/package/compile/events/api-gateway/lib/rest-api.js).
 */
export function policyMembers(
  policy: unknown, { scope: { source: { environment } } }: TemplateResource,
): Pick<Api, 'resourcePolicy' | 'resourcePolicyDoubt' | 'resourcePolicyDenies'> {
  if (policy === undefined || policy === null || policy === '') return { resourcePolicy: false };
  const doubt = resourcePolicyDoubt(policy, environment);
  return {
    resourcePolicy: true,
    ...(doubt !== undefined && { resourcePolicyDoubt: doubt }),
    ...(resourcePolicyDenies(policy, environment) && { resourcePolicyDenies: true }),
  };
}

/** Reads the stage of an `AWS::ApiGateway::Stage` or of an `AWS::ApiGateway::Deployment` that names one. */
export function readStage(resource: TemplateResource): Stage | undefined {
  const name = textValue(resource.property('StageName'), 'StageName');
  if (name !== undefined) return { id: resource.id, name };
  return resource.type === 'AWS::ApiGateway::Stage' ? { id: resource.id, name: { unknown: 'StageName is missing' } } : undefined;
}

/** Reads an `AWS::ApiGateway::GatewayResponse`. */
export function readGatewayResponse(resource: TemplateResource): GatewayResponse {
  const statusCode = textValue(resource.property('StatusCode'), 'StatusCode');
  return {
    responseType: requiredText(resource.property('ResponseType'), 'ResponseType'),
    ...(statusCode !== undefined && { statusCode }),
    parameters: textMembers(resource.property('ResponseParameters')),
    templates: textMembers(resource.property('ResponseTemplates')),
  };
}

/** The members of an object as texts. */
export function textMembers(value: Resolved): { [name: string]: Value<string> } {
  return Object.fromEntries(Object.entries(membersOf(value)).map(([name, text]) => [name, requiredText(text, name)]));
}

/** Reads an `AWS::ApiGateway::Authorizer`. */
export function readAuthorizer(resource: TemplateResource, ids: EntityIds): Authorizer {
  return authorizerFrom({
    ...entityOf(resource),
    api: ids.api(resource.property('RestApiId'), resource),
    type: resource.property('Type'),
    name: resource.property('Name'),
    providers: resource.property('ProviderARNs'),
    identitySource: resource.property('IdentitySource'),
    audience: resource.property('IdentityValidationExpression'),
  }, ids);
}

/** What declares an authorizer, in CloudFormation or in an OpenAPI document. */
export interface AuthorizerDeclaration {
  readonly id: string;
  readonly condition?: Authorizer['condition'];
  readonly api: string;
  /** `COGNITO_USER_POOLS`, `TOKEN` or `REQUEST`. */
  readonly type: Resolved;
  readonly name: Resolved;
  readonly providers: Resolved;
  readonly identitySource: Resolved;
  readonly audience: Resolved;
}

/** Makes an authorizer from its declaration. */
export function authorizerFrom(declaration: AuthorizerDeclaration, ids: EntityIds): Authorizer {
  const { id, condition, api } = declaration;
  const type = wordValue(declaration.type, 'authorizer type', ['COGNITO_USER_POOLS', 'TOKEN', 'REQUEST']);
  const kind = typeof type === 'string' ? type === 'COGNITO_USER_POOLS' ? 'cognito' : 'lambda' : type;
  const name = textValue(declaration.name, 'Name');
  const identitySource = textValue(declaration.identitySource, 'IdentitySource');
  // Lambda authorizers use the expression for the token itself, not for an audience.
  const audience = kind === 'lambda' ? undefined : textValue(declaration.audience, 'IdentityValidationExpression');
  return {
    id,
    ...(condition && { condition }),
    api,
    kind,
    ...(name !== undefined && { name }),
    userPools: kind === 'lambda' ? [] : listValue(declaration.providers, 'ProviderARNs', (arn) => ids.userPool(arn, 'a provider ARN')),
    ...(identitySource !== undefined && { identitySource }),
    ...(audience !== undefined && { audience }),
  };
}

/** Reads an `AWS::ApiGateway::Method`. */
export function readMethod(resource: TemplateResource, ids: EntityIds, paths: PathReader): Method {
  const verb = wordValue(resource.property('HttpMethod'), 'HttpMethod', VERBS);
  const authorizationType = textValue(resource.property('AuthorizationType'), 'AuthorizationType');
  const scopes = resource.property('AuthorizationScopes');
  const apiKeyRequired = flagValue(resource.property('ApiKeyRequired'), 'ApiKeyRequired', false);
  const metadata = methodMetadata(member(resource.metadata, METADATA_KEY));
  const authorizer = ids.authorizer(resource.property('AuthorizerId'));
  const kind = integrationKind(resource);
  const access = accessOfMethod({
    scopes: scopeList(scopes),
    authorizationType: authorizationTypeOf(scopes, authorizationType),
    authorizer,
    apiKeyRequired,
    preflight: verb === 'OPTIONS' && isPreflight({ HttpMethod: verb, Integration: preflightParts(resource) }),
    metadata,
  });
  const path = paths.pathOf(resource.property('ResourceId'));
  const api = ids.api(resource.property('RestApiId'), resource);
  // Large templates have thousands of methods; spreading objects here would cost as much as all the rest.
  const method: Writable<Method> = { id: resource.id, api, verb, path, access, apiKeyRequired };
  if (resource.condition !== undefined) method.condition = resource.condition;
  if (kind !== undefined) method.integration = kind;
  return method;
}

function scopeList(scopes: Resolved): Value<string>[] {
  return listValue(scopes, 'AuthorizationScopes', (scope) => requiredText(scope, 'a scope'));
}

/**
 * The authorization type, with an eye on the scopes: where it is not even known whether there are any, it is not known
 * either which kind of token the authorizer takes.
 */
function authorizationTypeOf(scopes: Resolved, authorizationType: Value<string> | undefined): Value<string> | undefined {
  if (authorizationType !== 'COGNITO_USER_POOLS') return authorizationType;
  const elements = Array.isArray(scopes) ? scopes as readonly Resolved[] : [scopes];
  const [first] = elements;
  const perhapsNone = elements.every((each) => each === '' || (each instanceof Unresolved && each.mayBeAbsent));
  if (!perhapsNone || first === undefined) return authorizationType;
  // A parameter that is a list has one empty text for an empty default; what becomes of it is not verified.
  return { unknown: `whether the method has scopes is not known: ${first instanceof Unresolved ? first.unknown : 'the only one is an empty text'}` };
}

/** The metadata of a method, where it has the shape that this package writes. */
export function methodMetadata(value: unknown): MethodMetadata | undefined {
  if (!isObject(value) || typeof value.access !== 'string') return undefined;
  const { access, reason } = value;
  return { access: access as MethodMetadata['access'], ...(typeof reason === 'string' && { reason }) };
}

/** What runs behind a method, by the type of its integration and, for AWS services, its URI. */
function integrationKind(resource: TemplateResource): Value<IntegrationKind> | undefined {
  const type = textValue(resource.property('Integration', 'Type'), 'Integration.Type');
  if (type === undefined) {
    const integration = resource.property('Integration');
    return integration === undefined || integration === null ? undefined : { unknown: 'Integration.Type is missing' };
  }
  if (typeof type !== 'string') return type;
  switch (type.toUpperCase()) {
    case 'MOCK': return 'mock';
    case 'HTTP':
    case 'HTTP_PROXY': return 'http';
    case 'AWS':
    case 'AWS_PROXY': return isLambda(resource) ? 'lambda' : 'aws';
  }
  return { unknown: `integration type "${type}" is none of API Gateway's` };
}

/** In the URI of a Lambda integration: `arn:…:apigateway:…:lambda:path/2015-03-31/functions/…/invocations`. */
const LAMBDA_ACTION = ':lambda:path/';

function isLambda(resource: TemplateResource): boolean {
  if (resource.mentions(LAMBDA_ACTION, 'Integration', 'Uri')) return true;
  const uri = resource.property('Integration', 'Uri');
  const text = uri instanceof Unresolved ? uri.expression : uri;
  return typeof text === 'string' && text.includes(LAMBDA_ACTION);
}

/** The parts of an integration that tell a CORS preflight. */
function preflightParts(resource: TemplateResource): object {
  return {
    Type: resource.property('Integration', 'Type'),
    IntegrationResponses: resource.property('Integration', 'IntegrationResponses'),
  };
}
