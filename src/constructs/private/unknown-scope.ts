import { expectedNames } from '../../model/nearest';
import { ProblemError } from '../../model/problem';
import type { IScopedResourceServer } from '../scoped-resource-server-ref';

/** How a resource server gets a scope, by where its scopes come from. */
export const SCOPE_FIXES = {
  declared: 'declare it with addScope, or correct the name',
  plain: 'add it to the scopes of the resource server, or correct the name',
  attributes: 'add it to scopeNames of the attributes, or correct the name',
  manifest: 'take a newer manifest, or correct the name',
  none: 'declare it with addScope, refer to its resource server with fromAttributes, or correct the name',
} as const;

/** Where the scopes of a resource server come from. */
export type ScopeSource = keyof typeof SCOPE_FIXES;

/** The error for a scope name that a resource server does not declare. */
export function unknownScopeName(server: IScopedResourceServer, name: string, source: ScopeSource): ProblemError {
  return new ProblemError([{
    code: 'ScopeUnknown',
    subject: `resource server "${server.node.path}"`,
    wrong: 'declares no such scope',
    got: name,
    expected: expectedNames(name, server.scopes.map((scope) => scope.name), 'a declared scope'),
    fix: SCOPE_FIXES[source],
  }]);
}
