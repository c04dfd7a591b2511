import { html } from 'hono/html';
import { VERBS_WITH_BODY, type CallResult } from './call-method';
import type { CallableMethod } from './callable-methods';
import { FORM_TOKEN_FIELD } from './check-form';
import type { ClientChoice } from './client-choices';
import { scrolling, type Html } from './html';
import type { PageSandbox } from './page-sandbox';
import type { PageSession } from './page-session';
import { renderNotice } from './render-notice';
import { renderVerdict } from './render-verdict';
import type { Access } from '../../model/access';
import { VERBS } from '../../model/route';
import { isUnknown } from '../../model/value';

/** Before the name of a path variable: its field. */
export const VARIABLE_FIELD = 'path-';

/** What a call carries unless somebody chooses otherwise, by what its method demands. */
const WANTED_TOKENS: { readonly [kind in Access['kind']]: 'access' | 'id' | 'none' } = {
  anyOf: 'access', idToken: 'id', lambda: 'access', unknown: 'access', apiKey: 'none', iam: 'none', public: 'none',
};

/** Choose a method, call it, see what it answers and why. */
export function renderCall(sandbox: PageSandbox, session: PageSession, methods: readonly CallableMethod[], clients: readonly ClientChoice[]): Html {
  const target = methods.find(({ id }) => id === session.method);
  const client = clients.find(({ id }) => id === session.client);
  const several = new Set(methods.map(({ method }) => method.api)).size > 1;
  return html`
<section aria-labelledby="call">
<h2 id="call" tabindex="-1">Call a method</h2>
${methods.length === 0 ? html`<p class="hint">The templates have no method to call.</p>` : html`<form method="get" action="/#call" class="inline">
<label for="method">Method</label>
<select id="method" name="method">${methods.map((each) => html`<option value="${each.id}"${each === target ? html` selected` : ''}>${each.verb} ${each.path}${placeOf(each, several)}</option>`)}</select>
<button>Choose method</button>
</form>`}
${renderNotice(session, 'call')}
${target && callForm(sandbox, session, target, client)}
${session.call && resultOf(session.call)}
</section>`;
}

/** API and stage, as far as a method needs them to be told from others. */
function placeOf({ apiName, stageName }: CallableMethod, severalApis: boolean): string {
  const place = [...severalApis ? [apiName] : [], ...stageName === undefined ? [] : [`stage ${stageName}`]];
  return place.length === 0 ? '' : ` (${place.join(', ')})`;
}

function callForm(sandbox: PageSandbox, session: PageSession, target: CallableMethod, client: ClientChoice | undefined): Html {
  const { id, verb, path, variables, url } = target;
  if (url === undefined) return html`<p class="hint">No stage of the API serves this method.</p>`;
  const typed = (field: string, absent = '') => session.typed.get(field) ?? absent;
  return html`<form method="post" action="/page/call">
<input type="hidden" name="${FORM_TOKEN_FIELD}" value="${session.formToken}"><input type="hidden" name="method" value="${id}">
<p class="url"><span class="verb">${verb}</span> <code>${url}${path}</code></p>
<p class="fields">
${verb === 'ANY' && html`<span><label for="verb">Verb</label><select id="verb" name="verb">${VERBS.filter((each) => each !== 'ANY')
  .map((each) => html`<option${each === typed('verb') ? html` selected` : ''}>${each}</option>`)}</select></span>`}
${variables.map(({ name, greedy }) => html`<span><label for="${VARIABLE_FIELD}${name}"><code>{${name}${greedy ? '+' : ''}}</code></label>
<input id="${VARIABLE_FIELD}${name}" name="${VARIABLE_FIELD}${name}" required autocomplete="off" spellcheck="false" value="${typed(VARIABLE_FIELD + name)}"></span>`)}
<span><label for="query">Query string</label><input id="query" name="query" autocomplete="off" spellcheck="false" placeholder="name=value" value="${typed('query')}"></span>
</p>
${VERBS_WITH_BODY.includes(verb) && html`<p class="fields"><span><label for="content-type">Content type</label>
<input id="content-type" name="contentType" autocomplete="off" spellcheck="false" value="${typed('contentType', 'application/json')}"></span></p>
<p><label for="body">Body</label><textarea id="body" name="body" rows="4" spellcheck="false">
${typed('body')}</textarea></p>`}
${tokenChoice(session, target, client)}
${keyChoice(sandbox, session, target)}
<p><button class="main">Call ${verb === 'ANY' ? '' : `${verb} `}${path}</button></p>
</form>`;
}

