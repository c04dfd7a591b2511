import { domainUrlOf, issuerOf } from '../issuers';
import type { LivePool } from '../live-pool';

/**
 * Whether the document names `end_session_endpoint` and `revocation_endpoint`. Newer captures of the service have them, older ones do
 * not; «unverified» since when.
 */
const NAMES_LOGOUT_AND_REVOCATION = true;

/*
 * `code_challenge_methods_supported` is left out, although S256 works: users miss it in Cognito's document to this day
 * (reports from December 2025 to August 2026). Clients that insist on it refuse Cognito, and the sandbox likewise.
 */

/**
 * The OpenID Connect discovery document of a user pool, as captured from the service. Custom scopes are never in it.
 *
 * Without a domain, the endpoints point below the issuer, where nothing answers.
 */
export function discoveryDocument(baseUrl: string, pool: LivePool): object {
  const issuer = issuerOf(baseUrl, pool);
  const domain = pool.hasDomain ? domainUrlOf(baseUrl, pool) : issuer;
  return {
    authorization_endpoint: `${domain}/oauth2/authorize`,
    ...(NAMES_LOGOUT_AND_REVOCATION && { end_session_endpoint: `${domain}/logout` }),
    id_token_signing_alg_values_supported: ['RS256'],
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ['code', 'token'],
    ...(NAMES_LOGOUT_AND_REVOCATION && { revocation_endpoint: `${domain}/oauth2/revoke` }),
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint: `${domain}/oauth2/token`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    userinfo_endpoint: `${domain}/oauth2/userInfo`,
  };
}
