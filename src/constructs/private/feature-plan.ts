import { CfnUserPool, type IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Stage } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { rendered } from './rendered';
import { userPoolPath } from './user-pool-key';
import type { Problem } from '../../model/problem';

/** The resource of a user pool that this app declares, however it was obtained; undefined for others. */
export function declaredUserPool(userPool: IUserPool): CfnUserPool | undefined {
  const start: IConstruct = Stage.of(userPool) ?? userPool.node.root;
  const found = userPoolPath(userPool)?.split('/').reduce<IConstruct | undefined>((parent, id) => parent?.node.tryFindChild(id), start);
  return found instanceof CfnUserPool ? found : undefined;
}

/** Checks that the feature plan of a user pool has a feature; without one, Cognito takes ESSENTIALS. */
export function checkFeaturePlan(userPool: CfnUserPool, feature: string, otherwise: string): Problem[] {
  if (rendered(userPool).properties.UserPoolTier !== 'LITE') return [];
  return [{
    code: 'FeaturePlan',
    subject: `user pool "${userPool.node.path}"`,
    wrong: `has a feature plan without ${feature}`,
    got: 'LITE',
    expected: 'ESSENTIALS or PLUS',
    fix: `raise featurePlan, or ${otherwise}`,
  }];
}
