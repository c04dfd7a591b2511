import * as fc from 'fast-check';
import { checkDomainPrefix, toDomainPrefix } from '../../src/model/domain-rules';

const codesOf = (prefix: string) => checkDomainPrefix(prefix).map(({ code }) => code);

describe('checkDomainPrefix', () => {
  test.each(['a', '7', 'photo-album', 'a--b', 'a'.repeat(63)])('takes %j', (prefix) => {
    expect(codesOf(prefix)).toEqual([]);
  });

  test.each([
    ['nothing', ''], ['64 characters', 'a'.repeat(64)], ['a capital', 'Photos'], ['a hyphen before', '-photos'], ['a hyphen behind', 'photos-'],
    ['a dot', 'photos.example'], ['an underscore', 'photo_album'], ['a line break', 'photos\n'],
  ])('fails on %s', (_, prefix) => {
    expect(codesOf(prefix)).toEqual(['DomainPrefix']);
  });

  test.each(['aws', 'my-aws-api', 'amazonas', 'cognitor', 'my-awsome-api'])('fails on a reserved word in %j', (prefix) => {
    expect(codesOf(prefix)).toEqual(['DomainReservedWord']);
  });
});

describe('toDomainPrefix', () => {
  test.each([
    ['PhotoAlbum', 63, 'photoalbum'],
    ['My Photos/Api', 63, 'my-photos-api'],
    ['cognito', 63, 'pool'],
    ['', 63, 'pool'],
    ['abc-def', 4, 'abc'],
    // Taking a word out puts no other one together.
    ['aawsws', 63, 'a-ws'],
  ])('makes of %j, in %d characters, %j', (text, characters, prefix) => {
    expect(toDomainPrefix(text, characters)).toBe(prefix);
  });

  test('property: makes a valid prefix of any text', () => {
    const part = fc.constantFrom('aws', 'amazon', 'cognito', 'a', 'ws', '-', 'X', '/', 'é', '1');
    fc.assert(fc.property(fc.array(part, { maxLength: 40 }).map((each) => each.join('')), fc.integer({ min: 4, max: 63 }), (text, characters) => {
      const prefix = toDomainPrefix(text, characters);
      expect(codesOf(prefix)).toEqual([]);
      expect(prefix.length).toBeLessThanOrEqual(characters);
    }), { numRuns: 1000 });
  });
});
