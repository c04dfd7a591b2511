import { html } from 'hono/html';
import { FORM_TOKEN_FIELD } from './check-form';
import type { ClientChoice } from './client-choices';
import type { Html } from './html';
import type { PageSandbox } from './page-sandbox';
import type { HeldTokens, PageSession } from './page-session';
import { renderClaims } from './render-claims';
import { renderNotice } from './render-notice';
import type { LivePool } from '../cognito/live-pool';

/** Choose a client, get its tokens, see their claims. */
export function renderToken(sandbox: PageSandbox, session: PageSession, clients: readonly ClientChoice[], now: number): Html {
  const client = clients.find(({ id }) => id === session.client);
  const tokens = client && session.tokens.get(client.id);
  return html`
<section aria-labelledby="token">
<h2 id="token" tabindex="-1">Get a token</h2>
${renderNotice(session, 'token')}
${clients.length === 0 ? html`<p class="hint">The templates have no client.</p>` : html`<form method="get" action="/#token" class="inline">
<label for="client">Client</label>
<select id="client" name="client">${clients.map(({ id, name, kind }) => html`<option value="${id}"${id === client?.id ? html` selected` : ''}>${name} (${KINDS[kind]})</option>`)}</select>
<button>Choose client</button>
</form>`}
${client && formsOf(sandbox, session, client, tokens)}
${client && tokens && tokensOf(client, tokens, now)}
</section>`;
}

const KINDS = { machine: 'machine', user: 'signs users in', nobody: 'no tokens' } as const;

function formsOf(sandbox: PageSandbox, session: PageSession, client: ClientChoice, tokens: HeldTokens | undefined): Html {
  const hidden = html`<input type="hidden" name="${FORM_TOKEN_FIELD}" value="${session.formToken}"><input type="hidden" name="client" value="${client.id}">`;
  switch (client.kind) {
    case 'nobody': return html`<p class="hint">${client.name} has no OAuth flow and no flow of SDK sign-in, so it obtains no token.</p>`;
    case 'machine': return html`<form method="post" action="/page/token">${hidden}
${scopesOf(client, tokens)}
<p><button class="main">Get token for ${client.name}</button></p>
</form>`;
    case 'user': {
      const pool = [...sandbox.pools.values()].find(({ id }) => id === client.userPool);
      const users = pool === undefined ? [] : signInNames(pool);
      return html`${client.unservedSignIn && UNSERVED_SIGN_IN}
<form method="post" action="/page/sign-in">${hidden}
<p class="fields"><span><label for="username">User name</label>
<input id="username" name="username" list="users" required autocomplete="off" autocapitalize="none" spellcheck="false" value="${session.typed.get('username') ?? users[0] ?? ''}"></span>
<span><label for="password">Password</label><input id="password" name="password" type="password" required autocomplete="off"></span></p>
<datalist id="users">${users.map((name) => html`<option value="${name}"></option>`)}</datalist>
${scopesOf(client, tokens)}
<p><button class="main">Sign in to ${client.name}</button></p>
</form>
${pool && html`<details${users.length === 0 ? html` open` : ''}><summary>Make a user in ${pool.name}</summary>
<form method="post" action="/page/user">${hidden}
<p class="fields"><span><label for="new-username">${pool.usernameAttributes.includes('email') ? 'E-mail address' : 'User name'}</label>
<input id="new-username" name="username" required autocomplete="off" autocapitalize="none" spellcheck="false"></span>
<span><label for="new-password">Password</label><input id="new-password" name="password" type="password" required autocomplete="new-password"></span></p>
<p><button>Make user</button> <span class="hint">The sandbox keeps users in memory, and on disk only with <code>--state</code>.</span></p>
</form></details>`}`;
    }
  }
}

/** What users of a pool sign in with. */
function signInNames({ users, usernameAttributes }: LivePool): string[] {
  return [...users.values()].map(({ username, attributes }) => attributes[usernameAttributes.find((name) => name in attributes) ?? ''] ?? username);
}

const UNSERVED_SIGN_IN = html`<p class="hint">In AWS, users of this client obtain tokens with SRP or a custom flow. The sandbox serves neither, so <code>InitiateAuth</code> fails here; this form checks name and password instead.</p>`;

const INACTIVE = html` <span class="muted">inactive: its resource server does not declare it, so tokens leave it out</span>`;

function scopesOf({ scopes }: ClientChoice, tokens: HeldTokens | undefined): Html | undefined {
  if (scopes.length === 0) return undefined;
  const isAsked = (scope: string) => tokens?.asked?.includes(scope) ?? true;
  const choices = scopes.map(({ scope, inactive }) => html`<label class="choice"><input type="checkbox" name="scope" value="${scope}"${
    isAsked(scope) ? html` checked` : ''}> <span><code>${scope}</code>${inactive && INACTIVE}</span></label>`);
  return html`<fieldset><legend>Scopes to ask for</legend>
${choices}
<p class="hint">With none checked, the client asks for no scope by name and gets all of its own.</p>
</fieldset>`;
}

function tokensOf({ name }: ClientChoice, { accessToken, idToken, username }: HeldTokens, now: number): Html {
  return html`<h3 id="tokens" tabindex="-1">Tokens of ${name}${username !== undefined && html` for ${username}`}</h3>
${renderClaims('Access token', accessToken, now, true)}
${idToken !== undefined && renderClaims('ID token', idToken, now, false)}`;
}
