import type { Attack, Refusal } from './attack';
import { STAGE, type AttackedSandbox } from './attacked-sandbox';
import { domainPath, FORM_TYPE, formText, openPage, sendPage } from './oauth-requests';

const FORBIDDEN: Refusal = { status: 403 };
const EVIL = 'https://evil.example.org';

const HOSTS = [
  'evil.example.org', 'localhost.evil.example.org', '127.0.0.1.evil.example.org', 'evil.example.org:80', '127.0.0.1@evil.example.org', 'evil.example.org#127.0.0.1', '0.0.0.0', '[::]', '10.0.0.1',
  'localhost.', 'localhost:80:80', '127.0.0.1,evil.example.org', '127.0.0.1 evil.example.org', '[::1].evil.example.org', 'local\u0068ost\u00a0', '169.254.169.254', '',
];
const PLACES = ['/', '/_sandbox/description', `${STAGE}/photos`, '/cognito-idp/'];

/** Names of another host that lead to the sandbox. */
export const HOST_ATTACKS: readonly Attack[] = HOSTS.flatMap((host) => PLACES.map((place): Attack => ({
  name: `${place} by the host «${host}»`,
  refusal: { status: [400, 421] },
  send: (on) => on.raw(`GET ${place}`, [`Host: ${host}`, 'X-Protected-Api-Sandbox: 1', `Authorization: Bearer ${on.reader}`]),
})));

const signIn = (name: string, send: (on: AttackedSandbox) => ReturnType<Attack['send']>, refusal = FORBIDDEN): Attack => ({ name: `the sign-in form ${name}`, refusal, send });
const control = (name: string, line: string, headers: readonly string[] = [], refusal = FORBIDDEN, body = ''): Attack => ({ name, refusal, send: (on) => on.raw(line, headers, body) });
const ASKS = '{"client":"Editor"}';

