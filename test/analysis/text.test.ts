import * as fc from 'fast-check';
import { wrap } from '../../src/analysis/text';

test.each([
  ['a short text', 20, ['a short text']],
  ['breaks at a space', 9, ['breaks at', 'a space']],
  ['/photos/{id}/tags', 13, ['/photos/{id}/', 'tags']],
  ['App-Name_of.Client', 9, ['App-Name_', 'of.Client']],
  ['unbreakable', 4, ['unbr', 'eaka', 'ble']],
])('%j wraps at %d', (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines);
});

test('property: wrapping keeps every character but spaces, and the width', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b', '/', '-', ' ') }), fc.integer({ min: 2, max: 20 }), (text, width) => {
    const lines = wrap(text, width);
    expect(lines.join('').replace(/ /g, '')).toBe(text.replace(/ /g, ''));
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
  }));
});
