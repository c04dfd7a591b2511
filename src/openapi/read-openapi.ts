import { isObject, objectOf, plainUnknown, type DocumentObject } from './json';
import { resolveReference } from './references';
import { operationSecurity, readSchemes, type OperationSecurity, type SchemeAuthorizer } from './security';
import type { GatewayResponse, IntegrationKind, Verb } from '../model/access-model';
import { OPENAPI_EXTENSION, type MethodMetadata } from '../model/metadata';
import { isUnknown, stringOf, type Unknown, type Value } from '../model/value';

/** An operation of a document: a method of the API. */
export interface Operation extends OperationSecurity {
  readonly verb: Verb;
  readonly path: string;
  readonly integration?: Value<IntegrationKind>;
  /** Whether the operation is the mock that answers CORS preflight requests. */
  readonly preflight: boolean;
  readonly metadata?: MethodMetadata;
}

/** What API Gateway imports from an OpenAPI document, as far as access is concerned. */
export interface OpenApiContent {
  /** `info.title`. */
  readonly title?: Value<string>;
  readonly authorizers: readonly SchemeAuthorizer[];
  readonly operations: readonly Operation[];
  /** Parts of the document that cannot be known, with the path where there is one. */
  readonly unknownParts: readonly { readonly path?: string; readonly reason: Unknown }[];
  /** Whether the document holds a resource policy. */
  readonly resourcePolicy: boolean;
  readonly gatewayResponses: readonly GatewayResponse[];
}

/** Verbs by the member of a path item that declares an operation. */
export const OPERATIONS: { readonly [key: string]: Verb } = {
  'get': 'GET',
  'put': 'PUT',
  'post': 'POST',
  'delete': 'DELETE',
  'options': 'OPTIONS',
  'head': 'HEAD',
  'patch': 'PATCH',
  'x-amazon-apigateway-any-method': 'ANY',
};

export const INTEGRATION = 'x-amazon-apigateway-integration';
const AUTH = 'x-amazon-apigateway-auth';
const ALLOW_ORIGIN = 'method.response.header.access-control-allow-origin';

/**
 * Reads an OpenAPI 2.0 or 3.0 document as API Gateway imports it. Intrinsic functions must be resolved before; what
 * they leave open is an unknown value.
 *
 * The `security` of the document applies to operations without their own: the developer guide says that it is
 * ignored, but an import recorded on the real service (LocalStack, 2025-07-02) inherits it. `basePath` and `servers`
 * are ignored, as is the default of an import.
 */
export function readOpenApi(document: unknown): OpenApiContent {
  if (!isObject(document)) {
    const reason = isUnknown(document) ? plainUnknown(document) : { unknown: 'the OpenAPI document is no object' };
    return { authorizers: [], operations: [], unknownParts: [{ reason }], resourcePolicy: false, gatewayResponses: [] };
  }
  const schemes = readSchemes(document);
  const { info, security } = document;
  const resolved = (value: unknown) => resolveReference(value, document);
  const paths = resolved(document.paths);
  const { title } = objectOf(info);
  const unsupported = unsupportedVersion(document);
  const content: OpenApiContent = {
    ...(typeof title === 'string' && { title }),
    authorizers: [...schemes.values()].flatMap((scheme) => (scheme.kind === 'authorizer' ? [scheme.authorizer] : [])),
    operations: [],
    unknownParts: [],
    resourcePolicy: document['x-amazon-apigateway-policy'] !== undefined,
    gatewayResponses: readGatewayResponses(document['x-amazon-apigateway-gateway-responses']),
  };
  if (unsupported !== undefined) return { ...content, unknownParts: [{ reason: unsupported }] };
  if (isUnknown(paths)) return { ...content, unknownParts: [{ reason: plainUnknown(paths) }] };
  if (paths !== undefined && !isObject(paths)) return { ...content, unknownParts: [{ reason: { unknown: 'the paths of the OpenAPI document are no object' } }] };
  const operations: Operation[] = [];
  const unknownParts: { path: string; reason: Unknown }[] = [];
  const securityOf = (own: unknown) => operationSecurity(own === undefined ? security : own, schemes);
  for (const [path, value] of Object.entries(objectOf(paths))) {
    const item = resolved(value);
    if (isUnknown(item)) unknownParts.push({ path, reason: plainUnknown(item) });
    else if (isObject(item)) operations.push(...readPath(path, item, { securityOf, resolved }));
    else if (!path.startsWith('x-')) unknownParts.push({ path, reason: { unknown: 'the path item of the OpenAPI document is no object' } });
  }
  return { ...content, operations, unknownParts };
}

/** API Gateway imports OpenAPI 2.0 and 3.0; what it does with other versions is not documented. */
function unsupportedVersion({ swagger, openapi }: DocumentObject): Unknown | undefined {
  const value = swagger ?? openapi;
  if (isUnknown(value)) return { unknown: `the OpenAPI version of the document is not known: ${value.unknown}` };
  if (typeof value !== 'string' && typeof value !== 'number') return { unknown: 'the document names no version of OpenAPI' };
  const version = String(value);
  return /^2(\.0)?$|^3\.0(\.\d+)?$/.test(version) ? undefined : { unknown: `API Gateway imports OpenAPI 2.0 and 3.0, not ${version}` };
}

