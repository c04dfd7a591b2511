import type { Unknown, Value } from './value';

/** A caller needs an access token that carries at least one of the scopes (Cognito authorizer with scopes). */
export interface AnyOfAccess {
  readonly kind: 'anyOf';
  /** Id of the authorizer. */
  readonly authorizer: Value<string>;
  /**
   * Full scope names, in the order of the template, never empty. An unknown element stands for one or more scopes.
   *
   * @minItems 1
   */
  readonly scopes: readonly Value<string>[];
  /** Scopes that the template lists and that the authorizer does not check. */
  readonly uncheckedScopes?: readonly Value<string>[];
}

/** A caller needs an ID token of a signed-in user (Cognito authorizer without scopes). */
export interface IdTokenAccess {
  readonly kind: 'idToken';
  /** Id of the authorizer. */
  readonly authorizer: Value<string>;
  /** Scopes that the template lists and that the authorizer does not check. */
  readonly uncheckedScopes?: readonly Value<string>[];
}

/** A caller needs AWS credentials that may invoke the method. */
export interface IamAccess {
  readonly kind: 'iam';
  /** Scopes that the template lists and that this kind of access does not check. */
  readonly uncheckedScopes?: readonly Value<string>[];
}

/** A caller needs an API key and nothing else. */
export interface ApiKeyAccess {
  readonly kind: 'apiKey';
  /** Scopes that the template lists and that this kind of access does not check. */
  readonly uncheckedScopes?: readonly Value<string>[];
}

/** Everybody may call. */
export interface PublicAccess {
  readonly kind: 'public';
  /** Why the method is public; absent where the template does not say. */
  readonly reason?: string;
  /** Scopes that the template lists and that this kind of access does not check. */
  readonly uncheckedScopes?: readonly Value<string>[];
}

/** A Lambda authorizer decides; what it accepts cannot be read from a template. */
export interface LambdaAccess {
  readonly kind: 'lambda';
  /** Id of the authorizer. */
  readonly authorizer: Value<string>;
  /** Scopes that the template lists and that this kind of access does not check. */
  readonly uncheckedScopes?: readonly Value<string>[];
}

/** The template does not say what a caller needs. */
export interface UnknownAccess extends Unknown {
  readonly kind: 'unknown';
  /** Scopes that the template lists. */
  readonly uncheckedScopes?: readonly Value<string>[];
}

/** What a caller of a method needs. */
export type Access = AnyOfAccess | IdTokenAccess | IamAccess | ApiKeyAccess | PublicAccess | LambdaAccess | UnknownAccess;

/** The reason that stands for the preflight methods that CORS options generate. */
export const PREFLIGHT_REASON = 'CORS preflight';

/** The scopes that an access names, checked or not. */
export function scopesOf(access: Access): readonly Value<string>[] {
  const { uncheckedScopes = [] } = access;
  return access.kind === 'anyOf' ? [...access.scopes, ...uncheckedScopes] : uncheckedScopes;
}
