import * as fc from 'fast-check';
import { parseStrictYaml } from '../../src/declaration/strict-yaml';
import { formatProblem } from '../../src/model/problem';

const problemsOf = (text: string) => {
  const parsed = parseStrictYaml(text, 'access.yaml');
  return 'problems' in parsed ? parsed.problems.map(formatProblem) : [];
};

test('JSON and YAML mean the same', () => {
  expect(parseStrictYaml('{"a": [1, true, "x"], "b": {"c": ""}}', 'f')).toEqual({ value: { a: [1, true, 'x'], b: { c: '' } } });
  expect(parseStrictYaml('# comment\na: [1, true, x]\nb:\n  c: ""\n', 'f')).toEqual({ value: { a: [1, true, 'x'], b: { c: '' } } });
});

test('words and dates that other versions of YAML turn into something else stay texts', () => {
  expect(parseStrictYaml('a: yes\nb: off\nc: 2027-01-31\nd: 1:30\n', 'f')).toEqual({ value: { a: 'yes', b: 'off', c: '2027-01-31', d: '1:30' } });
});

test('a byte order mark is no part of the first key', () => {
  expect(parseStrictYaml('\uFEFFversion: 1', 'f')).toEqual({ value: { version: 1 } });
});

test('a key of every object is an ordinary one', () => {
  const parsed = parseStrictYaml('{"__proto__": {"a": 1}}', 'f') as { value: object };
  expect(Object.keys(parsed.value)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(parsed.value)).toBe(Object.prototype);
});

test.each([
  ['a key twice', 'version: 1\nclients:\n  A: {}\n  A: {}\n', 'has a key twice at line 4, got "A"; expected each key once; remove one of them'],
  ['a key twice in JSON', '{"clients": {"A": 1,\n"A": 2}}', 'has a key twice at line 2, got "A"; expected each key once; remove one of them'],
  ['a quoted key with a colon twice', '"GET /a:b": x\n\'GET /a:b\': y\n', 'has a key twice at line 2, got "GET /a:b"; expected each key once; remove one of them'],
  ['an anchor', 'a: &all [x]\n', 'has an anchor at line 1; expected plain maps, lists, texts, numbers and booleans; write the value out'],
  ['a merge key', 'a:\n  <<: {b: 1}\n', 'has a merge key at line 2; expected plain maps, lists, texts, numbers and booleans; write the value out'],
  ['a tag', 'a: !Ref x\n', 'has a tag at line 1; expected plain maps, lists, texts, numbers and booleans; write the value out'],
  ['a known tag', 'a: !!str 5\n', 'has a tag at line 1; expected plain maps, lists, texts, numbers and booleans; write the value out'],
  ['a key that is no text', 'a: 1\n2024: x\n', 'has a key that is no text at line 2; expected plain maps, lists, texts, numbers and booleans; put it in quotes'],
  ['a key that is a list', '? [a]\n: b\n', 'has a key that is no text at line 1; expected plain maps, lists, texts, numbers and booleans; put it in quotes'],
  ['a version directive', '%YAML 1.1\n---\na: yes\n', 'has a directive at line 1; expected plain maps, lists, texts, numbers and booleans; remove it'],
  ['a tag directive', '%TAG !a! tag:example.com,2026:\n---\nb: 1\n', 'has a directive at line 1; expected plain maps, lists, texts, numbers and booleans; remove it'],
])('%s is refused', (_, text, message) => {
  expect(problemsOf(text)).toEqual([`[InputSyntax] access.yaml ${message}`]);
});

test('an alias is refused beside its anchor', () => {
  expect(problemsOf('a: &x 1\nb: *x\n').map((line) => /has an? \w+ at line \d/.exec(line)![0])).toEqual(['has an anchor at line 1', 'has an alias at line 2']);
});

test.each([['a: [1\n'], ['a: {b: \n  - c\n'], ['\ta: 1'], ['a: *gone\n']])('%j is refused with a line', (text) => {
  const [first] = problemsOf(text);
  expect(first).toMatch(/^\[InputSyntax\] access\.yaml (is neither JSON nor YAML|has an alias) at line \d/);
});

test('several documents are refused', () => {
  expect(problemsOf('a: 1\n---\nb: 2\n')).toEqual(['[InputSyntax] access.yaml has more than one document; expected one document; keep one of them']);
});

test('an empty text is nothing', () => {
  expect(parseStrictYaml('', 'f')).toEqual({ value: null });
});

test.each([['[', 200_000], ['{"a":', 100_000], ['- ', 50_000]])('%j many times is refused', (open, times) => {
  expect(problemsOf(open.repeat(times)).length).toBeGreaterThan(0);
});

test('property: every JSON value is read as JSON reads it', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    expect(parseStrictYaml(JSON.stringify(value), 'f')).toEqual({ value: JSON.parse(JSON.stringify(value)) });
  }), { numRuns: 300 });
});

test('property: no text makes it throw', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'{}[]:-,#&*!<>|%"\'\n\t ?a1') }), (text) => {
    parseStrictYaml(text, 'f');
  }), { numRuns: 500 });
});
