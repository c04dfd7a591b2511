import type { Emulator } from './ministack';
import { signed, type Credentials } from './sigv4';

/** A method of a deployed REST API. */
export interface DeployedMethod {
  readonly restApi: string;
  readonly stage: string;
  readonly verb: string;
  /** Path template, or path. */
  readonly path: string;
}

/** What a method answers. */
export interface Answer {
  /** Whether API Gateway lets the caller in. What is behind the method may still say no. */
  readonly admitted: boolean;
  readonly status: number;
  readonly body: string;
}

/** Error types with which API Gateway turns a caller away. */
const REFUSALS = ['UnauthorizedException', 'ForbiddenException', 'MissingAuthenticationTokenException', 'AccessDeniedException'];
const BODY = JSON.stringify({ title: 'sample' });

/** Calls a method with a token, as clients do. */
export async function call(emulator: Emulator, method: DeployedMethod, jwt?: string): Promise<Answer> {
  return send(emulator, method, jwt === undefined ? {} : { Authorization: `Bearer ${jwt}` });
}

/** Sends a request to a method, path variables filled in; `ANY` is called as `POST`. */
export async function send(
  emulator: Emulator, method: DeployedMethod, headers: Record<string, string>, signer?: Credentials,
): Promise<Answer> {
  const path = method.path.replace(/\{[^}]+\}/g, 'sample');
  const verb = method.verb === 'ANY' ? 'POST' : method.verb;
  const request = {
    method: verb,
    url: `${emulator.endpoint}/restapis/${method.restApi}/${method.stage}/_user_request_${path}`,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: ['GET', 'HEAD'].includes(verb) ? undefined : BODY,
  };
  const response = await fetch(request.url, { ...request, headers: signer ? signed(emulator, signer, 'execute-api', request) : request.headers });
  const { status } = response;
  const body = await response.text();
  if (status >= 500) throw new Error(`${verb} ${path} answers ${status}: ${body}`);
  const refused = status === 401 || (status === 403 && REFUSALS.includes(response.headers.get('x-amzn-errortype') ?? ''));
  return { admitted: !refused, status, body };
}
