import { assemblyPath, checkArguments } from './check-arguments';
import type { SandboxDescription } from './description';
import { requestOf } from './request-of';
import { startSandbox, type Sandbox } from './sandbox';
import type { RequestRecord } from './sandbox-log';
import { ProblemError } from '../model/problem';

/** How a sandbox for tests starts. */
export interface SandboxServerOptions {
  /** File with users, as a list in JSON or YAML. Default: none; a user is made when a token needs one. */
  readonly usersFile?: string;
  /** What runs behind a route in place of its integration: `GET /x=http://127.0.0.1:8080/x`. */
  readonly integrations?: readonly string[];
  /** The time in milliseconds since 1970; default `Date.now`. Tests of expiry give their own. */
  readonly clock?: () => number;
  /** Takes what functions print, line by line. Default: nothing is shown. */
  readonly onFunctionLog?: (line: string) => void;
  /** The program that runs functions; default the one of the package. */
  readonly functionHost?: string;
}

/** Whose token a request carries. */
export interface TokenOptions {
  /** User to sign in, for a client of users; default the first of the user pool, or a new one. */
  readonly user?: string;
  /** Default `access`. */
  readonly use?: 'access' | 'id';
}

/** A request to a method: what `fetch` takes, and who calls. */
export interface SandboxRequest extends RequestInit, TokenOptions {
  /** Name or id of the client that calls; default nobody: the request carries no token. */
  readonly as?: string;
  /** Full scope names to ask for; default all of the client. */
  readonly scopes?: readonly string[];
  /** Name or id of the API; needed where several answer the route. */
  readonly api?: string;
  /** Name of the stage; default the first of the API. `describe` has them all, in order. */
  readonly stage?: string;
}

/**
 * A sandbox inside a test process: user pools, clients and APIs of a cloud assembly or template, on a free port of this machine.
 *
 * @example
 * const sandbox = await SandboxServer.start('cdk.out');
 * const response = await sandbox.fetch('GET /photos', { as: 'NightlyExport' });
 * await sandbox.close();
 */
export class SandboxServer {
  /**
   * Starts a sandbox.
   *
   * @param assembly path of a cloud assembly, of a folder with a `cdk.out` or of a template; or what `app.synth()` returns
   * @throws ProblemError where the templates, the users file or an option have a mistake
   */
  public static async start(assembly: string | { readonly directory: string }, options: SandboxServerOptions = {}): Promise<SandboxServer> {
    const path = assemblyPath(assembly);
    checkArguments('SandboxServer.start', { options });
    const { usersFile, integrations, clock, onFunctionLog, functionHost } = options;
    return new SandboxServer(await startSandbox({
      path,
      usersFile,
      strictUsers: true,
      integrations,
      clock,
      logLine: onFunctionLog,
      functionHost,
      unlisted: true,
    }));
  }

  private constructor(private readonly sandbox: Sandbox) {}

  /** `http://127.0.0.1:4000`, without a slash at the end. */
  public get url(): string {
    return this.sandbox.url;
  }

  /** What it serves: ids and URLs. */
  public describe(): SandboxDescription {
    return this.sandbox.describe();
  }

  /**
   * Obtains a token: by the client credentials grant for a machine, by signing a user in for other clients.
   *
   * @param client name or id of the client
   * @param scopes full scope names to ask for; default all of the client
   * @throws ProblemError where the client is not known or obtains no such token
   */
  public async token(client: string, scopes?: readonly string[], tokenOptions: TokenOptions = {}): Promise<string> {
    checkArguments('SandboxServer.token', { client, ...(scopes !== undefined && { scopes }), tokenOptions });
    const { user, use = 'access' } = tokenOptions;
    const { accessToken, idToken } = await this.sandbox.tokenFor({ client, ...(scopes && { scopes }), ...(user !== undefined && { user }) });
    const token = use === 'id' ? idToken : accessToken;
    if (token !== undefined) return token;
    throw new ProblemError([{
      code: 'SandboxToken',
      subject: `client ${client}`,
      wrong: 'obtains no ID token',
      expected: 'a client of users with the scope openid, or of SDK sign-in',
      fix: 'ask for an access token',
    }]);
  }

  /**
   * Calls a method, as a client or as nobody.
   *
   * @param route verb and path without the stage, such as `GET /photos/7?size=small`
   * @throws ProblemError where no API, or more than one, answers the route, and where the API or the stage is none of the sandbox
   */
  public async fetch(route: string, request: SandboxRequest = {}): Promise<Response> {
    checkArguments('SandboxServer.fetch', { route, request });
    const { as: client, scopes, user, use, api, stage, ...init } = request;
    if (client === undefined) failWithoutClient({ scopes, user, use });
    const [verb, target] = splitRoute(route);
    const { url, header } = this.sandbox.callOf(verb, target, { api, stage });
    const asked = requestOf(url, { redirect: 'manual', ...init, method: verb });
    if (client !== undefined) asked.headers.set(header, `Bearer ${await this.token(client, scopes, { user, use })}`);
    return fetch(asked);
  }

  /** The last requests, the newest first, each with the reason of its answer. */
  public requests(): readonly RequestRecord[] {
    return this.sandbox.requests();
  }

  /** Ends it, with the processes of its functions. */
  public async close(): Promise<void> {
    await this.sandbox.close();
  }
}

/** A call as nobody that says whose token it carries is a mistake: it would pass for a test of that token. */
function failWithoutClient(whose: { readonly [member: string]: unknown }): void {
  const said = Object.keys(whose).find((member) => whose[member] !== undefined);
  if (said === undefined) return;
  throw new ProblemError([{
    code: 'ArgumentKind',
    subject: 'request of SandboxServer.fetch',
    wrong: `has ${said}, and no client that calls`,
    expected: 'the name or id of a client as "as"',
    fix: `add "as", or leave ${said} out`,
  }]);
}

function splitRoute(route: string): [verb: string, target: string] {
  const [verb, target, ...rest] = route.trim().split(/\s+/);
  if (target?.startsWith('/') && rest.length === 0) return [verb.toUpperCase(), target];
  throw new ProblemError([{
    code: 'RouteFormat',
    subject: `route "${route}"`,
    wrong: 'is no verb and path',
    expected: 'a verb, a space and a path',
    fix: 'write it as "GET /path"',
  }]);
}
