import type { AuthFlow, ClientAttributes, IUserPool, UserPoolClient, UserPoolClientIdentityProvider } from 'aws-cdk-lib/aws-cognito';
import type { Duration } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { ManagedLoginBranding } from './managed-login-branding';
import type { Scope } from './scope';

/** A Cognito app client that is declared here or exists already. */
export interface IClientReference extends IConstruct {
  /** The client id that Cognito gives. */
  readonly clientId: string;

  /** The user pool of the client. */
  readonly userPool: IUserPool;

  /** The scopes that the client may ask for, in the order in which they were given. */
  readonly scopes: Scope[];
}

/** A Cognito app client that is declared here. */
export interface IAppClient extends IClientReference {
  /** The app client as the CDK knows it. */
  readonly client: UserPoolClient;
}

/** What is known of an app client that exists already. */
export interface AppClientAttributes {
  /** The client id: 1 to 128 letters, digits, `_` and `+`. A value that only deployment knows is taken as it is. */
  readonly clientId: string;

  /** The user pool of the client. All scopes of resource servers belong to it. */
  readonly userPool: IUserPool;

  /** The scopes that the client has, 1 to 50. Nothing checks that it has them: who can call what is told as they are stated here. */
  readonly scopes: Scope[];

  /**
   * Display name, as Cognito has it: 1 to 128 letters, digits, spaces and `_+=,.@-`.
   *
   * @default - none; the matrix shows the id of the construct
   */
  readonly clientName?: string;
}

/** What all clients have in common, those without OAuth too. */
export interface CommonClientOptions {
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

/** What all clients that use OAuth have in common. */
export interface AppClientOptions extends CommonClientOptions {
  /**
   * The scopes that the client may ask for, 1 to 50.
   *
   * A token request that names no scope gets all of them.
   */
  readonly scopes: Scope[];
}

/** What clients with users have in common, however the users sign in. */
export interface SignInOptions {
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
   * How long one step of a sign-in through `authFlows` may take.
   *
   * Cognito accepts 3 to 15 minutes, here in whole minutes.
   *
   * @default Duration.minutes(3)
   */
  readonly authSessionValidity?: Duration;

  /**
   * How long a refresh token stays valid after it was used once, 0 to 60 whole seconds. Turns refresh token rotation on.
   *
   * Each refresh then gives a new refresh token, for the rest of the life of the first one. Rotation excludes refreshing
   * with `InitiateAuth`; the application uses `GetTokensFromRefreshToken` or `/oauth2/token`. As Cognito adds the
   * excluded flow to a client that lists none, rotation needs `authFlows`.
   *
   * @default - no rotation: a refresh token can be used until it expires
   */
  readonly refreshTokenRotationGracePeriod?: Duration;

  /**
   * Whether refresh tokens can be revoked, and with them the tokens that came from them.
   *
   * API Gateway accepts an access token until it expires, also after it was revoked.
   *
   * @default true
   */
  readonly enableTokenRevocation?: boolean;

  /**
   * Whether errors hide that a user does not exist.
   *
   * @default true
   */
  readonly preventUserExistenceErrors?: boolean;

  /**
   * The user attributes that the client may read: the claims of its ID tokens, and the answer of `/oauth2/userInfo`.
   *
   * @default - all standard and custom attributes
   */
  readonly readAttributes?: ClientAttributes;

  /**
   * The user attributes that the client may write. Cognito refuses `email_verified` and `phone_number_verified`.
   *
   * @default - all standard and custom attributes that clients may write
   */
  readonly writeAttributes?: ClientAttributes;
}

/** What clients have in common whose users sign in through the pages of the domain. */
export interface UserClientOptions extends AppClientOptions, SignInOptions {
  /**
   * URLs to which users come back after sign-in, 1 to 100.
   *
   * Absolute, without fragment, compared as exact strings, so that no wildcard stands for several; https, except for loopback and for app schemes.
   */
  readonly callbackUrls: string[];

  /**
   * URLs to which users may go after sign-out, at most 100, with the rules of callback URLs.
   *
   * @default - none
   */
  readonly logoutUrls?: string[];

  /**
   * Why the client also uses the implicit grant, which puts tokens into the URL of the browser.
   *
   * OAuth 2.1 removes this grant. State a reason only for a client that cannot be changed.
   *
   * @default - the client does not use the implicit grant
   */
  readonly implicitGrantReason?: string;

  /**
   * The identity providers with which users may sign in: the user pool itself (`COGNITO`), SAML, OIDC and social providers.
   *
   * The client is deployed after the identity providers of the user pool that the app declares or imports, also those
   * that are declared later.
   *
   * @default - the user pool itself, and the identity providers that are registered with it when the client is declared
   */
  readonly identityProviders?: UserPoolClientIdentityProvider[];

  /**
   * Flows by which users also sign in through the API of Cognito (`InitiateAuth`), without its pages.
   *
   * Their access tokens carry only `aws.cognito.signin.user.admin`, none of the scopes of the client: they open no method
   * that demands a custom scope (Cognito developer guide, «Understanding the access token»). Their ID tokens open methods
   * with `Access.idToken()`. Synthesis warns of a client that lists custom scopes beside them.
   *
   * @default - users sign in through the pages of the domain alone
   */
  readonly authFlows?: AuthFlow;

  /**
   * The look of the sign-in pages, where the domain of the user pool has managed login (`managedLoginVersion` 2).
   *
   * Managed login works only for clients that have one. State it where the app does not declare the domain.
   *
   * @default - the look that Cognito provides, where the app declares a domain with managed login; none otherwise
   */
  readonly managedLoginBranding?: ManagedLoginBranding;
}
