import { START, photosModel, testCognito } from './entities';
import type { LivePool, LiveUser } from '../../../src/sandbox/cognito/live-pool';
import { SESSION_SECONDS, sessionStore } from '../../../src/sandbox/cognito/sessions';
import { userPool } from '../../model/entities';

describe('a session', () => {
  let now: number;
  let pool: LivePool;
  let other: LivePool;
  let ana: LiveUser;
  let sessions: ReturnType<typeof sessionStore>;
  let cookie: string;

  beforeEach(async () => {
    now = START;
    const { cognito } = testCognito(photosModel({ userPools: [userPool(), userPool({ id: 'us-east-1_Other', origin: 'external' })] }));
    [pool, other] = [...cognito.pools.values()];
    await cognito.addUser(pool, { username: 'ana' });
    ana = pool.users.get('ana')!;
    sessions = sessionStore(() => now);
    cookie = sessions.begin(pool, ana);
  });

  test('is that of its user for an hour', () => {
    expect(sessions.find(pool, cookie)).toEqual({ user: ana, authTime: START / 1000 });
    now += SESSION_SECONDS * 1000 - 1;
    expect(sessions.find(pool, cookie)).toBeDefined();
    now += 1;
    expect(sessions.find(pool, cookie)).toBeUndefined();
  });

  test('is none of another user pool, whoever has its name and sub there', () => {
    other.users.set('ana', ana);
    expect(sessions.find(other, cookie)).toBeUndefined();
  });

  test.each<[string, (it: LiveUser) => LiveUser]>([
    ['was deleted and made again', (it) => ({ ...it, sub: 'new' })],
    ['is disabled', (it) => ({ ...it, enabled: false })],
  ])('is none of a user who %s', (_, change) => {
    pool.users.set('ana', change(ana));
    expect(sessions.find(pool, cookie)).toBeUndefined();
  });

  test('ends with its user, at sign-out, and is not guessed', () => {
    expect([sessions.find(pool, undefined), sessions.find(pool, ''), sessions.find(pool, `${cookie}x`)]).toEqual([undefined, undefined, undefined]);
    pool.users.delete('ana');
    expect(sessions.find(pool, cookie)).toBeUndefined();
    pool.users.set('ana', ana);
    expect(sessions.find(pool, cookie)).toBeDefined();
    sessions.end(cookie);
    expect(sessions.find(pool, cookie)).toBeUndefined();
  });
});
