import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import * as fc from 'fast-check';
import { readManifest, writeManifest, type ResourceServerManifest } from '../../src/model/manifest';
import { formatProblem } from '../../src/model/problem';

const schema = JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'resource-server-manifest.v1.json'), 'utf8'));
const matchesSchema = new Ajv().compile(schema);

const PHOTOS: ResourceServerManifest = {
  version: 1,
  identifier: 'https://photos.example.com',
  userPoolId: 'eu-west-1_AbCdEfGhI',
  userPoolArn: 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI',
  scopes: [
    { name: 'read', description: 'View', deprecated: { replacedBy: 'https://photos.example.com/view', removeAfter: '2027-01-31', reason: 'unclear name' } },
    { name: 'view', description: 'View' },
  ],
};

/** A manifest with some of its members replaced. */
const textWith = (members: object) => JSON.stringify({ ...PHOTOS, ...members });

/** The problems of a text, one line each. */
function problemsOf(text: string): string[] {
  const read = readManifest(text);
  if (!('problems' in read)) throw new Error('expected problems');
  return read.problems.map(formatProblem);
}

const codesOf = (text: string) => problemsOf(text).map((line) => /^\[(\w+)\]/.exec(line)![1]);

test('what was written is read again, and follows the schema', () => {
  expect(readManifest(writeManifest(PHOTOS))).toEqual({ manifest: PHOTOS });
  expect(matchesSchema(JSON.parse(writeManifest(PHOTOS)))).toBe(true);
  expect(matchesSchema({ ...PHOTOS, scopes: [{ name: 'read' }] })).toBe(false);
});

test('scopes are written in the order of their names', () => {
  expect(writeManifest({ ...PHOTOS, scopes: [...PHOTOS.scopes].reverse() })).toBe(writeManifest(PHOTOS));
});

