import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { OAuthEnv } from '../oauth-env';

/** A page of the sandbox's Cognito. */
export interface Page {
  readonly title: string;
  /** Escaped by the `html` template. */
  readonly body: ReturnType<typeof html>;
  /** Where forms may lead, beside the page itself: sources of a content security policy. */
  readonly formTargets?: readonly string[];
}

const STYLE = `
:root { color-scheme: light dark; --back: #fff; --text: #1b1f24; --quiet: #57606a; --line: #8c959f; --accent: #0550ae; --bad: #a40e26; }
@media (prefers-color-scheme: dark) {
  :root { --back: #14181d; --text: #e6edf3; --quiet: #9aa4af; --line: #6e7681; --accent: #79b8ff; --bad: #ff9a94; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 0 auto; padding: 3rem 1.25rem; }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 1rem; overflow-wrap: anywhere; }
p { overflow-wrap: anywhere; }
.note { color: var(--quiet); border-left: 3px solid var(--line); padding-left: .75rem; }
.error { color: var(--bad); border-left: 3px solid var(--bad); padding-left: .75rem; font-weight: 600; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input { width: 100%; padding: .6rem .7rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 6px; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem; }
button { flex: 1 1 10rem; padding: .65rem 1rem; font: inherit; font-weight: 600; border-radius: 6px; border: 1px solid var(--accent); cursor: pointer;
  color: var(--accent); background: transparent; }
button.first { color: var(--back); background: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
const STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** Answers with a page that loads nothing, runs nothing and stays out of frames and caches. */
export async function answerPage(c: Context<OAuthEnv>, status: 200 | 400 | 403, { title, body, formTargets = [] }: Page): Promise<Response> {
  const policy = [
    'default-src \'none\'',
    `style-src ${STYLE_SOURCE}`,
    `form-action ${['\'self\'', ...formTargets].join(' ')}`,
    'frame-ancestors \'none\'',
    'base-uri \'none\'',
  ].join('; ');
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
  return c.body(page.toString(), status, {
    'Content-Type': 'text/html; charset=UTF-8',
    'Content-Security-Policy': policy,
    'X-Frame-Options': 'DENY',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  });
}
