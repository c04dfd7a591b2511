import type { LivePool } from './live-pool';

/** First part of the path of updated issuers. */
export const UPDATED_ISSUER_PATH = 'updated';

/**
 * The issuer in the tokens of a user pool.
 *
 * The updated form has another URL than the original one, as in Cognito, where the hosts differ.
 */
export function issuerOf(baseUrl: string, { poolId, issuer }: Pick<LivePool, 'poolId' | 'issuer'>): string {
  return issuer === 'updated' ? `${baseUrl}/${UPDATED_ISSUER_PATH}/${poolId}` : `${baseUrl}/${poolId}`;
}

/** Where the OAuth endpoints of a user pool are: the place of its domain. */
export function domainUrlOf(baseUrl: string, { poolId }: Pick<LivePool, 'poolId'>): string {
  return `${baseUrl}/${poolId}`;
}