test('property: a manifest of valid names is read as it was written', () => {
  const name = fc.stringMatching(/^[a-zA-Z0-9_.:-]{1,40}$/);
  const scopes = fc.uniqueArray(fc.record({ name, description: fc.stringMatching(/^[a-z][a-z ]{0,40}$/) }), { selector: (scope) => scope.name, maxLength: 10 });
  fc.assert(fc.property(scopes, (list) => {
    const sorted = [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(readManifest(writeManifest({ version: 1, identifier: 'photos', scopes: list }))).toEqual({ manifest: { version: 1, identifier: 'photos', scopes: sorted } });
  }));
});

test('a manifest may leave the user pool out and begin with a byte order mark', () => {
  expect(readManifest(`\uFEFF${textWith({ userPoolId: undefined, userPoolArn: undefined })}`)).toHaveProperty('manifest.identifier', PHOTOS.identifier);
});

test('a scope of another resource server may take the place of one, and the ARN may be of any partition', () => {
  const scopes = [{ name: 'read', description: 'View', deprecated: { removeAfter: '2027-01-31', reason: 'old', replacedBy: 'https://albums.example.com/view' } }];
  const userPoolArn = PHOTOS.userPoolArn!.replace('arn:aws:', 'arn:aws-us-gov:');
  expect(readManifest(textWith({ scopes, userPoolArn }))).toMatchObject({ manifest: { scopes, userPoolArn } });
});

describe('fails', () => {
  test.each(['', 'photos', '{', '[]', 'null', '"photos"', '1'])('for %j, which is no manifest', (text) => {
    expect(codesOf(text)).toEqual(['ManifestFormat']);
  });

  test('for a newer version, and says nothing else about it', () => {
    expect(problemsOf(JSON.stringify({ version: 2, servers: [] }))).toEqual([
      '[ManifestVersion] manifest has a newer version than this release knows, got 2; expected version 1; upgrade this package',
    ]);
  });

  test.each([['1'], [0], [null], [undefined]])('for version %j', (version) => {
    expect(codesOf(textWith({ version }))).toEqual(['ManifestVersion']);
  });

  test('for an unknown member, and names the nearest', () => {
    expect(problemsOf(textWith({ identifer: 'photos' }))).toEqual([
      '[ManifestFormat] manifest has an unknown member, got "identifer"; expected "identifier"; write the manifest anew with toManifest()',
    ]);
    expect(problemsOf(textWith({ scopes: [{ name: 'read', description: 'View', deprecatd: {} }] }))[0]).toContain('expected "deprecated"');
    expect(codesOf('{"version":1,"identifier":"photos","scopes":[],"__proto__":{}}')).toEqual(['ManifestFormat']);
  });

  test.each([
    ['a missing identifier', { identifier: undefined }, 'has no "identifier"'],
    ['an identifier that is no text', { identifier: 5 }, 'manifest.identifier has the wrong type, got <a number>; expected a string'],
    ['scopes that are no list', { scopes: { read: 'View' } }, 'manifest.scopes has the wrong type, got <an object>; expected a list'],
    ['a scope that is no object', { scopes: ['read'] }, 'manifest.scopes[0] has the wrong type, got <a string>; expected an object'],
    ['a scope without a description', { scopes: [{ name: 'read' }] }, 'manifest.scopes[0] has no "description"; expected a string'],
    ['a deprecation that is no object', { scopes: [{ name: 'read', description: 'View', deprecated: true }] }, 'manifest.scopes[0].deprecated has the wrong type, got <a boolean>'],
    ['a deprecation without a reason', { scopes: [{ name: 'read', description: 'View', deprecated: { removeAfter: '2027-01-31' } }] }, 'manifest.scopes[0].deprecated has no "reason"'],
  ])('for %s', (_, members, message) => {
    const [line, ...more] = problemsOf(textWith(members));
    expect(line).toContain(message);
    expect(more).toEqual([]);
  });

  test.each([
    ['a scope name with a slash', [{ name: 'a/b', description: 'View' }], 'ScopeNameSlash'],
    ['a scope name with a space', [{ name: 'a b', description: 'View' }], 'ScopeNameCharset'],
    ['an empty scope name', [{ name: '', description: 'View' }], 'ScopeNameEmpty'],
    ['an empty description', [{ name: 'read', description: ' ' }], 'ScopeDescriptionLength'],
    ['a full name of 257 characters', [{ name: 'r'.repeat(256 - PHOTOS.identifier.length), description: 'View' }], 'FullScopeNameLength'],
    ['a scope that is there twice', [{ name: 'read', description: 'View' }, { name: 'read', description: 'View' }], 'ScopeDuplicate'],
    ['101 scopes', Array.from({ length: 101 }, (_, number) => ({ name: `s${number}`, description: 'View' })), 'ScopesPerServer'],
    ['a removal date that is none', [{ name: 'read', description: 'View', deprecated: { removeAfter: 'soon', reason: 'old' } }], 'ScopeRemovalDate'],
    ['a scope that replaces itself', [{
      name: 'read', description: 'View', deprecated: { removeAfter: '2027-01-31', reason: 'old', replacedBy: `${PHOTOS.identifier}/read` },
    }], 'ScopeReplacement'],
    ['a scope that a standard scope replaces', [{
      name: 'read', description: 'View', deprecated: { removeAfter: '2027-01-31', reason: 'old', replacedBy: 'openid' },
    }], 'ScopeReplacement'],
    ['a scope that a scope replaces which the manifest lacks', [{
      name: 'read', description: 'View', deprecated: { removeAfter: '2027-01-31', reason: 'old', replacedBy: `${PHOTOS.identifier}/gone` },
    }], 'ScopeReplacement'],
  ])('for %s', (_, scopes, code) => {
    expect(codesOf(textWith({ scopes }))).toEqual([code]);
  });

  test.each<[string, object, string]>([
    ['an id that is none', { userPoolId: 'garbage' }, 'userPoolId is no id of a user pool, got "garbage"'],
    ['an ARN that is none', { userPoolArn: 'garbage' }, 'userPoolArn is no ARN of a user pool, got "garbage"'],
    ['an ARN of another service', { userPoolArn: 'arn:aws:s3:::photos' }, 'userPoolArn is no ARN of a user pool'],
    ['an ARN without an id', { userPoolArn: PHOTOS.userPoolArn!.replace(/[^/]+$/, '') }, 'userPoolArn is no ARN of a user pool'],
    ['an ARN of another user pool', { userPoolArn: `${PHOTOS.userPoolArn}X` }, 'userPoolId is the id of another user pool than the ARN names, got "eu-west-1_AbCdEfGhI"; '
      + 'expected "eu-west-1_AbCdEfGhIX"'],
  ])('for %s', (_, members, message) => {
    expect(problemsOf(textWith(members))).toEqual([expect.stringContaining(message)]);
  });

  test('for an identifier that Cognito refuses, with all other faults at once', () => {
    expect(codesOf(textWith({ identifier: 'my photos', scopes: [{ name: 'a b', description: '' }] })))
      .toEqual(['IdentifierCharset', 'ScopeNameCharset', 'ScopeDescriptionLength']);
  });
});
