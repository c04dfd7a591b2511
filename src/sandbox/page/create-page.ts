import { Hono, type Context } from 'hono';
import { callMethod } from './call-method';
import { callableMethods } from './callable-methods';
import { checkForm, FORM_TOKEN_FIELD } from './check-form';
import { clientChoices, type ClientChoice } from './client-choices';
import type { PageSandbox } from './page-sandbox';
import { pageSessions, type PageSession } from './page-session';
import { PAGE_POLICY } from './page-style';
import { VARIABLE_FIELD } from './render-call';
import { shareColumn } from './render-matrix';
import { renderPage } from './render-page';
import type { AccessModel } from '../../model/access-model';
import { ProblemError } from '../../model/problem';
import { VERBS } from '../../model/route';
import type { TokenAnswer } from '../control';
import { limitBody } from '../limit-body';

const MAX_FORM_BYTES = 1024 * 1024;
/** Fields that forms show again; no password and no choice that has a place of its own. */
const KEPT_FIELDS = ['username', 'query', 'verb', 'contentType', 'body', 'token', 'apiKey'];

/**
 * The page of the sandbox: the matrix, tokens, calls, the log. Made on the server, without a script.
 *
 * Forms lead back to the page by a redirect. What a browser chose and got is kept in memory by its session, so that no token is in a URL.
 */
export function createPage(sandbox: PageSandbox): Hono {
  const sessions = pageSessions();
  const app = new Hono();
  app.get('/', async (context) => {
    const session = sessions.open(context);
    choose(session, context, sandbox.accessModel());
    const page = await renderPage(sandbox, session, context.req.query('log') === 'refused');
    delete session.notice;
    protect(context);
    return context.html(page);
  });
  app.use('/page/*', limitBody(MAX_FORM_BYTES, (context) => context.text(`the form is larger than ${MAX_FORM_BYTES} bytes`, 413)));
  app.post('/page/:form{token|sign-in|user|call}', async (context) => {
    protect(context);
    const session = sessions.find(context);
    const fields = new URLSearchParams(await context.req.text());
    const wrong = checkForm(context.req, fields.get(FORM_TOKEN_FIELD) ?? '', session?.formToken);
    if (session === undefined || wrong !== undefined) return context.text(wrong ?? '', 403);
    const form = context.req.param('form') as keyof typeof FORMS;
    return context.redirect(`/#${await FORMS[form](sandbox, session, fields)}`, 303);
  });
  return app;
}

type AskForTokens = (scopes: readonly string[] | undefined) => Promise<TokenAnswer>;

/** What forms do; each gives the part of the page to go on at. */
const FORMS = {
  'token': takeToken,
  'sign-in': signIn,
  'user': makeUser,
  'call': call,
} as const;

async function takeToken(sandbox: PageSandbox, session: PageSession, fields: URLSearchParams): Promise<string> {
  const client = fields.get('client') ?? '';
  return keepTokens(sandbox, session, fields, (scopes) => sandbox.tokenFor({ client, ...(scopes && { scopes }) }));
}

async function signIn(sandbox: PageSandbox, session: PageSession, fields: URLSearchParams): Promise<string> {
  const client = fields.get('client') ?? '';
  const username = keep(session, fields, 'username');
  const password = fields.get('password') ?? '';
  return keepTokens(sandbox, session, fields, (scopes) => sandbox.signIn({ client, username, password, ...(scopes && { scopes }) }), username);
}

/** Asks for tokens with the checked scopes, and keeps them. */
async function keepTokens(
  sandbox: PageSandbox, session: PageSession, fields: URLSearchParams, ask: AskForTokens, username?: string,
): Promise<string> {
  const choice = clientChoices(sandbox.accessModel()).find(({ id }) => id === fields.get('client'));
  if (choice === undefined) return tell(session, 'token', 'the client does not exist any more');
  session.client = choice.id;
  const checked = fields.getAll('scope');
  // All of them is what a client gets that names none; asking so works for every way to a token.
  const asked = checked.length === 0 || choice.scopes.every(({ scope }) => checked.includes(scope)) ? undefined : checked;
  try {
    session.tokens.set(choice.id, { ...await ask(asked), ...(asked && { asked }), ...(username !== undefined && { username }) });
    session.typed.delete('token');
    return 'tokens';
  } catch (error) {
    return tell(session, 'token', messageOf(error));
  }
}

async function makeUser(sandbox: PageSandbox, session: PageSession, fields: URLSearchParams): Promise<string> {
  const choice = clientChoices(sandbox.accessModel()).find(({ id }) => id === fields.get('client'));
  const pool = [...sandbox.pools.values()].find(({ id }) => id === choice?.userPool);
  const username = (fields.get('username') ?? '').trim();
  const password = fields.get('password') ?? '';
  if (pool === undefined) return tell(session, 'token', 'the user pool does not exist any more');
  if (username === '' || password === '') return tell(session, 'token', 'a user needs a name and a password');
  try {
    await sandbox.addUser({ userPool: pool.poolId, username, password });
    session.typed.set('username', username);
    session.notice = { part: 'token', kind: 'done', text: `User ${username} can sign in now.` };
    return 'token';
  } catch (error) {
    return tell(session, 'token', messageOf(error));
  }
}

