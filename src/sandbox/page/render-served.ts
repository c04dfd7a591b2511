import { html } from 'hono/html';
import type { Html } from './html';
import type { PageSandbox } from './page-sandbox';

/** So many notices stand open on the page. */
const OPEN_NOTICES = 3;

/** What is served, and where. */
export function renderServed(sandbox: PageSandbox): Html {
  const { userPools, apis, cognitoIdpUrl } = sandbox.describe();
  return html`
<section aria-labelledby="served">
<h2 id="served">Addresses</h2>
<dl class="addresses">
${apis.map(({ shownName, stage, url }) => entry(html`API <b>${shownName}</b>, stage ${stage}`, [['URL', url]]))}
${userPools.map(({ id, name, issuer, domainUrl }) => entry(html`User pool <b>${name}</b>`, [['id', id], ['issuer', issuer], ['domain', domainUrl]]))}
${entry(html`API of Cognito, for the AWS CLI and SDKs`, [['endpoint URL', cognitoIdpUrl]])}
</dl>
${apis.length === 0 && html`<p class="hint">The templates have no REST API with a stage.</p>`}
${userPools.length === 0 && html`<p class="hint">The templates have no user pool.</p>`}
${notices(sandbox.notices)}
</section>`;
}

function entry(what: Html, values: readonly (readonly [label: string, value: string | null])[]): Html {
  return html`<div><dt>${what}</dt>${values.map(([label, value]) => html`<dd><span class="label">${label}</span> ${value === null
    ? html`<span class="muted">none</span>` : html`<code>${value}</code>`}</dd>`)}</div>`;
}

function notices(all: readonly string[]): Html | undefined {
  if (all.length === 0) return undefined;
  return html`<details class="notices"${all.length <= OPEN_NOTICES ? html` open` : ''}>
<summary>What the templates do not fix (${all.length})</summary>
<ul>${all.map((line) => html`<li>${line}</li>`)}</ul>
</details>`;
}
