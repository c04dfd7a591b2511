import { expectRefused } from './attack';
import { startAttackedSandbox, STAGE, type AttackedSandbox } from './attacked-sandbox';
import { CARRIER_ATTACKS, MANY_HEADERS, VERB_ATTACKS } from './carrier-attacks';

let on: AttackedSandbox;
beforeAll(async () => {
  on = await startAttackedSandbox();
}, 60_000);
afterAll(() => on.close());

test.each(['Authorization: Bearer ', 'Authorization: ', 'authorization: Bearer ', 'AUTHORIZATION:Bearer ', 'Authorization:   Bearer '])('the token is accepted in «%s…»', async (header) => {
  expect(await on.raw(`GET ${STAGE}/photos`, [`${header}${on.reader}`])).toMatchObject({ status: 200, body: '{"method":"ListPhotos"}' });
});

test('the token is accepted behind thousands of other headers', async () => {
  expect(await on.raw(`GET ${STAGE}/photos`, [...MANY_HEADERS, `Authorization: Bearer ${on.reader}`])).toMatchObject({ status: 200, body: '{"method":"ListPhotos"}' });
});

test.each(['GET', 'POST'])('a token with both scopes opens %s', async (verb) => {
  expect(await on.raw(`${verb} ${STAGE}/photos`, [`Authorization: Bearer ${on.user.access}`])).toMatchObject({ status: 200 });
});

describe('no token is accepted but in the one header', () => {
  test.each(CARRIER_ATTACKS)('$name', async (attack) => {
    await expectRefused(on, attack);
    expect((await on.raw(`GET ${STAGE}/photos`, [`Authorization: Bearer ${on.reader}`])).status).toBe(200);
  });
});

describe('nothing but the request line says what is asked for', () => {
  test.each(VERB_ATTACKS)('$name', async (attack) => {
    await expectRefused(on, attack);
  });
});

test('no token is in the log, in a report or in an error', () => {
  expect(on.leaks()).toEqual([]);
});
