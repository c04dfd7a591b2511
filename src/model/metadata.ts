import type { OAuthFlow, ScopeDeprecation } from './access-model';

/** Key of the metadata, of resources and of whole templates, in which a template carries what CloudFormation has no property for. */
export const METADATA_KEY = 'cdk-protected-api';

/** Extension of an OpenAPI operation that carries the same members as the metadata of a method. */
export const OPENAPI_EXTENSION = 'x-cdk-protected-api';

/** Metadata of a user pool. */
export interface UserPoolMetadata {
  /** Full names of all scopes that the pre token generation trigger of the user pool adds. */
  readonly addsScopes?: readonly string[];
}

/** Metadata of a resource server that the template declares. */
export interface DeclaredServerMetadata {
  /** Scopes that are to go, by name. */
  readonly deprecatedScopes: { readonly [name: string]: ScopeDeprecation };
}

/** Metadata of a method. */
export interface MethodMetadata {
  /** The access as declared. */
  readonly access: 'anyOf' | 'idToken' | 'iam' | 'apiKey' | 'public';
  /** Why a public method is public. */
  readonly reason?: string;
}

/**
 * Metadata of a whole template: what its app uses and declares elsewhere. Members may be added, none renamed.
 *
 * Ids are unique in the template. Values may be intrinsic functions, like those of properties.
 */
export interface TemplateMetadata {
  /** App clients that exist already, as the app states them. */
  readonly clients?: readonly ClientMetadata[];
  /** Domains that user pools have already. */
  readonly domains?: readonly DomainMetadata[];
  /** Resource servers that are declared elsewhere, with the scopes that the app knows. */
  readonly resourceServers?: readonly ResourceServerMetadata[];
}

/** An app client that exists already. */
export interface ClientMetadata {
  readonly id: string;
  readonly clientId: string;
  readonly clientName?: string;
  /** Id of the user pool. */
  readonly userPool: string;
  readonly flows: readonly OAuthFlow[];
  /** Full scope names. */
  readonly scopes: readonly string[];
  /** Whether the client has a secret. */
  readonly secret: boolean;
  /** Explicit authentication flows. */
  readonly authFlows: readonly string[];
}

/** A domain that a user pool has already. */
export interface DomainMetadata {
  readonly id: string;
  /** Id of the user pool. */
  readonly userPool: string;
  /** Prefix, or the whole host name of a custom domain. */
  readonly domain: string;
  readonly custom: boolean;
}

/** A resource server that is declared elsewhere. */
export interface ResourceServerMetadata {
  readonly id: string;
  /** Id of the user pool. */
  readonly userPool: string;
  readonly identifier: string;
  /** Names of the scopes that the app knows; absent where it knows none. */
  readonly scopeNames?: readonly string[];
  /** Those of the scopes that are to go, by name; absent where there are none. */
  readonly deprecatedScopes?: DeclaredServerMetadata['deprecatedScopes'];
}
