import { NO_PATH, NO_ROUTE, UNAUTHORIZED, type Attack, type Refusal } from './attack';
import { STAGE, type AttackedSandbox } from './attacked-sandbox';

interface Carried {
  readonly line?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** A good token of `Reader` at a place where no authorizer looks, or in a form that it does not take. */
function carrier(name: string, carry: (token: string, on: AttackedSandbox) => Carried, refusal: Refusal = UNAUTHORIZED): Attack {
  return {
    name,
    refusal,
    send: (on) => {
      const { line = `GET ${STAGE}/photos`, headers, body } = carry(on.reader, on);
      return on.raw(line, headers, body);
    },
  };
}

const authorization = (name: string, value: (token: string) => string, refusal?: Refusal): Attack => carrier(name, (token) => ({ headers: [`Authorization: ${value(token)}`] }), refusal);
const FORM = 'Content-Type: application/x-www-form-urlencoded';
/** More than Node.js keeps of a request by default, in few bytes. */
export const MANY_HEADERS: readonly string[] = Array.from({ length: 4_000 }, () => 'X:');
const BAD_REQUEST: Refusal = { status: 400 };

/** Good tokens, carried as the authorizer does not take them. */
export const CARRIER_ATTACKS: readonly Attack[] = [
  carrier('two Authorization headers, both good', (token) => ({ headers: [`Authorization: Bearer ${token}`, `Authorization: Bearer ${token}`] })),
  carrier('two Authorization headers, the first good', (token) => ({ headers: [`Authorization: Bearer ${token}`, 'Authorization: Bearer x'] })),
  carrier('two Authorization headers, the second good', (token) => ({ headers: ['Authorization: Bearer x', `Authorization: Bearer ${token}`] })),
  carrier('two Authorization headers, the first empty', (token) => ({ headers: ['Authorization:', `Authorization: Bearer ${token}`] })),
  carrier('two Authorization headers in other letter case', (token) => ({ headers: [`Authorization: Bearer ${token}`, `AUTHORIZATION: Bearer ${token}`] })),
  authorization('two tokens and a comma', (token) => `Bearer ${token}, Bearer ${token}`),
  authorization('two tokens and a comma without a space', (token) => `Bearer ${token},${token}`),
  authorization('a comma behind it', (token) => `Bearer ${token},`),
  authorization('the scheme in lower case', (token) => `bearer ${token}`),
  authorization('the scheme in upper case', (token) => `BEARER ${token}`),
  authorization('two spaces behind the scheme', (token) => `Bearer  ${token}`),
  authorization('a tab behind the scheme', (token) => `Bearer\t${token}`),
  authorization('no space behind the scheme', (token) => `Bearer${token}`),
  authorization('the scheme twice', (token) => `Bearer Bearer ${token}`),
  authorization('the scheme alone', () => 'Bearer'),
  authorization('nothing', () => ''),
  authorization('a colon behind the scheme', (token) => `Bearer: ${token}`),
  authorization('a parameter', (token) => `Bearer token="${token}"`),
  ...['Basic', 'Token', 'JWT', 'OAuth', 'DPoP', 'Negotiate'].map((scheme) => authorization(`the scheme ${scheme}`, (token) => `${scheme} ${token}`)),
  authorization('the token as the user of Basic', (token) => `Basic ${Buffer.from(`${token}:`).toString('base64')}`),
  authorization('the token as the password of Basic', (token) => `Basic ${Buffer.from(`x:${token}`).toString('base64')}`),
  authorization('a folded header', (token) => `Bearer\r\n ${token}`, BAD_REQUEST),
  authorization('a null character', (token) => `Bearer ${token}\0`, BAD_REQUEST),
  carrier('a space behind the name of the header', (token) => ({ headers: [`Authorization : Bearer ${token}`] }), BAD_REQUEST),
  carrier('a space before the name of the header', (token) => ({ headers: [` Authorization: Bearer ${token}`] }), { status: [400, 401] }),
  ...['Authorization_', 'Authorisation', 'X-Authorization', 'Proxy-Authorization', 'X-Forwarded-Authorization', 'X-Amzn-Remapped-Authorization', 'X-Amz-Security-Token',
    'Authentication', 'Access-Token', 'X-Access-Token', '__proto__', 'constructor'].map((header) => carrier(`the header ${header}`, (token) => ({ headers: [`${header}: Bearer ${token}`] }))),
  ...['access_token', 'token', 'Authorization', 'authorization', 'id_token', '__proto__[Authorization]'].map((parameter) => carrier(`the query parameter ${parameter}`, (token) => ({
    line: `GET ${STAGE}/photos?${parameter}=${token}`,
  }))),
  ...['access_token', 'Authorization', 'sandbox-session', 'token'].map((cookie) => carrier(`the cookie ${cookie}`, (token) => ({ headers: [`Cookie: ${cookie}=${token}`] }))),
  carrier('a form', (token) => ({ headers: [FORM], body: `access_token=${token}` })),
  carrier('a form of a POST', (token) => ({ line: `POST ${STAGE}/photos`, headers: [FORM], body: `access_token=${token}` })),
  carrier('a body of JSON', (token) => ({ headers: ['Content-Type: application/json'], body: JSON.stringify({ Authorization: `Bearer ${token}`, access_token: token }) })),
  carrier('a fragment', (token) => ({ line: `GET ${STAGE}/photos#access_token=${token}` }), NO_PATH),
  carrier('the user of an absolute URL', (token, { host }) => ({ line: `GET http://${token.slice(0, 20)}@${host}${STAGE}/photos` }), { status: [400, 404] }),
  {
    name: 'a header behind the body',
    refusal: UNAUTHORIZED,
    send: (on) => on.bytes([
      `POST ${STAGE}/photos HTTP/1.1`, `Host: ${on.host}`, 'Connection: close', 'Transfer-Encoding: chunked', 'Trailer: Authorization', '',
      '1', 'x', '0', `Authorization: Bearer ${on.user.access}`, '', '',
    ].join('\r\n')),
  },
  {
    name: 'a second request in the body of the first',
    refusal: UNAUTHORIZED,
    send: (on) => {
      const second = `GET ${STAGE}/photos HTTP/1.1\r\nHost: ${on.host}\r\nAuthorization: Bearer ${on.reader}\r\n\r\n`;
      return on.raw(`POST ${STAGE}/photos`, [], second);
    },
  },
  {
    name: 'a length and chunks at once',
    refusal: { status: 400 },
    send: (on) => on.bytes([
      `POST ${STAGE}/photos HTTP/1.1`, `Host: ${on.host}`, 'Content-Length: 4', 'Transfer-Encoding: chunked', '', '0', '',
      `GET ${STAGE}/photos HTTP/1.1`, `Host: ${on.host}`, `Authorization: Bearer ${on.reader}`, 'Connection: close', '', '',
    ].join('\r\n')),
  },
  carrier('two lengths', () => ({ line: `POST ${STAGE}/photos`, headers: ['Content-Length: 1', 'Content-Length: 2'] }), BAD_REQUEST),
  carrier('headers of more than 20,480 bytes', (token) => ({ headers: [`Authorization: Bearer ${token}`, `X-Long: ${'x'.repeat(20_480)}`] }), { status: 431 }),
  carrier('two Authorization headers, and thousands of others between them', (token) => ({ headers: [`Authorization: Bearer ${token}`, ...MANY_HEADERS, 'Authorization: Bearer x'] })),
  carrier('thousands of headers of more than 20,480 bytes', (token) => ({ headers: [`Authorization: Bearer ${token}`, ...MANY_HEADERS.map((each) => `${each}12345`)] }), { status: 431 }),
  authorization('a token of more than 20,480 bytes', (token) => `Bearer ${token}${'A'.repeat(20_480)}`, { status: 431 }),
];

const OVERRIDES = ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override', 'X-Original-Method', 'X-Http-Method-Override'];
const REWRITES = ['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Uri', 'X-Forwarded-Prefix', 'X-Forwarded-Path'];

/** A token with `photos/read`, and a method that it does not open. */
function asReader(name: string, line: string, headers: readonly string[] = [], refusal: Refusal = UNAUTHORIZED, body?: string): Attack {
  return { name, refusal, send: (on) => on.raw(line, [`Authorization: Bearer ${on.reader}`, ...headers], body) };
}

/** Verbs that are not what the request line says, or none. */
export const VERB_ATTACKS: readonly Attack[] = [
  asReader('the method itself', `POST ${STAGE}/photos`),
  ...OVERRIDES.map((header) => asReader(`${header}: GET on a POST`, `POST ${STAGE}/photos`, [`${header}: GET`])),
  ...REWRITES.map((header) => asReader(`${header} of a path that is open to it`, `GET ${STAGE}/photos/admin`, [`${header}: ${STAGE}/photos`])),
  asReader('_method in the query', `POST ${STAGE}/photos?_method=GET`),
  asReader('_method in a form', `POST ${STAGE}/photos`, [FORM], UNAUTHORIZED, '_method=GET'),
  ...['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'].map((verb) => asReader(`${verb} where there is a GET`, `${verb} ${STAGE}/photos`, [], { ...NO_ROUTE, ...(verb === 'HEAD' && { body: '' }) })),
  ...['TRACE', 'PROPFIND', 'SEARCH', 'PURGE', 'M-SEARCH', 'QUERY'].map((verb) => asReader(`${verb}, which is no verb of a method`, `${verb} ${STAGE}/photos`, [], { status: [400, 403] })),
  ...['get', 'Get', 'ANY', '*', 'GETX', '__proto__'].map((verb) => asReader(`the verb ${verb}`, `${verb} ${STAGE}/photos`, [], { status: [400, 403] })),
  asReader('CONNECT', `CONNECT ${STAGE}/photos`, [], { status: [0, 400, 403] }),
  asReader('an upgrade', `GET ${STAGE}/photos/admin`, ['Connection: Upgrade', 'Upgrade: websocket'], UNAUTHORIZED),
  asReader('a preflight that asks for GET', `OPTIONS ${STAGE}/photos/admin`, ['Origin: https://evil.example.com', 'Access-Control-Request-Method: GET'], NO_ROUTE),
];
