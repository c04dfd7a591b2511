import type { Unknown } from '../model/value';
import { conditionHolds } from './intrinsics/conditions';
import { isObject, member, objectOf } from './json';
import type { Scope } from './scope';
import { LOOP } from './template-scope';
import { Unresolved, type Resolved } from './unresolved';

/** A resource that is deployed, certainly or perhaps. */
export interface TemplateResource {
  /** `Stack/LogicalId`. */
  readonly id: string;
  readonly scope: Scope;
  readonly type: string;
  readonly metadata: unknown;
  /** Set where a condition that cannot be decided holds the resource back. */
  readonly condition?: Unknown;
  /** Resolves a property. */
  property(name: string): Resolved;
}

/** The resources of a set, by type and by id. Resources whose condition is false are left out. */
export interface ResourceTable {
  readonly byId: ReadonlyMap<string, TemplateResource>;
  ofType(type: string): readonly TemplateResource[];
}

/** Lists the resources of all templates. */
export function resourceTable(scopes: readonly Scope[]): ResourceTable {
  const byId = new Map<string, TemplateResource>();
  const byType = new Map<string, TemplateResource[]>();
  for (const scope of scopes) {
    const nesting = nestingOf(scope);
    if (nesting === false) continue;
    for (const [logicalId, declaration] of Object.entries(scope.resources)) {
      const resource = resourceOf(logicalId, declaration, scope, nesting === true ? undefined : nesting);
      if (resource === undefined) continue;
      byId.set(resource.id, resource);
      const list = byType.get(resource.type);
      if (list === undefined) byType.set(resource.type, [resource]);
      else list.push(resource);
    }
  }
  return { byId, ofType: (type) => byType.get(type) ?? [] };
}

function resourceOf(logicalId: string, declaration: unknown, scope: Scope, nesting: Unresolved | undefined): TemplateResource | undefined {
  if (!isObject(declaration) || typeof declaration.Type !== 'string') return undefined;
  const holds = existence(declaration, scope);
  if (holds === false) return undefined;
  const open = nesting ?? (holds === true ? undefined : holds);
  const { Properties: properties } = declaration;
  return {
    id: `${scope.stack}/${logicalId}`,
    scope,
    type: declaration.Type,
    metadata: declaration.Metadata,
    ...(open && { condition: { unknown: open.unknown } }),
    property: propertyReader(properties, `${scope.stack}/${logicalId}`, scope),
  };
}

function propertyReader(properties: unknown, id: string, scope: Scope): (name: string) => Resolved {
  if (properties === undefined) return () => undefined;
  if (isObject(properties) && !Object.keys(properties).some((key) => key.startsWith('Fn::'))) {
    return (name) => scope.resolve(member(properties, name));
  }
  // All properties together are an intrinsic function, or no properties at all.
  const resolved = scope.resolve(properties);
  if (isObject(resolved) && !(resolved instanceof Unresolved)) return (name) => member(resolved, name) as Resolved;
  const unknown = resolved instanceof Unresolved ? resolved : new Unresolved(`the properties of ${id} are no object`);
  return () => unknown;
}

/** Whether a resource exists, by its condition and by the loop that it comes from. */
function existence(declaration: { readonly [key: string]: unknown; readonly [LOOP]?: unknown }, scope: Scope): boolean | Unresolved {
  const loop = declaration[LOOP];
  const { Condition: name } = declaration;
  const holds = name === undefined ? true
    : typeof name === 'string' ? conditionHolds(name, scope) : new Unresolved('the condition of the resource has no name');
  return holds === true && loop instanceof Unresolved ? loop : holds;
}

/** Whether the nested stack of a template exists, in the parents' view. */
function nestingOf(scope: Scope): boolean | Unresolved {
  const { parent, source: { nestedIn } } = scope;
  if (parent === undefined || nestedIn === undefined) return true;
  const outer = nestingOf(parent);
  if (outer !== true) return outer;
  return existence(objectOf(member(parent.resources, nestedIn.logicalId)), parent);
}
