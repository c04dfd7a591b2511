import { isUnreadLoop } from './intrinsics/language-extensions';
import { isObject, member, objectOf, type JsonObject } from './json';
import { existenceOf, nestingOf, type ResourceTable, type TemplateResource } from './resources';
import type { Scope } from './scope';
import { LOOP } from './template-scope';
import { Unresolved } from './unresolved';
import type { NotRead } from '../model/access-model';

/** What of the templates is not read although it may be about access. What certainly does not exist is left out. */
export function partsNotRead(scopes: readonly Scope[], table: ResourceTable): NotRead[] {
  const parts: NotRead[] = [];
  for (const scope of scopes) {
    if (nestingOf(scope) === false) continue;
    if (scope.transform !== undefined) parts.push({ subject: scope.stack, reason: scope.transform.unknown });
    for (const [logicalId, resource] of Object.entries(scope.resources)) {
      const reason = isObject(resource) ? reasonOf(logicalId, resource, scope) : undefined;
      if (reason === undefined || existenceOf(objectOf(resource), scope) === false) continue;
      parts.push({ subject: `${scope.stack}/${logicalId}`, reason });
    }
  }
  for (const api of table.ofType('AWS::ApiGateway::RestApi')) {
    if (takesKeysFromAuthorizer(api)) parts.push({ subject: api.id, reason: 'it takes API keys from its authorizers (ApiKeySourceType), which is not followed' });
    const source = api.property('CloneFrom');
    if (source !== undefined && source !== null) parts.push({ subject: api.id, reason: 'it is a copy of another API (CloneFrom), whose methods are not followed' });
  }
  return parts;
}

const AUTHORIZER = 'AUTHORIZER';

/** API keys come from what a Lambda authorizer returns, and not from a header (API Gateway developer guide, «Choose an API key source», 2026). */
function takesKeysFromAuthorizer(api: TemplateResource): boolean {
  const source = api.property('ApiKeySourceType');
  if (source === AUTHORIZER || source instanceof Unresolved) return true;
  return api.property('Body', 'x-amazon-apigateway-api-key-source') === AUTHORIZER;
}

function unreadStack(logicalId: string, scope: Scope): string | undefined {
  if (scope.nested(logicalId) !== undefined) return undefined;
  const { unreadNested: { [logicalId]: reason = 'the template of the nested stack is not at hand' } = {} } = scope.source;
  return reason;
}

/* Resources that make others of a template, or APIs, that are not read. */
const OTHER_TYPES: { readonly [type: string]: string } = {
  'AWS::ApiGatewayV2::Api': 'HTTP and WebSocket APIs are not read',
  'AWS::CloudFormation::StackSet': 'the stacks of a stack set are not read',
  'AWS::ServiceCatalog::CloudFormationProvisionedProduct': 'the stack of a Service Catalog product is not read',
};

/** Why a route of an HTTP or WebSocket API is not read, where its API is not in the template and says so. */
function routeReason(resource: JsonObject, scope: Scope): string | undefined {
  const api = member(member(resource.Properties, 'ApiId'), 'Ref');
  const declared = typeof api === 'string' && Object.hasOwn(scope.resources, api);
  return declared ? undefined : OTHER_TYPES['AWS::ApiGatewayV2::Api'];
}

/** Why a resource is not read; undefined where it is read, or is not about access. */
function reasonOf(logicalId: string, resource: JsonObject & { readonly [LOOP]?: unknown }, scope: Scope): string | undefined {
  const { Type: type, [LOOP]: loop } = resource;
  if (isUnreadLoop(logicalId) && loop instanceof Unresolved) return loop.unknown;
  if (type === undefined && Object.hasOwn(resource, 'Fn::Transform')) return 'a transform writes the resource';
  if (typeof type !== 'string') return undefined;
  if (type === 'AWS::CloudFormation::Stack') return unreadStack(logicalId, scope);
  if (type === 'AWS::ApiGatewayV2::Route') return routeReason(resource, scope);
  if (Object.hasOwn(OTHER_TYPES, type)) return OTHER_TYPES[type];
  if (type.endsWith('::MODULE')) return `the module ${type} is expanded at deployment`;
  return type.startsWith('AWS::Serverless::') ? `${type} becomes other resources only by the transform of SAM` : undefined;
}
