import { createPublicKey } from 'node:crypto';
import { newPrivateKey, poolKeys } from '../../../src/sandbox/cognito/pool-keys';

describe('the keys of a user pool', () => {
  test('begin with a key that was begun before, and are two', async () => {
    const begun = [newPrivateKey()];
    const [first] = begun;
    const keys = poolKeys([], () => begun.pop());
    const [access, id] = [await keys.key('access'), await keys.key('id')];
    expect(access.publicKey.equals(createPublicKey(await first))).toBe(true);
    expect(id.publicKey.equals(access.publicKey)).toBe(false);
  });

  test('leave a begun key alone where an earlier run left keys', async () => {
    const before = poolKeys();
    await before.key('id');
    const keys = poolKeys(before.stored(), () => { throw new Error('a key is taken'); });
    expect((await keys.key('access')).kid).toBe((await before.key('access')).kid);
  });
});
