import type { MatrixMethod } from './matrix-data';
import { isStandardScope, splitFullScopeName } from '../model/scope-grammar';

/** Identifiers up to this length stay in scope names: leaving them out would save less than the legend takes. */
const SHORT_IDENTIFIER = 12;

/** Scope names as a table shows them. */
export interface ShortScopes {
  /** Identifiers that are left out, with the names of their scopes, ordered. */
  readonly legend: readonly { readonly identifier: string; readonly names: readonly string[] }[];
  /** The scope name alone where that names one scope only; else the full scope name. */
  show(scope: string): string;
}

/** Leaves long identifiers of resource servers out of scope names, except where a name would stand for two scopes. */
export function shortenScopes(methods: readonly MatrixMethod[]): ShortScopes {
  const scopes = [...new Set(methods.flatMap(({ access }) => access.scopes ?? []))];
  const byName = new Map<string, string[]>();
  for (const scope of scopes) {
    const name = splitFullScopeName(scope)?.name ?? scope;
    byName.set(name, [...byName.get(name) ?? [], scope]);
  }
  const shown = new Map<string, string>();
  const legend = new Map<string, string[]>();
  for (const scope of scopes) {
    const parts = isStandardScope(scope) || scope.startsWith('<') ? undefined : splitFullScopeName(scope);
    if (parts === undefined || parts.identifier.length <= SHORT_IDENTIFIER || byName.get(parts.name)?.length !== 1) continue;
    shown.set(scope, parts.name);
    legend.set(parts.identifier, [...legend.get(parts.identifier) ?? [], parts.name].sort());
  }
  return {
    show: (scope) => shown.get(scope) ?? scope,
    legend: [...legend].sort(([a], [b]) => (a < b ? -1 : 1)).map(([identifier, names]) => ({ identifier, names })),
  };
}
