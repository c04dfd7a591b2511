import { CfnAuthorizer, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { UserPool, type IUserPool } from 'aws-cdk-lib/aws-cognito';
import { CfnResource, Stack, Stage, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { ApiParts, FinishedResource } from './api-parts';
import { userPoolIdKey, userPoolKey } from './user-pool-key';

/** The user pools of the authorizers that others than the API itself define. */
export class AuthorizerPools {
  private authorizers?: readonly FinishedResource[];
  private pools?: readonly IUserPool[];

  public constructor(private readonly api: RestApi, private readonly parts: ApiParts) {}

  /** The user pools of the authorizer with a resolved id, as `consumer` renders it; undefined where the app does not know all of them. */
  public of(authorizerId: unknown, consumer: IConstruct): readonly IUserPool[] | undefined {
    this.authorizers ??= this.parts.of(CfnAuthorizer.CFN_RESOURCE_TYPE_NAME);
    const id = JSON.stringify(authorizerId);
    const found = this.authorizers.find(({ resource }) => JSON.stringify(Stack.of(consumer).resolve(resource.ref)) === id);
    const pools = found && arnsOf(found)?.map((arn) => this.poolOf(arn, found.resource));
    return pools?.includes(undefined) ? undefined : pools as readonly IUserPool[] | undefined;
  }

  /** Whether the app declares a user pool itself, and so all of its resource servers. */
  public declares(userPool: IUserPool): boolean {
    return this.known().some((each) => each instanceof UserPool && userPoolKey(each) === userPoolKey(userPool));
  }

  private poolOf(arn: string, authorizer: CfnResource): IUserPool | undefined {
    const text = userPoolIdKey(arn, authorizer);
    const [, id] = text.split(':userpool/');
    return this.known().find((userPool) => userPoolKey(userPool) === id || userPoolIdKey(userPool.userPoolArn, userPool) === text);
  }

  private known(): readonly IUserPool[] {
    return this.pools ??= this.api.node.root.node.findAll().filter(isUserPool).filter((userPool) => Stage.of(userPool) === Stage.of(this.api));
  }
}

/** The ARNs as the CDK refers to them; undefined where an override takes their place, or only deployment knows how many there are. */
function arnsOf({ resource, properties }: FinishedResource): readonly string[] | undefined {
  const { providerArns } = resource as CfnResource & { readonly providerArns?: readonly string[] };
  if (!Array.isArray(providerArns) || Token.isUnresolved(providerArns)) return undefined;
  return JSON.stringify(Stack.of(resource).resolve(providerArns)) === JSON.stringify(properties.ProviderARNs) ? providerArns : undefined;
}

/** A user pool of the CDK, imported or not; the class of imported ones has no name. */
function isUserPool(construct: IConstruct): construct is IUserPool {
  const { userPoolId, userPoolArn, userPoolProviderName } = construct as Partial<IUserPool>;
  return !CfnResource.isCfnResource(construct) && [userPoolId, userPoolArn, userPoolProviderName].every((each) => typeof each === 'string');
}
