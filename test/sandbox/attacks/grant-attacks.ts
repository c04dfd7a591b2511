import type { Attack, Refusal } from './attack';
import type { AttackedSandbox } from './attacked-sandbox';
import { CALLBACK } from './attacked-template';
import { basic, codeForm, CHALLENGE, domainPath, FORM_TYPE, formText, get, newCode, post, refresh, tokensOf, VERIFIER, type Parameters } from './oauth-requests';

/** An error of the token endpoint, as Cognito answers it («Token endpoint» of its developer guide, and what users observe). */
const error = (name: string, description?: string): Refusal => ({
  status: 400, body: JSON.stringify({ error: name, ...(description !== undefined && { error_description: description }) }),
});
const INVALID_REQUEST = error('invalid_request');
const INVALID_CLIENT = error('invalid_client');
const INVALID_GRANT = error('invalid_grant');
const UNAUTHORIZED_CLIENT = error('unauthorized_client');
const UNSUPPORTED = error('unsupported_grant_type');
const WRONG_SECRET = error('invalid_client', 'invalid_client_secret');
const WRONG_REDIRECT = error('unauthorized_client', 'invalid_redirect');

type Change = { readonly [name: string]: string | undefined };

/** The exchange of a new code of a client, changed. */
function exchange(name: string, refusal: Refusal, change: (on: AttackedSandbox) => Change | Promise<Change>, client = 'Spa'): Attack {
  return { name, refusal, send: async (on) => post(on, client, '/oauth2/token', await codeForm(on, client, await change(on))) };
}

/** Authorization codes that are not one's own, not fresh or without what belongs to them. */
export const CODE_ATTACKS: readonly Attack[] = [
  {
    name: 'a code for the second time',
    refusal: INVALID_GRANT,
    send: async (on) => {
      const form = await codeForm(on, 'Spa');
      await post(on, 'Spa', '/oauth2/token', form);
      return post(on, 'Spa', '/oauth2/token', form);
    },
  },
  {
    name: 'a code for the second time by a client with a secret',
    refusal: INVALID_GRANT,
    send: async (on) => {
      const form = await codeForm(on, 'Web');
      await post(on, 'Web', '/oauth2/token', form);
      return post(on, 'Web', '/oauth2/token', form);
    },
  },
  ...(['code_verifier', 'redirect_uri'] as const).map((name): Attack => ({
    name: `a code after an exchange with a wrong ${name}`,
    refusal: INVALID_GRANT,
    send: async (on) => {
      const form = await codeForm(on, 'Spa');
      await post(on, 'Spa', '/oauth2/token', { ...form, [name]: name === 'redirect_uri' ? `${CALLBACK}/second` : `${VERIFIER}x` });
      return post(on, 'Spa', '/oauth2/token', form);
    },
  })),
  exchange('the code of another public client', INVALID_GRANT, async (on) => ({ code: await newCode(on, 'OtherSpa') })),
  exchange('the code of a public client by one with a secret', INVALID_GRANT, async (on) => ({ code: await newCode(on, 'Spa') }), 'Web'),
  exchange('the code of a client with a secret by a public one', INVALID_GRANT, async (on) => ({ code: await newCode(on, 'Web') })),
  exchange('the code of another user pool', INVALID_GRANT, async (on) => ({ code: await newCode(on, 'StrangeSpa') })),
  exchange('a code of this user pool at another', INVALID_GRANT, async (on) => ({ code: await newCode(on, 'Spa') }), 'StrangeSpa'),
  ...['x', '00000000-0000-0000-0000-000000000000', '__proto__', 'constructor', '*', '\0', 'x'.repeat(10_000)].map((code) => exchange(`the code ${JSON.stringify(code.slice(0, 40))}`, INVALID_GRANT, () => ({ code }))),
  exchange('no code', INVALID_REQUEST, () => ({ code: undefined })),
  exchange('an empty code', INVALID_REQUEST, () => ({ code: '' })),
  exchange('a code in upper case', INVALID_GRANT, async (on) => ({ code: (await newCode(on, 'Spa')).toUpperCase() })),
  exchange('a code with a space', INVALID_GRANT, async (on) => ({ code: `${await newCode(on, 'Spa')} ` })),
  exchange('no verifier', INVALID_GRANT, () => ({ code_verifier: undefined })),
  exchange('an empty verifier', INVALID_GRANT, () => ({ code_verifier: '' })),
  exchange('another verifier', INVALID_GRANT, () => ({ code_verifier: VERIFIER.replace('a', 'b') })),
  exchange('a verifier in upper case', INVALID_GRANT, () => ({ code_verifier: VERIFIER.toUpperCase() })),
  exchange('a verifier with a newline', INVALID_GRANT, () => ({ code_verifier: `${VERIFIER}\n` })),
  exchange('the challenge as the verifier, as in the method plain', INVALID_GRANT, () => ({ code_verifier: CHALLENGE })),
  exchange('the method plain in the exchange', INVALID_GRANT, () => ({ code_verifier: CHALLENGE, code_challenge_method: 'plain' })),
  exchange('a verifier that is too short', INVALID_GRANT, () => ({ code_verifier: 'short' })),
  exchange('a verifier that is too long', INVALID_GRANT, () => ({ code_verifier: VERIFIER.repeat(4) })),
  exchange('a verifier for a code without a challenge', INVALID_GRANT, async (on) => ({ code: await newCode(on, 'Spa', { code_challenge: undefined, code_challenge_method: undefined }) })),
  exchange('no redirect URI', INVALID_REQUEST, () => ({ redirect_uri: undefined })),
  exchange('another redirect URI of the client', WRONG_REDIRECT, () => ({ redirect_uri: `${CALLBACK}/second` })),
];

