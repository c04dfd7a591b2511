import type { Hono } from 'hono';
import type { CognitoContext } from './cognito-context';
import { machineTokenFor, type TokenResponse } from './grants/client-credentials';
import { domainUrlOf, issuerOf } from './issuers';
import { liveModel } from './live-model';
import type { LiveClient, LivePool } from './live-pool';
import { livePools } from './live-pools';
import type { Notice } from './notice';
import { oauthApp } from './oauth-app';
import type { OAuthEnv } from './oauth-env';
import type { OAuthError } from './oauth-error';
import { poolKeys, type PoolKeys } from './pool-keys';
import { tokenVerifier, type VerifyToken } from './verify-token';
import type { AccessModel } from '../../model/access-model';
import type { RuntimeModel } from '../../model/runtime-model';
import type { Clock } from '../clock';
import { runtimeNames, type RuntimeNames } from '../names';
import type { SandboxLog } from '../sandbox-log';

/** What the sandbox's Cognito is made from. */
export interface CognitoOptions {
  readonly model: AccessModel;
  readonly runtime: RuntimeModel;
  readonly clock: Clock;
  /** Such as `http://127.0.0.1:4000`; asked once the server listens. */
  readonly baseUrl: () => string;
  readonly log: SandboxLog;
}

/** The user pools of a sandbox: their state, their tokens, their OAuth endpoints. */
export interface Cognito {
  /** By user pool id. Resource servers, clients and users are changed in place; `changed` is to be called after it. */
  readonly pools: ReadonlyMap<string, LivePool>;
  readonly names: RuntimeNames;
  /** What the templates do not fix. */
  readonly notices: readonly Notice[];
  /** To be mounted at `/`, behind all other paths. */
  readonly oauth: Hono<OAuthEnv>;
  readonly verifyToken: VerifyToken;
  /** The access model of this moment; the same object until something changes. */
  accessModel(): AccessModel;
  /** To be called after each change of a resource server or client. */
  changed(): void;
  issuer(pool: LivePool): string;
  domainUrl(pool: LivePool): string;
  /**
   * The grant of `GetClientToken`. The secret is checked by the caller (`isSecretOf`).
   *
   * @param scopes default all of the client's
   */
  issueMachineToken(pool: LivePool, client: LiveClient, scopes?: readonly string[]): Promise<TokenResponse | OAuthError>;
}

/** Makes the user pools of a model run. Begins to make the key of access tokens at once. */
export function createCognito({ model, runtime, clock, baseUrl, log }: CognitoOptions): Cognito {
  const names = runtimeNames(model, runtime);
  const { pools: made, notices } = livePools(model, runtime, names, clock());
  const pools = new Map(made.map((pool) => [pool.poolId, pool]));
  const keys = new Map<string, PoolKeys>();
  const context: CognitoContext = {
    clock,
    log,
    baseUrl,
    pools,
    model: liveModel(() => model, () => pools.values()),
    keysOf({ poolId }) {
      let found = keys.get(poolId);
      if (found === undefined) keys.set(poolId, found = poolKeys());
      return found;
    },
  };
  if (made.length > 0) void context.keysOf(made[0]).key('access');
  return {
    pools,
    names,
    notices,
    accessModel: () => context.model.current(),
    changed: () => context.model.changed(),
    issuer: (pool) => issuerOf(baseUrl(), pool),
    domainUrl: (pool) => domainUrlOf(baseUrl(), pool),
    oauth: oauthApp(context),
    verifyToken: tokenVerifier(context),
    issueMachineToken: (pool, client, scopes) => machineTokenFor(context, pool, client, 'clientToken', scopes?.join(' ')),
  };
}
