import { assembleApp, type SandboxApp } from './assemble-app';
import { checkExposure } from './check-exposure';
import { createCognitoApi } from './cognito/api/create-cognito-api';
import type { Cognito } from './cognito/cognito';
import { createControl, type TokenAnswer, type TokenQuestion } from './control';
import type { SandboxDescription } from './description';
import { findCall, type Call, type CallPlace } from './find-call';
import { firstCall, type FirstCall } from './first-call';
import { keepState } from './keep-state';
import { listen } from './listen';
import { createPage } from './page/create-page';
import type { PageSandbox } from './page/page-sandbox';
import { noteRunning } from './running-sandboxes';
import { createCore, type SandboxCore, type SandboxMoment } from './sandbox-core';
import type { RequestRecord } from './sandbox-log';
import type { SandboxOptions } from './sandbox-options';
import { addUsersOf, signIn } from './sandbox-users';
import { readTemplates, readTemplatesAgain, type ServedTemplates } from './templates';
import { watchTemplates } from './watch-templates';
import type { AccessModel } from '../model/access-model';
import { failOn, formatProblem } from '../model/problem';
import { obtainableTokens } from '../model/tokens';

/** A sandbox that serves. */
export interface Sandbox {
  /** `http://127.0.0.1:4000`, without a slash at the end. */
  readonly url: string;
  /** What is served, for people: the path, or `standard input`. */
  readonly source: string;
  describe(): SandboxDescription;
  /** The access model of this moment, with what the API of Cognito changed. */
  accessModel(): AccessModel;
  /**
   * Where a verb and a path with its query go.
   *
   * @throws ProblemError where no API or several answer, and where the API or the stage is none of the sandbox
   */
  callOf(verb: string, target: string, place?: CallPlace): Call;
  /** A call that a client may make with its token, at the first stage; undefined where there is none. Path variables are `1`. */
  firstCall(clientId: string): (Call & FirstCall) | undefined;
  /** Whether a client has a way to a token. */
  obtainsToken(clientId: string): boolean;
  tokenFor(question: TokenQuestion): Promise<TokenAnswer>;
  requests(): readonly RequestRecord[];
  close(): Promise<void>;
}

type Report = (line: string) => void;

/**
 * Starts a sandbox.
 *
 * @throws ProblemError where templates, users, state or options cannot be read, and where it cannot listen
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { path, host = '127.0.0.1', port = 0, report = () => undefined } = options;
  checkExposure(host, options.exposed === true, report);
  const keeper = options.stateFolder === undefined ? undefined : keepState(options.stateFolder, report);
  const moment: SandboxMoment = { url: '', templates: readTemplates(options) };
  const core = createCore(options, moment, keeper?.state);
  const { cognito } = core;
  await addUsers(cognito, options, report);

  const app = appOf(core, moment, options, host, () => keeper?.mayHaveChanged(cognito.exportState));
  const server = await listen(app, host, port);
  moment.url = server.url;
  const forget = options.unlisted ? () => undefined : noteRunning({ url: server.url, pid: process.pid, path: sourceOf(path) });
  core.notices().forEach(report);
  reportEmpty(moment.templates, report);
  const endWatch = options.watch ? await watchTemplates(path, () => reload(core, moment, options, report)) : async () => undefined;

  return {
    url: server.url,
    source: sourceOf(path),
    describe: core.describe,
    accessModel: cognito.accessModel,
    callOf: (verb, target, place = {}) => {
      return findCall({ url: server.url, model: cognito.accessModel(), stages: core.gateway.apis() }, verb, target, place);
    },
    firstCall: (clientId) => firstCallOf(core, server.url, clientId),
    obtainsToken: (clientId) => obtainsToken(cognito.accessModel(), clientId),
    tokenFor: core.tokenFor,
    requests: () => core.log.last(),
    async close() {
      forget();
      await endWatch();
      await server.close();
      await core.runner.close();
      keeper?.close(cognito.exportState);
    },
  };
}

function sourceOf(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/** Adds the users of the users file; says, or fails by, what is wrong with it. */
async function addUsers(cognito: Cognito, { usersFile, strictUsers }: SandboxOptions, report: Report): Promise<void> {
  const problems = usersFile === undefined ? [] : await addUsersOf(usersFile, cognito);
  if (strictUsers) failOn(problems);
  problems.map(formatProblem).forEach(report);
}

/** All that the sandbox answers, on one port. */
function appOf(core: SandboxCore, moment: SandboxMoment, options: SandboxOptions, host: string, served: () => void): SandboxApp {
  const { cognito, gateway, log } = core;
  return assembleApp({
    control: createControl(core),
    cognitoApi: createCognitoApi({ cognito, clock: options.clock ?? Date.now, log }),
    oauth: cognito.oauth,
    gateway: gateway.app,
    page: createPage(pageSandboxOf(core, moment, options)),
  }, host, served);
}

function pageSandboxOf(core: SandboxCore, moment: SandboxMoment, { path, clock }: SandboxOptions): PageSandbox {
  const { cognito, gateway, log, describe, tokenFor, addUser } = core;
  return {
    get url() { return moment.url; },
    get notices() { return core.notices(); },
    path: sourceOf(path),
    log,
    pools: cognito.pools,
    ...(clock && { clock }),
    describe,
    accessModel: cognito.accessModel,
    tokenFor,
    addUser,
    signIn: (question) => signIn(cognito, question, tokenFor),
    stagesOf: (api) => gateway.apis().filter(({ id }) => id === api).map(({ stage, path: stagePath }) => ({ name: stage, url: `${moment.url}${stagePath}` })),
    apiKeys: () => gateway.apiKeys(),
  };
}

function firstCallOf({ cognito, gateway }: SandboxCore, url: string, clientId: string): ReturnType<Sandbox['firstCall']> {
  const model = cognito.accessModel();
  const client = model.clients.find((each) => each.clientId === clientId);
  const stageOf = (api: string) => gateway.apis().find(({ id }) => id === api);
  const served = (api: string) => {
    const stage = stageOf(api);
    return stage && { apiKey: gateway.keyOf(stage) };
  };
  const call = client && firstCall(model, client, served);
  const stage = call && stageOf(call.api);
  return stage && { ...call, url: `${url}${stage.path}${call.path.replace(/\{[^/]+\}/g, '1')}` };
}

function obtainsToken(model: AccessModel, clientId: string): boolean {
  const client = model.clients.find((each) => each.clientId === clientId);
  return client !== undefined && obtainableTokens(model, client).some(({ use }) => use === 'access');
}

/** Takes over changed templates; keeps the old ones where the new ones cannot be read. */
function reload({ cognito, runner, notices }: SandboxCore, moment: SandboxMoment, options: SandboxOptions, report: Report): void {
  try {
    const next = readTemplatesAgain(options, report);
    cognito.reload(next.model, next.runtime);
    moment.templates = next;
    runner.retire();
    report(`templates read again: ${options.path}`);
    notices().forEach(report);
  } catch (error) {
    report(`templates are kept as they were: ${(error as Error).message}`);
  }
}

function reportEmpty({ model }: ServedTemplates, report: Report): void {
  if (model.apis.length === 0) report('the templates declare no REST API: the sandbox serves no methods');
  if (model.userPools.length === 0) report('the templates name no user pool: the sandbox issues no tokens');
}
