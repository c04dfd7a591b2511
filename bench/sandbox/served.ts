import { request as send } from 'node:http';
import { startProgram, type Program } from './program';
import type { SandboxDescription } from '../../src/sandbox/description';
import { PROGRAM } from '../album';

/** A sandbox in a process of its own, as users start it. */
export interface Served extends Program {
  readonly url: string;
  /** URL of the first stage. */
  readonly stage: string;
  token(client: string): Promise<string>;
}

/** Starts `protected-api sandbox PATH --json`. */
export async function serve(path: string): Promise<Served> {
  const program = await startProgram([PROGRAM, 'sandbox', path, '--json']);
  const { cognitoIdpUrl, apis } = JSON.parse(program.line) as SandboxDescription;
  const url = new URL(cognitoIdpUrl).origin;
  return { ...program, url, stage: apis[0].url, token: (client) => tokenOf(url, client) };
}

async function tokenOf(url: string, client: string): Promise<string> {
  const { body } = await request(`${url}/_sandbox/tokens`, { 'x-protected-api-sandbox': 'bench' }, JSON.stringify({ client }));
  return (JSON.parse(body) as { accessToken: string }).accessToken;
}

/** One request on a connection of its own; fails unless the answer is 200. */
export function request(url: string, headers: Record<string, string> = {}, body?: string): Promise<{ readonly body: string }> {
  return new Promise((resolve, reject) => {
    const sent = send(url, { method: body === undefined ? 'GET' : 'POST', headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => { text += part; }).on('end', () => {
        if (answer.statusCode === 200) resolve({ body: text });
        else reject(new Error(`${url} answers ${answer.statusCode}: ${text}`));
      });
    });
    sent.on('error', reject).end(body);
  });
}
