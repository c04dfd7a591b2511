import { Hono, type Context } from 'hono';
import type { SandboxDescription } from './description';
import type { SandboxLog } from './sandbox-log';
import { ProblemError, type Problem } from '../model/problem';

/** What `POST /_sandbox/tokens` takes. */
export interface TokenQuestion {
  /** Name or id of a client. */
  readonly client: string;
  /** Full scope names to ask for; default all of the client. */
  readonly scopes?: readonly string[];
  /** User to sign in, for a client of users; default the first of the user pool, or a new one. */
  readonly user?: string;
}

/** What it answers. */
export interface TokenAnswer {
  readonly accessToken: string;
  /** Absent for machines, and for users without the scope `openid`. */
  readonly idToken?: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** A user that the page makes. */
export interface UserQuestion {
  /** Id of the user pool. */
  readonly userPool: string;
  readonly username: string;
  readonly password: string;
}

/** What the page, the command `token` and tests ask of a sandbox. */
export interface ControlledSandbox {
  readonly log: SandboxLog;
  describe(): SandboxDescription;
  tokenFor(question: TokenQuestion): Promise<TokenAnswer>;
  addUser(question: UserQuestion): Promise<void>;
}

/**
 * What the sandbox serves for its own page and tools, below `/_sandbox`.
 *
 * Each request carries a header that a page of another site cannot send without asking first, and nobody who asks is answered yes.
 */
export function createControl(sandbox: ControlledSandbox): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    if (context.req.header('x-protected-api-sandbox') === undefined) return context.json({ message: 'only for the tools of the sandbox' }, 403);
    context.header('Cache-Control', 'no-store');
    return next();
  });
  app.get('/description', (context) => context.json(sandbox.describe()));
  app.get('/requests', (context) => context.json(sandbox.log.last()));
  app.post('/tokens', async (context) => answer(context, async () => sandbox.tokenFor(tokenQuestion(await json(context)))));
  app.post('/users', async (context) => answer(context, async () => {
    await sandbox.addUser(userQuestion(await json(context)));
    return {};
  }));
  return app;
}

async function answer(context: Context, act: () => Promise<object>): Promise<Response> {
  try {
    return context.json(await act());
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return context.json({ problems: error.problems, message: error.message }, 400);
  }
}

async function json(context: Context): Promise<Record<string, unknown>> {
  const body: unknown = await context.req.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new ProblemError([wrongBody('is no JSON object')]);
}

function tokenQuestion({ client, scopes, user }: Record<string, unknown>): TokenQuestion {
  const isList = Array.isArray(scopes) && scopes.every((scope) => typeof scope === 'string');
  if (typeof client !== 'string' || !(scopes === undefined || isList) || !(user === undefined || typeof user === 'string')) {
    throw new ProblemError([wrongBody('is no question for a token')]);
  }
  return { client, ...(isList && { scopes: scopes as string[] }), ...(user !== undefined && { user }) };
}

function userQuestion({ userPool, username, password }: Record<string, unknown>): UserQuestion {
  if (typeof userPool !== 'string' || typeof username !== 'string' || typeof password !== 'string') {
    throw new ProblemError([wrongBody('is no user')]);
  }
  return { userPool, username, password };
}

function wrongBody(wrong: string): Problem {
  return {
    code: 'Usage',
    subject: 'body of the request to the sandbox',
    wrong,
    expected: '{ client, scopes?, user? } for a token, { userPool, username, password } for a user',
    fix: 'use "protected-api token" or the page of the sandbox',
  };
}
