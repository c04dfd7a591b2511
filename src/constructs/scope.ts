import { Token } from 'aws-cdk-lib/core';
import { failAtArguments } from './private/arguments';
import type { ScopeDeprecation } from './scope-deprecation';
import type { IScopedResourceServer } from './scoped-resource-server-ref';
import { failOn } from '../model/problem';
import { checkFullScopeName, fullScopeName, splitFullScopeName } from '../model/scope-grammar';

/** What is known of a scope of a resource server, and whether this app declares it. */
type ScopeDetails = Pick<Scope, 'description' | 'deprecated'> & { readonly declared?: boolean };

/**
 * An OAuth 2.0 scope as Cognito knows it.
 *
 * Obtained from `ScopedResourceServer.addScope`, from a standard scope such as `Scope.OPENID`, or from
 * `Scope.external` for a scope that is declared elsewhere.
 */
export class Scope {
  /** Asks for an ID token; needed for the other OpenID Connect scopes. */
  public static readonly OPENID = new Scope('openid', 'openid');

  /** Asks for the claims `email` and `email_verified`. API Gateway does not match it on methods. */
  public static readonly EMAIL = new Scope('email', 'email');

  /** Asks for the claims `phone_number` and `phone_number_verified`. */
  public static readonly PHONE = new Scope('phone', 'phone');

  /** Asks for all user attributes that the client may read. */
  public static readonly PROFILE = new Scope('profile', 'profile');

  /** Lets a user call the user pool's own API, for example to change a password. The only scope of SDK sign-in. */
  public static readonly COGNITO_ADMIN = new Scope('aws.cognito.signin.user.admin', 'aws.cognito.signin.user.admin');

  /**
   * A scope of a resource server that another app declares.
   *
   * Where the app itself declares a resource server with that identifier, synthesis fails if the server has no such scope.
   *
   * @param fullName `identifier/name`, for example `orders/read`; 1 to 256 characters. A value that only deployment knows is
   * taken as it is
   */
  public static external(fullName: string): Scope {
    failAtArguments('externalScope', 'external scope', { fullName });
    if (!Token.isUnresolved(fullName)) failOn(checkFullScopeName(fullName));
    const parts = splitFullScopeName(fullName);
    return new Scope(fullName, parts?.name ?? fullName);
  }

  /** @internal */
  public static _of(server: IScopedResourceServer, name: string, details: ScopeDetails = {}): Scope {
    return new Scope(fullScopeName(server.identifier, name), name, details, server);
  }

  /** The name that tokens carry and methods demand: `identifier/name`, or the standard scope itself. */
  public readonly fullName: string;

  /** The part behind the last slash of the full name. */
  public readonly name: string;

  /**
   * What the scope allows.
   *
   * @default - unknown, for standard and external scopes
   */
  public readonly description?: string;

  /**
   * The resource server that declares the scope.
   *
   * @default - none, for standard and external scopes
   */
  public readonly resourceServer?: IScopedResourceServer;

  /**
   * Why and when the scope is to go.
   *
   * @default - it is to stay, as far as this app knows
   */
  public readonly deprecated?: ScopeDeprecation;

  /**
   * Whether this app declares the scope.
   *
   * @internal
   */
  public readonly _declared: boolean;

  private constructor(fullName: string, name: string, details: ScopeDetails = {}, resourceServer?: IScopedResourceServer) {
    this.fullName = fullName;
    this.name = name;
    this.description = details.description;
    this.deprecated = details.deprecated;
    this._declared = details.declared ?? false;
    this.resourceServer = resourceServer;
  }
}
