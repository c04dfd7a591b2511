import { createHash } from 'node:crypto';
import {
  AuthorizationType, CognitoUserPoolsAuthorizer, type CfnAuthorizer, type IAuthorizer, type RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Lazy, Stack } from 'aws-cdk-lib/core';
import { userPoolKey, userPoolLabel } from './user-pool-key';

const MAX_NAME_CHARACTERS = 100;
const HASH_CHARACTERS = 8;

/** The Cognito authorizers of one API: one for each distinct set of user pools, defined on first use. */
export class Authorizers {
  private readonly byPools = new Map<string, CognitoUserPoolsAuthorizer>();

  public constructor(private readonly api: RestApi) {}

  /** The authorizer that accepts tokens of exactly these user pools. */
  public of(userPools: readonly IUserPool[]): CognitoUserPoolsAuthorizer {
    const pools = [...new Map(userPools.map((pool) => [userPoolKey(pool), pool]))]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, pool]) => pool);
    const key = pools.map(userPoolKey).join(' ');
    let authorizer = this.byPools.get(key);
    if (authorizer === undefined) this.byPools.set(key, authorizer = this.define(pools, key));
    return authorizer;
  }

  private define(userPools: IUserPool[], key: string): CognitoUserPoolsAuthorizer {
    const name = nameOf(userPools, key);
    const authorizer = new CognitoUserPoolsAuthorizer(this.api, `Authorizer-${name}`, { cognitoUserPools: userPools, authorizerName: name });
    // API Gateway serves what a deployment has copied: a changed authorizer needs another deployment.
    this.api.latestDeployment?.node.addDependency(authorizer);
    this.api.latestDeployment?.addToLogicalId({ authorizer: Lazy.any({ produce: () => settingsOf(authorizer.node.defaultChild as CfnAuthorizer) }) });
    return authorizer;
  }
}

/** Refuses nothing and names no authorizer: takes the place of a default authorizer that a method is not to have. */
export function noAuthorizer(authorizationType: AuthorizationType): IAuthorizer {
  return { authorizerId: '', authorizationType };
}

/** An authorizer that is defined when a method first asks for its id. */
export class LazyAuthorizer implements IAuthorizer {
  public readonly authorizationType = AuthorizationType.COGNITO;
  private define?: () => IAuthorizer;

  /** Sets how the authorizer is defined; an API can only say so once it exists. */
  public resolveWith(define: () => IAuthorizer): void {
    this.define = define;
  }

  public get authorizerId(): string {
    return this.define?.().authorizerId ?? '';
  }
}

/** Names an authorizer after its user pools. Two pools that read alike are told apart by a hash. */
function nameOf(userPools: readonly IUserPool[], key: string): string {
  const labels = userPools.map(userPoolLabel);
  const name = labels.join('-');
  const distinct = new Set(labels).size === labels.length && name.length <= MAX_NAME_CHARACTERS;
  return distinct ? name : `${name.slice(0, MAX_NAME_CHARACTERS)}-${createHash('sha256').update(key).digest('hex').slice(0, HASH_CHARACTERS)}`;
}

function settingsOf(authorizer: CfnAuthorizer): unknown {
  return Stack.of(authorizer).resolve({
    name: authorizer.name, type: authorizer.type, providerArns: authorizer.providerArns, identitySource: authorizer.identitySource,
    identityValidationExpression: authorizer.identityValidationExpression, ttl: authorizer.authorizerResultTtlInSeconds,
  });
}
