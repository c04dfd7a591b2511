import { refuse, type OAuthError } from './oauth-error';

/** Most bytes of a form; far more than any request needs. */
export const MAX_FORM_BYTES = 64 * 1024;

/** Parameters by name. */
export type Form = ReadonlyMap<string, string>;

/** Reads a form; a parameter that is there twice is an error (RFC 6749, 3.2). Empty parameters count as absent. */
export function readForm(text: string): Form | OAuthError {
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (form.has(name)) return refuse('invalid_request', `the parameter ${show(name)} is there twice`);
    form.set(name, value);
  }
  for (const [name, value] of form) {
    if (value === '') form.delete(name);
  }
  return form;
}

/** A name of the caller's choice, short enough for the log. */
function show(name: string): string {
  return JSON.stringify(name.slice(0, 40));
}
