import * as fc from 'fast-check';
import { formatProblem, type Problem } from '../../src/model/problem';
import {
  checkClientName, checkFullScopeName, checkFullScopeNameLength, checkIdentifier, checkResourceServerName, checkScopeDescription, checkScopeName,
  fullScopeName, isStandardScope, splitFullScopeName, STANDARD_SCOPES, toDisplayName,
} from '../../src/model/scope-grammar';

/** Milliseconds: far more than a busy machine needs, far less than work that grows with the square of the input takes. */
const AT_MOST = 30_000;

const codes = (problems: readonly Problem[]) => problems.map(({ code }) => code);

/** Every printable ASCII character but the two that Cognito refuses everywhere. */
const ALLOWED = Array.from({ length: 0x7e - 0x21 + 1 }, (_, position) => String.fromCharCode(0x21 + position)).filter((each) => each !== '"' && each !== '\\');

describe('checkIdentifier', () => {
  test.each([
    'photos', 'https://photos.example.com', 'https://photos.example.com/v2/', 'a', '/', 'openid', 'my.aws.cognito',
    'x'.repeat(256), ALLOWED.join(''),
  ])('takes %j', (identifier) => {
    expect(checkIdentifier(identifier)).toEqual([]);
  });

  test.each<[string, string, string[]]>([
    ['an empty identifier', '', ['IdentifierEmpty']],
    ['257 characters', 'x'.repeat(257), ['IdentifierLength']],
    ['a space', 'my photos', ['IdentifierCharset']],
    ['a double quote', 'photos"', ['IdentifierCharset']],
    ['a backslash', 'photos\\', ['IdentifierCharset']],
    ['a control character', 'photos\x1f', ['IdentifierCharset']],
    ['delete', 'photos\x7f', ['IdentifierCharset']],
    ['a letter outside ASCII', 'fotós', ['IdentifierCharset']],
    ['an emoji', '📷', ['IdentifierCharset']],
    ['257 characters, one of them a space', `${'x'.repeat(256)} `, ['IdentifierLength', 'IdentifierCharset']],
    ['a name of Cognito', 'aws.cognito.signin.user', ['IdentifierReserved']],
    ['a name of Cognito in capitals', 'AWS.Cognito', ['IdentifierReserved']],
  ])('fails on %s', (_, identifier, expected) => {
    expect(codes(checkIdentifier(identifier))).toEqual(expected);
  });
});

describe('checkScopeName', () => {
  test.each(['read', 'photos.read', 'photos:read', 'read.*', 'x'.repeat(256), ALLOWED.filter((each) => each !== '/').join('')])('takes %j', (name) => {
    expect(checkScopeName(name)).toEqual([]);
  });

  test.each<[string, string, string[]]>([
    ['an empty name', '', ['ScopeNameEmpty']],
    ['257 characters', 'x'.repeat(257), ['ScopeNameLength']],
    ['a space', 'read all', ['ScopeNameCharset']],
    ['a double quote', '"read"', ['ScopeNameCharset']],
    ['a backslash', 'read\\all', ['ScopeNameCharset']],
    ['delete', '\x7f', ['ScopeNameCharset']],
    ['a slash', 'photos/read', ['ScopeNameSlash']],
    ['nothing but a slash', '/', ['ScopeNameSlash']],
    ['a slash, a space and 257 characters', `a/ ${'x'.repeat(254)}`, ['ScopeNameSlash', 'ScopeNameLength', 'ScopeNameCharset']],
  ])('fails on %s', (_, name, expected) => {
    expect(codes(checkScopeName(name))).toEqual(expected);
  });

  test('suggests dots in place of slashes', () => {
    expect(checkScopeName('photos//read/')[0].fix).toBe('use a dot instead, such as "photos.read"');
    expect(checkScopeName('/')[0].fix).toBe('use a dot instead, such as "photos.read"');
  });

  test('shows the character that is wrong', () => {
    expect(formatProblem(checkScopeName('read all')[0])).toBe('[ScopeNameCharset] scope name has a forbidden character " ", got "read all"; '
      + 'expected 1 to 256 characters of printable ASCII without space, double quote, backslash and slash; remove the character');
  });
});

describe('checkScopeDescription', () => {
  test.each([['View your photos'], ['x'], ['x'.repeat(256)], ['é"\\/\n']])('takes %j', (description) => {
    expect(checkScopeDescription('read', description)).toEqual([]);
  });

  test.each([['empty', ''], ['blank', '  '], ['of 257 characters', 'x'.repeat(257)]])('fails on one that is %s', (_, description) => {
    expect(codes(checkScopeDescription('read', description))).toEqual(['ScopeDescriptionLength']);
  });
});

