import type { Unknown } from '../model/value';
import { conditionHolds } from './intrinsics/conditions';
import { isObject, member, objectOf, transformName } from './json';
import type { Scope } from './scope';
import { LOOP } from './template-scope';
import { Unresolved, isResolvedObject, type Resolved } from './unresolved';

/** A resource that is deployed, certainly or perhaps. */
export class TemplateResource {
  private readonly properties: unknown;

  public constructor(
    /** `Stack/LogicalId`. */
    public readonly id: string,
    public readonly type: string,
    public readonly scope: Scope,
    private readonly declaration: { readonly [key: string]: unknown },
    /** Set where a condition that cannot be decided holds the resource back. */
    public readonly condition: Unknown | undefined,
  ) {
    const { Properties: properties = {} } = declaration;
    this.properties = isObject(properties) ? properties : new Unresolved(`the properties of ${id} are no object`);
  }

  public get metadata(): unknown {
    return this.declaration.Metadata;
  }

  /** Resolves a property, or a part of one, and nothing beside it. */
  public property(...path: readonly string[]): Resolved {
    const { scope, properties } = this;
    const value = resolvePart(properties, path, scope);
    // Most values have no default in them, and large templates have very many values.
    if (scope.usesDefaults) this.noteDefaults(path);
    return value;
  }

  /** Notes the defaults in a property on which answers hang; of a document, those in what is about access. */
  private noteDefaults(path: readonly string[]): void {
    const { scope, properties } = this;
    scope.noting(() => {
      if (WITHOUT_ANSWERS.includes(path[0])) return;
      if (path[0] === DOCUMENT) scope.resolve(withoutDescriptions(member(properties, DOCUMENT), 0));
      else resolvePart(properties, path, scope);
    });
  }

  /** Returns whether a text stands somewhere in a property as it is written. */
  public mentions(text: string, ...path: readonly string[]): boolean {
    let node = this.properties;
    for (const name of path) node = member(node, name);
    return textStandsIn(node, text, 0);
  }
}

const DOCUMENT = 'Body';

/* Properties on which no answer hangs. */
const WITHOUT_ANSWERS: readonly string[] = [
  'Name', 'ClientName', 'UserPoolName', 'UserPoolTier', 'Domain', 'CustomDomainConfig', 'StageName', 'Integration',
  'ResponseType', 'StatusCode', 'ResponseParameters', 'ResponseTemplates',
];

/** The resources of a set, by type and by id. Resources whose condition is false are left out. */
export interface ResourceTable {
  readonly byId: ReadonlyMap<string, TemplateResource>;
  ofType(type: string): readonly TemplateResource[];
}

/**
 * Lists the resources of all templates that are about access.
 *
 * @param isRead whether a type of resources is listed, where others are needed
 */
export function resourceTable(scopes: readonly Scope[], isRead: (type: string) => boolean = isAboutAccess): ResourceTable {
  const byId = new Map<string, TemplateResource>();
  const byType = new Map<string, TemplateResource[]>();
  for (const scope of scopes) {
    const nesting = scope.noting(() => nestingOf(scope));
    if (nesting === false) continue;
    const view = { nesting, isRead };
    for (const logicalId of Object.keys(scope.resources)) {
      const resource = resourceOf(logicalId, scope.resources[logicalId], scope, view);
      if (resource === undefined) continue;
      byId.set(resource.id, resource);
      const list = byType.get(resource.type);
      if (list === undefined) byType.set(resource.type, [resource]);
      else list.push(resource);
    }
  }
  return { byId, ofType: (type) => byType.get(type) ?? [] };
}

/** Whether resources of a type decide who may call what. */
export function isAboutAccess(type: string): boolean {
  return type.startsWith('AWS::ApiGateway::') || type.startsWith('AWS::Cognito::');
}

