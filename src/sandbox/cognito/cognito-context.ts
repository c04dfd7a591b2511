import type { AuthorizationCodes } from './authorization-codes';
import type { LiveModel } from './live-model';
import type { LivePool } from './live-pool';
import type { Notice } from './notice';
import type { PoolKeys } from './pool-keys';
import type { RefreshTokens } from './refresh-tokens';
import type { Sessions } from './sessions';
import type { Clock } from '../clock';
import type { SandboxLog } from '../sandbox-log';

/** What the parts of the sandbox's Cognito share. */
export interface CognitoContext {
  readonly clock: Clock;
  readonly log: SandboxLog;
  /** Such as `http://127.0.0.1:4000`; known once the server listens. */
  readonly baseUrl: () => string;
  /** By user pool id. */
  readonly pools: Map<string, LivePool>;
  readonly model: LiveModel;
  readonly codes: AuthorizationCodes;
  readonly refreshTokens: RefreshTokens;
  readonly sessions: Sessions;
  keysOf(pool: LivePool): PoolKeys;
  /** Tells what came up while it runs, once for the same templates. */
  note(notice: Notice): void;
}

/** The time in whole seconds since 1970, as tokens have it. */
export function secondsOf(clock: Clock): number {
  return Math.floor(clock() / 1000);
}
