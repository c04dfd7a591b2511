import { html, raw } from 'hono/html';
import { callableMethods } from './callable-methods';
import { clientChoices } from './client-choices';
import { visible } from './html';
import type { PageSandbox } from './page-sandbox';
import type { PageSession } from './page-session';
import { PAGE_STYLE } from './page-style';
import { renderCall } from './render-call';
import { renderLog } from './render-log';
import { renderMatrix } from './render-matrix';
import { renderServed } from './render-served';
import { renderToken } from './render-token';

/** The whole page as one session sees it. */
export async function renderPage(sandbox: PageSandbox, session: PageSession, onlyRefused: boolean): Promise<string> {
  const { clock = Date.now } = sandbox;
  const model = sandbox.accessModel();
  const methods = callableMethods(model, sandbox.stagesOf);
  const clients = clientChoices(model);
  const page = await html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox of ${sandbox.path}</title>
<link rel="icon" href="data:,">
<style>${raw(PAGE_STYLE)}</style>
</head>
<body>
<a class="skip" href="#token">Skip to «Get a token»</a>
<header><h1>Sandbox</h1><p><code>${sandbox.path}</code> at <code>${sandbox.url}</code></p></header>
<main>
${renderMatrix(model, new Set(methods.map(({ method }) => method.id)))}
<div class="pair">
${renderToken(sandbox, session, clients, clock())}
${renderCall(sandbox, session, methods, clients)}
</div>
${renderLog(sandbox.log.last(), onlyRefused, clock())}
${renderServed(sandbox)}
</main>
</body>
</html>`;
  return visible(page.toString());
}
