import type { ClientSecret, LivePool, LiveUser } from './live-pool';
import { isUsableKey, type PoolKeys, type StoredKey } from './pool-keys';
import { userFaults, userSubject } from './user-faults';
import type { Problem } from '../../model/problem';
import { BOOLEAN, listOf, mapOf, NUMBER, objectOf, oneOf, STRING } from '../../model/shape';

/** What survives a restart, as plain data. It holds private keys and secrets. */
export interface CognitoState {
  readonly version: 1;
  /** By user pool id. */
  readonly userPools: { readonly [poolId: string]: PoolState };
}

/** What survives of one user pool. */
export interface PoolState {
  readonly keys: readonly StoredKey[];
  readonly users: readonly LiveUser[];
  /** By client id. */
  readonly secrets: { readonly [clientId: string]: readonly ClientSecret[] };
}

const TEXTS = mapOf(STRING);
const STATE = objectOf({
  version: oneOf(1),
  userPools: mapOf(objectOf({
    keys: listOf(objectOf({
      kid: STRING,
      use: oneOf('access', 'id'),
      jwk: objectOf({ kty: oneOf('RSA'), n: STRING, e: STRING, d: STRING, p: STRING, q: STRING, dp: STRING, dq: STRING, qi: STRING }),
    })),
    users: listOf(objectOf(
      { username: STRING, sub: STRING, createdAt: NUMBER, updatedAt: NUMBER, attributes: TEXTS, groups: listOf(STRING), status: oneOf('CONFIRMED', 'FORCE_CHANGE_PASSWORD'), enabled: BOOLEAN },
      { password: objectOf({ salt: STRING, hash: STRING }) },
    )),
    secrets: mapOf(listOf(objectOf({ id: STRING, value: STRING, createdAt: NUMBER }))),
  })),
});

/**
 * Checks what was written by an earlier run, its keys and users included.
 *
 * @param file what it is called in messages
 */
export function readCognitoState(value: unknown, file: string): { readonly state: CognitoState } | { readonly problems: readonly Problem[] } {
  const faults = STATE.faults(value, '');
  // No value is shown: any of them may be secret.
  const problem = (place: string, wrong: string, expected: string): Problem => (
    { code: 'SandboxState', subject: `${place} of ${file}`, wrong, expected, fix: 'remove the file, and the sandbox begins anew' });
  if (faults.length > 0) return { problems: faults.map(({ place, wrong, expected }) => problem(place === '' ? 'the content' : place, wrong, expected)) };
  const state = value as CognitoState;
  const broken = Object.entries(state.userPools).flatMap(([poolId, { keys }]) => (
    keys.flatMap((key, position) => (isUsableKey(key) ? [] : [`userPools.${poolId}.keys[${position}]`]))));
  const problems = [
    ...broken.map((place) => problem(place, 'is no key that signs', 'an RSA key of 2,048 bits or more, as the sandbox wrote it')),
    ...Object.entries(state.userPools).flatMap(([poolId, { users }]) => userProblems(users, `userPools.${poolId}.users`, file)),
  ];
  return problems.length === 0 ? { state } : { problems };
}

/** By which attributes users sign in is not known here: names alone are compared. */
function userProblems(users: readonly LiveUser[], place: string, file: string): Problem[] {
  const check = userFaults([]);
  return users.flatMap((user, position) => {
    const fault = check(user);
    return fault === undefined ? [] : [{ code: 'SandboxState', subject: userSubject(user.username, `${place}[${position}]`, file), ...fault }];
  });
}

/**
 * The state of user pools.
 *
 * @param earlier the state of an earlier run, of which user pools that did not run since are kept
 */
export function stateOf(pools: Iterable<LivePool>, keysOf: (pool: LivePool) => PoolKeys, earlier?: CognitoState): CognitoState {
  return {
    version: 1,
    userPools: {
      ...earlier?.userPools,
      ...Object.fromEntries([...pools].map((pool) => [pool.poolId, {
        keys: keysOf(pool).stored(),
        users: [...pool.users.values()],
        secrets: Object.fromEntries([...pool.clients].map(([clientId, { secrets }]) => [clientId, secrets])),
      }])),
    },
  };
}

/** Gives user pools the users and secrets of an earlier run. A client that has no secret now gets none. */
export function takeOver({ userPools }: CognitoState, pools: Iterable<LivePool>): void {
  for (const pool of pools) {
    const state = userPools[pool.poolId] as PoolState | undefined;
    for (const user of state?.users ?? []) pool.users.set(user.username, user);
    for (const [clientId, secrets] of Object.entries(state?.secrets ?? {})) {
      const client = pool.clients.get(clientId);
      if (client !== undefined && client.secrets.length > 0 && secrets.length > 0) client.secrets = secrets;
    }
  }
}
