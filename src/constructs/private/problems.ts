import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { expectedNames } from '../../model/nearest';
import { failOn, formatProblem, ProblemError, type Problem } from '../../model/problem';
import type { IScopedResourceServer } from '../scoped-resource-server-ref';

/** Throws where a call was given something wrong. */
export function failAt(problems: readonly Problem[]): void {
  failOn(problems);
}

/** Adds a check of the finished tree: its problems make synthesis fail, all at once. */
export function failAtSynth(construct: IConstruct, check: () => readonly Problem[]): void {
  construct.node.addValidation({ validate: () => check().map(formatProblem) });
}

/** The texts that are literals; what only deployment knows cannot be checked here. */
export function literals(texts: readonly string[]): string[] {
  return texts.filter((text) => !Token.isUnresolved(text));
}

/** The error for a scope name that a resource server does not declare. */
export function unknownScopeName(server: IScopedResourceServer, name: string): ProblemError {
  return new ProblemError([{
    code: 'ScopeUnknown',
    subject: `resource server "${server.node.path}"`,
    wrong: 'declares no such scope',
    got: name,
    expected: expectedNames(name, server.scopes.map((scope) => scope.name), 'a declared scope'),
    fix: 'declare it with addScope, or correct the name',
  }]);
}
