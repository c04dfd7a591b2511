import { LambdaVersion, UserPool, type CfnUserPool, type IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { IConstruct } from 'constructs';
import { checkDuplicateScopes } from '../../model/client-rules';
import type { Problem } from '../../model/problem';
import type { Scope } from '../scope';
import { rendered } from './rendered';
import { isSameUserPool } from './user-pool-key';

/** Checks that a pre token generation trigger can be set on a user pool, and can add the scopes. */
export function checkTokenTrigger(trigger: IConstruct, userPool: IUserPool, version: LambdaVersion, scopes: readonly Scope[]): Problem[] {
  const subject = `token trigger "${trigger.node.path}"`;
  return [
    ...checkVersion(subject, version),
    ...checkScopes(subject, userPool, scopes),
    ...checkUserPool(subject, userPool),
  ];
}

/** Triggers of the first version change ID tokens only (Cognito developer guide, «Pre token generation Lambda trigger»). */
function checkVersion(subject: string, version: LambdaVersion): Problem[] {
  if (version !== LambdaVersion.V1_0) return [];
  return [{
    code: 'TokenTrigger',
    subject,
    wrong: 'has a version that adds no scopes',
    got: version,
    expected: 'V2_0 for users, V3_0 for users and machines',
    fix: 'raise lambdaVersion',
  }];
}

function checkScopes(subject: string, userPool: IUserPool, scopes: readonly Scope[]): Problem[] {
  if (scopes.length === 0) {
    return [{
      code: 'TokenTrigger',
      subject,
      wrong: 'adds no scope',
      expected: 'at least one scope',
      fix: 'list the scopes in addsScopes, or use addTrigger of the user pool',
    }];
  }
  const foreign = scopes.filter(({ resourceServer }) => resourceServer !== undefined && !isSameUserPool(resourceServer.userPool, userPool));
  return [
    ...checkDuplicateScopes(subject, scopes.map(({ fullName }) => fullName)),
    ...foreign.map(({ fullName }): Problem => ({
      code: 'ScopeOfOtherPool',
      subject,
      wrong: 'adds a scope of another user pool, which methods accept in tokens of that user pool only',
      got: fullName,
      expected: `scopes of resource servers of user pool "${userPool.node.path}"`,
      fix: 'remove the scope, or add the trigger to its user pool',
    })),
  ];
}

function checkUserPool(subject: string, userPool: IUserPool): Problem[] {
  if (!(userPool instanceof UserPool)) {
    return [{
      code: 'TokenTrigger',
      subject,
      wrong: 'belongs to a user pool that this app only refers to',
      got: userPool.node.path,
      expected: 'a UserPool that this app declares',
      fix: 'declare the trigger where the user pool is declared',
    }];
  }
  const { LambdaConfig: config = {} } = rendered(userPool.node.defaultChild as CfnUserPool).properties;
  if (config.PreTokenGenerationConfig === undefined && config.PreTokenGeneration === undefined) return [];
  return [secondTrigger(subject, 'is a second one', userPool)];
}

/**
 * Checks the finished user pool of a trigger: `PreTokenGeneration`, which may be set later, names the same function as
 * `PreTokenGenerationConfig` (Cognito developer guide, «Pre token generation Lambda trigger»).
 */
export function checkOneTrigger(trigger: IConstruct, userPool: IUserPool, resource: CfnUserPool): Problem[] {
  const { LambdaConfig: config } = rendered(resource).properties;
  const later: unknown = config?.PreTokenGeneration;
  const own: unknown = config?.PreTokenGenerationConfig?.LambdaArn;
  return areDifferent(later, own) ? [secondTrigger(`token trigger "${trigger.node.path}"`, 'meets a second one', userPool)] : [];
}

/** Whether two ARNs of a template are certainly two: both are literal, or attributes of two resources. */
function areDifferent(a: unknown, b: unknown): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a !== b;
  const [first, second] = [a, b].map((each) => (typeof each === 'object' && each !== null && 'Fn::GetAtt' in each ? JSON.stringify(each) : undefined));
  return first !== undefined && second !== undefined && first !== second;
}

function secondTrigger(subject: string, wrong: string, userPool: IUserPool): Problem {
  return {
    code: 'TokenTrigger',
    subject,
    wrong,
    got: userPool.node.path,
    expected: 'one pre token generation trigger per user pool',
    fix: 'let one function add all scopes',
  };
}
