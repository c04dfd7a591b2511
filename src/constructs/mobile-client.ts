import type { IUserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { AppClientAttributes, IAppClient, IClientReference, UserClientOptions } from './app-client';
import { failAtArguments } from './private/arguments';
import { ClientReference } from './private/client-reference';
import { defineUserClient } from './private/define-client';
import type { Scope } from './scope';

/** Options of `ScopedResourceServer.addMobileClient`. */
export interface MobileClientOptions extends UserClientOptions {}

/** Properties of `MobileClient`. */
export interface MobileClientProps extends MobileClientOptions {
  /** The user pool of the client. All scopes of resource servers belong to it. */
  readonly userPool: IUserPool;
}

/**
 * A client for an application on the user's phone or desktop, which cannot keep a secret.
 *
 * Defines an `AWS::Cognito::UserPoolClient` without a secret and with the code grant. Unless given, SDK sign-in is off, tokens can
 * be revoked, and errors do not tell whether a user exists. The client is deployed after the resource servers of its scopes.
 * The application must use PKCE with S256, as OAuth client libraries do. Its callback URL may use an app scheme,
 * such as `com.example.album:/cb`.
 *
 * @example
 * new MobileClient(this, 'Phone', {
 *   userPool: photos.userPool, scopes: [read], callbackUrls: ['com.example.album:/cb'],
 * });
 */
export class MobileClient extends Construct implements IAppClient {
  /**
   * Refers to a client of this kind that exists already: one with the code grant and no secret, without SDK sign-in.
   *
   * Defines no resource. The template states the client in its metadata, so that it is part of who can call what.
   */
  public static fromMobileClientAttributes(scope: Construct, id: string, attributes: AppClientAttributes): IClientReference {
    return new ClientReference(scope, id, attributes, { flow: 'code', secret: false });
  }

  public readonly clientId: string;
  public readonly client: UserPoolClient;
  public readonly userPool: IUserPool;
  public readonly scopes: Scope[];

  public constructor(scope: Construct, id: string, props: MobileClientProps) {
    super(scope, id);
    failAtArguments('userClient', `client "${id}"`, props);
    this.userPool = props.userPool;
    this.scopes = [...props.scopes];
    this.client = defineUserClient(this, props.userPool, props, { confidential: false, refreshTokenValidity: Duration.days(30) });
    this.clientId = this.client.userPoolClientId;
  }
}
