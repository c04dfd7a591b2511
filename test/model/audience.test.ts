import * as fc from 'fast-check';
import { matchAudience } from '../../src/model/audience';

/** Milliseconds: far more than a busy machine needs, far less than work that grows with the square of the input takes. */
const AT_MOST = 30_000;

test.each<[string, string, boolean | undefined]>([
  ['client-1', 'client-1', true],
  ['client-1', 'client-2', false],
  ['client', 'client-1', undefined],
  ['client-1|client-2', 'client-2', true],
  ['(a|b)', 'b', true],
  ['[a-z0-9]+', 'abc123', true],
  [String.raw`https://photos\.example\.com`, 'https://photos.example.com', true],
  [String.raw`https://photos\.example\.com`, 'https://photosXexample.com', false],
  ['^client-1$', 'client-1', true],
  ['.*', 'anything', true],
  [String.raw`\d{2,4}`, '123', true],
  ['', '', true],
  ['', 'client-1', undefined],
  // Not readable: Java means something else, or a match could take forever.
  ['(?i)client', 'CLIENT', undefined],
  [String.raw`\Qclient\E`, 'client', undefined],
  ['[a-z&&[b]]', 'b', undefined],
  ['(', 'a', undefined],
  ['a++', 'aa', undefined],
  ['(a+)+$', 'aaaa', undefined],
  [String.raw`(a\\)+`, 'a', undefined],
  ['.*.*.*', 'a', undefined],
  ['a'.repeat(1025), 'a', undefined],
  ['a', 'a'.repeat(257), undefined],
])('matchAudience of %j and %j is %j', (expression, audience, expected) => {
  expect(matchAudience(expression, audience)).toBe(expected);
});

test('property: answers every expression and audience in time, and never throws', () => {
  const parts = fc.constantFrom('a', '.', '*', '+', '?', '(', ')', '(?:', '|', '[', ']', '{2,}', '{1,3}', '\\', '^', '$', '(a|a)', '(a*)*', '[^a]');
  const expression = fc.array(parts, { maxLength: 30 }).map((each) => each.join(''));
  fc.assert(fc.property(expression, fc.constantFrom('a'.repeat(256), `${'a'.repeat(255)}b`, ''), (text, audience) => {
    const started = performance.now();
    matchAudience(text, audience);
    expect(performance.now() - started).toBeLessThan(AT_MOST);
  }), { numRuns: 3000 });
});
