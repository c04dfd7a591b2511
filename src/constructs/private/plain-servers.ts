import { CfnUserPoolResourceServer, type IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Stage } from 'aws-cdk-lib/core';
import { Dependable, type IConstruct, type IDependable } from 'constructs';
import { rendered } from './rendered';
import { userPoolIdKey, userPoolKey } from './user-pool-key';

/** A resource server that the app declares without this library. */
export interface PlainServer {
  readonly node: IConstruct['node'];
  readonly identifier: string;
  /** False where only deployment knows a name. */
  readonly scopesKnown: boolean;
  readonly scopes: readonly { readonly name: string }[];
}

/** The resource servers of user pools that the finished stage declares without this library and whose identifier is literal. */
export function plainServers(stage: IConstruct, userPools: readonly IUserPool[], isOwn: (resource: IConstruct) => boolean): PlainServer[] {
  const keys = new Set(userPools.map(userPoolKey));
  return stage.node.findAll()
    .filter((child): child is CfnUserPoolResourceServer => child instanceof CfnUserPoolResourceServer)
    .filter((resource) => !isOwn(resource) && (Stage.of(resource) ?? resource.node.root) === stage)
    .filter((resource) => keys.has(userPoolIdKey(resource.userPoolId, resource)))
    .flatMap((resource) => {
      const { Identifier: identifier, Scopes: scopes = [] } = rendered(resource).properties;
      if (typeof identifier !== 'string') return [];
      const names = Array.isArray(scopes) ? scopes.map((scope) => scope?.ScopeName) : [undefined];
      const literal = names.filter((name): name is string => typeof name === 'string');
      return [{ node: resource.node, identifier, scopesKnown: literal.length === names.length, scopes: literal.map((name) => ({ name })) }];
    });
}

/** What is to be deployed first of what `find` gives when the app is synthesized. */
export function later(find: () => IConstruct[]): IDependable {
  const found: IDependable = {};
  Dependable.implement(found, {
    get dependencyRoots() {
      return find();
    },
  });
  return found;
}
