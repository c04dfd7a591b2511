import { expectRefused, UNAUTHORIZED } from './attack';
import { startAttackedSandbox, STAGE, type AttackedSandbox } from './attacked-sandbox';
import { ALGORITHM_ATTACKS, CLAIM_ATTACKS, FORM_ATTACKS, KEY_ATTACKS } from './token-attacks';

let on: AttackedSandbox;
beforeAll(async () => {
  on = await startAttackedSandbox();
}, 60_000);
afterAll(() => on.close());

const get = (path: string, token: string) => on.raw(`GET ${STAGE}${path}`, [`Authorization: Bearer ${token}`]);
const photosAreServed = async () => expect(await get('/photos', on.signed({ jti: 'another' }))).toMatchObject({ status: 200, body: '{"method":"ListPhotos"}' });

test('a token of the pool is accepted on the way that all attacks take', async () => {
  expect(await get('/photos', on.reader)).toMatchObject({ status: 200, body: '{"method":"ListPhotos"}' });
  expect(await get('/photos', on.user.access)).toMatchObject({ status: 200, body: '{"method":"ListPhotos"}' });
  expect(await get('/me', on.user.id)).toMatchObject({ status: 200, body: '{"method":"GetMe"}' });
});

test('a token that the test signs with the key of the pool is accepted too, as are times at the edge', async () => {
  const now = Math.floor(Date.now() / 1000);
  for (const change of [{}, { nbf: now }, { iat: now }, { exp: now + 30 }]) {
    expect(await get('/photos', on.signed(change))).toMatchObject({ status: 200 });
  }
});

test('no token at all is refused', async () => {
  expect(await on.raw(`GET ${STAGE}/photos`)).toMatchObject(UNAUTHORIZED);
});

describe('no token of another algorithm is accepted', () => {
  test.each(ALGORITHM_ATTACKS)('$name', async (attack) => {
    await expectRefused(on, attack);
    await photosAreServed();
  });
});

describe('no token of another key is accepted', () => {
  test.each(KEY_ATTACKS)('$name', async (attack) => {
    await expectRefused(on, attack);
    await photosAreServed();
  });
});

describe('no token that says what no pool says is accepted, though well signed', () => {
  test.each(CLAIM_ATTACKS)('$name', async (attack) => {
    await expectRefused(on, attack);
    await photosAreServed();
  });
});

describe('no other text than that of a token is accepted', () => {
  test.each(FORM_ATTACKS)('$name', async (attack) => {
    await expectRefused(on, attack);
    await photosAreServed();
  });
});

test('none of these tokens is in the log, in a report or in an error', () => {
  expect(on.leaks()).toEqual([]);
});