/** What a page of another site makes a browser send. */
export const SITE_ATTACKS: readonly Attack[] = [
  signIn('without its cookie', async (on) => sendPage(on, 'Spa', { ...await openPage(on, 'Spa'), cookie: 'Cookie: x=y' }, { action: 'create', username: 'eve' })),
  signIn('without its value', async (on) => sendPage(on, 'Spa', { ...await openPage(on, 'Spa'), csrf: '' }, { action: 'create', username: 'eve' })),
  signIn('with the value of another browser', async (on) => sendPage(on, 'Spa', { ...await openPage(on, 'Spa'), csrf: (await openPage(on, 'Spa')).csrf }, { action: 'create', username: 'eve' })),
  signIn('with the cookie as the value', async (on) => {
    const page = await openPage(on, 'Spa');
    return sendPage(on, 'Spa', { ...page, csrf: page.cookie.split('=')[1] }, { action: 'create', username: 'eve' });
  }),
  signIn('with cookie and value of the sender\'s choice', async (on) => sendPage(on, 'Spa', { ...await openPage(on, 'Spa'), cookie: 'Cookie: sandbox-csrf=x', csrf: 'x' }, { action: 'create', username: 'eve' })),
  signIn('as JSON', async (on) => {
    const { query, cookie, csrf } = await openPage(on, 'Spa');
    return on.raw(`POST ${domainPath(on, 'Spa')}/login?${query}`, [cookie, 'Content-Type: text/plain'], JSON.stringify({ csrf, action: 'create', username: 'eve', password: 'correct horse battery' }));
  }, { status: 400 }),
  signIn('with its fields in the query', async (on) => {
    const { query, cookie, csrf } = await openPage(on, 'Spa');
    return on.raw(`POST ${domainPath(on, 'Spa')}/login?${query}&${formText({ csrf, action: 'create', username: 'eve', password: 'correct horse battery' })}`, [cookie, FORM_TYPE], 'x=y');
  }),
  ...['GET /_sandbox/description', 'GET /_sandbox/requests', 'POST /_sandbox/tokens', 'POST /_sandbox/users'].flatMap((line) => [
    control(`${line} without the header of the tools`, line, [], FORBIDDEN, line.startsWith('POST') ? ASKS : ''),
    control(`${line} as a form`, line, [FORM_TYPE, `Origin: ${EVIL}`], FORBIDDEN, line.startsWith('POST') ? 'client=Editor' : ''),
    control(`${line} with the header in the query`, `${line}?x-protected-api-sandbox=1`, [], FORBIDDEN, line.startsWith('POST') ? ASKS : ''),
    control(`a preflight of ${line}`, line.replace(/^\w+/, 'OPTIONS'), [
      `Origin: ${EVIL}`, `Access-Control-Request-Method: ${line.split(' ')[0]}`, 'Access-Control-Request-Headers: x-protected-api-sandbox',
    ]),
  ]),
  ...['//_sandbox/description', '/./_sandbox/description', '/x/../_sandbox/description', '/%5fsandbox/description', '/_sandbox//description', '/_SANDBOX/description'].map((path) => control(
    `GET ${path} without the header`, `GET ${path}`, [], { status: [403, 404] },
  )),
  ...['token', 'sign-in', 'user', 'call'].flatMap((form) => [
    control(`the form ${form} of the page without a session`, `POST /page/${form}`, [FORM_TYPE], FORBIDDEN, 'client=x'),
    control(`the form ${form} of the page from another site`, `POST /page/${form}`, [FORM_TYPE, `Origin: ${EVIL}`, 'Sec-Fetch-Site: cross-site', 'Cookie: sandbox-page-80=x'], FORBIDDEN, 'client=x'),
    {
      name: `the form ${form} of the page with a session, from another site`,
      refusal: FORBIDDEN,
      send: async (on: AttackedSandbox) => {
        const cookie = (await on.raw('GET /')).headers['set-cookie'].split(';', 1)[0];
        return on.raw(`POST /page/${form}`, [FORM_TYPE, `Cookie: ${cookie}`, `Origin: ${EVIL}`, 'Sec-Fetch-Site: cross-site'], 'client=x');
      },
    },
  ]),
  ...[`${STAGE}/photos`, '/cognito-idp/', '/'].map((path) => control(`a preflight of ${path}`, `OPTIONS ${path}`, [
    `Origin: ${EVIL}`, 'Access-Control-Request-Method: POST', 'Access-Control-Request-Headers: x-amz-target',
  ], { status: [403, 404, 405] })),
  control('a call of the API of Cognito without its header', 'POST /cognito-idp/?X-Amz-Target=AWSCognitoIdentityProviderService.ListUserPools', ['Content-Type: text/plain'], { status: 400 }, '{"MaxResults":1}'),
  ...['__proto__', 'constructor', 'hasOwnProperty', 'toString'].map((name) => control(
    `the operation ${name}`, 'POST /cognito-idp/', [`X-Amz-Target: AWSCognitoIdentityProviderService.${name}`], { status: 400, body: '{"__type":"UnknownOperationException"}' }, '{}',
  )),
  ...['__proto__', 'constructor', 'toString'].map((client) => control(
    `a token for the client ${client}`, 'POST /_sandbox/tokens', ['X-Protected-Api-Sandbox: 1'], { status: 400 }, JSON.stringify({ client }),
  )),
  ...['{"__proto__":{"client":"Editor"}}', '{"constructor":{"prototype":{"client":"Editor"}}}', '[]', 'null', '"x"', '{', ''].map((body) => control(
    `a question for a token: «${body}»`, 'POST /_sandbox/tokens', ['X-Protected-Api-Sandbox: 1'], { status: 400 }, body,
  )),
  {
    name: 'a session of the sender\'s choice',
    refusal: { status: 302, location: /\/login\?/ },
    send: (on) => on.raw(`GET ${domainPath(on, 'Spa')}/oauth2/authorize?${formText({ response_type: 'code', client_id: on.client('Spa').id, redirect_uri: 'https://app.example.com/callback' })}`, ['Cookie: sandbox-session=__proto__']),
  },
];