function resourceOf(
  logicalId: string, declaration: unknown, scope: Scope, { nesting, isRead }: { nesting: true | Unresolved; isRead: (type: string) => boolean },
): TemplateResource | undefined {
  if (!isObject(declaration)) return undefined;
  const { Type: type } = declaration;
  if (typeof type !== 'string' || !isRead(type)) return undefined;
  const holds = scope.noting(() => existenceOf(declaration, scope));
  if (holds === false) return undefined;
  const open = nesting === true ? holds : nesting;
  return new TemplateResource(`${scope.stack}/${logicalId}`, type, scope, declaration, open === true ? undefined : { unknown: open.unknown });
}

/** URLs and ARNs are written within a few levels of functions. */
const SEARCHED_LEVELS = 8;

function textStandsIn(node: unknown, text: string, level: number): boolean {
  if (typeof node === 'string') return node.includes(text);
  if (typeof node !== 'object' || node === null || level > SEARCHED_LEVELS) return false;
  const parts: unknown[] = Array.isArray(node) ? node : Object.values(node);
  return parts.some((part) => textStandsIn(part, text, level + 1));
}

/* Members of an OpenAPI document on which no answer hangs. */
const DESCRIPTIONS: readonly string[] = [
  'x-amazon-apigateway-integration', 'x-amazon-apigateway-gateway-responses', 'x-amazon-apigateway-request-validators', 'info', 'tags', 'summary',
  'description', 'operationId', 'parameters', 'requestBody', 'responses', 'definitions', 'schemas', 'host',
];

/** More levels than documents have. */
const MAX_LEVELS = 200;

function withoutDescriptions(node: unknown, level: number): unknown {
  if (typeof node !== 'object' || node === null || level > MAX_LEVELS) return node;
  if (Array.isArray(node)) return node.map((each) => withoutDescriptions(each, level + 1));
  const members = Object.entries(node).filter(([key]) => !DESCRIPTIONS.includes(key));
  return Object.fromEntries(members.map(([key, value]) => [key, withoutDescriptions(value, level + 1)]));
}

/** Goes down through plain objects, and resolves what is not one. */
function resolvePart(node: unknown, path: readonly string[], scope: Scope): Resolved {
  let part = node;
  for (let level = 0; level < path.length; level++) {
    if (part instanceof Unresolved) return part;
    if (!isObject(part) || isComputed(part)) return memberOf(scope.resolve(part), path.slice(level));
    part = member(part, path[level]);
  }
  return part instanceof Unresolved ? part : scope.resolve(part);
}

function memberOf(value: Resolved, path: readonly string[]): Resolved {
  let part = value;
  for (const name of path) {
    if (part === undefined || part instanceof Unresolved) return part;
    part = isResolvedObject(part) ? member(part, name) as Resolved : undefined;
  }
  return part;
}

/** Whether the members of an object come from a function. */
function isComputed(object: { readonly [key: string]: unknown }): boolean {
  for (const key in object) {
    if (key.startsWith('Fn::') || key === 'Ref') return true;
  }
  return false;
}

/** Whether a resource exists, by its condition and by the loop that it comes from. */
export function existenceOf(declaration: { readonly [key: string]: unknown; readonly [LOOP]?: unknown }, scope: Scope): boolean | Unresolved {
  const { Condition: name } = declaration;
  const loop = declaration[LOOP];
  const holds = name === undefined ? true
    : typeof name === 'string' ? conditionHolds(name, scope) : new Unresolved('the condition of the resource has no name');
  if (holds !== true) return holds;
  return loop instanceof Unresolved ? loop : transformOf(declaration, scope) ?? true;
}

/** The transform that may change a resource: one of its own, or one of the whole template. */
function transformOf(declaration: object, scope: Scope): Unresolved | undefined {
  const own = member(declaration, 'Fn::Transform');
  return own === undefined ? scope.transform : new Unresolved(`the transform ${transformName(own)} may change this`);
}

/** Whether the nested stack of a template exists, in the parents' view. */
export function nestingOf(scope: Scope): boolean | Unresolved {
  const { parent, source: { nestedIn } } = scope;
  if (parent === undefined || nestedIn === undefined) return true;
  const outer = nestingOf(parent);
  if (outer !== true) return outer;
  return existenceOf(objectOf(member(parent.resources, nestedIn.logicalId)), parent);
}