describe('full scope names', () => {
  test.each<[string, { identifier: string; name: string } | undefined]>([
    ['photos/read', { identifier: 'photos', name: 'read' }],
    ['https://photos.example.com/read', { identifier: 'https://photos.example.com', name: 'read' }],
    ['https://photos.example.com//read', { identifier: 'https://photos.example.com/', name: 'read' }],
    ['a//', undefined],
    ['/read', undefined],
    ['photos/', undefined],
    ['photos', undefined],
    ['', undefined],
    ['//read', { identifier: '/', name: 'read' }],
  ])('%j splits into %j', (scope, parts) => {
    expect(splitFullScopeName(scope)).toEqual(parts);
  });

  test('property: split again into what was joined', () => {
    const identifier = fc.string({ minLength: 1 });
    const name = fc.string({ minLength: 1 }).filter((each) => !each.includes('/'));
    fc.assert(fc.property(identifier, name, (left, right) => {
      expect(splitFullScopeName(fullScopeName(left, right))).toEqual({ identifier: left, name: right });
    }));
  });

  test.each([[200, 55, []], [200, 56, ['FullScopeNameLength']], [256, 256, ['FullScopeNameLength']]])(
    'of an identifier of %d characters and a name of %d', (identifier, name, expected) => {
      expect(codes(checkFullScopeNameLength('i'.repeat(identifier), 'n'.repeat(name)))).toEqual(expected);
      expect(codes(checkFullScopeName(fullScopeName('i'.repeat(identifier), 'n'.repeat(name))))).toEqual(expected);
    });

  test.each([...STANDARD_SCOPES, 'photos/read', 'https://photos.example.com/read'])('checkFullScopeName takes %j', (scope) => {
    expect(checkFullScopeName(scope)).toEqual([]);
  });

  test.each<[string, string[]]>([
    ['', ['FullScopeNameFormat']],
    ['photos', ['FullScopeNameFormat']],
    ['photos/', ['FullScopeNameFormat']],
    ['/read', ['FullScopeNameFormat']],
    ['my photos/re ad', ['IdentifierCharset', 'ScopeNameCharset']],
    ['aws.cognito/read', ['IdentifierReserved']],
  ])('checkFullScopeName fails on %j', (scope, expected) => {
    expect(codes(checkFullScopeName(scope))).toEqual(expected);
  });

  test('checkFullScopeName names the standard scope that is near', () => {
    expect(checkFullScopeName('opendi')[0].expected).toBe('"openid" or "identifier/name"');
  });

  test('standard scopes are the five of Cognito, in their letter case', () => {
    expect(['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'].every(isStandardScope)).toBe(true);
    expect(['OpenID', 'offline_access', 'address', '__proto__'].some(isStandardScope)).toBe(false);
  });
});

describe('display names', () => {
  test.each<[string, number, boolean]>([
    ['Photos', 256, true],
    ['Nightly export + mail, 2@example.com=a_b-c', 256, true],
    ['x'.repeat(256), 256, true],
    ['x'.repeat(257), 256, false],
    ['', 256, false],
    ['https://photos.example.com', 256, false],
    ['photos(2)', 256, false],
    ['it\'s', 256, false],
    // Java's white space is ASCII only.
    ['a\u00a0b', 256, false],
  ])('of a resource server: %j', (name, _, valid) => {
    expect(codes(checkResourceServerName(name))).toEqual(valid ? [] : ['ResourceServerName']);
  });

  test('of a client have 128 characters at most', () => {
    expect(codes(checkClientName('x'.repeat(128)))).toEqual([]);
    expect(codes(checkClientName('x'.repeat(129)))).toEqual(['ClientName']);
  });

  test.each([
    ['https://photos.example.com', 'https-photos.example.com'],
    ['Photos', 'Photos'],
    ['', 'unnamed'],
    ['///', 'unnamed'],
    ['Fotós', 'Fot-s'],
  ])('made from %j: %j', (text, name) => {
    expect(toDisplayName(text)).toBe(name);
  });

  test('property: made from any text are accepted', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      expect(checkResourceServerName(toDisplayName(text))).toEqual([]);
      expect(checkClientName(toDisplayName(text, 128))).toEqual([]);
    }));
  });

  test('are made from a million dashes in time', () => {
    const started = performance.now();
    toDisplayName(`x${'-'.repeat(1_000_000)}x`);
    expect(performance.now() - started).toBeLessThan(AT_MOST);
  });
});
