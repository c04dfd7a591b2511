import type { Emulator } from './ministack';

/** A method of a deployed REST API. */
export interface DeployedMethod {
  readonly restApi: string;
  readonly stage: string;
  readonly verb: string;
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

/** Calls a method as a client does, path variables filled in; `ANY` is called as `POST`. */
export async function call(emulator: Emulator, method: DeployedMethod, jwt?: string): Promise<Answer> {
  const path = method.path.replace(/\{[^}]+\}/g, 'sample');
  const verb = method.verb === 'ANY' ? 'POST' : method.verb;
  const response = await fetch(`${emulator.endpoint}/restapis/${method.restApi}/${method.stage}/_user_request_${path}`, {
    method: verb,
    headers: { 'Content-Type': 'application/json', ...(jwt && { Authorization: `Bearer ${jwt}` }) },
    body: ['GET', 'HEAD'].includes(verb) ? undefined : BODY,
  });
  const { status } = response;
  const body = await response.text();
  if (status >= 500) throw new Error(`${verb} ${path} answers ${status}: ${body}`);
  const refused = status === 401 || (status === 403 && REFUSALS.includes(response.headers.get('x-amzn-errortype') ?? ''));
  return { admitted: !refused, status, body };
}
