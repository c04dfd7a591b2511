import * as fc from 'fast-check';
import { failOn, formatProblem, formatProblems, listNames, ProblemError, type Problem } from '../../src/model/problem';
import { PROBLEM_CODES, type ProblemCode } from '../../src/model/problem-codes';

/** Milliseconds: far more than a busy machine needs, far less than work that grows with the square of the input takes. */
const AT_MOST = 30_000;

const PROBLEM: Problem = {
  code: 'ScopeNameSlash', subject: 'scope name', wrong: 'contains a slash', got: 'a/b', expected: 'no slash', fix: 'use a dot instead',
};

describe('formatProblem', () => {
  test('writes code, subject, fault, value, rule and fix', () => {
    expect(formatProblem(PROBLEM)).toBe('[ScopeNameSlash] scope name contains a slash, got "a/b"; expected no slash; use a dot instead');
  });

  test('leaves the value out where there is none', () => {
    expect(formatProblem({ ...PROBLEM, got: undefined })).toBe('[ScopeNameSlash] scope name contains a slash; expected no slash; use a dot instead');
  });

  test.each([
    ['a text', 'read', '"read"'],
    ['an empty text', '', '""'],
    ['a number', '101', '101'],
    ['a number with its unit', '101 scopes', '101 scopes'],
    ['a text that begins with a number', '101 scopes and more', '"101 scopes and more"'],
    ['a token', '<token>', '<token>'],
    ['an expression', '<${App/Stage}/read>', '<${App/Stage}/read>'],
    ['quotes', 'a"b', '"a\\"b"'],
    ['quotes in angle brackets', '<a"b>', '"<a\\"b>"'],
    ['several spaces', 'a  b', '"a  b"'],
    ['a line break', 'a\nb', '"a\\nb"'],
    ['a line break in angle brackets', '<a\nb>', '<a b>'],
    ['a colour of a terminal', '\u001b[31mred', '"\\u001b[31mred"'],
    ['a terminal command of eight bits', '\u009b31m', '"\\u009b31m"'],
    ['a colour in angle brackets', '<\u001b[31mred>', '<\\u001b[31mred>'],
    ['characters that turn the writing round', 'a\u202eb', '"a\\u202eb"'],
    ['120 characters', 'x'.repeat(120), `"${'x'.repeat(120)}"`],
    ['121 characters', 'x'.repeat(121), `"${'x'.repeat(120)}… (121 characters)"`],
    ['121 digits', '1'.repeat(121), `"${'1'.repeat(120)}… (121 characters)"`],
    ['a long text in angle brackets', `<${'x'.repeat(200)}>`, `"<${'x'.repeat(119)}… (202 characters)"`],
    ['a placeholder of the CDK', '${Token[TOKEN.12]}/read', '"<token>/read"'],
  ])('shows %s', (_, got, shown) => {
    expect(formatProblem({ ...PROBLEM, got })).toBe(`[ScopeNameSlash] scope name contains a slash, got ${shown}; expected no slash; use a dot instead`);
  });

  test('property: is one short line without control characters, whatever the parts hold', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\n', '\r\n', '\u001b[2J', '\u2028', 'x'.repeat(100_000), '\u0085'));
    const problem = fc.record({
      code: fc.constantFrom(...Object.keys(PROBLEM_CODES) as ProblemCode[]), subject: text, wrong: text, got: text, expected: text, fix: text,
    });
    fc.assert(fc.property(problem, (each) => {
      const line = formatProblem(each);
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e]/);
      expect(line.startsWith(`[${each.code}] `)).toBe(true);
      expect(line.length).toBeLessThan(30_000);
    }));
  });

  test('writes a value of a million openings in time', () => {
    const started = performance.now();
    formatProblem({ ...PROBLEM, got: '${Token['.repeat(125_000) });
    expect(performance.now() - started).toBeLessThan(AT_MOST);
  });
});

describe('formatProblems', () => {
  test.each([[1, 1, undefined], [10, 10, undefined], [11, 11, 'and 1 more'], [25, 11, 'and 15 more']])('of %d problems has %d lines', (count, lines, last) => {
    const text = formatProblems(Array.from({ length: count }, () => PROBLEM)).split('\n');
    expect(text).toHaveLength(lines);
    if (last !== undefined) expect(text[lines - 1]).toBe(last);
  });
});

test.each([
  [[], ''],
  [['a'], '"a"'],
  [['a', 'b"c'], '"a", "b\\"c"'],
  [Array.from({ length: 12 }, () => 'a'), `${Array.from({ length: 10 }, () => '"a"').join(', ')} and 2 more`],
])('listNames of %j is %s', (names, shown) => {
  expect(listNames(names)).toBe(shown);
});

describe('failOn', () => {
  test('does nothing where there is no problem', () => {
    expect(() => failOn([])).not.toThrow();
  });

  test('throws all problems as one error', () => {
    const attempt = () => failOn([PROBLEM, { ...PROBLEM, got: 'c/d' }]);
    expect(attempt).toThrow(ProblemError);
    expect(attempt).toThrow(/"a\/b".*\n.*"c\/d"/);
  });
});

test('every code says in one sentence what it stands for', () => {
  for (const [code, meaning] of Object.entries(PROBLEM_CODES)) {
    expect(code).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(meaning).toMatch(/^[A-Z].*\.$/);
  }
});
