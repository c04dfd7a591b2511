import { CARRIER_ATTACKS, VERB_ATTACKS } from './carrier-attacks';
import { CODE_ATTACKS, GRANT_ATTACKS, REFRESH_ATTACKS, SECRET_ATTACKS, USER_INFO_ATTACKS } from './grant-attacks';
import { PATH_ATTACKS } from './path-attacks';
import { AUTHORIZATION_ATTACKS, REDIRECT_ATTACKS } from './redirect-attacks';
import { SCOPE_ATTACKS } from './scope-attacks';
import { HOST_ATTACKS, SITE_ATTACKS } from './site-attacks';
import { ALGORITHM_ATTACKS, CLAIM_ATTACKS, FORM_ATTACKS, KEY_ATTACKS } from './token-attacks';

const TABLES = [
  ALGORITHM_ATTACKS, KEY_ATTACKS, CLAIM_ATTACKS, FORM_ATTACKS, SCOPE_ATTACKS, CARRIER_ATTACKS, VERB_ATTACKS, PATH_ATTACKS,
  CODE_ATTACKS, SECRET_ATTACKS, GRANT_ATTACKS, REFRESH_ATTACKS, USER_INFO_ATTACKS,
  AUTHORIZATION_ATTACKS, REDIRECT_ATTACKS, HOST_ATTACKS, SITE_ATTACKS,
];

test('the corpus has 900 attacks or more, 60 of them with tokens', () => {
  expect(TABLES.flat().length).toBeGreaterThanOrEqual(900);
  expect([ALGORITHM_ATTACKS, KEY_ATTACKS, CLAIM_ATTACKS, FORM_ATTACKS].flat().length).toBeGreaterThanOrEqual(60);
});

test.each(TABLES)('each attack of a table has its own name: %#', (...attacks) => {
  const names = attacks.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

test('an attack is refused: no table expects a success', () => {
  for (const { refusal: { status, location } } of TABLES.flat()) {
    for (const each of [status].flat()) expect(each === 0 || each >= 400 || (each === 302 && location !== undefined)).toBe(true);
    for (const each of [status].flat()) expect(each).toBeLessThan(500);
  }
});
