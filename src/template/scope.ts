import type { JsonObject } from './json';
import type { TemplateSource } from './template-set';
import type { Resolved, Unresolved } from './unresolved';
import type { ParameterDefault } from '../model/access-model';

/** Named things that are computed once per template. */
export type ThingKind = 'parameter' | 'resource' | 'attribute' | 'condition' | 'output' | 'export';

/** One template while it is read: what names in it stand for. */
export interface Scope {
  readonly source: TemplateSource;
  readonly stack: string;
  readonly parameters: JsonObject;
  readonly mappings: JsonObject;
  readonly conditions: JsonObject;
  readonly outputs: JsonObject;
  /** Metadata of the whole template. */
  readonly metadata: JsonObject;
  /** Resources by logical id. */
  readonly resources: JsonObject;
  /** The scope of the template that has this one as a nested stack. */
  readonly parent?: Scope;
  /** Set where a transform of the template may change any part of it. */
  readonly transform?: Unresolved;
  /** All templates of the set. */
  readonly all: readonly Scope[];
  /** Whether a default has a part in what was computed since `noting`. */
  readonly usesDefaults: boolean;
  /** The defaults that have a part in what `noting` computed, in any template. */
  readonly defaults: readonly ParameterDefault[];
  /** Resolves the intrinsic functions in a part of the template. */
  resolve(node: unknown): Resolved;
  /** The scope of a nested stack. */
  nested(logicalId: string): Scope | undefined;
  /** Computes something one level deeper; gives `tooDeep` instead where templates do not go that deep. */
  deeper<T>(compute: () => T, tooDeep: T): T;
  /**
   * Computes the thing of a kind and a name once.
   *
   * @throws ProblemError `TemplateCircular` where computing it asks for itself
   */
  once<T>(kind: ThingKind, name: string, compute: () => T): T;
  /** Says that the default of a parameter is part of what is being computed. */
  defaultUsed(parameter: ParameterDefault): void;
  /** Computes something that the model says: the defaults that have a part in it are listed. */
  noting<T>(compute: () => T): T;
}

/** Understands the argument of one intrinsic function. */
export type Intrinsic = (argument: unknown, scope: Scope) => Resolved;