const form = (on: AttackedSandbox, client: string): Change => ({ grant_type: 'client_credentials', client_id: on.client(client).id, client_secret: on.client(client).secret });

/** A request of `Editor` for a machine's token, changed. */
function machine(name: string, refusal: Refusal, make: (on: AttackedSandbox) => { readonly form: Parameters; readonly headers?: readonly string[] }, client = 'Editor'): Attack {
  return {
    name,
    refusal,
    send: (on) => {
      const made = make(on);
      return post(on, client, '/oauth2/token', made.form, made.headers);
    },
  };
}

/** Secrets that are not those of the client, and clients that are none. */
export const SECRET_ATTACKS: readonly Attack[] = [
  machine('no secret', WRONG_SECRET, (on) => ({ form: { ...form(on, 'Editor'), client_secret: undefined } })),
  machine('an empty secret', WRONG_SECRET, (on) => ({ form: { ...form(on, 'Editor'), client_secret: '' } })),
  machine('a wrong secret', WRONG_SECRET, (on) => ({ form: { ...form(on, 'Editor'), client_secret: 'x'.repeat(52) } })),
  machine('the secret of another client', WRONG_SECRET, (on) => ({ form: { ...form(on, 'Editor'), client_secret: on.client('Reader').secret } })),
  machine('the secret in upper case', WRONG_SECRET, (on) => ({ form: { ...form(on, 'Editor'), client_secret: on.client('Editor').secret.toUpperCase() } })),
  machine('the secret without its last character', WRONG_SECRET, (on) => ({ form: { ...form(on, 'Editor'), client_secret: on.client('Editor').secret.slice(0, -1) } })),
  machine('the secret with a space', WRONG_SECRET, (on) => ({ form: { ...form(on, 'Editor'), client_secret: `${on.client('Editor').secret} ` } })),
  machine('the secret with a null character', WRONG_SECRET, (on) => ({ form: { ...form(on, 'Editor'), client_secret: `${on.client('Editor').secret}\0` } })),
  machine('the secret twice', INVALID_REQUEST, (on) => ({ form: [...Object.entries(form(on, 'Editor')), ['client_secret', on.client('Editor').secret]] as [string, string][] })),
  machine('a wrong secret and the right one', INVALID_REQUEST, (on) => ({ form: [['client_secret', 'x'], ...Object.entries(form(on, 'Editor'))] as [string, string][] })),
  machine('Basic without a secret', WRONG_SECRET, (on) => ({ form: { grant_type: 'client_credentials' }, headers: [basic(on.client('Editor').id, '')] })),
  machine('Basic with a wrong secret', WRONG_SECRET, (on) => ({ form: { grant_type: 'client_credentials' }, headers: [basic(on.client('Editor').id, 'x')] })),
  machine('Basic with the secret of another client', WRONG_SECRET, (on) => ({ form: { grant_type: 'client_credentials' }, headers: [basic(on.client('Editor').id, on.client('Reader').secret)] })),
  machine('Basic and the form at once', INVALID_REQUEST, (on) => ({ form: form(on, 'Editor'), headers: [basic(on.client('Editor').id, on.client('Editor').secret)] })),
  machine('a wrong Basic and the right form', INVALID_REQUEST, (on) => ({ form: form(on, 'Editor'), headers: [basic(on.client('Editor').id, 'x')] })),
  machine('Basic of one client, client_id of another', INVALID_REQUEST, (on) => ({ form: { grant_type: 'client_credentials', client_id: on.client('Editor').id }, headers: [basic(on.client('Reader').id, on.client('Reader').secret)] })),
  machine('two Basic headers', INVALID_CLIENT, (on) => ({ form: { grant_type: 'client_credentials' }, headers: [basic(on.client('Editor').id, on.client('Editor').secret), basic(on.client('Editor').id, on.client('Editor').secret)] })),
  machine('Basic without a colon', INVALID_CLIENT, (on) => ({ form: { grant_type: 'client_credentials' }, headers: [`Authorization: Basic ${Buffer.from(on.client('Editor').id).toString('base64')}`] })),
  machine('Basic that is not encoded', INVALID_CLIENT, (on) => ({ form: { grant_type: 'client_credentials' }, headers: [`Authorization: Basic ${on.client('Editor').id}:${on.client('Editor').secret}`] })),
  machine('Bearer in place of Basic', INVALID_CLIENT, (on) => ({ form: { grant_type: 'client_credentials', client_id: on.client('Editor').id }, headers: [`Authorization: Bearer ${on.reader}`] })),
  machine('no client', INVALID_REQUEST, () => ({ form: { grant_type: 'client_credentials' } })),
  machine('a client of another user pool', INVALID_CLIENT, (on) => ({ form: form(on, 'Stranger') })),
  machine('a secret of a client that has none', INVALID_CLIENT, (on) => ({ form: { ...form(on, 'Spa'), client_secret: 'x' } })),
  ...['__proto__', 'constructor', 'toString', 'Editor', '*', '\0', '../Editor'].map((id) => machine(`the client ${JSON.stringify(id)}`, INVALID_CLIENT, () => ({ form: { grant_type: 'client_credentials', client_id: id, client_secret: 'x' } }))),
  {
    name: 'the secret in the query',
    refusal: INVALID_REQUEST,
    send: (on) => on.raw(`POST ${domainPath(on, 'Editor')}/oauth2/token?${formText(form(on, 'Editor'))}`, [FORM_TYPE], 'grant_type=client_credentials'),
  },
  { name: 'a form by GET', refusal: { status: 405, body: '' }, send: (on) => get(on, 'Editor', '/oauth2/token', form(on, 'Editor')) },
  { name: 'a form of JSON', refusal: INVALID_REQUEST, send: (on) => on.raw(`POST ${domainPath(on, 'Editor')}/oauth2/token`, ['Content-Type: application/json'], JSON.stringify(form(on, 'Editor'))) },
  { name: 'a form without a type', refusal: INVALID_REQUEST, send: (on) => on.raw(`POST ${domainPath(on, 'Editor')}/oauth2/token`, [], formText(form(on, 'Editor'))) },
  { name: 'a form of 100,000 bytes', refusal: INVALID_REQUEST, send: (on) => post(on, 'Editor', '/oauth2/token', { ...form(on, 'Editor'), x: 'x'.repeat(100_000) }) },
];

