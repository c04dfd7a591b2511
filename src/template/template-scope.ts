import { circularError } from './circular-error';
import { INTRINSICS } from './intrinsics';
import { dynamicReferences } from './intrinsics/dynamic-references';
import { MAX_LOOP_NODES, expandLoops, hasLoops, isUnreadLoop, type NodeBudget } from './intrinsics/language-extensions';
import { isObject, member, objectOf, transformName, type JsonObject } from './json';
import type { Scope, ThingKind } from './scope';
import type { TemplateSet, TemplateSource } from './template-set';
import { Unresolved, withinLength, type Resolved } from './unresolved';
import type { ParameterDefault } from '../model/access-model';

/** Deeper nesting than any template has; keeps hostile input from exhausting the stack. */
const MAX_DEPTH = 200;
const TOO_DEEP = new Unresolved('the template is nested too deep');

/** What the scopes of one set share while they resolve. */
class Evaluation {
  public readonly scopes: TemplateScope[] = [];
  public readonly children = new Map<string, TemplateScope>();
  /** Names that are being computed, outermost first. */
  public readonly open: string[] = [];
  public depth = 0;
  public readonly loopNodes: NodeBudget = { left: MAX_LOOP_NODES };
  /** Defaults of parameters in what is being computed. */
  public uses = new Set<ParameterDefault>();
  /** Those in what the model says, by parameter. */
  public readonly noted = new Map<string, ParameterDefault>();
}

/** The scopes of the templates of a set, in its order. */
export function scopesOf(set: TemplateSet): readonly Scope[] {
  const evaluation = new Evaluation();
  const byStack = new Map<string, TemplateScope>();
  for (const source of set.templates) {
    const scope = new TemplateScope(source, evaluation);
    evaluation.scopes.push(scope);
    byStack.set(source.stack, scope);
  }
  for (const scope of evaluation.scopes) {
    const { nestedIn } = scope.source;
    if (nestedIn === undefined) continue;
    scope.parent = byStack.get(nestedIn.stack);
    evaluation.children.set(`${nestedIn.stack}/${nestedIn.logicalId}`, scope);
  }
  evaluation.scopes.forEach((scope) => scope.expandSections());
  return evaluation.scopes;
}

class TemplateScope implements Scope {
  public readonly stack: string;
  public readonly parameters: JsonObject;
  public readonly mappings: JsonObject;
  public readonly metadata: JsonObject;
  public conditions: JsonObject;
  public outputs: JsonObject;
  public resources: JsonObject;
  public readonly transform?: Unresolved;
  public parent?: TemplateScope;
  /** Defaults in the values that are known. */
  private readonly usesOf: { readonly [kind in ThingKind]: Map<string, ReadonlySet<ParameterDefault>> } = {
    parameter: new Map(), resource: new Map(), attribute: new Map(), condition: new Map(), output: new Map(), export: new Map(),
  };
  private readonly values: { readonly [kind in ThingKind]: Map<string, unknown> } = {
    parameter: new Map(), resource: new Map(), attribute: new Map(), condition: new Map(), output: new Map(), export: new Map(),
  };

  public constructor(public readonly source: TemplateSource, private readonly evaluation: Evaluation) {
    this.stack = source.stack;
    const section = (name: string) => objectOf(member(source.template, name));
    this.parameters = section('Parameters');
    this.mappings = section('Mappings');
    this.metadata = section('Metadata');
    this.conditions = section('Conditions');
    this.outputs = section('Outputs');
    this.resources = section('Resources');
    this.transform = transformOf(source.template);
  }

  public get all(): readonly Scope[] {
    return this.evaluation.scopes;
  }

  /** Expands the loops of whole sections; called once, when every scope exists. */
  public expandSections(): void {
    this.conditions = this.expanded(this.conditions);
    this.resources = this.noting(() => this.expanded(this.resources));
    this.outputs = this.expanded(this.outputs);
  }

  public nested(logicalId: string): Scope | undefined {
    return this.evaluation.children.get(`${this.stack}/${logicalId}`);
  }

  public once<T>(kind: ThingKind, name: string, compute: () => T): T {
    const values = this.values[kind];
    const known = values.get(name);
    const { open, uses } = this.evaluation;
    if (known !== undefined || values.has(name)) {
      this.usesOf[kind].get(name)?.forEach((each) => uses.add(each));
      return known as T;
    }
    const thing = `${kind} ${this.stack}/${name}`;
    if (open.includes(thing)) throw circularError([...open.slice(open.indexOf(thing)), thing]);
    open.push(thing);
    const own = this.evaluation.uses = new Set();
    const value = compute();
    this.evaluation.uses = uses;
    open.pop();
    values.set(name, value);
    if (own.size > 0) {
      this.usesOf[kind].set(name, own);
      own.forEach((each) => uses.add(each));
    }
    return value;
  }

