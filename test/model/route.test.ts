import * as fc from 'fast-check';
import { formatProblem } from '../../src/model/problem';
import { parseRoute, pathParts, RouteTable, showRoute, splitPath, VERBS, type Route } from '../../src/model/route';

function codesOf(text: string): string[] {
  const result = parseRoute(text);
  return 'problems' in result ? result.problems.map(({ code }) => code) : [];
}

function route(text: string): Route {
  const result = parseRoute(text);
  if ('problems' in result) throw new Error(formatProblem(result.problems[0]));
  return result.route;
}

describe('parseRoute', () => {
  test.each<[string, Route]>([
    ['GET /', { verb: 'GET', path: '/' }],
    ['GET /photos', { verb: 'GET', path: '/photos' }],
    ['get /photos', { verb: 'GET', path: '/photos' }],
    ['  DELETE   /photos/{id}  ', { verb: 'DELETE', path: '/photos/{id}' }],
    ['ANY /{proxy+}', { verb: 'ANY', path: '/{proxy+}' }],
    ['PATCH /a/{b}/c.d_e-f:g/{h+}', { verb: 'PATCH', path: '/a/{b}/c.d_e-f:g/{h+}' }],
    ['HEAD /__proto__/{constructor}', { verb: 'HEAD', path: '/__proto__/{constructor}' }],
  ])('reads %j', (text, expected) => {
    expect(parseRoute(text)).toEqual({ route: expected });
  });

  test.each<[string, string, string[]]>([
    ['nothing', '', ['RouteFormat']],
    ['a route without a verb', '/photos', ['RouteFormat']],
    ['a route without a path', 'GET', ['RouteFormat']],
    ['more than a verb and a path', 'GET /photos now', ['RouteFormat']],
    ['an unknown verb', 'FETCH /photos', ['RouteVerb']],
    ['a name that objects inherit for a verb', 'constructor /photos', ['RouteVerb']],
    ['path and verb the wrong way round', '/photos GET', ['RouteVerb', 'RoutePath']],
    ['a relative path', 'GET photos', ['RoutePath']],
    ['a slash at the end', 'GET /photos/', ['RoutePath']],
    ['an empty part', 'GET /photos//tags', ['RoutePath']],
    ['two slashes', 'GET //', ['RoutePath']],
    ['a query', 'GET /photos?all=1', ['RoutePathPart']],
    ['a fragment', 'GET /photos#top', ['RoutePathPart']],
    ['a percent sign', 'GET /a%20b', ['RoutePathPart']],
    ['a star', 'GET /photos/*', ['RoutePathPart']],
    ['a colon variable, which is fixed text to API Gateway', 'GET /photos/:id', []],
    ['a letter outside ASCII', 'GET /fotók', ['RoutePathPart']],
    ['a variable with text beside it', 'GET /photos/{id}.json', ['RoutePathPart']],
    ['a variable without a name', 'GET /photos/{}', ['RoutePathPart']],
    ['a brace that nothing closes', 'GET /photos/{id', ['RoutePathPart']],
    ['a variable twice', 'GET /{id}/tags/{id}', ['RouteVariableDuplicate']],
    ['a variable twice, once greedy', 'GET /{id}/{id+}', ['RouteVariableDuplicate']],
    ['a greedy variable that is not last', 'GET /{proxy+}/tags', ['RouteGreedyPosition']],
    ['two greedy variables', 'GET /{a+}/{b+}', ['RouteGreedyPosition']],
  ])('fails on %s', (_, text, expected) => {
    expect(codesOf(text)).toEqual(expected);
  });

  test('fails with everything that is wrong at once', () => {
    expect(codesOf('FETCH photos//{a+}/b*/{a}')).toEqual(['RouteVerb', 'RoutePath', 'RouteGreedyPosition', 'RoutePathPart', 'RouteVariableDuplicate']);
  });

  test.each([
    ['GET photos', 'GET /photos'], ['/photos GET', 'GET /photos'], ['/photos/{id} delete', 'DELETE /photos/{id}'], ['FETCH /x', 'PATCH /x'],
    ['SUBSCRIBE /x', 'GET /x'], ['GET /a b', 'GET /a-b'], ['/a', 'GET /a'], ['PUT', 'PUT /path'], ['', 'GET /path'], ['GET //', 'GET /'],
    ['photos now', 'GET /now'], ['GET //a//b/', 'GET /a/b'], ['GET a*b', 'GET /path'], ['FETCH photos', 'PATCH /photos'], ['a b c d', 'GET /b-c-d'],
  ])('writes %j as a valid route: %j', (text, valid) => {
    const result = parseRoute(text);
    const fixes = 'problems' in result ? result.problems.map(({ fix }) => fix) : [];
    expect(fixes.filter((fix) => fix.startsWith('write'))).toEqual(expect.arrayContaining([`write it as "${valid}"`]));
    for (const fix of fixes.filter((each) => each.startsWith('write'))) expect(parseRoute(/"(.*)"/.exec(fix)![1])).toHaveProperty('route');
  });

  test.each([
    ['PTACH /photos', 'expected "PATCH"; write it as "PATCH /photos"'],
    ['SUBSCRIBE /photos', 'expected one of GET, PUT, POST, DELETE, PATCH, OPTIONS, HEAD, ANY;'],
    ['GET photos/', 'write it as "GET /photos"'],
    ['/photos', 'write it as "GET /photos"'],
    ['GET /{proxy+}/tags', 'use "{proxy}" there, or end the path after it'],
  ])('says of %j: %s', (text, words) => {
    const result = parseRoute(text);
    expect('problems' in result && result.problems.map(formatProblem).join('\n')).toContain(words);
  });

  test('property: reads what showRoute writes', () => {
    const name = fc.array(fc.constantFrom('a', 'Z', '0', '.', '_', '-'), { minLength: 1, maxLength: 4 }).map((each) => each.join(''));
    const parts = fc.array(fc.tuple(name, fc.boolean()), { maxLength: 5 })
      .map((each) => each.map(([text, variable], position) => (variable ? `{v${position}${text}}` : text)));
    const greedy = fc.constantFrom([], ['{rest+}']);
    fc.assert(fc.property(fc.constantFrom(...VERBS), parts, greedy, (verb, before, last) => {
      const expected = { verb, path: `/${[...before, ...last].join('/')}` };
      expect(parseRoute(showRoute(expected))).toEqual({ route: expected });
    }));
  });

  test('property: answers any text, and what it takes it writes again', () => {
    const part = fc.constantFrom('GET', ' ', '/', '{', '}', '+', 'id', '{id}', '{proxy+}', '*', '\n', '\u0000');
    fc.assert(fc.property(fc.array(part).map((each) => each.join('')), (text) => {
      const result = parseRoute(text);
      if ('route' in result) expect(parseRoute(showRoute(result.route))).toEqual(result);
      else expect(result.problems.length).toBeGreaterThan(0);
    }), { numRuns: 1000 });
  });
});

