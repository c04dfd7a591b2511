import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Problem } from '../../model/problem';

/** A literal user pool id begins with its Region (UserPoolIdType, botocore 1.43.107). */
const USER_POOL_ID = /^([a-z]+(?:-[a-z]+)+-\d+)_[A-Za-z0-9]+$/;

/** The Region of a user pool: what a literal id says, else where the app places the pool. */
export function regionOf(userPool: IUserPool): string {
  return USER_POOL_ID.exec(userPool.userPoolId)?.[1] ?? userPool.env.region;
}

/** Checks that a user pool is where a stack can change it: in the account and Region of the stack, as far as they are known. */
export function checkChangeable(subject: string, construct: IConstruct, userPool: IUserPool): Problem[] {
  const { account, region } = Stack.of(construct);
  const other = [
    ...(differ(userPool.env.account, account) ? [{ found: `account ${userPool.env.account}`, wanted: `account ${account}` }] : []),
    ...(differ(regionOf(userPool), region) ? [{ found: `Region ${regionOf(userPool)}`, wanted: `Region ${region}` }] : []),
  ];
  return other.length === 0 ? [] : [{
    code: 'UserPoolElsewhere',
    subject,
    wrong: 'would change a user pool that is outside the reach of its stack',
    got: other.map(({ found }) => found).join(', '),
    expected: `a user pool of ${other.map(({ wanted }) => wanted).join(' and ')}, as the stack`,
    fix: 'declare it in a stack that is deployed where the user pool is, and import it here',
  }];
}

/** Checks that the ARN of a user pool names the Region of its id; authorizers take the ARN. */
export function checkArn(userPool: IUserPool): Problem[] {
  const region = regionOf(userPool);
  return !differ(region, userPool.env.region) ? [] : [{
    code: 'UserPoolRegion',
    subject: `user pool "${userPool.node.path}"`,
    wrong: `has an id of another Region than its ARN, ${userPool.env.region}`,
    got: userPool.userPoolId,
    expected: `an ARN of Region ${region}`,
    fix: 'import it with UserPool.fromUserPoolArn',
  }];
}

/** Whether two values are certainly different. */
function differ(a: string, b: string): boolean {
  return Token.compareStrings(a, b) === TokenComparison.DIFFERENT;
}
