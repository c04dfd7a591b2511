import * as fc from 'fast-check';
import { startAttackedSandbox, STAGE, type AttackedSandbox } from './attacked-sandbox';
import { encoded } from './forge';
import { domainPath, FORM_TYPE } from './oauth-requests';
import { readCognitoState } from '../../../src/sandbox/cognito/cognito-state';
import { readUsersFile } from '../../../src/sandbox/cognito/users-file';

let on: AttackedSandbox;
beforeAll(async () => {
  on = await startAttackedSandbox();
}, 60_000);
afterAll(() => on.close());

afterEach(async () => {
  expect(await on.raw(`GET ${STAGE}/photos`, [`Authorization: Bearer ${on.reader}`])).toMatchObject({ status: 200 });
});

const RUNS = { numRuns: 150 };
const bytes = fc.uint8Array({ maxLength: 60 });
const names = fc.constantFrom('__proto__', 'constructor', 'toString', 'a', '', '0', 'x'.repeat(300), 'é', '\u0000', '\ud800');
const json = fc.oneof(fc.jsonValue(), fc.dictionary(names, fc.jsonValue()));

/** A client's mistake, or an answer; never the sandbox's own failure. */
const isNoFailure = (status: number) => expect(status < 500 && (status >= 200 || status === 0)).toBe(true);

describe('property: no token but one of the pool is accepted', () => {
  const isRefused = async (token: string) => expect((await on.raw(`GET ${STAGE}/photos`, [`Authorization: Bearer ${token}`])).status).toBe(401);

  test('whatever its three parts are', async () => {
    await fc.assert(fc.asyncProperty(bytes, bytes, bytes, (header, payload, mark) => isRefused([header, payload, mark].map((part) => encoded(part)).join('.'))), RUNS);
  });

  test('whatever JSON its header is', async () => {
    await fc.assert(fc.asyncProperty(json, async (header) => {
      await isRefused(`${encoded(JSON.stringify(header))}.${on.reader.split('.').slice(1).join('.')}`);
      await isRefused(on.signedText(on.claims(), JSON.stringify(header)));
    }), RUNS);
  });

  test('whatever JSON it says, well signed', async () => {
    await fc.assert(fc.asyncProperty(json, (payload) => isRefused(on.signedText(JSON.stringify(payload)))), RUNS);
  });

  test.each(['iss', 'token_use', 'scope'])('whatever JSON its claim %s is', async (claim) => {
    await fc.assert(fc.asyncProperty(json, (value) => isRefused(on.signed({ [claim]: value }))), { numRuns: 60 });
  });

  test.each(['exp', 'iat'])('whatever JSON its claim %s is, but whole seconds', async (claim) => {
    const noTime = json.filter((value) => !(Number.isSafeInteger(value) && (value as number) >= 0));
    await fc.assert(fc.asyncProperty(noTime, (value) => isRefused(on.signed({ [claim]: value }))), { numRuns: 60 });
  });

  test('whatever character of it is another', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(), fc.constantFrom(...'ABCyz019-_.=+/ '), async (at, other) => {
      const position = at % on.reader.length;
      if (on.reader[position] !== other) await isRefused(`${on.reader.slice(0, position)}${other}${on.reader.slice(position + 1)}`);
    }), RUNS);
  });
});

