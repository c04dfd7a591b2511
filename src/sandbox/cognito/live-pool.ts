import type { OAuthFlow, Origin } from '../../model/access-model';

/** A user pool as the sandbox runs it. Changes that come through the API of Cognito are made here. */
export interface LivePool {
  /** Id in the access model: `Stack/LogicalId`, or the id of a user pool that templates only name. */
  readonly id: string;
  /** Id as Cognito has it: `us-east-1_AbCdEfGhI`. The same in every run for the same template. */
  readonly poolId: string;
  readonly region: string;
  readonly account: string;
  readonly name: string;
  readonly issuer: 'original' | 'updated';
  /** Whether it has a domain: without one there are no OAuth endpoints. */
  readonly hasDomain: boolean;
  readonly usernameAttributes: readonly string[];
  /** What the API shows of domains and triggers, and nothing else acts upon, as far as the template states it. */
  readonly shown?: ShownPoolSettings;
  /** By identifier. */
  readonly servers: Map<string, LiveServer>;
  /** Identifiers of resource servers that were deleted through the API or left the templates: scopes of them are inactive, not external. */
  readonly deletedServers: Set<string>;
  /** By client id. */
  readonly clients: Map<string, LiveClient>;
  /** By user name. */
  readonly users: Map<string, LiveUser>;
  readonly createdAt: number;
}

/** Settings of a user pool that the API of Cognito shows, under its names. */
export interface ShownPoolSettings {
  /** Prefix of the domain. */
  readonly Domain?: string;
  /** Host name of the custom domain. */
  readonly CustomDomain?: string;
  /** ARNs of functions by trigger; those with a version as the API has them. */
  readonly LambdaConfig?: { readonly [trigger: string]: unknown };
}

/** A resource server. */
export interface LiveServer {
  /** Id in the access model; that of a server made through the API is `<user pool id>/<identifier>`. */
  readonly id: string;
  /** An external server may have more scopes than are known here: all that a client lists count as active. */
  readonly origin: Origin;
  readonly identifier: string;
  name: string;
  scopes: readonly { readonly name: string; readonly description: string }[];
}

/** An app client. */
export interface LiveClient {
  /** Id in the access model; that of a client made through the API is `<user pool id>/<client id>`. */
  readonly id: string;
  readonly origin: Origin;
  readonly clientId: string;
  readonly createdAt: number;
  updatedAt: number;
  name: string;
  /** Empty for a public client; Cognito allows two. */
  secrets: readonly ClientSecret[];
  /** `AllowedOAuthFlowsUserPoolClient`. */
  oauth: boolean;
  flows: readonly OAuthFlow[];
  /** Full scope names, those of deleted scopes included. */
  scopes: readonly string[];
  /** Absent where Cognito's default holds. */
  authFlows?: readonly string[];
  callbackUrls: readonly string[];
  logoutUrls: readonly string[];
  defaultRedirectUri?: string;
  /** Seconds. */
  accessTokenValidity: number;
  idTokenValidity: number;
  refreshTokenValidity: number;
  tokenRevocation: boolean;
  refreshTokenRotation?: { readonly graceSeconds: number };
  hidesUserExistence: boolean;
  /**
   * Attributes of users that the client may read. Absent for the default: the standard ones (API reference, `UserPoolClientType`, 2026).
   */
  readAttributes?: readonly string[];
  /** Settings of a template or call that the sandbox shows there without acting upon them, in the API's own form. */
  unserved?: { readonly [member: string]: unknown };
}

/** A secret of a client. */
export interface ClientSecret {
  /** `<client id>--<seconds since 1970>`. */
  readonly id: string;
  readonly value: string;
  readonly createdAt: number;
}

/** A user of a user pool. */
export interface LiveUser {
  readonly username: string;
  readonly sub: string;
  readonly createdAt: number;
  updatedAt: number;
  /** Standard attributes and `custom:` ones; all values are texts. */
  attributes: { readonly [name: string]: string };
  groups: readonly string[];
  /** Absent where the user has none yet. */
  password?: PasswordHash;
  status: 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD';
  enabled: boolean;
}

/** A password, hashed by scrypt; both parts in base64. */
export interface PasswordHash {
  readonly salt: string;
  readonly hash: string;
}
