/** Errors of the OAuth endpoints of Cognito («Token endpoint» and «Revoke endpoint» of its developer guide). */
export type OAuthErrorCode =
  | 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'invalid_scope' | 'unauthorized_client' | 'unsupported_grant_type' | 'unsupported_token_type';

/** A refused request. */
export interface OAuthError {
  readonly error: OAuthErrorCode;
  /** `error_description`, where Cognito gives one. */
  readonly description?: string;
  /** What was wrong, for the log; never a secret, a token or a code. */
  readonly reason: string;
}

/** Makes an error; the reason is for the log. */
export function refuse(error: OAuthErrorCode, reason: string, description?: string): OAuthError {
  return { error, reason, ...(description !== undefined && { description }) };
}

/** Returns whether a result is an error. */
export function isOAuthError(result: object): result is OAuthError {
  return 'error' in result && 'reason' in result;
}

/**
 * Description of a wrong or missing secret. Observed by several users; the document names none.
 */
export const WRONG_SECRET_DESCRIPTION = 'invalid_client_secret';

/**
 * Error of client credentials with a scope that the client does not list. «Token endpoint» says that such scopes are ignored and
 * does not list the error; users of the service get it with status 400.
 */
export const SCOPE_NOT_ALLOWED_ERROR: OAuthErrorCode = 'invalid_scope';

/** Error of a client whose OAuth switch (`AllowedOAuthFlowsUserPoolClient`) is off. Observed by users; no document names it. */
export const OAUTH_OFF_ERROR: OAuthErrorCode = 'invalid_grant';

/**
 * Description of a redirect URI that differs from that of the authorization request, with `unauthorized_client` («Token endpoint»,
 * 2026). Other editions of the page name `invalid_grant`; users saw the error without a description.
 */
export const REDIRECT_MISMATCH_DESCRIPTION = 'invalid_redirect';