test.each([
  ['/', []],
  ['', []],
  ['/photos', ['photos']],
  ['photos', ['photos']],
  ['/a//b', ['a', '', 'b']],
  ['/a/', ['a', '']],
])('splitPath of %j is %j', (path, parts) => {
  expect(splitPath(path)).toEqual(parts);
});

test('pathParts tells fixed text, variables and greedy variables apart', () => {
  expect(pathParts('/photos/{id}/x{y}/{proxy+}')).toEqual([
    { kind: 'static', text: 'photos' }, { kind: 'variable', name: 'id' }, { kind: 'static', text: 'x{y}' }, { kind: 'greedy', name: 'proxy' },
  ]);
});

describe('RouteTable', () => {
  function codesOfLast(...texts: string[]): string[] {
    const table = new RouteTable();
    return texts.map((text) => table.add(route(text)).map(({ code }) => code)).at(-1)!;
  }

  test.each<[string, string[], string[]]>([
    ['the same route', ['GET /photos', 'GET /photos'], ['RouteDuplicate']],
    ['the same route in other letters', ['GET /photos', 'get /photos'], ['RouteDuplicate']],
    ['another verb', ['GET /photos', 'POST /photos'], []],
    ['ANY beside a verb', ['GET /photos', 'ANY /photos'], []],
    ['the same variable', ['GET /photos/{id}', 'GET /photos/{id}/tags'], []],
    ['another variable at the same place', ['GET /photos/{id}', 'GET /photos/{photo}/tags'], ['RouteVariableSibling']],
    ['a greedy variable beside a variable', ['GET /photos/{id}', 'GET /photos/{proxy+}'], ['RouteVariableSibling']],
    ['a variable beside a greedy variable of its name', ['GET /photos/{proxy+}', 'GET /photos/{proxy}'], ['RouteVariableSibling']],
    ['another variable at another place', ['GET /photos/{id}', 'GET /albums/{album}'], []],
    ['a fixed part beside a variable', ['GET /photos/{id}', 'GET /photos/latest'], []],
    ['variables at the root', ['GET /{a}', 'GET /{b}'], ['RouteVariableSibling']],
    ['another variable that a refused route had', ['GET /{a}', 'GET /{b}/{c}', 'GET /{a}/{d}'], []],
  ])('of %s', (_, texts, expected) => {
    expect(codesOfLast(...texts)).toEqual(expected);
  });

  test('fails with the variable that is there already', () => {
    const table = new RouteTable();
    table.add(route('GET /photos/{id}'));
    expect(formatProblem(table.add(route('PUT /photos/{photo}'))[0])).toBe('[RouteVariableSibling] route "PUT /photos/{photo}" has another variable '
      + 'than "GET /photos/{id}" below "/photos", got "{photo}"; expected "{id}"; use one variable at this place of the path in all routes');
  });
});
