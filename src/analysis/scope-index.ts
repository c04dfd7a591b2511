import { fixedEnd, identityOf, isUnknown, sameText, type Value } from '../model/value';

/** A scope with what is listed under it. */
interface Entry<T> {
  readonly scope: Value<string>;
  readonly things: T[];
}

/**
 * Finds what is listed under a scope, for scopes that may be expressions: everything of which `sameText` does not say that it
 * is under another scope. Each scope is looked for once.
 */
export class ScopeIndex<T> {
  private readonly entries = new ByScope<Entry<T>>();
  /** Scopes by what certainly stands behind their last slash. */
  private readonly byEnding = new Map<string, Entry<T>[]>();
  /** Scopes whose ending is not fixed. */
  private readonly open: Entry<T>[] = [];
  /** Things with a scope of which nothing is known. */
  private readonly always: T[] = [];
  private readonly found = new ByScope<readonly T[]>();

  public add(scope: Value<string>, thing: T): void {
    if (identityOf(scope) === undefined) {
      this.always.push(thing);
      return;
    }
    this.entries.get(scope, () => {
      const entry: Entry<T> = { scope, things: [] };
      this.ofEnding(endingOf(scope)).push(entry);
      return entry;
    }).things.push(thing);
  }

  /** What may be listed under a scope of which something is known. Ask when all is added. */
  public find(scope: Value<string>): readonly T[] {
    return this.found.get(scope, () => {
      const ending = endingOf(scope);
      const near = ending === undefined ? [...this.byEnding.values()].flat() : this.ofEnding(ending);
      return [...this.always, ...[...near, ...this.open].flatMap((each) => (sameText(each.scope, scope) === false ? [] : each.things))];
    });
  }

  private ofEnding(ending: string | undefined): Entry<T>[] {
    if (ending === undefined) return this.open;
    let entries = this.byEnding.get(ending);
    if (entries === undefined) this.byEnding.set(ending, entries = []);
    return entries;
  }
}

/** Something for each scope, made once; expressions apart from texts that read alike. */
class ByScope<T> {
  private readonly texts = new Map<string, T>();
  private readonly expressions = new Map<string, T>();

  public get(scope: Value<string>, make: () => T): T {
    const of = isUnknown(scope) ? this.expressions : this.texts;
    const key = identityOf(scope) ?? '';
    let value = of.get(key);
    if (value === undefined) of.set(key, value = make());
    return value;
  }
}

/** A scope from its last slash on; the whole of a known one without a slash. Undefined where that is not fixed. */
function endingOf(scope: Value<string>): string | undefined {
  const end = fixedEnd(scope);
  const slash = end.lastIndexOf('/');
  return slash >= 0 ? end.slice(slash) : isUnknown(scope) ? undefined : scope;
}
