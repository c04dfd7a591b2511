import { createHash } from 'node:crypto';
import {
  AuthorizationType, CognitoUserPoolsAuthorizer, type CfnAuthorizer, type IAuthorizer, type RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Lazy, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { failAt } from './problems';
import { rendered } from './rendered';
import { belowStage, userPoolKey, userPoolLabel, userPoolPath } from './user-pool-key';
import { listNames, type Problem } from '../../model/problem';

/** Authorizers of one API («Quotas for REST APIs», 2026); AWS raises it on request only. */
const MAX_AUTHORIZERS = 10;
/** User pools of a set that a message names. */
const SHOWN_USER_POOLS = 10;
const MAX_NAME_CHARACTERS = 100;
const HASH_CHARACTERS = 8;

/** The Cognito authorizers of one API: one for each distinct set of user pools, defined on first use. */
export class Authorizers {
  private readonly byPools = new Map<string, CognitoUserPoolsAuthorizer>();
  private readonly poolsByKey = new Map<string, readonly IUserPool[]>();
  /** The sets of user pools that have an authorizer, for people. */
  private readonly sets: string[] = [];

  public constructor(private readonly api: RestApi) {}

  /** The authorizer that accepts tokens of exactly these user pools. */
  public of(userPools: readonly IUserPool[]): CognitoUserPoolsAuthorizer {
    const { pools, key } = setOf(userPools);
    let authorizer = this.byPools.get(key);
    if (authorizer !== undefined) return authorizer;
    failAt(this.checkRoom(pools));
    this.byPools.set(key, authorizer = this.define(pools, key));
    this.poolsByKey.set(key, pools);
    this.sets.push(showSet(pools));
    return authorizer;
  }

  /** Checks that the API can have an authorizer for these user pools. */
  public checkRoom(userPools: readonly IUserPool[]): Problem[] {
    const { pools, key } = setOf(userPools);
    if (this.byPools.has(key) || this.byPools.size < MAX_AUTHORIZERS) return [];
    return [{
      code: 'AuthorizersPerApi',
      subject: `API "${this.api.node.path}"`,
      wrong: 'needs one authorizer more than API Gateway allows',
      got: showSet(pools),
      expected: `at most ${MAX_AUTHORIZERS} sets of user pools, and there are ${listNames(this.sets)}`,
      fix: 'let methods share a set of user pools, or split the API',
    }];
  }

  /** As `of`, for methods that were added without `addRoute`: they attach real authorizers only, not one that stands for another. */
  public attached(userPools: readonly IUserPool[]): CognitoUserPoolsAuthorizer {
    const authorizer = this.of(userPools);
    (authorizer as CognitoUserPoolsAuthorizer & { _attachToApi(api: RestApi): void })._attachToApi(this.api);
    return authorizer;
  }

  /** The user pools of the authorizer with a resolved id, as `consumer` renders it; undefined where it is none of these authorizers. */
  public userPoolsOf(authorizerId: unknown, consumer: IConstruct): readonly IUserPool[] | undefined {
    const id = JSON.stringify(authorizerId);
    const found = [...this.byPools].find(([, authorizer]) => JSON.stringify(Stack.of(consumer).resolve(authorizer.authorizerId)) === id);
    return found && this.poolsByKey.get(found[0]);
  }

  /** Whether a resource is one of these authorizers. */
  public own(resource: IConstruct): boolean {
    return [...this.byPools.values()].some(({ node }) => node.defaultChild === resource);
  }

  private define(userPools: IUserPool[], key: string): CognitoUserPoolsAuthorizer {
    const name = nameOf(this.api, userPools, key);
    const authorizer = new CognitoUserPoolsAuthorizer(this.api, `Authorizer-${name}`, { cognitoUserPools: userPools, authorizerName: name });
    // API Gateway serves what a deployment has copied: a changed authorizer needs another deployment.
    this.api.latestDeployment?.node.addDependency(authorizer);
    const settings = Lazy.any({ produce: () => rendered(authorizer.node.defaultChild as CfnAuthorizer).properties });
    this.api.latestDeployment?.addToLogicalId({ authorizer: settings });
    return authorizer;
  }
}

/** User pools, each once and in an order of their own. */
function setOf(userPools: readonly IUserPool[]): { pools: IUserPool[]; key: string } {
  const pools = [...new Map(userPools.map((pool) => [userPoolKey(pool), pool]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, pool]) => pool);
  return { pools, key: pools.map(userPoolKey).join(' ') };
}

function showSet(userPools: readonly IUserPool[]): string {
  const paths = userPools.map(({ node }) => node.path);
  const more = paths.length - SHOWN_USER_POOLS;
  return `${paths.slice(0, SHOWN_USER_POOLS).join(' + ')}${more > 0 ? ` and ${more} more` : ''}`;
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

/**
 * Names an authorizer after its user pools. A hash follows where the name alone could also be that of another set:
 * the service and the CDK want each name once, and a name must not depend on what else is declared.
 */
function nameOf(api: IConstruct, userPools: readonly IUserPool[], key: string): string {
  const name = userPools.map(userPoolLabel).join('-').slice(0, MAX_NAME_CHARACTERS);
  const unique = userPools.length === 1 && isPlain(api, userPools[0]) && name.length < MAX_NAME_CHARACTERS;
  return unique ? name : `${name}-${createHash('sha256').update(key).digest('hex').slice(0, HASH_CHARACTERS)}`;
}

/** Whether no other user pool can have the label of this one: it has a literal id, or a place of plain ids in the stack of the API. */
function isPlain(api: IConstruct, userPool: IUserPool): boolean {
  const path = userPoolPath(userPool);
  if (path === undefined) return /^[a-z0-9-]+_[A-Za-z0-9]+$/.test(userPoolKey(userPool));
  const stack = belowStage(Stack.of(api));
  return path.startsWith(`${stack}/`) && /^(\/[A-Za-z0-9]+)+$/.test(path.slice(stack.length));
}
