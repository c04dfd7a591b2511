import type { KeyObject } from 'node:crypto';
import { assembleApp } from './assemble-app';
import { createCognitoApi } from './cognito/api/create-cognito-api';
import { createCognito } from './cognito/cognito';
import { noticeText } from './cognito/notice';
import { createControl, type TokenAnswer, type TokenQuestion, type UserQuestion } from './control';
import { describeSandbox } from './describe-sandbox';
import type { SandboxDescription } from './description';
import { firstCall } from './first-call';
import { createFunctionRunner } from './functions/create-function-runner';
import type { Bind } from './gateway/bind';
import { createGateway } from './gateway/gateway';
import { createIntegrate } from './gateway/integrations/create-integrate';
import { functionNotices } from './gateway/integrations/function-notices';
import { tokenHeaderOfMethod } from './gateway/token-header';
import { isLoopback } from './host-guard';
import { readIntegrationMappings, type IntegrationMapping } from './integration-mappings';
import { keepState } from './keep-state';
import { listen } from './listen';
import { bind } from './names';
import { createPage } from './page/create-page';
import type { PageSandbox } from './page/page-sandbox';
import { recordLine } from './record-line';
import { noteRunning } from './running-sandboxes';
import { SandboxLog, type RequestRecord } from './sandbox-log';
import { addNewUser, addUsersOf, signIn } from './sandbox-users';
import { readTemplates, type ReadTemplates } from './templates';
import { watchTemplates } from './watch-templates';
import { findMethod } from '../analysis/find';
import type { AccessModel } from '../model/access-model';
import { failOn, formatProblem, ProblemError } from '../model/problem';

/** How a sandbox starts. */
export interface SandboxOptions {
  /** Cloud assembly, folder with a `cdk.out`, template, or `-` for standard input. */
  readonly path: string;
  /** What standard input held, for the path `-`. */
  readonly stdin?: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Whether the host may be one that other machines reach. */
  readonly exposed?: boolean;
  /** Whether to read the templates again when they change. */
  readonly watch?: boolean;
  readonly stateFolder?: string;
  readonly usersFile?: string;
  /** Whether a mistake in the users file ends the start; default: it is reported, and the user left out. */
  readonly strictUsers?: boolean;
  /** `GET /x=http://127.0.0.1:8080/x`. */
  readonly integrations?: readonly string[];
  readonly clock?: () => number;
  /** Whether `protected-api token` finds it only by its URL. */
  readonly unlisted?: boolean;
  /** The bundled program that runs functions; default the one beside this file. */
  readonly functionHost?: string;
  /** A private key that was begun before all else, so that the first token need not wait as long. */
  readonly firstKey?: Promise<KeyObject>;
  /** Takes what the user should know: parts that are left out, templates that cannot be read again. */
  report?(line: string): void;
  /** Takes a line per request, and what functions print. */
  logLine?(line: string): void;
}

/** Where a request goes, and how it carries a token. */
export interface Call {
  readonly url: string;
  /** The header that takes the token, behind `Bearer `. */
  readonly header: string;
}

/** A sandbox that serves. */
export interface Sandbox {
  /** `http://127.0.0.1:4000`, without a slash at the end. */
  readonly url: string;
  describe(): SandboxDescription;
  /** The access model of this moment, with what the API of Cognito changed. */
  accessModel(): AccessModel;
  /**
   * Where a verb and a path with its query go: to the first stage of the API.
   *
   * @param api name or id of the API, where several answer the route
   * @throws ProblemError where none or several do
   */
  callOf(verb: string, target: string, api?: string): Call;
  /** A call that a client may make with its token; undefined where there is none. Path variables are `1`. */
  firstCall(clientId: string): (Call & { readonly verb: string; readonly use: 'access' | 'id' }) | undefined;
  tokenFor(question: TokenQuestion): Promise<TokenAnswer>;
  requests(): readonly RequestRecord[];
  close(): Promise<void>;
}

