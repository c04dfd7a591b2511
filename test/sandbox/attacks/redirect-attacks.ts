import type { Attack } from './attack';
import { CALLBACK, LOGOUT } from './attacked-template';
import { authorization, codeForm, domainPath, formText, get, openPage, post, sendPage } from './oauth-requests';

/** URLs that differ from a registered one, by more or less. */
function neighbours(url: string): readonly (readonly [difference: string, url: string])[] {
  const { host, pathname } = new URL(url);
  return [
    ['a slash at the end', `${url}/`],
    ['a letter at the end', `${url}x`],
    ['a letter less', url.slice(0, -1)],
    ['a path part more', `${url}/x`],
    ['a query', `${url}?x=1`],
    ['an empty query', `${url}?`],
    ['a fragment', `${url}#x`],
    ['an empty fragment', `${url}#`],
    ['the port of its scheme', `https://${host}:443${pathname}`],
    ['another port', `https://${host}:8443${pathname}`],
    ['http', `http://${host}${pathname}`],
    ['the scheme in upper case', `HTTPS://${host}${pathname}`],
    ['the host in upper case', `https://${host.toUpperCase()}${pathname}`],
    ['the path in upper case', `https://${host}${pathname.toUpperCase()}`],
    ['a user', `https://user@${host}${pathname}`],
    ['the host as the user of another', `https://${host}@evil.example.org${pathname}`],
    ['the host as the beginning of another', `https://${host}.evil.example.org${pathname}`],
    ['the host as the end of another', `https://evil-${host}${pathname}`],
    ['a dot behind the host', `https://${host}.${pathname}`],
    ['a dot segment', `https://${host}/.${pathname}`],
    ['dot segments', `https://${host}/x/..${pathname}`],
    ['encoded dot segments', `${url}/%2e%2e/x`],
    ['an encoded letter', url.replace(/c|b/, (each) => `%${each.charCodeAt(0).toString(16)}`)],
    ['two slashes', `https://${host}/${pathname}`],
    ['backslashes', `https:\\\\${host}${pathname}`],
    ['no scheme', `//${host}${pathname}`],
    ['the path alone', pathname],
    ['a space before it', ` ${url}`],
    ['a space behind it', `${url} `],
    ['a null character behind it', `${url}\0`],
    ['a line end and a header', `${url}\r\nInjected: yes`],
    ['another URL behind a comma', `${url},https://evil.example.org`],
    ['another URL behind a space', `${url} https://evil.example.org`],
    ['another site', 'https://evil.example.org/callback'],
    ['another site that names it', `https://evil.example.org/?${url}`],
    ['a script', 'javascript:alert(1)'],
    ['data', 'data:text/html,x'],
    ['a file', 'file:///etc/passwd'],
    ['any', '*'],
    ['a word of objects', '__proto__'],
  ];
}

const errorPage = (error: string): RegExp => new RegExp(`^/[\\w-]+/error\\?error=${error}`);

