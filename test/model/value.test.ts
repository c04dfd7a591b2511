import * as fc from 'fast-check';
import { fixedEnd, identityOf, isKnown, isUnknown, joinText, sameText, showValue, symbolsOf, textOfSymbols, type Value } from '../../src/model/value';

/** Milliseconds: far more than a busy machine needs, far less than work that grows with the square of the input takes. */
const AT_MOST = 30_000;

const REASON = 'parameter of stack App';
const unknown = (expression?: string) => ({ unknown: REASON, ...(expression !== undefined && { expression }) });

describe('isKnown and isUnknown', () => {
  test.each<[string, unknown, boolean, boolean]>([
    ['a text', 'a', true, false],
    ['an empty text', '', true, false],
    ['false', false, true, false],
    ['zero', 0, true, false],
    ['a reason', { unknown: 'why' }, false, true],
    ['nothing', undefined, false, false],
    ['an object that is no reason', { name: 'read' }, false, false],
  ])('%s', (_, value, known, reason) => {
    expect(isKnown(value as Value<string>)).toBe(known);
    expect(isUnknown(value)).toBe(reason);
  });
});

describe('sameText', () => {
  test.each<[Value<string>, Value<string>, boolean | undefined]>([
    ['photos/read', 'photos/read', true],
    ['photos/read', 'photos/Read', false],
    ['', '', true],
    ['photos/read', unknown(), undefined],
    [unknown(), unknown(), undefined],
    [unknown('${App/Id}/read'), unknown('${App/Id}/read'), true],
    [unknown('${App/Id}/read'), unknown('${App/Id}/write'), false],
    [unknown('${App/Id}/read'), unknown('${Other/Id}/read'), undefined],
    [unknown('https://${App/Host}/read'), unknown('${App/Host}/read'), false],
    [unknown('photos/${App/Name}'), 'photos/read', undefined],
    [unknown('photos/${App/Name}'), 'orders/read', false],
    [unknown('photos/${App/Name}'), 'photos/', undefined],
    [unknown('photos/${App/Name}'), 'photos', false],
    [unknown('${App/Host}'), unknown('${App/Host}/read'), false],
    [unknown('${App/A}${App/B}'), unknown('${App/B}${App/A}'), undefined],
    [unknown('${App/A}'), unknown('${App/A}x${App/A}'), false],
    [unknown('${App/A}'), '', undefined],
    // An emoji is two code units; the placeholder may be empty.
    [unknown('${App/A}😀'), '😀', undefined],
    // Fixed text that looks like a placeholder is not one.
    ['${App/Stage}', unknown('${App/Stage}'), undefined],
    ['${App/Stage}', unknown('${!App/Stage}'), true],
    ['x${App/Stage}', unknown('y${App/Stage}'), false],
    [unknown('${unclosed'), '${unclosed', true],
  ])('of %j and %j is %j, both ways round', (a, b, expected) => {
    expect([sameText(a, b), sameText(b, a)]).toEqual([expected, expected]);
  });

  test('property: is right for every value that the placeholders may take', () => {
    const part = fc.oneof(fc.constantFrom('a', 'b', '/', '😀', '$', '{', '}', '!', '${', '${!a}'), fc.constantFrom(0, 1, 2));
    const text = fc.array(part, { maxLength: 6 });
    const substitution = fc.array(fc.constantFrom('', 'a', 'b', 'ab', '/', '\ud83d', '\ude00', '${', '}'), { minLength: 3, maxLength: 3 });
    const valueOf = (parts: readonly (string | number)[]) => joinText(parts.map((each) => (typeof each === 'string' ? each : unknown(`\${P${each}}`))));
    const substitute = (parts: readonly (string | number)[], by: readonly string[]) => (
      parts.map((each) => (typeof each === 'string' ? each : by[each])).join('')
    );
    const answers = new Set<boolean | undefined>();
    fc.assert(fc.property(text, text, fc.array(substitution, { minLength: 1, maxLength: 20 }), (a, b, substitutions) => {
      const answer = sameText(valueOf(a), valueOf(b));
      answers.add(answer);
      if (answer === undefined) return;
      expect(substitutions.find((by) => (substitute(a, by) === substitute(b, by)) !== answer)).toBe(undefined);
    }), { numRuns: 5000 });
    expect([...answers].sort()).toEqual([false, true, undefined]);
  });

  test('property: a text is the same as itself, unless it is entirely unknown', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      expect(sameText(text, text)).toBe(true);
      expect(sameText(unknown(text), unknown(text))).toBe(true);
    }));
  });

  test.each([
    ['placeholders', '${a}'],
    ['openings that nothing closes', '${'],
    ['closings', '}'],
  ])('answers in time on a million %s', (_, part) => {
    const text = part.repeat(1_000_000 / part.length);
    const started = performance.now();
    expect(sameText(unknown(`a${text}`), unknown(`b${text}`))).toBe(undefined);
    expect(symbolsOf(unknown(text)).length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(AT_MOST);
  });
});

