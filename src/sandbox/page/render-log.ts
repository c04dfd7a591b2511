import { html } from 'hono/html';
import type { Html } from './html';
import { renderBadge } from './render-verdict';
import { verdictOf } from './verdict';
import type { RequestRecord } from '../sandbox-log';

/** So many requests are shown; the log keeps more, so that refusals can be picked from them. */
const SHOWN_RECORDS = 50;

const PARTS: { readonly [part in RequestRecord['part']]: string } = { 'gateway': 'API', 'oauth': 'OAuth', 'cognito-idp': 'Cognito API' };

/** The last requests, the newest first. */
export function renderLog(records: readonly RequestRecord[], onlyRefused: boolean, now: number): Html {
  const wanted = onlyRefused ? records.filter((record) => verdictOf(record) !== 'allowed') : records;
  const shown = wanted.slice(0, SHOWN_RECORDS);
  return html`
<section aria-labelledby="log">
<h2 id="log" tabindex="-1">Last requests</h2>
<p class="log-links"><a href="${onlyRefused ? '/?log=refused' : '/'}#log">Refresh</a>
${onlyRefused ? html`<a href="/#log">Show all</a>` : html`<a href="/?log=refused#log">Show only those that failed</a>`}
<span class="muted">as of ${clockTime(now)}</span></p>
${shown.length === 0 ? html`<p class="hint">${onlyRefused ? 'No request was refused.' : 'Nothing was asked yet.'}</p>` : tableOf(shown)}
${wanted.length > shown.length && html`<p class="hint">The newest ${SHOWN_RECORDS} of ${wanted.length} are shown.</p>`}
</section>`;
}

/** Roles are named, because narrow windows show the rows as blocks. */
function tableOf(records: readonly RequestRecord[]): Html {
  return html`<table class="log" role="table"><caption>Last requests, the newest first</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Time</th><th scope="col" role="columnheader">Request</th><th scope="col" role="columnheader">Client</th><th scope="col" role="columnheader">Status</th><th scope="col" role="columnheader">Result and reason</th></tr></thead>
<tbody role="rowgroup">${records.map((record) => rowOf(record))}</tbody></table>`;
}

function rowOf(record: RequestRecord): Html {
  const { time, part, what, subject, client, status, reason } = record;
  return html`<tr role="row">
<td role="cell"><time datetime="${new Date(time).toISOString()}">${clockTime(time)}</time></td>
<td role="cell"><code>${what}</code> <span class="muted">${PARTS[part]}${subject !== undefined && html` ${subject}`}</span></td>
<td role="cell">${client ?? ''}</td>
<td role="cell"><span class="narrow">status </span>${status}</td>
<td role="cell">${renderBadge(record)} ${reason ?? ''}</td>
</tr>`;
}

/** The time of day where the sandbox runs. */
function clockTime(time: number): string {
  return new Date(time).toTimeString().slice(0, 8);
}
