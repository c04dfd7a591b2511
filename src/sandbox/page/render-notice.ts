import { html } from 'hono/html';
import type { Html } from './html';
import type { PageNotice, PageSession } from './page-session';

/** What there is to tell at a part of the page after a form was sent. Assistive technology reads it at once. */
export function renderNotice({ notice }: PageSession, part: PageNotice['part']): Html | undefined {
  if (notice?.part !== part) return undefined;
  return notice.kind === 'error'
    ? html`<p class="notice error" role="alert"><b>Error:</b> ${notice.text}</p>`
    : html`<p class="notice done" role="status">${notice.text}</p>`;
}