/** Grants and scopes that a client has not. */
export const GRANT_ATTACKS: readonly Attack[] = [
  machine('client credentials of a public client', UNAUTHORIZED_CLIENT, (on) => ({ form: { grant_type: 'client_credentials', client_id: on.client('Spa').id } })),
  machine('client credentials of a client of users', UNAUTHORIZED_CLIENT, (on) => ({ form: form(on, 'Web') })),
  exchange('the code grant of a machine', UNAUTHORIZED_CLIENT, async (on) => ({ code: await newCode(on, 'Spa') }), 'Editor'),
  exchange('the code grant of a client with the implicit grant', UNAUTHORIZED_CLIENT, async (on) => ({ code: await newCode(on, 'Spa') }), 'Implicit'),
  ...['password', 'implicit', 'urn:ietf:params:oauth:grant-type:device_code', 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'urn:ietf:params:oauth:grant-type:token-exchange',
    'Client_Credentials', 'client_credentials ', '__proto__', 'constructor', 'toString'].map((type) => machine(`the grant ${type}`, UNSUPPORTED, (on) => ({ form: { ...form(on, 'Editor'), grant_type: type } }))),
  machine('no grant', INVALID_REQUEST, (on) => ({ form: { ...form(on, 'Editor'), grant_type: undefined } })),
  machine('two grants', INVALID_REQUEST, (on) => ({ form: [...Object.entries(form(on, 'Editor')), ['grant_type', 'refresh_token']] as [string, string][] })),
  ...['photos/write', 'photos/read photos/write', 'photos/read\tphotos/write', 'photos/*', 'PHOTOS/READ', 'photos/rea', 'openid', 'photos/read openid', 'aws.cognito.signin.user.admin', '*', '__proto__', 'constructor']
    .map((scope) => machine(`the scope ${JSON.stringify(scope)}`, error('invalid_scope'), (on) => ({ form: { ...form(on, 'Reader'), scope } }))),
  machine('two scopes parameters', INVALID_REQUEST, (on) => ({ form: [...Object.entries(form(on, 'Reader')), ['scope', 'photos/read'], ['scope', 'photos/write']] as [string, string][] })),
];

