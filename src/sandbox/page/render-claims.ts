import { html } from 'hono/html';
import { decodeJwt, type JWTPayload } from 'jose';
import { scrolling, type Html } from './html';

/** Claims that are times, in seconds since 1970. */
const TIMES = ['exp', 'iat', 'auth_time', 'nbf'];

/**
 * A token to copy, and what it says.
 *
 * @param open whether its claims are shown at once
 */
export function renderClaims(label: string, token: string, now: number, open: boolean): Html {
  const claims = decodeJwt(token);
  const what = label.replace('Access', 'access');
  const id = label.toLowerCase().replace(/\W+/g, '-');
  return html`<div class="token">
<p class="token-head"><label for="${id}">${label}</label> ${expiry(claims, now)}</p>
<textarea id="${id}" readonly rows="3" spellcheck="false" wrap="soft">${token}</textarea>
<details${open ? html` open` : ''}><summary>Claims of the ${what}</summary>
${scrolling(`Claims of the ${what}`, html`<table class="claims"><caption>Claims of the ${what}</caption>
<thead><tr><th scope="col">Claim</th><th scope="col">Value</th></tr></thead>
<tbody>${Object.entries(claims).map(([name, value]) => html`<tr><th scope="row"><code>${name}</code></th><td>${valueOf(name, value, now)}</td></tr>`)}</tbody></table>`)}
</details>
</div>`;
}

function expiry({ exp = 0 }: JWTPayload, now: number): Html {
  return exp * 1000 <= now ? html`<span class="badge refused">expired</span>` : html`<span class="muted">expires ${distance(exp * 1000 - now)}</span>`;
}

function valueOf(name: string, value: unknown, now: number): Html {
  if (TIMES.includes(name) && typeof value === 'number') {
    const time = new Date(value * 1000).toISOString();
    return html`<code>${value}</code> <span class="muted"><time datetime="${time}">${time.slice(0, 19).replace('T', ' ')} UTC</time>, ${distance(value * 1000 - now)}</span>`;
  }
  if (name === 'scope' && typeof value === 'string') return html`${value.split(' ').map((scope) => html`<code class="line">${scope}</code>`)}`;
  return html`<code>${typeof value === 'string' ? value : JSON.stringify(value)}</code>`;
}

/** `in 59 min`, `3 s ago`. */
function distance(milliseconds: number): string {
  const seconds = Math.abs(milliseconds) / 1000;
  const [unit, size] = ([['days', 86_400], ['h', 3600], ['min', 60], ['s', 1]] as const).find(([, each]) => seconds >= 2 * each) ?? ['s', 1];
  const amount = `${Math.round(seconds / size)} ${unit}`;
  return milliseconds < 0 ? `${amount} ago` : `in ${amount}`;
}
