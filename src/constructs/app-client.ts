import type { IUserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { Duration } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Scope } from './scope';

/** A Cognito app client. */
export interface IAppClient extends IConstruct {
  /** The client id that Cognito gives. */
  readonly clientId: string;

  /** The app client as the CDK knows it. */
  readonly client: UserPoolClient;

  /** The user pool of the client. */
  readonly userPool: IUserPool;

  /** The scopes that the client may ask for, in the order in which they were given. */
  readonly scopes: Scope[];
}

/** What all clients have in common. */
export interface AppClientOptions {
  /**
   * The scopes that the client may ask for, 1 to 50.
   *
   * A token request that names no scope gets all of them.
   */
  readonly scopes: Scope[];

  /**
   * Display name, 1 to 128 letters, digits, spaces and `_+=,.@-`. Changing it replaces nothing.
   *
   * @default - the id of the construct, with other characters replaced by hyphens
   */
  readonly clientName?: string;

  /**
   * How long an access token stays valid.
   *
   * Cognito accepts 5 minutes to 1 day, here in whole minutes. API Gateway accepts a token until it expires, also after
   * it was revoked.
   *
   * @default - 60 minutes; 30 minutes for machine clients
   */
  readonly accessTokenValidity?: Duration;
}

/** What clients with users have in common. */
export interface UserClientOptions extends AppClientOptions {
  /**
   * URLs to which users come back after sign-in, 1 to 100.
   *
   * Absolute, without fragment, compared as exact strings; https, except for loopback and for app schemes.
   */
  readonly callbackUrls: string[];

  /**
   * URLs to which users may go after sign-out, at most 100, with the rules of callback URLs.
   *
   * @default - none
   */
  readonly logoutUrls?: string[];

  /**
   * How long an ID token stays valid.
   *
   * Cognito accepts 5 minutes to 1 day, here in whole minutes.
   *
   * @default Duration.minutes(60)
   */
  readonly idTokenValidity?: Duration;

  /**
   * How long a refresh token stays valid.
   *
   * Cognito accepts 60 minutes to 10 years, here in whole minutes, and no less than the other tokens.
   *
   * @default - 30 days; 1 day for single-page applications
   */
  readonly refreshTokenValidity?: Duration;

  /**
   * Why the client also uses the implicit grant, which puts tokens into the URL of the browser.
   *
   * OAuth 2.1 removes this grant. State a reason only for a client that cannot be changed.
   *
   * @default - the client does not use the implicit grant
   */
  readonly implicitGrantReason?: string;
}
