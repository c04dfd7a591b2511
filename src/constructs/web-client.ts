import type { IUserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { AppClientAttributes, IAppClient, IClientReference, UserClientOptions } from './app-client';
import { failAtArguments } from './private/arguments';
import { ClientReference } from './private/client-reference';
import { defineUserClient } from './private/define-client';
import type { Scope } from './scope';

/** Options of `ScopedResourceServer.addWebClient`. */
export interface WebClientOptions extends UserClientOptions {
  /**
   * Whether the server may pass on the IP address and device of the user, for threat protection of the user pool.
   *
   * Only a client with a secret can do so.
   *
   * @default false
   */
  readonly enablePropagateAdditionalUserContextData?: boolean;
}

/** Properties of `WebClient`. */
export interface WebClientProps extends WebClientOptions {
  /** The user pool of the client. All scopes of resource servers belong to it. */
  readonly userPool: IUserPool;
}

/**
 * A client for a web application whose server keeps the secret and the tokens.
 *
 * Defines an `AWS::Cognito::UserPoolClient` with a secret and the code grant. Unless given, SDK sign-in is off, tokens can
 * be revoked, and errors do not tell whether a user exists. The client is deployed after the resource servers of its scopes.
 * The server should use PKCE as well.
 *
 * @example
 * new WebClient(this, 'Backoffice', {
 *   userPool: photos.userPool, scopes: [read], callbackUrls: ['https://office.example.com/cb'],
 * });
 */
export class WebClient extends Construct implements IAppClient {
  /**
   * Refers to a client of this kind that exists already: one with the code grant and a secret, without SDK sign-in.
   *
   * Defines no resource. The template states the client in its metadata, so that it is part of who can call what.
   */
  public static fromWebClientAttributes(scope: Construct, id: string, attributes: AppClientAttributes): IClientReference {
    return new ClientReference(scope, id, attributes, { flow: 'code', secret: true });
  }

  public readonly clientId: string;
  public readonly client: UserPoolClient;
  public readonly userPool: IUserPool;
  public readonly scopes: Scope[];

  public constructor(scope: Construct, id: string, props: WebClientProps) {
    super(scope, id);
    failAtArguments('userClient', `client "${id}"`, props);
    this.userPool = props.userPool;
    this.scopes = [...props.scopes];
    this.client = defineUserClient(this, props.userPool, props, {
      confidential: true,
      refreshTokenValidity: Duration.days(30),
      enablePropagateAdditionalUserContextData: props.enablePropagateAdditionalUserContextData,
    });
    this.clientId = this.client.userPoolClientId;
  }
}
