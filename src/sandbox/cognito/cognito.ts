import type { KeyObject } from 'node:crypto';
import type { Hono } from 'hono';
import { authorizationCodeStore } from './authorization-codes';
import type { CognitoContext } from './cognito-context';
import { stateOf, takeOver, type CognitoState } from './cognito-state';
import { domainUrlOf, issuerOf } from './issuers';
import { liveModel } from './live-model';
import type { LiveClient, LivePool } from './live-pool';
import { livePools } from './live-pools';
import { machineTokens } from './machine-tokens';
import { baselinesOf, mergePools } from './merge-pools';
import { noticeText, type Notice } from './notice';
import { oauthApp } from './oauth-app';
import type { OAuthEnv } from './oauth-env';
import type { OAuthError } from './oauth-error';
import { poolKeys, type PoolKeys } from './pool-keys';
import { refreshTokenStore } from './refresh-tokens';
import { sessionStore } from './sessions';
import { tokenFor, type TokenAnswer, type TokenWish } from './token-for';
import { refreshedTokens, signInTokens, type IssuedTokens, type RefreshRefusal } from './user-tokens';
import { addUser, authenticateUser, createUser, type NewUser, type SignInRefusal } from './users';
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
  /** Keys, users and secrets of an earlier run (`readCognitoState`). */
  readonly state?: CognitoState;
  /** A private key that was begun before (`newPrivateKey`): the first that is needed. */
  readonly firstKey?: Promise<KeyObject>;
  /** Takes notices that come up after the start. */
  notify?(notice: Notice): void;
}

/** The user pools of a sandbox: their state, their tokens, their OAuth endpoints. */
export interface Cognito {
  /** By user pool id. Resource servers, clients and users are changed in place; `changed` is to be called after it. */
  readonly pools: ReadonlyMap<string, LivePool>;
  /** Of the last templates. */
  readonly names: RuntimeNames;
  /** What the last templates do not fix, and what came up since they were read. */
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
  /** Adds a user, in place of one with the same name. */
  addUser(pool: LivePool, user: NewUser): Promise<void>;
  /** Adds a user; `false` where the name is taken. */
  createUser(pool: LivePool, user: NewUser): Promise<boolean>;
  /** Sign-in through the API: tokens with the scope `aws.cognito.signin.user.admin`. The caller checks client, secret and flow. */
  signIn(pool: LivePool, client: LiveClient, username: string, password: string): Promise<IssuedTokens | { readonly refused: SignInRefusal }>;
  /** New tokens for a refresh token. The caller checks client, secret and flow. */
  refresh(pool: LivePool, client: LiveClient, refreshToken: string): Promise<IssuedTokens | RefreshRefusal>;
  /**
   * The grant of `GetClientToken`. The secret is checked by the caller (`isSecretOf`).
   *
   * @param scopes default all of the client's
   */
  issueMachineToken(pool: LivePool, client: LiveClient, scopes?: readonly string[]): Promise<IssuedTokens | OAuthError>;
  /** Tokens for a client, without its secret and without a password. */
  tokenFor(client: string, wish?: TokenWish): Promise<TokenAnswer>;
  /**
   * Takes over new templates (`mergePools`); keys, users, secrets and refresh tokens are kept, also those of a user pool that the
   * templates lack for a while.
   */
  reload(model: AccessModel, runtime: RuntimeModel): void;
  /**
   * Keys, users and secrets as plain data, to be kept where nobody else reads them. User pools that the templates do not have now are
   * among them.
   */
  exportState(): CognitoState;
}

/** Makes the user pools of a model run. Begins to make the key of access tokens at once. */
export function createCognito({ model, runtime, clock, baseUrl, log, state, firstKey, notify = () => undefined }: CognitoOptions): Cognito {
  let template = model;
  let names = runtimeNames(model, runtime);
  let made = livePools(model, runtime, names, clock());
  let baselines = baselinesOf(made.pools);
  const pools = new Map(made.pools.map((pool) => [pool.poolId, pool]));
  // Templates may lack a user pool for a while: it comes back as it was.
  const known = new Map(pools);
  if (state !== undefined) takeOver(state, pools.values());
  const keys = new Map<string, PoolKeys>();
  const later = new Map<string, Notice>();
  let begun = firstKey;
  const takeBegun = () => {
    const taken = begun;
    begun = undefined;
    return taken;
  };
  const context: CognitoContext = {
    clock,
    log,
    baseUrl,
    pools,
    model: liveModel(() => template, () => pools.values()),
    codes: authorizationCodeStore(clock),
    refreshTokens: refreshTokenStore(clock),
    sessions: sessionStore(clock),
    keysOf({ poolId }) {
      let found = keys.get(poolId);
      if (found === undefined) keys.set(poolId, found = poolKeys(state?.userPools[poolId]?.keys, takeBegun));
      return found;
    },
    note(notice) {
      const line = noticeText(notice);
      if (later.has(line)) return;
      later.set(line, notice);
      notify(notice);
    },
  };
  const [first] = made.pools;
  if (first !== undefined) void context.keysOf(first).key('access');
  const verifyToken = tokenVerifier(context);
  return {
    pools,
    get names() { return names; },
    get notices() { return [...made.notices, ...later.values()]; },
    oauth: oauthApp(context, verifyToken),
    verifyToken,
    accessModel: () => context.model.current(),
    changed: () => context.model.changed(),
    issuer: (pool) => issuerOf(baseUrl(), pool),
    domainUrl: (pool) => domainUrlOf(baseUrl(), pool),
    addUser: async (pool, user) => {
      await addUser(pool, user, clock());
    },
    createUser: async (pool, user) => await createUser(pool, user, clock()) !== undefined,
    signIn: async (pool, client, username, password) => {
      const user = await authenticateUser(pool, username, password);
      return typeof user === 'string' ? { refused: user } : signInTokens(context, pool, client, { source: 'sdkSignIn', user, scopes: [] });
    },
    refresh: (pool, client, refreshToken) => refreshedTokens(context, pool, client, refreshToken),
    issueMachineToken: (pool, client, scopes) => machineTokens(context, pool, client, 'clientToken', scopes?.join(' ')),
    tokenFor: (client, wish) => tokenFor(context, client, wish),
    reload(newModel, newRuntime) {
      const newNames = runtimeNames(newModel, newRuntime);
      const newlyMade = livePools(newModel, newRuntime, newNames, clock());
      const newBaselines = baselinesOf(newlyMade.pools);
      const merged = mergePools(known, newlyMade.pools, baselines);
      if (state !== undefined) takeOver(state, merged.filter(({ poolId }) => !known.has(poolId)));
      pools.clear();
      later.clear();
      for (const pool of merged) {
        pools.set(pool.poolId, pool);
        known.set(pool.poolId, pool);
      }
      [template, names, made, baselines] = [newModel, newNames, newlyMade, new Map([...baselines, ...newBaselines])];
      context.model.changed();
    },
    exportState: () => stateOf(known.values(), (pool) => context.keysOf(pool), state),
  };
}