/** Redirect URIs and logout URIs that are not registered: nobody is led there. */
export const REDIRECT_ATTACKS: readonly Attack[] = [
  ...neighbours(CALLBACK).flatMap(([difference, uri]): Attack[] => [
    {
      name: `a request for a code with ${difference}`,
      refusal: { status: 302, location: errorPage('redirect_mismatch') },
      send: (on) => get(on, 'Spa', '/oauth2/authorize', authorization(on, 'Spa', { redirect_uri: uri })),
    },
    {
      name: `a request for tokens with ${difference}`,
      refusal: { status: 302, location: errorPage('redirect_mismatch') },
      send: (on) => get(on, 'Implicit', '/oauth2/authorize', authorization(on, 'Implicit', { redirect_uri: uri, response_type: 'token' })),
    },
    {
      name: `the sign-in page with ${difference}`,
      refusal: { status: 302, location: errorPage('redirect_mismatch') },
      send: (on) => get(on, 'Spa', '/login', authorization(on, 'Spa', { redirect_uri: uri })),
    },
    {
      name: `the form of the page with ${difference}`,
      refusal: { status: 302, location: errorPage('redirect_mismatch') },
      send: async (on) => sendPage(on, 'Spa', { ...await openPage(on, 'Spa'), query: formText(authorization(on, 'Spa', { redirect_uri: uri })) }),
    },
    {
      name: `an exchange with ${difference}`,
      refusal: { status: 400, body: '{"error":"unauthorized_client","error_description":"invalid_redirect"}' },
      send: async (on) => post(on, 'Spa', '/oauth2/token', await codeForm(on, 'Spa', { redirect_uri: uri })),
    },
    {
      name: `a sign-out and in again with ${difference}`,
      refusal: { status: 302, location: errorPage('redirect_mismatch') },
      send: (on) => get(on, 'Spa', '/logout', { client_id: on.client('Spa').id, redirect_uri: uri, response_type: 'code' }),
    },
  ]),
  ...neighbours(LOGOUT).map(([difference, uri]): Attack => ({
    name: `a sign-out with ${difference}`,
    refusal: { status: 302, location: errorPage('redirect_mismatch') },
    send: (on) => get(on, 'Spa', '/logout', { client_id: on.client('Spa').id, logout_uri: uri }),
  })),
  {
    name: 'a callback URL for the sign-out',
    refusal: { status: 302, location: errorPage('redirect_mismatch') },
    send: (on) => get(on, 'Spa', '/logout', { client_id: on.client('Spa').id, logout_uri: CALLBACK }),
  },
  {
    name: 'a logout URL for a code',
    refusal: { status: 302, location: errorPage('redirect_mismatch') },
    send: (on) => get(on, 'Spa', '/oauth2/authorize', authorization(on, 'Spa', { redirect_uri: LOGOUT })),
  },
  ...[['https://evil.example.org', CALLBACK], [CALLBACK, 'https://evil.example.org']].map(([first, second]): Attack => ({
    name: `two redirect URIs, ${first === CALLBACK ? 'the first' : 'the second'} registered`,
    refusal: { status: 302, location: errorPage('invalid_request') },
    send: (on) => on.raw(`GET ${domainPath(on, 'Spa')}/oauth2/authorize?${formText(authorization(on, 'Spa', { redirect_uri: first }))}&redirect_uri=${encodeURIComponent(second)}`),
  })),
  ...['unknown', '__proto__', 'constructor', ''].map((id): Attack => ({
    name: `the client "${id}" with a redirect URI`,
    refusal: { status: 302, location: errorPage('invalid_request') },
    send: (on) => get(on, 'Spa', '/oauth2/authorize', authorization(on, 'Spa', { client_id: id, redirect_uri: 'https://evil.example.org' })),
  })),
];

const back = (error: string): RegExp => new RegExp(`^https://app\\.example\\.com/callback[?#](?:error_description=\\w+&)?error=${error}$`);

/** Requests for a code that the client may not make: it learns so at its own URL, and gets no code. */
export const AUTHORIZATION_ATTACKS: readonly Attack[] = ([
  ['the method plain', 'Spa', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['no method', 'Spa', { code_challenge_method: undefined }, 'invalid_request'],
  ['the method in lower case', 'Spa', { code_challenge_method: 's256' }, 'invalid_request'],
  ['a method without a challenge', 'Spa', { code_challenge: undefined }, 'invalid_request'],
  ['a challenge that is too short', 'Spa', { code_challenge: 'x' }, 'invalid_request'],
  ['tokens at once for a client of codes', 'Spa', { response_type: 'token' }, 'unauthorized_client'],
  ['a code for a client of tokens at once', 'Implicit', {}, 'unauthorized_client'],
  ['code and token', 'Spa', { response_type: 'code token' }, 'invalid_request'],
  ['an ID token alone', 'Spa', { response_type: 'id_token' }, 'invalid_request'],
  ['no response type', 'Spa', { response_type: undefined }, 'invalid_request'],
  ['a response type of objects', 'Spa', { response_type: '__proto__' }, 'invalid_request'],
  ['a scope that the client has not', 'Spa', { scope: 'photos/delete' }, 'invalid_request'],
  ['a scope in upper case', 'Spa', { scope: 'PHOTOS/READ' }, 'invalid_request'],
  ['the scope of SDK sign-in', 'Spa', { scope: 'aws.cognito.signin.user.admin' }, 'invalid_request'],
] as const).map(([name, client, change, error]) => ({
  name, refusal: { status: 302, location: back(error) }, send: (on) => get(on, client, '/oauth2/authorize', authorization(on, client, change)),
}));
