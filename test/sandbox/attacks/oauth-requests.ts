import { createHash } from 'node:crypto';
import type { AttackedSandbox } from './attacked-sandbox';
import { CALLBACK } from './attacked-template';
import type { RawAnswer } from './raw-request';

export const VERIFIER = 'a-code-verifier-of-forty-three-characters-or-more';
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
export const FORM_TYPE = 'Content-Type: application/x-www-form-urlencoded';
const USER = { username: 'ana', password: 'correct horse battery' };

/** What changes in a form or query; `undefined` leaves a parameter out. */
export type Change = { readonly [name: string]: string | undefined };

/** Names and values; a list where a name may come twice. */
export type Parameters = Change | readonly (readonly [string, string])[];

/** A form or query; what is undefined is left out. */
export function formText(parameters: Parameters): string {
  if (Array.isArray(parameters)) return new URLSearchParams(parameters as [string, string][]).toString();
  const pairs = Object.entries(parameters).filter((each): each is [string, string] => each[1] !== undefined);
  return new URLSearchParams(pairs).toString();
}

/** The path of the OAuth endpoints of a client. */
export function domainPath(on: AttackedSandbox, client: string): string {
  return new URL(on.client(client).domainUrl).pathname;
}

/** Posts a form to an endpoint of a client's user pool. */
export function post(on: AttackedSandbox, client: string, path: string, form: Parameters, headers: readonly string[] = []): Promise<RawAnswer> {
  return on.raw(`POST ${domainPath(on, client)}${path}`, [FORM_TYPE, ...headers], formText(form));
}

/** Gets from an endpoint of a client's user pool. */
export function get(on: AttackedSandbox, client: string, path: string, query: Parameters, headers: readonly string[] = []): Promise<RawAnswer> {
  return on.raw(`GET ${domainPath(on, client)}${path}?${formText(query)}`, headers);
}

/** The header of a client that authenticates by Basic. */
export function basic(id: string, secret: string): string {
  return `Authorization: Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

/** The parameters of a request for a code. */
export function authorization(on: AttackedSandbox, client: string, change: Change = {}): Change {
  return {
    response_type: 'code', client_id: on.client(client).id, redirect_uri: CALLBACK, code_challenge: CHALLENGE, code_challenge_method: 'S256', ...change,
  };
}

/** The sign-in page as a browser has it. */
export interface OpenPage {
  readonly query: string;
  /** The `Cookie` header. */
  readonly cookie: string;
  readonly csrf: string;
}

/** Opens the sign-in page. */
export async function openPage(on: AttackedSandbox, client: string, change?: Change): Promise<OpenPage> {
  const query = formText(authorization(on, client, change));
  const page = await on.raw(`GET ${domainPath(on, client)}/login?${query}`);
  return { query, cookie: `Cookie: ${cookieOf(page)}`, csrf: /name="csrf" value="([\w-]+)"/.exec(page.body)![1] };
}

/** Sends the form of the page. */
export function sendPage(
  on: AttackedSandbox, client: string, { query, cookie, csrf }: OpenPage, change: Change = {},
): Promise<RawAnswer> {
  return post(on, client, `/login?${query}`, { csrf, action: 'signIn', ...USER, ...change }, [cookie]);
}

/** Signs the user in; the result is the `Cookie` header of the session. */
export async function session(on: AttackedSandbox, client: string): Promise<string> {
  on.secret(USER.password);
  const page = await openPage(on, client);
  let answer = await sendPage(on, client, page);
  if (answer.status !== 302) answer = await sendPage(on, client, page, { action: 'create' });
  const cookie = cookieOf(answer);
  on.secret(cookie.slice(cookie.indexOf('=') + 1));
  return `Cookie: ${cookie}`;
}

const sessions = new WeakMap<AttackedSandbox, Map<string, Promise<string>>>();

/** A new code of a client for the user, who signs in once in each user pool. */
export async function newCode(on: AttackedSandbox, client: string, change?: Change): Promise<string> {
  const ofSandbox = sessions.get(on) ?? new Map<string, Promise<string>>();
  sessions.set(on, ofSandbox);
  const path = domainPath(on, client);
  const cookie = ofSandbox.get(path) ?? session(on, client);
  ofSandbox.set(path, cookie);
  const answer = await get(on, client, '/oauth2/authorize', authorization(on, client, change), [await cookie]);
  return on.secret(new URL(answer.headers.location).searchParams.get('code')!);
}

/** The form that exchanges a code; the code is new where none is given. */
export async function codeForm(on: AttackedSandbox, client: string, change: Change = {}): Promise<Change> {
  const { id, secret } = on.client(client);
  return {
    grant_type: 'authorization_code',
    client_id: id,
    ...(secret !== '' && { client_secret: secret }),
    redirect_uri: CALLBACK,
    code: 'code' in change ? change.code : await newCode(on, client),
    code_verifier: VERIFIER,
    ...change,
  };
}

/** Tokens of a user. */
export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
}

/** What the token endpoint gives for a good code. */
export async function tokensOf(on: AttackedSandbox, client: string): Promise<Tokens> {
  const answer = await post(on, client, '/oauth2/token', await codeForm(on, client));
  const tokens = JSON.parse(answer.body) as Tokens;
  on.secret(tokens.refresh_token);
  on.secret(tokens.access_token.split('.')[2]);
  on.secret(tokens.id_token.split('.')[2]);
  return tokens;
}

/** Asks for new tokens. */
export function refresh(on: AttackedSandbox, client: string, token: string): Promise<RawAnswer> {
  const { id, secret } = on.client(client);
  return post(on, client, '/oauth2/token', { grant_type: 'refresh_token', client_id: id, client_secret: secret === '' ? undefined : secret, refresh_token: token });
}

function cookieOf({ headers }: RawAnswer): string {
  return (headers['set-cookie'] ?? '').split(';', 1)[0];
}
