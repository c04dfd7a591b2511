import type { Scope } from '../scope';
import { Unresolved, placeholder, type Resolved } from '../unresolved';

/* Partitions by the beginning of their Region names, with their DNS suffix (AWS SDK endpoint rules, partitions, 2026). */
const PARTITIONS: readonly (readonly [region: RegExp, partition: string, suffix: string])[] = [
  [/^cn-/, 'aws-cn', 'amazonaws.com.cn'],
  [/^us-gov-/, 'aws-us-gov', 'amazonaws.com'],
  [/^us-iso-/, 'aws-iso', 'c2s.ic.gov'],
  [/^us-isob-/, 'aws-iso-b', 'sc2s.sgov.gov'],
  [/^eu-isoe-/, 'aws-iso-e', 'cloud.adc-e.uk'],
  [/^us-isof-/, 'aws-iso-f', 'csp.hci.ic.gov'],
  [/^eusc-/, 'aws-eusc', 'amazonaws.eu'],
  [/^[a-z]{2}-[a-z]+-\d+$/, 'aws', 'amazonaws.com'],
];

/** Returns whether `name` is a pseudo parameter. */
export function isPseudoParameter(name: string): boolean {
  return name.startsWith('AWS::');
}

/**
 * The value of a pseudo parameter.
 *
 * Stacks whose account or Region is not known count as deployed to the same place, as in the CDK.
 */
export function pseudoParameter(name: string, scope: Scope): Resolved {
  const { account, region } = scope.source.environment;
  const known = (value: string | undefined) => value ?? new Unresolved(`${name} is known after deployment`, placeholder(name));
  switch (name) {
    case 'AWS::NoValue': return undefined;
    case 'AWS::AccountId': return known(account);
    case 'AWS::Region': return known(region);
    case 'AWS::Partition': return known(region === undefined ? undefined : partitionOf(region));
    case 'AWS::URLSuffix': return known(region === undefined ? undefined : entryOf(region)?.[2]);
    case 'AWS::StackName':
      if (scope.source.stackName !== undefined) return scope.source.stackName;
  }
  return new Unresolved(`${name} of ${scope.stack} is known after deployment`, placeholder(`${scope.stack}/${name}`));
}

/** The partition that a Region is in; undefined where no partition has such names. */
export function partitionOf(region: string): string | undefined {
  return entryOf(region)?.[1];
}

function entryOf(region: string): (typeof PARTITIONS)[number] | undefined {
  return PARTITIONS.find(([pattern]) => pattern.test(region));
}
