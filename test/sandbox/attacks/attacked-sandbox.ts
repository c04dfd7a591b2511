import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attackedTemplate } from './attacked-template';
import { claimsOf, forged, type Part, type SigningKey } from './forge';
import { rawRequest, requestBytes, type RawAnswer } from './raw-request';
import type { CognitoState } from '../../../src/sandbox/cognito/cognito-state';
import type { TokenUse } from '../../../src/sandbox/cognito/pool-keys';
import type { SandboxDescription } from '../../../src/sandbox/description';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox';

/** A client as an attacker who has its secret knows it. */
export interface KnownClient {
  readonly id: string;
  readonly name: string;
  /** Where its OAuth endpoints are. */
  readonly domainUrl: string;
  /** Empty for a public client. */
  readonly secret: string;
}

/** A whole sandbox over HTTP, whose keys and secrets the tests have: they sign what it never would. */
export interface AttackedSandbox {
  readonly url: string;
  readonly sandbox: Sandbox;
  readonly host: string;
  /** Token of `Reader`: `photos/read`. */
  readonly reader: string;
  /** Of a user of `Spa`: all scopes, with an ID token. */
  readonly user: { readonly access: string; readonly id: string };
  pool(name: string): SandboxDescription['userPools'][number];
  client(name: string): KnownClient;
  key(pool: string, use?: TokenUse): SigningKey;
  /** The claims of `reader`, changed; `undefined` takes one away. */
  claims(change?: object): object;
  /** An access token of `Users` with a good signature over whatever is said. */
  signed(change: object, header?: object): string;
  /** The same, for a payload or header that is no object. */
  signedText(payload: Part, header?: Part): string;
  header(): { readonly kid: string; readonly alg: string };
  /** Sends a request whose line and headers are not touched; `Host` is added where there is none. */
  raw(line: string, headers?: readonly string[], body?: string): Promise<RawAnswer>;
  bytes(bytes: string | Uint8Array): Promise<RawAnswer>;
  /** Keeps a text that must never be in a log or an error. */
  secret<T extends string | undefined>(text: T): T;
  /** Lines of the log and of reports, log records and answers of errors with a secret in it. */
  leaks(): string[];
  close(): Promise<void>;
}

/** Where the methods of the template are. */
export const STAGE = '/apis/photos/prod';

/** Starts it. It runs twice: the first run makes keys, users and secrets, the second reads them as state. */
export async function startAttackedSandbox(): Promise<AttackedSandbox> {
  const folder = mkdtempSync(join(tmpdir(), 'attacked-'));
  const path = join(folder, 'template.json');
  writeFileSync(path, JSON.stringify(attackedTemplate()));
  const lines: string[] = [];
  const options = { path, stateFolder: join(folder, 'state'), unlisted: true, report: (line: string) => lines.push(line), logLine: (line: string) => lines.push(line) };
  const first = await startSandbox(options);
  for (const client of ['Reader', 'Spa', 'Stranger', 'StrangeSpa', 'ModernMachine']) await first.tokenFor({ client });
  await first.close();
  const state = JSON.parse(readFileSync(join(folder, 'state', 'sandbox-state.json'), 'utf8')) as CognitoState;
  const sandbox = await startSandbox(options);
  return attacked(sandbox, state, lines);
}

async function attacked(sandbox: Sandbox, state: CognitoState, lines: string[]): Promise<AttackedSandbox> {
  const { url } = sandbox;
  const { userPools } = sandbox.describe();
  const secrets = new Set<string>();
  const answers: string[] = [];
  const secret = <T extends string | undefined>(text: T): T => {
    if (text !== undefined && text.length > 7) secrets.add(text);
    return text;
  };
  const pool = (name: string) => userPools.find((each) => each.name === name)!;
  const client = (name: string): KnownClient => {
    for (const { id: poolId, domainUrl, clients } of userPools) {
      const found = clients.find((each) => each.name === name);
      if (found !== undefined) return { ...found, domainUrl: domainUrl!, secret: secret(state.userPools[poolId].secrets[found.id]?.[0]?.value ?? '') };
    }
    throw new Error(`no client ${name}`);
  };
  const key = (name: string, use: TokenUse = 'access'): SigningKey => {
    const { kid, jwk } = state.userPools[pool(name).id].keys.find((each) => each.use === use)!;
    const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
    return { kid, privateKey, publicKey: createPublicKey(privateKey) };
  };
  const users = key('Users');
  const { accessToken: reader } = await sandbox.tokenFor({ client: 'Reader' });
  const user = await sandbox.tokenFor({ client: 'Spa' });
  const { host } = new URL(url);
  const header = () => ({ kid: users.kid, alg: 'RS256' });
  const claims = (change: object = {}) => ({ ...claimsOf(reader), ...change });
  const bytes = async (given: string | Uint8Array) => {
    const answer = await rawRequest(url, given);
    if (answer.status >= 400) answers.push(answer.text);
    return answer;
  };
  for (const token of [reader, user.accessToken, user.idToken!]) token.split('.').slice(1).forEach(secret);
  const signedText = (payload: Part, protectedHeader: Part = header()) => {
    const token = forged(protectedHeader, payload, users);
    secret(token.split('.')[2]);
    return token;
  };
  return {
    url,
    sandbox,
    host,
    reader,
    user: { access: user.accessToken, id: user.idToken! },
    pool,
    client,
    key,
    claims,
    header,
    signedText,
    signed: (change, protectedHeader = {}) => signedText(claims(change), { ...header(), ...protectedHeader }),
    bytes,
    raw: (line, headers = [], body = '') => {
      const withHost = headers.some((each) => /^host:/i.test(each)) ? headers : [`Host: ${host}`, ...headers];
      return bytes(requestBytes(line, withHost, body));
    },
    secret,
    leaks: () => {
      const texts = [...lines, ...answers, ...sandbox.requests().map((record) => JSON.stringify(record))];
      return texts.filter((text) => [...secrets].some((each) => text.includes(each)));
    },
    close: () => sandbox.close(),
  };
}
