import type { LivePool } from './live-pool';

/** What the OAuth endpoints hand on within one request. */
export interface OAuthEnv {
  Variables: {
    /** The user pool that the path names. */
    pool: LivePool;
    /** Name of the client, for the log, once it is known. */
    client?: string;
    /** Why the answer is as it is, for the log. */
    reason?: string;
  };
}
