import * as fc from 'fast-check';
import { RouteIndex } from '../../src/model/route-index';

function indexOf(...routes: string[]): RouteIndex<string> {
  const index = new RouteIndex<string>();
  for (const each of routes) {
    const [verb, path] = each.split(' ');
    index.add(verb, path, each);
  }
  return index;
}

describe('RouteIndex', () => {
  test.each<[string[], string, string | undefined]>([
    [['GET /photos'], 'GET /photos', 'GET /photos'],
    [['GET /photos'], 'GET /photos/', 'GET /photos'],
    [['GET /photos'], 'GET /photos//', undefined],
    [['GET /photos'], 'GET /Photos', undefined],
    [['GET /photos'], 'get /photos', undefined],
    [['GET /photos'], 'GET /photos/1', undefined],
    [['GET /photos'], 'GET /', undefined],
    [['GET /'], 'GET /', 'GET /'],
    [['GET /photos/{id}'], 'GET /photos', undefined],
    [['GET /photos/{id}'], 'GET /photos/', undefined],
    [['GET /photos/{id}'], 'GET /photos/1', 'GET /photos/{id}'],
    [['GET /photos/{id}'], 'GET /photos/{id}', 'GET /photos/{id}'],
    [['GET /photos/{id}', 'GET /photos/latest'], 'GET /photos/latest', 'GET /photos/latest'],
    [['GET /photos/latest', 'GET /photos/{id}'], 'GET /photos/last', 'GET /photos/{id}'],
    // A variable goes before a greedy one, and a longer path leads to the greedy one.
    [['GET /{proxy+}', 'GET /{id}'], 'GET /a', 'GET /{id}'],
    [['GET /{proxy+}', 'GET /{id}'], 'GET /a/b', 'GET /{proxy+}'],
    [['GET /{proxy+}'], 'GET /', undefined],
    [['GET /{proxy+}', 'GET /photos/{id}'], 'GET /photos', 'GET /{proxy+}'],
    [['GET /{proxy+}', 'GET /photos/latest'], 'GET /photos/other', 'GET /{proxy+}'],
    [['GET /{proxy+}', 'GET /photos/{id}/tags'], 'GET /photos/1/tags/2', 'GET /{proxy+}'],
    // A verb of its own goes before ANY, and a path without the verb is not left for another path.
    [['ANY /photos', 'GET /photos'], 'GET /photos', 'GET /photos'],
    [['ANY /photos', 'GET /photos'], 'POST /photos', 'ANY /photos'],
    [['GET /photos'], 'HEAD /photos', undefined],
    [['GET /photos'], 'OPTIONS /photos', undefined],
    [['ANY /{proxy+}', 'GET /photos'], 'POST /photos', undefined],
    // Names that objects inherit.
    [['GET /photos'], 'GET /__proto__', undefined],
    [['GET /__proto__'], 'GET /__proto__', 'GET /__proto__'],
    [['GET /photos'], '__proto__ /photos', undefined],
  ])('%j answers %j with %j', (routes, request, expected) => {
    const [verb, path] = request.split(' ');
    expect(indexOf(...routes).find(verb, path)).toBe(expected);
  });

  test('keeps both of two methods with one verb at one place, the first first', () => {
    const index = new RouteIndex<string>();
    index.add('GET', '/photos/{id}', 'first');
    index.add('GET', '/photos/{photo}', 'second');
    expect(index.find('GET', '/photos/1')).toBe('first');
    expect([...index.places('/photos/1')].map((methods) => methods.get('GET'))).toEqual([['first', 'second']]);
  });

  test('gives all places that match, the most specific first', () => {
    const index = indexOf('GET /{proxy+}', 'GET /{a}/{b}', 'GET /photos/{id}', 'GET /photos/latest', 'GET /{a}/latest', 'GET /photos/{proxy+}');
    expect([...index.places('/photos/latest')].map((methods) => methods.get('GET')?.[0])).toEqual([
      'GET /photos/latest', 'GET /photos/{id}', 'GET /photos/{proxy+}', 'GET /{a}/latest', 'GET /{a}/{b}', 'GET /{proxy+}',
    ]);
  });

  test('answers paths as deep as a file', () => {
    const path = '/a'.repeat(100_000);
    expect(indexOf(`GET ${path}`).find('GET', path)).toBe(`GET ${path}`);
    expect(indexOf('GET /{proxy+}').find('GET', path)).toBe('GET /{proxy+}');
  });

  test('property: finds a path with its variables filled in, where it is the only one', () => {
    const part = fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 3 }).map((position) => `{v${position}}`));
    fc.assert(fc.property(fc.array(part, { maxLength: 6 }), fc.boolean(), (parts, greedy) => {
      const template = `/${[...parts, ...greedy ? ['{rest+}'] : []].join('/')}`;
      const request = template.replace(/\{v\d\}/g, 'value').replace('{rest+}', 'x/y');
      expect(indexOf(`GET ${template}`).find('GET', request)).toBe(`GET ${template}`);
    }));
  });
});
