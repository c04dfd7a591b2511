import type { AuthFlow, IUserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { CommonClientOptions, IAppClient, SignInOptions } from './app-client';
import { failAtArguments } from './private/arguments';
import { defineSdkClient } from './private/define-client';
import type { Scope } from './scope';

/** Properties of `SdkClient`. */
export interface SdkClientProps extends CommonClientOptions, SignInOptions {
  /** The user pool of the client. */
  readonly userPool: IUserPool;

  /** The flows by which users sign in; at least one is true. */
  readonly authFlows: AuthFlow;

  /**
   * Whether the client has a secret: only where it runs on a server.
   *
   * @default false
   */
  readonly generateSecret?: boolean;
}

/**
 * A client whose users sign in through the API of Cognito (`InitiateAuth`) alone, with an SDK and the pages of the application.
 *
 * Defines an `AWS::Cognito::UserPoolClient` without OAuth: no scopes, no callback URLs, no domain needed. Its access tokens carry
 * only `aws.cognito.signin.user.admin` and open no method that demands a custom scope (Cognito developer guide, «Understanding the
 * access token»), unless a `TokenTrigger` adds one. Its ID tokens open methods with `Access.idToken()`. Unless given, it has no
 * secret, tokens can be revoked, and errors do not tell whether a user exists.
 *
 * @example
 * new SdkClient(this, 'Kiosk', { userPool: photos.userPool, authFlows: { userSrp: true } });
 */
export class SdkClient extends Construct implements IAppClient {
  public readonly clientId: string;
  public readonly client: UserPoolClient;
  public readonly userPool: IUserPool;

  /** None: without OAuth, nothing can be asked for. */
  public readonly scopes: Scope[] = [];

  public constructor(scope: Construct, id: string, props: SdkClientProps) {
    super(scope, id);
    failAtArguments('sdkClient', `client "${id}"`, props);
    this.client = defineSdkClient(this, props);
    this.userPool = props.userPool;
    this.clientId = this.client.userPoolClientId;
  }
}
