import {
  checkCallbackUrls, checkClientScopes, checkDuplicateScopes, checkLogoutUrls, checkMachineScopes, checkTokenValidities,
} from '../../src/model/client-rules';
import type { Problem } from '../../src/model/problem';

const codes = (problems: readonly Problem[]) => problems.map(({ code }) => code);
const list = (length: number, make: (position: number) => string) => Array.from({ length }, (_, position) => make(position));

describe('checkClientScopes', () => {
  test.each<[string, string[], string[]]>([
    ['1 scope', ['photos/read'], []],
    ['50 scopes', list(50, (each) => `photos/s${each}`), []],
    ['51 scopes', list(51, (each) => `photos/s${each}`), ['ScopesPerClient']],
    ['no scope', [], ['ClientWithoutScopes']],
    ['a scope three times', ['a/b', 'a/b', 'a/b'], ['ScopeDuplicate']],
    ['two scopes twice', ['a/b', 'c/d', 'a/b', 'c/d'], ['ScopeDuplicate', 'ScopeDuplicate']],
    ['scopes in two letter cases', ['a/b', 'a/B'], []],
    ['51 scopes, two of them the same', [...list(50, (each) => `photos/s${each}`), 'photos/s0'], ['ScopesPerClient', 'ScopeDuplicate']],
  ])('of %s', (_, scopes, expected) => {
    expect(codes(checkClientScopes('Export', scopes))).toEqual(expected);
  });
});

test('checkDuplicateScopes fails once for each scope that is there twice', () => {
  expect(checkDuplicateScopes('method', ['a/b', 'a/b', 'a/b', 'c/d']).map(({ got }) => got)).toEqual(['a/b']);
});

test('checkMachineScopes fails on each standard scope', () => {
  expect(codes(checkMachineScopes('Export', ['photos/read', 'orders/openid']))).toEqual([]);
  expect(checkMachineScopes('Export', ['openid', 'photos/read', 'aws.cognito.signin.user.admin']).map(({ got }) => got))
    .toEqual(['openid', 'aws.cognito.signin.user.admin']);
});

describe('URLs', () => {
  test.each([
    'https://album.example.com/callback', 'https://album.example.com:8443/callback?from=cognito', 'http://localhost', 'http://localhost:3000/callback',
    'http://127.0.0.1:8080/', 'http://[::1]:8080/', 'myapp://callback', 'com.example.album:/callback',
  ])('take %s', (url) => {
    expect(checkCallbackUrls('Album', [url])).toEqual([]);
    expect(checkLogoutUrls('Album', [url])).toEqual([]);
  });

  test.each([
    ['a fragment', 'https://album.example.com/#/callback', 'has a fragment'],
    ['an empty fragment', 'https://album.example.com/#', 'has a fragment'],
    ['http for another host', 'http://album.example.com/', 'uses http for a host other than loopback'],
    ['http for a host that begins like loopback', 'http://localhost.example.com/', 'uses http for a host other than loopback'],
    ['http for another address of loopback', 'http://127.0.0.2/', 'uses http for a host other than loopback'],
    ['http in capitals', 'HTTP://album.example.com/', 'uses http for a host other than loopback'],
    ['a wildcard for a host', 'https://*.example.com/cb', 'has a wildcard in its host'],
    ['a wildcard in the host of an app scheme', 'myapp://*/cb', 'has a wildcard in its host'],
    ['a relative URL', '/callback', 'is not absolute'],
    ['no URL', '', 'is not absolute'],
  ])('fail on %s', (_, url, wrong) => {
    expect(checkCallbackUrls('Album', [url]).map((each) => [each.code, each.wrong])).toEqual([['CallbackUrl', wrong]]);
    expect(codes(checkLogoutUrls('Album', [url]))).toEqual(['LogoutUrl']);
  });

  test.each<[number, string[]]>([[100, []], [101, ['UrlsPerClient']]])('of %d', (count, expected) => {
    const urls = list(count, (each) => `https://album.example.com/${each}`);
    expect(codes(checkCallbackUrls('Album', urls))).toEqual(expected);
    expect(codes(checkLogoutUrls('Album', urls))).toEqual(expected);
  });

  test('fail where there is no callback, but not where there is no logout', () => {
    expect(codes(checkCallbackUrls('Album', []))).toEqual(['CallbackMissing']);
    expect(checkLogoutUrls('Album', [])).toEqual([]);
  });

  test('fail each by itself', () => {
    expect(checkCallbackUrls('Album', ['/a', 'https://ok.example.com', '/b']).map(({ got }) => got)).toEqual(['/a', '/b']);
  });
});

describe('checkTokenValidities', () => {
  const MINUTE = 60;
  const DAY = 24 * 60 * MINUTE;
  test.each<[Parameters<typeof checkTokenValidities>[1], string[]]>([
    [{}, []],
    [{ access: 5 * MINUTE, id: DAY, refresh: DAY }, []],
    [{ access: 4 * MINUTE }, ['TokenValidityRange']],
    [{ access: DAY + MINUTE }, ['TokenValidityRange']],
    [{ id: 4 * MINUTE }, ['TokenValidityRange']],
    [{ id: DAY + MINUTE }, ['TokenValidityRange']],
    [{ refresh: 60 * MINUTE }, []],
    [{ refresh: 59 * MINUTE }, ['TokenValidityRange']],
    [{ refresh: 3650 * DAY }, []],
    [{ refresh: 3650 * DAY + MINUTE }, ['TokenValidityRange']],
    [{ access: 61 * MINUTE, refresh: 60 * MINUTE }, ['TokenValidityOrder']],
    [{ access: 60 * MINUTE, refresh: 60 * MINUTE }, []],
    [{ access: 61 * MINUTE, id: 62 * MINUTE, refresh: 60 * MINUTE }, ['TokenValidityOrder', 'TokenValidityOrder']],
    [{ access: 0, id: 2 * DAY, refresh: 0 }, ['TokenValidityRange', 'TokenValidityRange', 'TokenValidityRange']],
  ])('of %j seconds', (validities, expected) => {
    expect(codes(checkTokenValidities('Album', validities))).toEqual(expected);
  });
});

test.each([
  [' https://x.example/cb', 'has white space'],
  ['https://x.example/c b', 'has white space'],
  ['https:example.com', 'has no host'],
  [`https://x.example/${'c'.repeat(1024)}`, 'is too long'],
  ['javascript:alert(1)', 'has a scheme that leads to no application'],
  ['data:text/html,x', 'has a scheme that leads to no application'],
])('fails on the callback URL %s', (url, wrong) => {
  expect(checkCallbackUrls('Web', [url]).map((problem) => problem.wrong)).toEqual([wrong]);
});