/**
 * Starts a sandbox.
 *
 * @throws ProblemError where templates, users, state or options cannot be read, and where it cannot listen
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { path, host = '127.0.0.1', port = 0, clock = Date.now, report = () => undefined, logLine = () => undefined } = options;
  checkExposure(host, options.exposed === true, report);
  const log = new SandboxLog();
  log.onRecord((record) => logLine(recordLine(record)));
  const keeper = options.stateFolder === undefined ? undefined : keepState(options.stateFolder, report);

  let templates = readTemplates(path, options.stdin);
  let mappings = readIntegrationMappings(options.integrations ?? [], templates.model);
  let url = '';
  const cognito = createCognito({
    ...templates, clock, baseUrl: () => url, log, firstKey: options.firstKey, ...(keeper?.state && { state: keeper.state }),
  });
  const usersProblems = options.usersFile === undefined ? [] : await addUsersOf(options.usersFile, cognito);
  if (options.strictUsers) failOn(usersProblems);
  usersProblems.map(formatProblem).forEach(report);
  const bindValue: Bind = (value) => bind(value, cognito.names);
  const runner = createFunctionRunner({
    onLog: (name, line) => logLine(`${name} | ${line}`),
    ...(options.functionHost !== undefined && { host: options.functionHost }),
  });
  const gateway = createGateway({
    model: cognito.accessModel,
    runtime: () => templates.runtime,
    bind: bindValue,
    names: { api: (id) => cognito.names.api(id) },
    verifyToken: cognito.verifyToken,
    integrate: createIntegrate({ runtime: () => templates.runtime, mappings: () => mappings, bind: bindValue, runner }),
    clock,
    log,
  });

  const tokenFor = async ({ client, scopes, user }: TokenQuestion): Promise<TokenAnswer> => {
    const answer = await cognito.tokenFor(client, { ...(scopes && { scopes }), ...(user !== undefined && { user }) });
    if ('problems' in answer) throw new ProblemError(answer.problems);
    return answer.tokens;
  };
  const describe = () => describeSandbox(url, cognito, gateway);
  const apiUrl = (api: string) => {
    const served = gateway.apis().find(({ id }) => id === api);
    return served && `${url}${served.path}`;
  };
  const notices = () => [...cognito.notices, ...gateway.notices(), ...functionNotices(templates.runtime, bindValue)].map(noticeText);
  const addUser = (question: UserQuestion) => addNewUser(cognito, question);
  const pageSandbox: PageSandbox = {
    get url() { return url; },
    path,
    log,
    pools: cognito.pools,
    get notices() { return notices(); },
    clock,
    describe,
    accessModel: cognito.accessModel,
    tokenFor,
    addUser,
    signIn: (question) => signIn(cognito, question, tokenFor),
    apiUrl,
    apiKeys: () => gateway.apiKeys(),
  };
  const app = assembleApp({
    control: createControl({ log, describe, tokenFor, addUser }),
    cognitoApi: createCognitoApi({ cognito, clock, log }),
    oauth: cognito.oauth,
    gateway: gateway.app,
    page: createPage(pageSandbox),
  }, host, () => keeper?.mayHaveChanged(cognito.exportState));
  const server = await listen(app, host, port);
  url = server.url;
  const forget = options.unlisted ? () => undefined : noteRunning({ url, pid: process.pid, path });
  notices().forEach(report);
  reportEmpty(templates, report);

  const reload = () => {
    try {
      const next = readTemplates(path);
      mappings = stillMapped(options.integrations ?? [], next.model, report);
      cognito.reload(next.model, next.runtime);
      templates = next;
      runner.retire();
      report(`templates read again: ${path}`);
      notices().forEach(report);
    } catch (error) {
      report(`templates are kept as they were: ${(error as Error).message}`);
    }
  };
  const endWatch = options.watch ? await watchTemplates(path, reload) : async () => undefined;

  return {
    url,
    describe,
    accessModel: cognito.accessModel,
    callOf(verb, target, api) {
      const called = calledApi(cognito.accessModel(), verb, target, api);
      return { url: `${apiUrl(called.api)}${target}`, header: called.header };
    },
    firstCall(clientId) {
      const model = cognito.accessModel();
      const client = model.clients.find((each) => each.clientId === clientId);
      const call = client && firstCall(model, client);
      const stage = call && apiUrl(call.api);
      return stage === undefined ? undefined : { ...call!, url: `${stage}${call!.path.replace(/\{[^/]+\}/g, '1')}` };
    },
    tokenFor,
    requests: () => log.last(),
    async close() {
      forget();
      await endWatch();
      await server.close();
      await runner.close();
      keeper?.close(cognito.exportState);
    },
  };
}

function checkExposure(host: string, exposed: boolean, report: (line: string) => void): void {
  if (isLoopback(host)) return;
  if (!exposed) {
    throw new ProblemError([{
      code: 'SandboxAddress',
      subject: 'address of the sandbox',
      wrong: 'is one that other machines may reach',
      got: host,
      expected: '127.0.0.1, localhost or ::1',
      fix: 'leave out --host, or say --exposed if everybody who reaches this machine may obtain tokens and start functions',
    }]);
  }
  report(`warning: the sandbox listens on ${host}: everybody who reaches this machine can obtain tokens and start functions`);
}

/** The API that a route is asked of, by its id in the access model, and the header that takes a token there. */
function calledApi(model: AccessModel, verb: string, target: string, api: string | undefined): { api: string; header: string } {
  const found = findMethod(model, `${verb} ${target.replace(/\?.*$/, '')}`, api);
  if ('found' in found) return { api: found.found.method.api, header: tokenHeaderOfMethod(model, found.found.method) };
  // Calls of routes that no method answers are worth trying too, where it is clear which API is meant.
  const apis = model.apis.filter(({ id, name }) => api === undefined || id === api || name === api);
  if (apis.length === 1) return { api: apis[0].id, header: 'Authorization' };
  throw new ProblemError(found.problems);
}

/** The mappings whose routes are still there: one that has gone must not keep new templates away. */
function stillMapped(integrations: readonly string[], model: AccessModel, report: (line: string) => void): IntegrationMapping[] {
  return integrations.flatMap((text) => {
    try {
      return readIntegrationMappings([text], model);
    } catch (error) {
      report((error as Error).message);
      return [];
    }
  });
}

function reportEmpty({ model }: ReadTemplates, report: (line: string) => void): void {
  if (model.apis.length === 0) report('the templates declare no REST API: the sandbox serves no methods');
  if (model.userPools.length === 0) report('the templates name no user pool: the sandbox issues no tokens');
}
