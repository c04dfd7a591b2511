import { html } from 'hono/html';
import type { Page } from './page';

const EXPLANATIONS: { readonly [error: string]: string } = {
  redirect_mismatch: 'The redirect_uri of the request is none of the callback URLs of the app client, or logout_uri none of its logout URLs. They are compared character by character.',
  invalid_request: 'The request names no app client of this user pool, or lacks a parameter, or has one twice.',
};

/** The page for requests that lead nowhere. Cognito shows the first sentence. */
export function errorPage(error: string): Page {
  const known = Object.hasOwn(EXPLANATIONS, error) ? error : 'invalid_request';
  return {
    title: 'Error',
    body: html`<h1>An error was encountered with the requested page.</h1>
<p class="error" role="alert">${known}</p>
<p>${EXPLANATIONS[known]}</p>
<p class="note">This is the sandbox on your machine, not AWS. Its log has the details.</p>`,
  };
}
