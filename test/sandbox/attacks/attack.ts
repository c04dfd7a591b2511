import type { AttackedSandbox } from './attacked-sandbox';
import type { RawAnswer } from './raw-request';

/** What an attack must come to. */
export interface Refusal {
  readonly status: number | readonly number[];
  /** The whole body; default: not looked at. */
  readonly body?: string | RegExp;
  /** Where it leads. Without one it must lead nowhere. */
  readonly location?: RegExp;
}

/** One way to get what is not one's own. */
export interface Attack {
  readonly name: string;
  readonly refusal: Refusal;
  /** Sends it; the answer is the last one. */
  send(on: AttackedSandbox): Promise<Pick<RawAnswer, 'status' | 'body' | 'headers'>>;
}

/** As API Gateway refuses a token (public captures of 2021 and 2026). */
export const UNAUTHORIZED: Refusal = { status: 401, body: '{"message":"Unauthorized"}' };
export const EXPIRED: Refusal = { status: 401, body: '{"message":"The incoming token has expired"}' };
/** As API Gateway refuses a route that is none. */
export const NO_ROUTE: Refusal = { status: 403, body: '{"message":"Missing Authentication Token"}' };
/** As a path is refused that leads nowhere, or of which nobody knows where API Gateway leads it. */
export const NO_PATH: Refusal = { status: 403, body: /^\{"message":"(?:Missing Authentication Token"\}$|the sandbox cannot tell to which method)/ };

/** Checks that an attack came to nothing, and that the sandbox goes on. */
export async function expectRefused(on: AttackedSandbox, { send, refusal: { status, body, location } }: Attack): Promise<void> {
  const answer = await send(on);
  expect([status].flat()).toContain(answer.status);
  if (body !== undefined) expect(answer.body).toEqual(typeof body === 'string' ? body : expect.stringMatching(body));
  expect(answer.body).not.toMatch(/"method":|"(?:access|id|refresh)_token":/);
  expect(answer.headers).not.toHaveProperty('injected');
  if (location === undefined) expect(answer.headers).not.toHaveProperty('location');
  else expect(answer.headers.location).toMatch(location);
}
