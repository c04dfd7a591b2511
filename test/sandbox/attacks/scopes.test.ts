import { expectRefused } from './attack';
import { startAttackedSandbox, STAGE, type AttackedSandbox } from './attacked-sandbox';
import { GOOD_SCOPES, SCOPE_ATTACKS } from './scope-attacks';

let on: AttackedSandbox;
beforeAll(async () => {
  on = await startAttackedSandbox();
}, 60_000);
afterAll(() => on.close());

test.each(GOOD_SCOPES)('a token with the scope is accepted: «%s»', async (scope) => {
  const answer = await on.raw(`GET ${STAGE}/photos`, [`Authorization: Bearer ${on.signed({ scope })}`]);
  expect(answer).toMatchObject({ status: 200, body: '{"method":"ListPhotos"}' });
});

describe('no token without the scope is accepted', () => {
  test.each(SCOPE_ATTACKS)('$name', async (attack) => {
    await expectRefused(on, attack);
    // Refused for its scopes or for the form of them, and for nothing else.
    expect(on.sandbox.requests()[0].reason).toMatch(/^(?:scopeMissing|unverifiableToken)/);
  });
});

test('the log says it in one line each', () => {
  for (const { reason } of on.sandbox.requests()) expect(reason).not.toMatch(/"method"/);
  expect(on.leaks()).toEqual([]);
});
