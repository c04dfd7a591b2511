import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { failOn, formatProblem, type Problem } from '../../model/problem';

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
