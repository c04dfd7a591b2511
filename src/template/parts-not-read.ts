import { isUnreadLoop } from './intrinsics/language-extensions';
import { isObject, objectOf, type JsonObject } from './json';
import { existenceOf, nestingOf, type ResourceTable } from './resources';
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
    const source = api.property('CloneFrom');
    if (source !== undefined && source !== null) parts.push({ subject: api.id, reason: 'it is a copy of another API (CloneFrom), whose methods are not followed' });
  }
  return parts;
}

/** Why a resource is not read; undefined where it is read, or is not about access. */
function reasonOf(logicalId: string, resource: JsonObject & { readonly [LOOP]?: unknown }, scope: Scope): string | undefined {
  const { Type: type, [LOOP]: loop } = resource;
  if (isUnreadLoop(logicalId) && loop instanceof Unresolved) return loop.unknown;
  if (type === undefined && Object.hasOwn(resource, 'Fn::Transform')) return 'a transform writes the resource';
  if (typeof type !== 'string') return undefined;
  if (type === 'AWS::CloudFormation::Stack') return scope.nested(logicalId) ? undefined : 'the template of the nested stack is not at hand';
  if (type.endsWith('::MODULE')) return `the module ${type} is expanded at deployment`;
  return type.startsWith('AWS::Serverless::') ? `${type} becomes other resources only by the transform of SAM` : undefined;
}