/** Refresh tokens that are not one's own or not good any more. */
export const REFRESH_ATTACKS: readonly Attack[] = [
  {
    name: 'a revoked refresh token',
    refusal: INVALID_GRANT,
    send: async (on) => {
      const { refresh_token: token } = await tokensOf(on, 'Spa');
      await post(on, 'Spa', '/oauth2/revoke', { token, client_id: on.client('Spa').id });
      return refresh(on, 'Spa', token);
    },
  },
  {
    name: 'a refresh token that rotation has replaced',
    refusal: INVALID_GRANT,
    send: async (on) => {
      const { refresh_token: token } = await tokensOf(on, 'Rotating');
      on.secret((JSON.parse((await refresh(on, 'Rotating', token)).body) as { refresh_token: string }).refresh_token);
      return refresh(on, 'Rotating', token);
    },
  },
  {
    name: 'the newest of a family whose first was revoked',
    refusal: INVALID_GRANT,
    send: async (on) => {
      const { refresh_token: token } = await tokensOf(on, 'Rotating');
      const { refresh_token: next } = JSON.parse((await refresh(on, 'Rotating', token)).body) as { refresh_token: string };
      await post(on, 'Rotating', '/oauth2/revoke', { token, client_id: on.client('Rotating').id });
      return refresh(on, 'Rotating', on.secret(next));
    },
  },
  { name: 'the refresh token of another public client', refusal: INVALID_GRANT, send: async (on) => refresh(on, 'OtherSpa', (await tokensOf(on, 'Spa')).refresh_token) },
  { name: 'the refresh token of another client with a secret', refusal: INVALID_GRANT, send: async (on) => refresh(on, 'OtherWeb', (await tokensOf(on, 'Web')).refresh_token) },
  { name: 'the refresh token of another user pool', refusal: INVALID_GRANT, send: async (on) => refresh(on, 'Spa', (await tokensOf(on, 'StrangeSpa')).refresh_token) },
  { name: 'the refresh token of a client that may not refresh', refusal: UNAUTHORIZED_CLIENT, send: async (on) => refresh(on, 'NoRefresh', (await tokensOf(on, 'NoRefresh')).refresh_token) },
  { name: 'an access token as a refresh token', refusal: INVALID_GRANT, send: (on) => refresh(on, 'Spa', on.user.access) },
  { name: 'an ID token as a refresh token', refusal: INVALID_GRANT, send: (on) => refresh(on, 'Spa', on.user.id) },
  { name: 'a code as a refresh token', refusal: INVALID_GRANT, send: async (on) => refresh(on, 'Spa', await newCode(on, 'Spa')) },
  { name: 'a refresh token without its last character', refusal: INVALID_GRANT, send: async (on) => refresh(on, 'Spa', (await tokensOf(on, 'Spa')).refresh_token.slice(0, -1)) },
  { name: 'a refresh token as a code', refusal: INVALID_GRANT, send: async (on) => post(on, 'Spa', '/oauth2/token', await codeForm(on, 'Spa', { code: (await tokensOf(on, 'Spa')).refresh_token })) },
  ...['', 'x', '__proto__', 'constructor'].map((token): Attack => ({ name: `the refresh token "${token}"`, refusal: token === '' ? INVALID_REQUEST : INVALID_GRANT, send: (on) => refresh(on, 'Spa', token) })),
  {
    name: 'a refresh token without the secret of its client',
    refusal: WRONG_SECRET,
    send: async (on) => post(on, 'Web', '/oauth2/token', { grant_type: 'refresh_token', client_id: on.client('Web').id, refresh_token: (await tokensOf(on, 'Web')).refresh_token }),
  },
  {
    name: 'a revocation of the refresh token of another client',
    refusal: INVALID_REQUEST,
    send: async (on) => post(on, 'OtherSpa', '/oauth2/revoke', { token: (await tokensOf(on, 'Spa')).refresh_token, client_id: on.client('OtherSpa').id }),
  },
  {
    name: 'a revocation without the secret of the client',
    refusal: { ...WRONG_SECRET, status: 401 },
    send: async (on) => post(on, 'Web', '/oauth2/revoke', { token: (await tokensOf(on, 'Web')).refresh_token, client_id: on.client('Web').id }),
  },
];

