import { newPrivateKey } from '../sandbox/cognito/pool-keys';

/** A private key for the sandbox, begun when this file is loaded; other commands need none. */
export const firstKey = process.argv[2] === 'sandbox' ? newPrivateKey() : undefined;
