import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Annotations, Stack, type CfnResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { failAtSynth } from './problems';
import { UserPoolRegistry } from './user-pool-registry';
import { checkDeprecation, checkRemovalDay } from '../../model/deprecation';
import { checkReplacement } from '../../model/manifest';
import { METADATA_KEY, type DeclaredServerMetadata } from '../../model/metadata';
import { formatProblem, type Problem } from '../../model/problem';
import type { Scope } from '../scope';
import type { ScopeDeprecation } from '../scope-deprecation';
import type { IScopedResourceServer } from '../scoped-resource-server-ref';

/** Ids under which warnings can be acknowledged. */
const OVERDUE = 'cdk-protected-api:scope-removal-overdue';
const USED = 'cdk-protected-api:deprecated-scope';

/** Checks what a call says of a scope that is to go. */
export function checkScopeDeprecation(fullName: string, name: string, deprecated: ScopeDeprecation): Problem[] {
  const replacement = deprecated.replacedBy?.fullName;
  return [...checkDeprecation(name, deprecated), ...(replacement === undefined ? [] : checkReplacement(name, fullName, replacement))];
}

/** Writes the deprecated scopes of a resource server into its template, and checks what only the finished tree shows. */
export function declareDeprecation(server: IScopedResourceServer, resource: CfnResource, scope: Scope): void {
  const { name, deprecated } = scope;
  const { replacedBy } = deprecated!;
  const metadata: DeclaredServerMetadata = { deprecatedScopes: deprecationsOf(server.scopes)! };
  resource.addMetadata(METADATA_KEY, metadata);
  for (const problem of checkRemovalDay(name, deprecated!, today())) Annotations.of(server).addWarningV2(OVERDUE, formatProblem(problem));
  if (replacedBy === undefined || replacedBy.resourceServer !== undefined) return;
  failAtSynth(server, () => UserPoolRegistry.of(server).checkScopes(`deprecation of scope "${name}"`, [server.userPool], [replacedBy.fullName], true));
}

/** The deprecations of scopes as plain data, by name; undefined where there are none. */
export function deprecationsOf(scopes: readonly Scope[]): DeclaredServerMetadata['deprecatedScopes'] | undefined {
  const all = scopes.flatMap(({ name, deprecated }) => (deprecated === undefined ? [] : [[name, plain(deprecated)] as const]));
  return all.length === 0 ? undefined : Object.fromEntries(all);
}

/** A deprecation as plain data. */
export function plain({ replacedBy, removeAfter, reason }: ScopeDeprecation) {
  return { ...(replacedBy !== undefined && { replacedBy: replacedBy.fullName }), removeAfter, reason };
}

/**
 * Warns of deprecated scopes that a client or method still uses.
 *
 * @param subject the client or method in the words of messages
 */
export function warnOfDeprecatedScopes(construct: IConstruct, subject: string, userPools: readonly IUserPool[], scopes: readonly string[]): void {
  const registry = UserPoolRegistry.of(construct);
  for (const fullName of scopes) {
    const deprecated = registry.find(userPools, fullName)?.deprecated;
    if (deprecated === undefined) continue;
    const { replacedBy, removeAfter, reason } = deprecated;
    Annotations.of(construct).addWarningV2(USED, formatProblem({
      code: 'ScopeDeprecated',
      subject,
      wrong: `uses a scope that may go after ${removeAfter} (${reason})`,
      got: fullName,
      expected: replacedBy === undefined ? 'a scope that stays' : `"${Stack.of(construct).resolve(replacedBy.fullName)}"`,
      fix: replacedBy === undefined ? 'do without the scope' : 'use the scope that takes its place',
    }));
  }
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
