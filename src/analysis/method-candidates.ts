import type { MethodGroup } from './method-groups';
import { ScopeIndex } from './scope-index';
import type { AccessModel, Method } from '../model/access-model';
import { indexOf } from '../model/model-index';
import type { ObtainableToken } from '../model/tokens';
import { sameUserPool } from '../model/user-pools';
import { identityOf, isKnown, type Value } from '../model/value';

/** Stands for any user pool, where the pools of an authorizer cannot be known. No pool has this id. */
const ANY_POOL = '';

/** The methods that take tokens of one user pool. */
interface PoolMethods {
  /** Methods that take ID tokens. */
  readonly idToken: MethodGroup[];
  /** Methods with scopes. */
  readonly anyOf: MethodGroup[];
  /** Methods by scope. */
  readonly byScope: ScopeIndex<MethodGroup>;
}

/**
 * Finds the methods that a token may open, so that nobody asks about pairs which share neither a scope nor a pool.
 *
 * It never decides: whatever depends on an unknown value counts as a candidate.
 */
export class MethodCandidates {
  private readonly pools = new Map<string, PoolMethods>();
  /** Methods whose authorizer is of another kind than their access: any token may open them. */
  private readonly always: MethodGroup[] = [];
  /** What may take tokens of a user pool, by the pool. */
  private readonly reachable = new Map<string, readonly PoolMethods[]>();

  public constructor(private readonly model: AccessModel, private readonly all: readonly MethodGroup[]) {
    for (const group of all) {
      if (hasLambdaAuthorizer(model, group.sample)) this.always.push(group);
      for (const pool of knownPools(model, group.sample) ?? [ANY_POOL]) this.add(pool, group);
    }
  }

  /** The methods that one of the tokens may open. */
  public of(tokens: readonly ObtainableToken[]): ReadonlySet<MethodGroup> {
    const found = new Set<MethodGroup>(tokens.length > 0 ? this.always : []);
    for (const token of tokens) {
      if (isKnown(token.userPool)) {
        for (const methods of this.methodsOf(token.userPool)) collect(found, token, methods);
      } else {
        addAll(found, this.all);
      }
    }
    return found;
  }

  private methodsOf(userPool: string): readonly PoolMethods[] {
    let methods = this.reachable.get(userPool);
    if (methods === undefined) {
      const pools = [...this.pools].filter(([pool]) => pool === ANY_POOL || sameUserPool(this.model, pool, userPool) !== false);
      this.reachable.set(userPool, methods = pools.map(([, each]) => each));
    }
    return methods;
  }

  private add(pool: string, group: MethodGroup): void {
    let methods = this.pools.get(pool);
    if (methods === undefined) this.pools.set(pool, methods = { idToken: [], anyOf: [], byScope: new ScopeIndex() });
    const { access } = group.sample;
    if (access.kind === 'idToken') methods.idToken.push(group);
    if (access.kind !== 'anyOf') return;
    methods.anyOf.push(group);
    for (const scope of access.scopes) methods.byScope.add(scope, group);
  }
}

function collect(found: Set<MethodGroup>, { use, scopes }: ObtainableToken, methods: PoolMethods): void {
  if (use === 'id') {
    addAll(found, methods.idToken);
  } else if (scopes.some((scope) => identityOf(scope) === undefined)) {
    addAll(found, methods.anyOf);
  } else {
    for (const scope of scopes) addAll(found, methods.byScope.find(scope));
  }
}

function addAll(found: Set<MethodGroup>, groups: readonly MethodGroup[]): void {
  for (const group of groups) found.add(group);
}

/** The user pools whose tokens a method takes; undefined where they cannot all be known. */
export function knownPools(model: AccessModel, method: Method): readonly string[] | undefined {
  const { access } = method;
  if (access.kind !== 'anyOf' && access.kind !== 'idToken') return [];
  const authorizer = isKnown(access.authorizer) ? indexOf(model).authorizers.get(access.authorizer) : undefined;
  return authorizer?.kind === 'cognito' && allKnown(authorizer.userPools) ? authorizer.userPools : undefined;
}

function hasLambdaAuthorizer(model: AccessModel, { access }: Method): boolean {
  return (access.kind === 'anyOf' || access.kind === 'idToken') && isKnown(access.authorizer)
    && indexOf(model).authorizers.get(access.authorizer)?.kind === 'lambda';
}

function allKnown(values: readonly Value<string>[]): values is readonly string[] {
  return values.every(isKnown);
}
