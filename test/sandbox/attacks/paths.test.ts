import { expectRefused } from './attack';
import { startAttackedSandbox, STAGE, type AttackedSandbox } from './attacked-sandbox';
import { GOOD_PATHS, PATH_ATTACKS } from './path-attacks';

let on: AttackedSandbox;
beforeAll(async () => {
  on = await startAttackedSandbox();
}, 60_000);
afterAll(() => on.close());

test.each(GOOD_PATHS)('%s leads to %s', async (path, method) => {
  expect(await on.raw(`GET ${STAGE}${path}`, [`Authorization: Bearer ${on.reader}`])).toMatchObject({ status: 200, body: `{"method":"${method}"}` });
});

test('a token with photos/write opens what the attacks are after', async () => {
  for (const path of ['/photos/admin', '/open/closed']) {
    expect(await on.raw(`GET ${STAGE}${path}`, [`Authorization: Bearer ${on.user.access}`])).toMatchObject({ status: 200 });
  }
});

describe('no path leads around a method', () => {
  test.each(PATH_ATTACKS)('$name', async (attack) => {
    await expectRefused(on, attack);
  });
});

test('no token is in the log, in a report or in an error', () => {
  expect(on.leaks()).toEqual([]);
});
