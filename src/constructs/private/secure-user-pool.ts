import { AccountRecovery, FeaturePlan, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** Defines a user pool with safe defaults: nobody signs up alone, passwords are strong, deletion is guarded. */
export function secureUserPool(scope: Construct, id: string, removalPolicy: RemovalPolicy): UserPool {
  return new UserPool(scope, id, {
    selfSignUpEnabled: false,
    signInCaseSensitive: false,
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    featurePlan: FeaturePlan.ESSENTIALS,
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    removalPolicy,
    deletionProtection: removalPolicy !== RemovalPolicy.DESTROY,
  });
}
