import { arnOf } from '../../../arn-of';
import type { LivePool } from '../../live-pool';
import { optional, whole } from '../input';
import { NEXT_TOKEN, USER_POOL_ID } from '../members';
import { operation, type Operations } from '../operation';
import { pageOf } from '../page-of';

/** The operations that show user pools: what the sandbox knows of them. */
export const USER_POOL_OPERATIONS: Operations = {
  ListUserPools: operation({
    MaxResults: whole({ min: 1, max: 60 }), NextToken: optional(NEXT_TOKEN),
  }, ({ cognito }, { MaxResults, NextToken }) => {
    const { items, nextToken } = pageOf(cognito.pools.values(), ({ poolId }) => poolId, MaxResults, NextToken);
    return { UserPools: items.map(summaryOf), NextToken: nextToken };
  }),

  DescribeUserPool: operation({ UserPoolId: USER_POOL_ID }, (call, { UserPoolId }) => {
    const pool = call.pool(UserPoolId);
    const { account, issuer, poolId, region, shown = {}, usernameAttributes, users } = pool;
    return {
      UserPool: {
        ...summaryOf(pool),
        Arn: arnOf('cognito-idp', { account, region }, `userpool/${poolId}`),
        EstimatedNumberOfUsers: users.size,
        Domain: shown.Domain,
        CustomDomain: shown.CustomDomain,
        // That a user pool which says nothing of its issuer shows the original one is «unverified».
        IssuerConfiguration: { Type: issuer === 'updated' ? 'UPDATED' : 'ORIGINAL' },
        ...(usernameAttributes.length > 0 && { UsernameAttributes: usernameAttributes }),
      },
    };
  }),
};

function summaryOf({ createdAt, name, poolId, shown }: LivePool): object {
  return { Id: poolId, Name: name, LambdaConfig: shown?.LambdaConfig ?? {}, CreationDate: createdAt / 1000, LastModifiedDate: createdAt / 1000 };
}
