/** Version of the form of the file. Members may be added within a version, none renamed. */
export const DECLARATION_VERSION = 1;

/** Resource servers, app clients and the access of routes, as one JSON or YAML file states them. */
export interface AccessDeclaration {
  /** The schema, for editors; not read. */
  readonly $schema?: string;
  readonly version: typeof DECLARATION_VERSION;
  /** Resource servers by key. The key becomes part of the logical id: renaming it replaces the resource server. */
  readonly resourceServers?: { readonly [key: string]: DeclaredResourceServer };
  /** App clients by key. The key becomes part of the logical id: renaming it replaces the client, and its id and secret. */
  readonly clients?: { readonly [key: string]: DeclaredClient };
  /** What callers need, by route: `GET /photos/{id}`. */
  readonly routes?: { readonly [route: string]: DeclaredRoute };
}

/** A resource server with its scopes. */
export interface DeclaredResourceServer {
  /** What the full names of all scopes begin with: 1 to 256 characters of printable ASCII without space, double quote and backslash. */
  readonly identifier: string;
  /** Display name; the identifier, with other characters replaced, where it is absent. */
  readonly resourceServerName?: string;
  /** Name of a user pool that the app gives; its default user pool where it is absent. */
  readonly userPool?: string;
  /** Scopes by name, at most 100: the description, or an object. */
  readonly scopes: { readonly [name: string]: string | DeclaredScope };
}

/** A scope with more than a description. */
export interface DeclaredScope {
  /** What the scope allows, 1 to 256 characters. */
  readonly description: string;
  readonly deprecated?: DeclaredDeprecation;
}

/** Why and when a scope is to go. */
export interface DeclaredDeprecation {
  /** Full name of the scope that takes its place. */
  readonly replacedBy?: string;
  /** Last day on which the scope is certain to exist, as `YYYY-MM-DD`. */
  readonly removeAfter: string;
  readonly reason: string;
}

/** An app client. */
export type DeclaredClient = DeclaredMachineClient | DeclaredUserClient | DeclaredWebClient | DeclaredSdkClient;

/** The full name of a scope, `identifier/name` of a resource server of the file or a standard scope; or one that is declared elsewhere. */
export type DeclaredScopeName = string | ExternalScopeName;

/** A scope of a resource server that another app declares. */
export interface ExternalScopeName {
  /** Full name: `identifier/name`. */
  readonly external: string;
}

/** What clients of all kinds have in common. Durations are those of ISO 8601, such as `PT30M`, `PT1H` or `P30D`. */
export interface CommonClient {
  /** Name of a user pool that the app gives; the one of the scopes where it is absent. */
  readonly userPool?: string;
  /** Display name; the key where it is absent. */
  readonly clientName?: string;
  readonly accessTokenValidity?: string;
}

/** A client that uses OAuth. */
interface OAuthClient extends CommonClient {
  /** The scopes that the client may ask for, 1 to 50. */
  readonly scopes: readonly DeclaredScopeName[];
}

/** A client for a machine: client credentials, with a secret. */
export interface DeclaredMachineClient extends OAuthClient {
  readonly kind: 'machine';
}

/** What clients with users have in common. */
export interface SignIn {
  readonly idTokenValidity?: string;
  readonly refreshTokenValidity?: string;
  readonly authSessionValidity?: string;
  readonly refreshTokenRotationGracePeriod?: string;
  readonly enableTokenRevocation?: boolean;
  readonly preventUserExistenceErrors?: boolean;
  /** User attributes as Cognito names them: `email`, `family_name`, `custom:tier`. */
  readonly readAttributes?: readonly string[];
  /** User attributes as Cognito names them. */
  readonly writeAttributes?: readonly string[];
}

/** A client whose users sign in through the pages of the domain. */
export interface CommonUserClient extends OAuthClient, SignIn {
  readonly callbackUrls: readonly string[];
  readonly logoutUrls?: readonly string[];
  /** Why the client also uses the implicit grant. */
  readonly implicitGrantReason?: string;
  /** Names of identity providers as Cognito has them: `COGNITO`, `Google`, `Facebook`, or the name of a SAML or OIDC provider. */
  readonly identityProviders?: readonly string[];
  /** Flows by which users also sign in without the pages of the domain. */
  readonly authFlows?: readonly DeclaredAuthFlow[];
}

/** A client without a secret, in the browser or on a device of the user. */
export interface DeclaredUserClient extends CommonUserClient {
  readonly kind: 'spa' | 'mobile';
}

/** A client with a secret, on a server. */
export interface DeclaredWebClient extends CommonUserClient {
  readonly kind: 'web';
  readonly enablePropagateAdditionalUserContextData?: boolean;
}

/** A client without OAuth, whose users sign in through the API of Cognito alone. */
export interface DeclaredSdkClient extends CommonClient, SignIn {
  readonly kind: 'sdk';
  readonly authFlows: readonly DeclaredAuthFlow[];
  readonly generateSecret?: boolean;
}

/** A flow of SDK sign-in. */
export type DeclaredAuthFlow = 'adminUserPassword' | 'custom' | 'user' | 'userPassword' | 'userSrp';

/** What a caller of a route needs: an ID token, AWS credentials, an API key, one of several scopes, or nothing. */
export type DeclaredRoute = 'idToken' | 'iam' | 'apiKey' | DeclaredAnyOf | DeclaredPublic;

/** An access token with at least one of the scopes. */
export interface DeclaredAnyOf {
  readonly anyOf: readonly DeclaredScopeName[];
}

/** Nothing: everybody may call. */
export interface DeclaredPublic {
  /** Why the route is public. */
  readonly public: string;
}
