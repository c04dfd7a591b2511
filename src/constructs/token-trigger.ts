import { LambdaVersion, UserPoolOperation, type CfnUserPool, type IUserPool, type UserPool } from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { METADATA_KEY, type UserPoolMetadata } from '../model/metadata';
import { failAtArguments } from './private/arguments';
import { checkFeaturePlan } from './private/feature-plan';
import { failAt, failAtSynth } from './private/problems';
import { checkOneTrigger, checkTokenTrigger } from './private/token-trigger-checks';
import type { Scope } from './scope';

/** Properties of `TokenTrigger`. */
export interface TokenTriggerProps {
  /** The user pool, one that this app declares. It has one pre token generation trigger at most. */
  readonly userPool: IUserPool;

  /** The function. It answers with the scopes in `claimsAndScopeOverrideDetails.accessTokenGeneration.scopesToAdd`. */
  readonly handler: IFunction;

  /**
   * All scopes that the function adds, to the tokens of some callers or of all, at least one.
   *
   * Nothing checks that the function keeps to them: the matrix believes this list. A scope has no spaces. It need not be
   * one that a resource server declares (`Scope.external`).
   */
  readonly addsScopes: Scope[];

  /**
   * Version of the event that the function takes.
   *
   * `V2_0` acts on access tokens of users, `V3_0` on those of machines too. Both need the feature plan Essentials or Plus.
   *
   * @default LambdaVersion.V2_0
   */
  readonly lambdaVersion?: LambdaVersion;
}

/**
 * A pre token generation trigger that adds scopes to access tokens, declared so that the matrix shows who can call what by it.
 *
 * Defines an `AWS::Lambda::Permission` and sets the trigger of the user pool, whose metadata carries the scopes. Cognito adds
 * them whatever the scopes of the client, also to tokens of SDK sign-in (Cognito developer guide, «Pre token generation Lambda trigger»).
 *
 * Such a trigger can also take scopes away (`scopesToSuppress`). Nothing declares that: the matrix shows clients with all scopes that
 * they are granted, and notes the user pool of the trigger.
 *
 * @example
 * new TokenTrigger(this, 'Entitlements', { userPool: photos.userPool, handler: add, addsScopes: [write] });
 */
export class TokenTrigger extends Construct {
  /** The user pool of the trigger. */
  public readonly userPool: IUserPool;

  /** All scopes that the trigger adds. */
  public readonly addsScopes: Scope[];

  public constructor(scope: Construct, id: string, props: TokenTriggerProps) {
    super(scope, id);
    failAtArguments('tokenTrigger', `token trigger "${id}"`, props);
    const { lambdaVersion = LambdaVersion.V2_0 } = props;
    this.userPool = props.userPool;
    this.addsScopes = [...props.addsScopes];
    failAt(checkTokenTrigger(this, props.userPool, lambdaVersion, props.addsScopes));
    const userPool = props.userPool as UserPool;
    const resource = userPool.node.defaultChild as CfnUserPool;
    const metadata: UserPoolMetadata = { addsScopes: props.addsScopes.map(({ fullName }) => fullName) };
    userPool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, props.handler, lambdaVersion);
    resource.addMetadata(METADATA_KEY, { ...resource.getMetadata(METADATA_KEY), ...metadata });
    failAtSynth(this, () => [
      ...checkFeaturePlan(resource, `token triggers of version ${lambdaVersion}`, 'remove the trigger'),
      ...checkOneTrigger(this, userPool, resource),
    ]);
  }
}