describe('property: no request makes the sandbox fail', () => {
  const piece = fc.constantFrom('/', '//', 'apis', 'photos', 'prod', '.', '..', '%2e', '%2F', '%', '%zz', '?', '#', ';', '@', ':', '_sandbox', 'page', 'cognito-idp', 'oauth2', 'login', '%00', ' ', '\t', '\u00e9', '\\');

  test('whatever its bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (given) => isNoFailure((await on.bytes(Buffer.concat([given, Buffer.from('\r\n\r\n!\r\n\r\n')]))).status)), RUNS);
  });

  test('whatever its request line and headers', async () => {
    const verbs = fc.constantFrom('GET', 'HEAD', 'get', 'X', 'POST', 'DELETE', 'OPTIONS', 'PUT', 'TRACE');
    const paths = fc.array(piece, { maxLength: 8 }).map((parts) => `/${parts.join('')}`);
    const header = fc.tuple(fc.constantFrom('Authorization', 'Cookie', 'Content-Type', 'Content-Length', 'Transfer-Encoding', 'Expect', 'X-Amz-Target', 'Origin', '__proto__', 'Upgrade', 'Range'), fc.string())
      .map(([name, value]) => `${name}: ${value}`);
    await fc.assert(fc.asyncProperty(verbs, paths, fc.array(header, { maxLength: 5 }), async (verb, path, headers) => {
      // A body that is announced and never comes is waited for.
      const waits = headers.some((each) => /^(?:Content-Length|Transfer-Encoding|Upgrade|Expect)/.test(each));
      if (!waits) isNoFailure((await on.raw(`${verb} ${path}`, headers)).status);
      isNoFailure((await on.raw(`GET ${STAGE}${path}`, headers.filter((each) => !/^(?:Content-Length|Transfer-Encoding|Upgrade|Expect)/.test(each)))).status);
    }), RUNS);
  });

  const parameter = fc.constantFrom('grant_type', 'client_id', 'client_secret', 'code', 'redirect_uri', 'code_verifier', 'refresh_token', 'scope', 'token', 'state', 'csrf', 'username', 'password', '__proto__');
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('authorization_code', 'client_credentials', 'refresh_token', '__proto__', 'x'.repeat(5_000)));

  test.each(['/oauth2/token', '/oauth2/revoke', '/oauth2/userInfo', '/oauth2/authorize', '/login', '/logout', '/error'])('whatever the form and query of %s', async (path) => {
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(parameter, value), { maxLength: 6 }), fc.string(), async (pairs, rest) => {
      const known: [string, string][] = pairs.map(([name, text]) => [name, name === 'client_id' ? on.client('Spa').id : Buffer.from(text).toString()]);
      const text = `${new URLSearchParams(known)}${encodeURI(Buffer.from(rest).toString())}`;
      isNoFailure((await on.raw(`POST ${domainPath(on, 'Spa')}${path}`, [FORM_TYPE], text)).status);
      isNoFailure((await on.raw(`GET ${domainPath(on, 'Spa')}${path}?${text.slice(0, 8_000)}`)).status);
    }), { numRuns: 40 });
  });

  const OPERATIONS = ['CreateResourceServer', 'UpdateResourceServer', 'DescribeResourceServer', 'ListUserPools', 'CreateUserPoolClient', 'UpdateUserPoolClient', 'ListUserPoolClients',
    'InitiateAuth', 'AdminInitiateAuth', 'GetClientToken', 'AdminCreateUser', 'AdminSetUserPassword', 'ListUsers'];

  test.each(OPERATIONS)('whatever the body of %s', async (operation) => {
    const member = fc.constantFrom('UserPoolId', 'ClientId', 'Identifier', 'Name', 'Scopes', 'AuthFlow', 'AuthParameters', 'Username', 'Password', 'MaxResults', 'NextToken', 'ClientName', 'UserAttributes', '__proto__');
    await fc.assert(fc.asyncProperty(fc.dictionary(member, json), fc.boolean(), async (body, known) => {
      const input = known ? { ...body, UserPoolId: on.pool('Strangers').id, ClientId: on.client('StrangeSpa').id } : body;
      isNoFailure((await on.raw('POST /cognito-idp/', ['Content-Type: application/x-amz-json-1.1', `X-Amz-Target: AWSCognitoIdentityProviderService.${operation}`], utf8(JSON.stringify(input)))).status);
    }), { numRuns: 40 });
  });

  test('whatever the body of the tools', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom('tokens', 'users'), fc.dictionary(fc.constantFrom('client', 'scopes', 'user', 'userPool', 'username', 'password', '__proto__'), json), async (what, body) => {
      isNoFailure((await on.raw(`POST /_sandbox/${what}`, ['X-Protected-Api-Sandbox: 1'], utf8(JSON.stringify(body)))).status);
    }), RUNS);
  });
});

describe('property: files are judged, not thrown at', () => {
  test('whatever a users file says', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), json.map((each) => JSON.stringify(each)), fc.array(fc.constantFrom('- ', 'username: ', 'a', '\n', '  ', '&x ', '*x', '{', '}', '[', '"', ': ', '!!js ', '<<: ', '%', '\t')).map((parts) => parts.join('')));
    fc.assert(fc.property(text, (given) => {
      const { users, problems } = readUsersFile(given, 'users.yaml', []);
      expect([users, problems.filter(({ code }) => code !== 'UsersFile')]).toEqual([[], []]);
    }), { numRuns: 500 });
  });

  test('whatever the state says', () => {
    fc.assert(fc.property(json, fc.dictionary(names, json), (value, pools) => {
      for (const state of [value, { version: 1, userPools: pools }]) {
        const read = readCognitoState(state, 'state');
        expect('state' in read || read.problems.length > 0).toBe(true);
      }
    }), { numRuns: 500 });
  });
});

test('no token, secret or password is in the log, in a report or in an error', () => {
  expect(on.leaks()).toEqual([]);
});

/** The bytes of a text in UTF-8, as characters. */
function utf8(text: string): string {
  return Buffer.from(text).toString('latin1');
}