const userInfo = (name: string, make: (on: AttackedSandbox) => readonly string[] | Promise<readonly string[]>, status = 401): Attack => ({
  name, refusal: { status }, send: async (on) => on.raw(`GET ${domainPath(on, 'Spa')}/oauth2/userInfo`, await make(on)),
});

/** Attributes of a user, asked for without an access token that opens them. */
export const USER_INFO_ATTACKS: readonly Attack[] = [
  userInfo('no token', () => [], 400),
  userInfo('a token without its scheme', (on) => [`Authorization: ${on.user.access}`], 400),
  userInfo('an ID token', (on) => [`Authorization: Bearer ${on.user.id}`]),
  userInfo('a token of a machine', (on) => [`Authorization: Bearer ${on.reader}`]),
  userInfo('a token without openid', (on) => [`Authorization: Bearer ${on.signed({ username: 'user' })}`]),
  userInfo('a token of a user who is not there', (on) => [`Authorization: Bearer ${on.signed({ username: '__proto__', scope: 'openid' })}`]),
  userInfo('a token that has expired', (on) => [`Authorization: Bearer ${on.signed({ username: 'user', scope: 'openid', exp: 1 })}`]),
  userInfo('a token after its revocation', async (on) => {
    const { access_token: access, refresh_token: token } = await tokensOf(on, 'Spa');
    await post(on, 'Spa', '/oauth2/revoke', { token, client_id: on.client('Spa').id });
    return [`Authorization: Bearer ${access}`];
  }),
  { name: 'a token at another user pool', refusal: { status: 401 }, send: (on) => on.raw(`GET ${domainPath(on, 'StrangeSpa')}/oauth2/userInfo`, [`Authorization: Bearer ${on.user.access}`]) },
  { name: 'a token in the query', refusal: { status: 400 }, send: (on) => get(on, 'Spa', '/oauth2/userInfo', { access_token: on.user.access }) },
];
