import { BOOLEAN, chosen, listOf, mapOf, NUMBER, objectOf, oneOf, STRING, type Shape } from '../../src/model/shape';

/** What is wrong, one line each. */
const linesOf = (shape: Shape, value: unknown) => shape.faults(value, 'file')
  .map(({ place, wrong, got, expected }) => `${place} ${wrong}${got === undefined ? '' : `, got ${got}`}; expected ${expected}`);

test.each<[string, Shape, unknown]>([
  ['a string', STRING, ''],
  ['false', BOOLEAN, false],
  ['zero', NUMBER, 0],
  ['one of several', oneOf('a', 1, true), true],
  ['an empty list', listOf(STRING), []],
  ['a list', listOf(STRING), ['a']],
  ['an empty map', mapOf(STRING), {}],
  ['a map', mapOf(NUMBER), { a: 1 }],
  ['an object without its optional member', objectOf({ a: STRING }, { b: STRING }), { a: 'a', b: undefined }],
  ['what a value chooses', chosen('a string', () => STRING), 'a'],
])('%s has its shape', (_, shape, value) => {
  expect(linesOf(shape, value)).toEqual([]);
});

test.each<[string, Shape, unknown, string]>([
  ['null', STRING, null, 'file has the wrong type, got <null>; expected a string'],
  ['a missing value', STRING, undefined, 'file has the wrong type, got <undefined>; expected a string'],
  ['a list', BOOLEAN, [], 'file has the wrong type, got <a list>; expected a boolean'],
  ['an object', NUMBER, {}, 'file has the wrong type, got <an object>; expected a number'],
  ['a text for a list', listOf(STRING), 'a', 'file has the wrong type, got <a string>; expected a list'],
  ['a list for a map', mapOf(STRING), ['a'], 'file has the wrong type, got <a list>; expected an object'],
  ['a list for an object', objectOf({}), [], 'file has the wrong type, got <a list>; expected an object'],
  ['an element', listOf(STRING), ['a', 1], 'file[1] has the wrong type, got <a number>; expected a string'],
  ['a value of a map', mapOf(STRING), { 'GET /a': 1 }, 'file["GET /a"] has the wrong type, got <a number>; expected a string'],
  ['a key of a map', mapOf(STRING, oneOf('left', 'right')), { lfet: 'a' }, 'file is none of the known values, got lfet; expected "left"'],
  ['a near value', oneOf('machine', 'web'), 'machin', 'file is none of the known values, got machin; expected "machine"'],
  ['a value of another type', oneOf('machine', 'web'), 3, 'file has the wrong type, got <a number>; expected one of "machine", "web"'],
  ['a wrong constant', oneOf(true), 'true', 'file has the wrong type, got <a string>; expected true'],
  ['an unknown member', objectOf({}, { scopes: STRING }), { scops: '' }, 'file has an unknown member, got scops; expected "scopes"'],
  ['a member of every object', objectOf({}), JSON.parse('{"__proto__":1}'), 'file has an unknown member, got __proto__; expected no member'],
  ['a missing member', objectOf({ scopes: listOf(STRING) }), {}, 'file has no "scopes"; expected a list'],
  ['an inherited member', objectOf({ toString: STRING }), {}, 'file has no "toString"; expected a string'],
  ['a value that chooses nothing', chosen('a client', () => undefined), 5, 'file has the wrong type, got <a number>; expected a client'],
])('%s has not', (_, shape, value, line) => {
  expect(linesOf(shape, value)).toEqual([line]);
});

test('all that is wrong is found, each with its place', () => {
  const shape = objectOf({ clients: mapOf(objectOf({ kind: oneOf('spa') }, { scopes: listOf(STRING) })) });
  expect(linesOf(shape, { clients: { Album: { kind: 'web', scopes: [1, 'a', 2] }, Export: {} } }).map((line) => line.split(' ')[0])).toEqual([
    'file.clients.Album.kind', 'file.clients.Album.scopes[0]', 'file.clients.Album.scopes[2]', 'file.clients.Export',
  ]);
});

test('at the top of a document a place begins with the member', () => {
  expect(objectOf({}, { a: listOf(STRING) }).faults({ a: [1] }, '').map(({ place }) => place)).toEqual(['a[0]']);
});
