import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { IConstruct } from 'constructs';
import type { Scope } from './scope';

/**
 * A Cognito resource server whose scopes are declared: a `ScopedResourceServer`, or one that was imported.
 */
export interface IScopedResourceServer extends IConstruct {
  /** What the full names of its scopes begin with. */
  readonly identifier: string;

  /** The user pool that issues its scopes. */
  readonly userPool: IUserPool;

  /** The known scopes, in the order of their declaration. */
  readonly scopes: Scope[];

  /**
   * Whether `scopes` lists all scopes of the resource server.
   *
   * False for an import that names no scopes: then any scope name is taken.
   */
  readonly scopesKnown: boolean;

  /**
   * Returns a scope by its name.
   *
   * Fails where the scopes are known and the name is none of them.
   *
   * @param name the part of the full name behind the identifier and its slash
   */
  scope(name: string): Scope;
}
