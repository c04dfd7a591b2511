import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Reference, Token, Tokenization } from 'aws-cdk-lib/core';

/**
 * What identifies a user pool among the constructs of an app, however it was obtained: the path of the resource that
 * declares it, or its literal id.
 */
export function userPoolKey(userPool: IUserPool): string {
  const id = userPool.userPoolId;
  if (!Token.isUnresolved(id)) return id;
  const reference = Tokenization.reverseString(id).firstToken;
  return Reference.isReference(reference) ? reference.target.node.path : id;
}

/** A short name of a user pool for ids and display names: where it stands below its stack, or its literal id. */
export function userPoolLabel(userPool: IUserPool): string {
  const key = userPoolKey(userPool);
  if (Token.isUnresolved(key)) return userPool.node.id;
  const parts = key.split('/').filter((part) => part !== 'Resource' && part !== 'Default');
  return (parts.length > 1 ? parts.slice(1) : parts).join('-').replace(/[^A-Za-z0-9_-]/g, '-');
}
