import { html } from 'hono/html';
import type { Page } from './page';
import type { LivePool, LiveUser } from '../live-pool';

/** What the sign-in page shows. */
export interface LoginPage {
  readonly pool: LivePool;
  /** Name of the client that the user comes from. */
  readonly client: string;
  /** Path and query of the form. */
  readonly action: string;
  readonly csrf: string;
  /** Where a sign-in leads back to. */
  readonly redirectUri: string;
  readonly username?: string;
  readonly error?: string;
}

const SHOWN_USERS = 10;

/** Sources that a callback on this machine may lead on to: browsers apply `form-action` to every redirect behind a form. */
const LOOPBACK_TARGETS = ['http://localhost:*', 'http://127.0.0.1:*'];

/** The sign-in page: with a name and a password, users sign in or are made. */
export function loginPage({ pool, client, action, csrf, redirectUri, username = '', error }: LoginPage): Page {
  const names = [...pool.users.values()].slice(0, SHOWN_USERS).map((user) => signInName(pool, user));
  const more = pool.users.size - names.length;
  const users = names.length === 0
    ? html`<p>This user pool has no users yet: choose a name and a password, and create one.</p>`
    : html`<p>Users: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.</p>`;
  const described = error === undefined ? '' : html` aria-invalid="true" aria-describedby="error"`;
  return {
    title: `${error === undefined ? '' : 'Error: '}Sign in to ${client}`,
    formTargets: [...LOOPBACK_TARGETS, targetOf(redirectUri)],
    body: html`<h1>Sign in to ${client}</h1>
<p class="note">This is the sandbox on your machine, not AWS. It stands in for user pool ${pool.name}; its users exist here only.</p>
${error === undefined ? '' : html`<p class="error" role="alert" id="error">${error}</p>`}
${users}
<form method="post" action="${action}">
<input type="hidden" name="csrf" value="${csrf}">
<label for="username">Username</label>
<input id="username" name="username" value="${username}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="128" required${described}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="256" required${described}>
<div class="buttons">
<button class="first" name="action" value="signIn">Sign in</button>
<button name="action" value="create">Create user and sign in</button>
</div>
</form>`,
  };
}

/** What a user enters as the username. */
function signInName({ usernameAttributes }: LivePool, { username, attributes }: LiveUser): string {
  return usernameAttributes.map((name) => attributes[name]).find((value) => value !== undefined) ?? username;
}

/** A redirect URI as a source of a policy; its scheme where it has no host that a policy can name. */
function targetOf(redirectUri: string): string {
  const { protocol, hostname, origin } = new URL(redirectUri);
  return /^https?:$/.test(protocol) && !hostname.startsWith('[') ? origin : protocol;
}
