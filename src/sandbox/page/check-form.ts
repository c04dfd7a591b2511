import { timingSafeEqual } from 'node:crypto';
import type { HonoRequest } from 'hono';

/** The field of every form that holds the form token of the session. */
export const FORM_TOKEN_FIELD = 'form-token';

/**
 * Why a form is not taken as sent by the page itself; undefined where it is.
 *
 * @param given what it has in the field of the form token
 * @param expected the form token of the session; undefined where there is no session
 */
export function checkForm(request: HonoRequest, given: string, expected: string | undefined): string | undefined {
  const site = request.header('sec-fetch-site');
  const origin = request.header('origin');
  if (site !== undefined && site !== 'same-origin') return 'the form was sent from another site';
  if (origin !== undefined && origin !== new URL(request.url).origin) return 'the form was sent from another origin';
  return expected !== undefined && isEqual(given, expected) ? undefined : 'the form belongs to no session of this page: open the page again';
}

function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