  public get defaults(): readonly ParameterDefault[] {
    return [...this.evaluation.noted.values()];
  }

  public defaultUsed(parameter: ParameterDefault): void {
    this.evaluation.uses.add(parameter);
  }

  public noting<T>(compute: () => T): T {
    const { uses, noted } = this.evaluation;
    uses.clear();
    const value = compute();
    uses.forEach((each) => noted.set(each.subject, each));
    uses.clear();
    return value;
  }

  public get usesDefaults(): boolean {
    return this.evaluation.uses.size > 0;
  }

  public deeper<T>(compute: () => T, tooDeep: T): T {
    if (this.evaluation.depth >= MAX_DEPTH) return tooDeep;
    this.evaluation.depth++;
    const value = compute();
    this.evaluation.depth--;
    return value;
  }

  public resolve(node: unknown): Resolved {
    if (typeof node === 'string') return dynamicReferences(node, this);
    if (typeof node !== 'object' || node === null) return node as Resolved;
    // As `deeper`, without a function of its own for every part of every template.
    if (this.evaluation.depth >= MAX_DEPTH) return TOO_DEEP;
    this.evaluation.depth++;
    const value = Array.isArray(node) ? this.resolveList(node) : this.resolveObject(node as JsonObject);
    this.evaluation.depth--;
    return value;
  }

  private resolveList(list: readonly unknown[]): Resolved {
    const resolved: Resolved[] = [];
    for (const each of list) {
      const value = this.resolve(each);
      if (value !== undefined) resolved.push(value);
    }
    return resolved;
  }

  private resolveObject(object: JsonObject): Resolved {
    const keys = Object.keys(object);
    if (keys.length === 1) {
      const intrinsic = INTRINSICS.get(keys[0]);
      if (intrinsic !== undefined) return this.finished(intrinsic(object[keys[0]], this));
    }
    const special = keys.find((key) => key.startsWith('Fn::'));
    if (special !== undefined) return this.resolveSpecial(object, special);
    const members: [string, Resolved][] = [];
    for (const key of keys) {
      const resolved = this.resolve(object[key]);
      if (resolved !== undefined) members.push([key, resolved]);
    }
    return Object.fromEntries(members);
  }

  /** What a function gives, with the dynamic references that arise in it, and no longer than texts are. */
  private finished(value: Resolved): Resolved {
    if (typeof value === 'string' || value instanceof Unresolved) return withinLength(dynamicReferences(value, this));
    return Array.isArray(value) ? value.map((each: Resolved) => this.finished(each)) : value;
  }

  /** An object with a loop, or with a function that this reader does not know. */
  private resolveSpecial(object: JsonObject, name: string): Resolved {
    if (!hasLoops(object)) return new Unresolved(`${name} is a function that cannot be read from a template`);
    const members: [string, Resolved][] = [];
    for (const { key, value, loop } of expandLoops(object, this, this.evaluation.loopNodes)) {
      if (loop !== undefined && isUnreadLoop(key)) return loop;
      const resolved = loop ?? this.resolve(value);
      if (resolved !== undefined) members.push([key, resolved]);
    }
    return Object.fromEntries(members);
  }

  private expanded(section: JsonObject): JsonObject {
    if (!hasLoops(section)) return section;
    return Object.fromEntries(expandLoops(section, this, this.evaluation.loopNodes).map(({ key, value, loop }) => {
      return [key, loop && isObject(value) ? { ...value, [LOOP]: loop } : value];
    }));
  }
}

/* Transforms that change no resource of Cognito or API Gateway that is written out (CloudFormation template reference, transforms, 2026). */
const HARMLESS_TRANSFORM = /^AWS::(?:LanguageExtensions|Serverless-2016-10-31|SecretsManager-.*|CodeDeployBlueGreen)$/;

/** The first transform that may change any part of a template: at its top, or in a whole section. */
function transformOf(template: object): Unresolved | undefined {
  const sections = [template, ...['Resources', 'Conditions', 'Mappings', 'Parameters'].map((name) => member(template, name))];
  const included = sections.map((section) => member(section, 'Fn::Transform'));
  const names = [member(template, 'Transform'), included].flat(2).filter((each) => each !== undefined && each !== null).map(transformName);
  const name = names.find((each) => !HARMLESS_TRANSFORM.test(each));
  return name === undefined ? undefined : new Unresolved(`the transform ${name} may change this`);
}

/** Marks a member that stands for all turns of a loop over an unknown collection. */
export const LOOP = Symbol('loop');