async function call(sandbox: PageSandbox, session: PageSession, fields: URLSearchParams): Promise<string> {
  delete session.call;
  const model = sandbox.accessModel();
  const target = callableMethods(model, sandbox.stagesOf).find(({ id }) => id === fields.get('method'));
  const url = target?.url;
  if (target === undefined || url === undefined) return tell(session, 'call', 'the method does not exist any more, or no stage serves it');
  session.method = target.id;
  for (const field of [...KEPT_FIELDS, ...target.variables.map(({ name }) => VARIABLE_FIELD + name)]) {
    if (fields.has(field)) keep(session, fields, field);
  }
  const client = clientChoices(model).find(({ id }) => id === session.client);
  const use = fields.get('token');
  const chosen = use === 'none' ? {} : await chosenToken(sandbox, session, client, use);
  if ('wrong' in chosen) return tell(session, 'call', chosen.wrong);
  const { token } = chosen;
  const key = fields.get('apiKey') ?? '';
  const verb = target.verb === 'ANY' ? VERBS.find((each) => each !== 'ANY' && each === fields.get('verb')) ?? 'GET' : target.verb;
  const result = await callMethod(url, {
    target,
    verb,
    valueOf: (variable) => fields.get(VARIABLE_FIELD + variable) ?? '',
    query: (fields.get('query') ?? '').replace(/^\?/, ''),
    token,
    apiKey: key === '' ? undefined : sandbox.apiKeys?.()[Number(key)]?.value,
    contentType: fields.get('contentType') ?? '',
    // Browsers send every line break of a field as CR LF.
    body: (fields.get('body') ?? '').replace(/\r\n/g, '\n'),
  }, token === undefined ? 'without a token' : `with the ${use === 'id' ? 'ID' : 'access'} token of ${client!.name}`, sandbox.log);
  if ('wrong' in result) return tell(session, 'call', result.wrong);
  session.call = result;
  return 'result';
}

/** The token of a client that a call carries. That of a machine, for which nobody signs in, is obtained where there is none yet. */
async function chosenToken(
  sandbox: PageSandbox, session: PageSession, client: ClientChoice | undefined, use: string | null,
): Promise<{ readonly token?: string } | { readonly wrong: string }> {
  if (use !== 'access' && use !== 'id') return { wrong: 'choose whether the call carries a token' };
  if (client === undefined) return { wrong: 'choose a client, or call without a token' };
  try {
    const tokens = session.tokens.get(client.id) ?? (client.kind === 'machine' ? await sandbox.tokenFor({ client: client.id }) : undefined);
    const token = use === 'id' ? tokens?.idToken : tokens?.accessToken;
    if (tokens === undefined || token === undefined) return { wrong: `${client.name} has no such token: get one, or call without a token` };
    session.tokens.set(client.id, tokens);
    return { token };
  } catch (error) {
    return { wrong: messageOf(error) };
  }
}

/** Takes what links and the forms of choice name. What is typed for one method is not for another. */
function choose(session: PageSession, { req }: Context, model: AccessModel): void {
  const client = req.query('client');
  const method = req.query('method');
  // A cell stands for all clients of its column.
  const isCell = client !== undefined && method !== undefined;
  if (client !== undefined && !(isCell && session.client !== undefined && shareColumn(model, client, session.client))) session.client = client;
  if (client !== undefined || method !== undefined) session.typed.delete('token');
  if (req.query('token') === 'none') session.typed.set('token', 'none');
  if (method === undefined || method === session.method) return;
  session.method = method;
  delete session.call;
  for (const field of ['query', 'verb', 'contentType', 'body', 'apiKey']) session.typed.delete(field);
}

function keep(session: PageSession, fields: URLSearchParams, field: string): string {
  const value = (fields.get(field) ?? '').replace(/\r\n/g, '\n');
  session.typed.set(field, value);
  return value;
}

function tell(session: PageSession, part: 'token' | 'call', text: string): string {
  session.notice = { part, kind: 'error', text };
  return part;
}

function messageOf(error: unknown): string {
  if (error instanceof ProblemError) return error.message;
  throw error;
}

/** Nobody keeps the page, frames it, or learns its address from a link. */
function protect(context: Context): void {
  context.header('Content-Security-Policy', PAGE_POLICY);
  context.header('X-Frame-Options', 'DENY');
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('Cross-Origin-Opener-Policy', 'same-origin');
  context.header('Cross-Origin-Resource-Policy', 'same-origin');
  context.header('Referrer-Policy', 'same-origin');
  context.header('Cache-Control', 'no-store');
}