/** Which token the call carries. Nobody calls without one by chance: a user who could have one says so. */
function tokenChoice(session: PageSession, { method }: CallableMethod, client: ClientChoice | undefined): Html {
  const tokens = client && session.tokens.get(client.id);
  const atOnce = client?.kind === 'machine' && tokens === undefined;
  const has = { access: atOnce || tokens !== undefined, id: tokens?.idToken !== undefined, none: true };
  const wanted = session.typed.get('token') ?? WANTED_TOKENS[method.access.kind];
  const chosen = wanted === 'id' && has.id ? 'id' : wanted !== 'none' && has.access ? 'access' : wanted === 'none' || client?.kind !== 'user' ? 'none' : undefined;
  const choice = (value: keyof typeof has, label: string) => html`<label class="choice"><input type="radio" name="token" value="${value}" required${value === chosen ? html` checked` : ''}${
    has[value] ? '' : html` disabled`}> <span>${label}</span></label>`;
  return html`<fieldset><legend>Call as ${client?.name ?? 'nobody'}</legend>
${choice('access', atOnce ? 'with an access token, obtained at once' : 'with the access token')}
${choice('id', 'with the ID token')}
${choice('none', 'without a token')}
${client?.kind !== 'nobody' && !has.access && html`<p class="hint">${client === undefined ? html`No client is chosen: <a href="#token">choose one</a>.` : html`${client.name} has no token yet: <a href="#token">sign in</a>.`}</p>`}
</fieldset>`;
}

function keyChoice(sandbox: PageSandbox, session: PageSession, { method }: CallableMethod): Html | undefined {
  const keys = sandbox.apiKeys?.() ?? [];
  const needed = method.access.kind === 'apiKey' || method.apiKeyRequired === true || isUnknown(method.apiKeyRequired);
  if (keys.length === 0) return needed ? html`<p class="hint">The method demands an API key, and the templates have none.</p>` : undefined;
  const chosen = session.typed.get('apiKey') ?? (needed ? '0' : '');
  return html`<p class="fields"><span><label for="api-key">API key</label><select id="api-key" name="apiKey"><option value="">none</option>${
    keys.map(({ name }, position) => html`<option value="${position}"${String(position) === chosen ? html` selected` : ''}>${name}</option>`)}</select></span></p>`;
}

function resultOf({ verb, url, as, status, statusText, headers, body, duration, record }: CallResult): Html {
  return html`<div class="result" aria-labelledby="result">
<h3 id="result" tabindex="-1">Answer: ${status} ${statusText}</h3>
${record && renderVerdict(record)}
<p class="url"><span class="verb">${verb}</span> <code>${url}</code> <span class="muted">${as}, ${duration} ms</span></p>
${body.text !== '' && scrolling('Body of the answer', html`<pre>${body.text}</pre>`)}
${body.text === '' && body.note === undefined && html`<p class="hint">The answer has no body.</p>`}
${body.note !== undefined && html`<p class="hint">${body.note}</p>`}
<details><summary>Headers (${headers.length})</summary>
${scrolling('Headers of the answer', html`<table class="claims"><caption>Headers of the answer</caption><thead><tr><th scope="col">Header</th><th scope="col">Value</th></tr></thead>
<tbody>${headers.map(([name, value]) => html`<tr><th scope="row"><code>${name}</code></th><td><code>${value}</code></td></tr>`)}</tbody></table>`)}
</details>
</div>`;
}
