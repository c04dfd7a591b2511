import { failAtArguments } from './private/arguments';
import type { Scope } from './scope';
import type { Problem } from '../model/problem';
import { failOn } from '../model/problem';

/**
 * What a caller of a route needs.
 *
 * Every route states one. Nothing is open by default.
 */
export class Access {
  /**
   * An access token that carries at least one of the scopes.
   *
   * API Gateway compares scopes as exact strings and does not look at the client: every client of the user pool that
   * obtains one of the scopes can call. ID tokens are refused.
   *
   * @param scopes one or more scopes, of any of the API's resource servers and user pools
   */
  public static anyOf(...scopes: Scope[]): Access {
    return new Access('anyOf', scopes);
  }

  /**
   * An access token that carries all of the scopes.
   *
   * The Cognito authorizer of a REST API cannot check this, so a route of `ProtectedApi` refuses it. Declare one scope
   * that stands for both, or check the second scope in the handler.
   *
   * @param scopes two or more scopes
   */
  public static allOf(...scopes: Scope[]): Access {
    return new Access('allOf', scopes);
  }

  /**
   * An ID token of a signed-in user, of any client of the API's user pools.
   *
   * Machine clients have no ID tokens and cannot call.
   */
  public static idToken(): Access {
    return new Access('idToken', []);
  }

  /** AWS credentials that may invoke the method (Signature Version 4). */
  public static iam(): Access {
    return new Access('iam', []);
  }

  /**
   * An API key of a usage plan, and nothing else.
   *
   * An API key identifies a caller for quotas; it is no proof of who calls.
   */
  public static apiKey(): Access {
    return new Access('apiKey', []);
  }

  /**
   * Nothing: everybody may call.
   *
   * @param reason why the route is public; it goes into the template as metadata, where reviewers and tools find it
   */
  public static public(reason: string): Access {
    failAtArguments('publicAccess', 'public access', { reason });
    return new Access('public', [], reason.trim());
  }

  /** @internal */
  public readonly _kind: 'anyOf' | 'allOf' | 'idToken' | 'iam' | 'apiKey' | 'public';
  /** @internal */
  public readonly _scopes: Scope[];
  /** @internal */
  public readonly _reason?: string;

  private constructor(kind: 'anyOf' | 'allOf' | 'idToken' | 'iam' | 'apiKey' | 'public', scopes: Scope[], reason?: string) {
    failAtArguments('accessScopes', `${kind} access`, { scopes });
    this._kind = kind;
    this._scopes = scopes;
    this._reason = reason;
    failOn(this.check());
  }

  private check(): Problem[] {
    if (this._kind === 'public' && this._reason === '') {
      return [{
        code: 'PublicReason',
        subject: 'public access',
        wrong: 'has no reason',
        expected: 'a few words on why everybody may call',
        fix: 'write Access.public("probe of the load balancer")',
      }];
    }
    if ((this._kind === 'anyOf' || this._kind === 'allOf') && this._scopes.length === 0) {
      return [{
        code: 'AccessWithoutScopes',
        subject: `${this._kind} access`,
        wrong: 'lists no scope',
        expected: 'at least one scope',
        fix: 'pass the scopes, or use Access.idToken() where an ID token is meant',
      }];
    }
    return [];
  }
}
