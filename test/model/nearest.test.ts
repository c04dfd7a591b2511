import * as fc from 'fast-check';
import { nearestNames } from '../../src/model/nearest';

/** Milliseconds: far more than a busy machine needs, far less than work that grows with the square of the input takes. */
const AT_MOST = 30_000;

describe('nearestNames', () => {
  test.each([
    ['photos.raed', ['photos.read', 'photos.write'], ['photos.read']],
    ['READ', ['read', 'write'], ['read']],
    ['GTE', ['GET', 'PUT', 'POST', 'DELETE'], ['GET']],
    ['FOO', ['GET', 'PUT', 'POST'], []],
    ['export', ['NightlyExport', 'Exporter', 'Import'], ['Exporter', 'Import']],
    ['abcdef', ['abcdxx', 'abcxxx'], ['abcdxx']],
    ['ab', ['xy', 'ax', 'b'], ['ax', 'b']],
    ['a', ['b', 'A', ''], ['A']],
    ['', ['a', 'b'], []],
    ['read', ['read', 'read'], ['read']],
    ['scope1', ['scope2', 'scope5', 'scope4', 'scope3'], ['scope2', 'scope3', 'scope4']],
    ['scope', ['scope22', 'scope1', 'scopes'], ['scope1', 'scopes', 'scope22']],
    ['anything', [], []],
  ])('of %j among %j are %j', (name, candidates, expected) => {
    expect(nearestNames(name, candidates)).toEqual(expected);
  });

  test('property: finds a name itself first', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), fc.array(fc.string()), (name, others) => {
      expect(nearestNames(name, [...others, name]).map((each) => each.toLowerCase())[0]).toBe(name.toLowerCase());
    }));
  });

  test('property: of two names of the same length, either both are near each other or neither', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 6, maxLength: 6 }).map((each) => each.join(''));
    fc.assert(fc.property(text, text, (a, b) => {
      expect(nearestNames(a, [b]).length).toBe(nearestNames(b, [a]).length);
    }));
  });

  test('property: does not depend on the order of the candidates', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'A'), { maxLength: 5 }).map((each) => each.join(''));
    fc.assert(fc.property(text, fc.array(text), (name, candidates) => {
      expect(nearestNames(name, [...candidates].reverse())).toEqual(nearestNames(name, candidates));
    }));
  });

  test('answers in time on names as long as a file', () => {
    const started = performance.now();
    expect(nearestNames('x'.repeat(1_000_000), ['x'.repeat(1_000_001)])).toEqual([]);
    expect(nearestNames('x'.repeat(300), Array.from({ length: 1000 }, (_, position) => `x${position}`.repeat(50_000)))).toEqual([]);
    expect(performance.now() - started).toBeLessThan(AT_MOST);
  });
});