describe('fixedEnd', () => {
  test.each<[Value<string>, string]>([
    ['photos/read', 'photos/read'],
    ['${App/Id}/read', '${App/Id}/read'],
    [unknown('${App/Id}/read'), '/read'],
    [unknown('${App/Id}/re$ad'), '/re$ad'],
    [unknown('${App/Id}/${App/Name}'), ''],
    [unknown('${App/Id}/a${!b'), ''],
    [unknown('photos/read'), 'photos/read'],
    [unknown(), ''],
  ])('of %j is %j', (value, expected) => {
    expect(fixedEnd(value)).toBe(expected);
  });
});

describe('joinText', () => {
  test('concatenates known texts', () => {
    expect(joinText(['photos', '/', 'read'])).toBe('photos/read');
    expect(joinText([])).toBe('');
  });

  test('keeps the expression and the first reason', () => {
    expect(joinText(['https://', { unknown: 'first', expression: '${A}' }, '/', { unknown: 'second', expression: '${B}' }]))
      .toEqual({ unknown: 'first', expression: 'https://${A}/${B}' });
  });

  test('has no expression where a part has none', () => {
    expect(joinText(['a', unknown('${A}'), unknown()])).toEqual(unknown());
  });

  test('marks fixed text that looks like a placeholder', () => {
    expect(joinText(['${A}/', unknown('${A}')])).toEqual(unknown('${!A}/${A}'));
  });
});

describe('symbolsOf and textOfSymbols', () => {
  test.each<[Value<string>, string[]]>([
    ['a${b}', ['a', '$', '{', 'b', '}']],
    [unknown('a${b}/c'), ['a', '${b}', '/', 'c']],
    [unknown('${!b}${c}'), ['$', '{', 'b', '}', '${c}']],
    [unknown('${'), ['$', '{']],
    [unknown(), []],
  ])('takes %j apart', (value, symbols) => {
    expect(symbolsOf(value)).toEqual(symbols);
  });

  test('property: put together again what they took apart', () => {
    const part = fc.constantFrom<Value<string>>('a', '/', '$', '{', '${', '}', '!', unknown('{${A}'), unknown('${A}'), unknown('${B/C}'));
    fc.assert(fc.property(fc.array(part), (parts) => {
      const value = joinText(parts);
      expect(textOfSymbols(symbolsOf(value), REASON)).toEqual(value);
    }));
  });
});

test.each<[Value<string | number | boolean>, string]>([
  ['photos', 'photos'],
  [false, 'false'],
  [unknown('${App/Id}/read'), '<${App/Id}/read>'],
  [unknown(), `<${REASON}>`],
])('showValue of %j is %j', (value, shown) => {
  expect(showValue(value)).toBe(shown);
});

test('identityOf is the text of a known value, and the expression of an unknown one', () => {
  expect([identityOf('a'), identityOf(unknown('${A}')), identityOf(unknown())]).toEqual(['a', '${A}', undefined]);
});
