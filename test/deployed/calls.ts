import type { Emulator } from './ministack';

/** A method of a deployed REST API. */
export interface DeployedMethod {
  readonly restApi: string;
  readonly stage: string;
  readonly verb: string;
  readonly path: string;
}

/** Whether a call reaches the integration of the method, with the answer as proof. */
export interface CallResult {
  readonly reached: boolean;
  readonly status: number;
  readonly body: string;
}

/** Error types with which API Gateway refuses a call before the integration. */
const REFUSALS = ['UnauthorizedException', 'ForbiddenException', 'MissingAuthenticationTokenException', 'AccessDeniedException'];

/** Calls a method as a client does, path variables filled in; `ANY` is called as `POST`. */
export async function call(emulator: Emulator, method: DeployedMethod, jwt?: string): Promise<CallResult> {
  const path = method.path.replace(/\{[^}]+\}/g, 'sample');
  const verb = method.verb === 'ANY' ? 'POST' : method.verb;
  const response = await fetch(`${emulator.endpoint}/restapis/${method.restApi}/${method.stage}/_user_request_${path}`, {
    method: verb,
    headers: { 'Content-Type': 'application/json', ...(jwt && { Authorization: `Bearer ${jwt}` }) },
    body: ['GET', 'HEAD'].includes(verb) ? undefined : '{}',
  });
  const body = await response.text();
  const refused = response.status === 401 || (response.status === 403 && REFUSALS.includes(response.headers.get('x-amzn-errortype') ?? ''));
  if (!refused && response.status >= 500) throw new Error(`${verb} ${path} answers ${response.status}: ${body}`);
  return { reached: !refused, status: response.status, body };
}