/** What operations take from the rest of their document. */
interface Surroundings {
  /** The security of an operation with this `security` of its own. */
  readonly securityOf: (own: unknown) => OperationSecurity;
  /** The value that a `$ref` leads to. */
  readonly resolved: (value: unknown) => unknown;
}

function readPath(path: string, item: DocumentObject, { securityOf, resolved }: Surroundings): Operation[] {
  return Object.entries(item).flatMap(([key, operation]) => {
    const verb = Object.hasOwn(OPERATIONS, key.toLowerCase()) ? OPERATIONS[key.toLowerCase()] : undefined;
    return verb === undefined ? [] : [readOperation(verb, path, resolved(operation), securityOf)];
  });
}

/** The path of an operation: API Gateway knows no slash at the end. */
export function operationPath(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}

function readOperation(verb: Verb, path: string, value: unknown, securityOf: (own: unknown) => OperationSecurity): Operation {
  if (!isObject(value)) {
    const reason = isUnknown(value) ? plainUnknown(value) : { unknown: 'the operation of the OpenAPI document is no object' };
    return { verb, path, authorizationType: reason, scopes: [], apiKeyRequired: reason, preflight: false };
  }
  const operation = value;
  const security = securityOf(operation.security);
  const integration = integrationKind(operation[INTEGRATION]);
  const metadata = readMetadata(operation[OPENAPI_EXTENSION]);
  return {
    verb,
    path: operationPath(path),
    ...extendedSecurity(operation[AUTH], security),
    ...(integration !== undefined && { integration }),
    preflight: verb === 'OPTIONS' && integration === 'mock' && setsAllowOrigin(objectOf(operation[INTEGRATION])),
    ...(metadata && { metadata }),
  };
}

/**
 * The security of an operation with the extension `x-amazon-apigateway-auth`, which asks for IAM authorization (type
 * `AWS_IAM`) or open access (`NONE`) of one operation (developer guide, «x-amazon-apigateway-auth object»). Whether open
 * access wins over `security` is not documented.
 */
function extendedSecurity(extension: unknown, security: OperationSecurity): OperationSecurity {
  const { scopes, apiKeyRequired, authorizationType } = security;
  if (extension === undefined || extension === null) return security;
  const type = isObject(extension) ? extension.type : extension;
  if (isUnknown(type)) return { authorizationType: plainUnknown(type), scopes, apiKeyRequired };
  switch (isObject(extension) && typeof type === 'string' ? type.toUpperCase() : undefined) {
    case 'AWS_IAM': return { authorizationType: 'AWS_IAM', scopes, apiKeyRequired };
    case 'NONE': return authorizationType === 'NONE' && apiKeyRequired === false ? security : {
      authorizationType: { unknown: `the operation has ${AUTH} of type NONE and security, and which one API Gateway takes is not documented` },
      scopes,
      apiKeyRequired,
    };
  }
  return { authorizationType: { unknown: `the type of ${AUTH} is neither NONE nor AWS_IAM` }, scopes, apiKeyRequired };
}

function integrationKind(integration: unknown): Value<IntegrationKind> | undefined {
  if (isUnknown(integration)) return plainUnknown(integration);
  if (!isObject(integration)) return undefined;
  const { type, uri } = integration;
  if (isUnknown(type)) return plainUnknown(type);
  switch (stringOf(type).toUpperCase()) {
    case 'MOCK': return 'mock';
    case 'HTTP':
    case 'HTTP_PROXY': return 'http';
    case 'AWS':
    case 'AWS_PROXY': return stringOf(isUnknown(uri) ? uri.expression : uri).includes(':lambda:path/') ? 'lambda' : 'aws';
  }
  return { unknown: 'the integration type is none of API Gateway\'s' };
}

function setsAllowOrigin(integration: DocumentObject): boolean {
  return Object.values(objectOf(integration.responses)).some((response) => {
    return Object.keys(objectOf(objectOf(response).responseParameters)).some((name) => name.toLowerCase() === ALLOW_ORIGIN);
  });
}

function readMetadata(value: unknown): MethodMetadata | undefined {
  const { access, reason } = objectOf(value);
  if (typeof access !== 'string') return undefined;
  return { access: access as MethodMetadata['access'], ...(typeof reason === 'string' && { reason }) };
}

function readGatewayResponses(responses: unknown): GatewayResponse[] {
  return Object.entries(objectOf(responses)).map(([responseType, response]) => {
    const { statusCode, responseParameters, responseTemplates } = objectOf(response);
    return {
      responseType,
      ...(statusCode !== undefined && { statusCode: textOf(statusCode) }),
      parameters: textMembers(responseParameters),
      templates: textMembers(responseTemplates),
    };
  });
}

function textMembers(value: unknown): { [name: string]: Value<string> } {
  return Object.fromEntries(Object.entries(objectOf(value)).map(([name, text]) => [name, textOf(text)]));
}

function textOf(value: unknown): Value<string> {
  if (isUnknown(value)) return plainUnknown(value);
  return typeof value === 'object' ? { unknown: 'a text is expected' } : String(value);
}
