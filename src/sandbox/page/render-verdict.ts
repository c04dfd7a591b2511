import { html } from 'hono/html';
import type { Html } from './html';
import { meaningOf, verdictOf, type Verdict } from './verdict';
import type { RequestRecord } from '../sandbox-log';

/** A sign and a word: verdicts are not told by colour alone. */
const BADGES: { readonly [verdict in Verdict]: string } = { allowed: '✓ allowed', refused: '✕ refused', stopped: '! stopped' };

/** Instead of `allowed` for requests to Cognito, which knows no verdicts. */
const ANSWERED = '✓ answered';

/** The verdict on a request, as a badge. */
export function renderBadge(record: RequestRecord): Html {
  const verdict = verdictOf(record);
  const text = verdict === 'allowed' && record.part !== 'gateway' ? ANSWERED : BADGES[verdict];
  return html`<span class="badge ${verdict}">${text}</span>`;
}

/** The verdict on a request, and why. */
export function renderVerdict(record: RequestRecord): Html {
  const { reason = '' } = record;
  const meaning = meaningOf(reason);
  // Reasons that hang on nothing else have their meaning behind them.
  const detail = reason.replace(`: ${meaning}`, '');
  return html`<p class="verdict" role="status">${renderBadge(record)} ${meaning !== undefined && html`<b>${meaning}</b> `}<span class="reason">${detail}</span></p>`;
}
