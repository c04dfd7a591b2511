import type { MethodGroup } from './cells';
import type { AccessModel, Method } from '../model/access-model';
import { indexOf } from '../model/model-index';
import type { ObtainableToken } from '../model/tokens';
import { isKnown, type Value } from '../model/value';

/** Stands for any user pool, where the pools of an authorizer cannot be known. No pool has this id. */
const ANY_POOL = '';

/**
 * Finds the methods that a token may open, so that nobody asks about pairs which share neither a scope nor a pool.
 *
 * It never decides: whatever depends on an unknown value counts as a candidate.
 */
export class MethodCandidates {
  private readonly all: readonly MethodGroup[];
  /** Methods that take ID tokens, by user pool. */
  private readonly idToken = new Map<string, MethodGroup[]>();
  /** Methods with scopes, by user pool. */
  private readonly anyOf = new Map<string, MethodGroup[]>();
  /** Methods with a scope that is not known, by user pool. */
  private readonly openScope = new Map<string, MethodGroup[]>();
  /** Methods by user pool and scope. */
  private readonly byScope = new Map<string, MethodGroup[]>();

  public constructor(model: AccessModel, groups: readonly MethodGroup[]) {
    this.all = groups;
    for (const group of groups) {
      const { access } = group.sample;
      for (const pool of knownPools(model, group.sample) ?? [ANY_POOL]) {
        if (access.kind === 'idToken') add(this.idToken, pool, group);
        if (access.kind !== 'anyOf') continue;
        add(this.anyOf, pool, group);
        if (!access.scopes.every(isKnown)) add(this.openScope, pool, group);
        else for (const scope of access.scopes as string[]) add(this.byScope, keyOf(pool, scope), group);
      }
    }
  }

  /** The methods that one of the tokens may open. */
  public of(tokens: readonly ObtainableToken[]): ReadonlySet<MethodGroup> {
    const found = new Set<MethodGroup>();
    for (const token of tokens) {
      for (const list of this.listsFor(token)) {
        for (const group of list ?? []) found.add(group);
      }
    }
    return found;
  }

  private listsFor({ use, userPool, scopes }: ObtainableToken): (readonly MethodGroup[] | undefined)[] {
    if (!isKnown(userPool)) return [this.all];
    const pools = [userPool, ANY_POOL];
    if (use === 'id') return pools.map((pool) => this.idToken.get(pool));
    if (!scopes.every(isKnown)) return pools.map((pool) => this.anyOf.get(pool));
    return pools.flatMap((pool) => [
      this.openScope.get(pool), ...(scopes as readonly string[]).map((scope) => this.byScope.get(keyOf(pool, scope))),
    ]);
  }
}

/** The user pools whose tokens a method takes; undefined where they cannot all be known. */
export function knownPools(model: AccessModel, method: Method): readonly string[] | undefined {
  const { access } = method;
  if (access.kind !== 'anyOf' && access.kind !== 'idToken') return [];
  const authorizer = isKnown(access.authorizer) ? indexOf(model).authorizers.get(access.authorizer) : undefined;
  return authorizer !== undefined && isKnown(authorizer.kind) && allKnown(authorizer.userPools) ? authorizer.userPools : undefined;
}

function allKnown(values: readonly Value<string>[]): values is readonly string[] {
  return values.every(isKnown);
}

/** User pool and scope in one key; neither holds a line break. */
export function keyOf(userPool: string, scope: string): string {
  return `${userPool}\n${scope}`;
}

function add(map: Map<string, MethodGroup[]>, key: string, group: MethodGroup): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [group]);
  else list.push(group);
}
