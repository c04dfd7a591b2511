import { createCognito, type Cognito } from './cognito/cognito';
import type { CognitoState } from './cognito/cognito-state';
import { noticeText } from './cognito/notice';
import type { ControlledSandbox } from './control';
import { describeSandbox } from './describe-sandbox';
import { createFunctionRunner } from './functions/create-function-runner';
import type { FunctionRunner } from './functions/function-runner';
import type { Bind } from './gateway/bind';
import { createGateway, type Gateway } from './gateway/gateway';
import { createIntegrate } from './gateway/integrations/create-integrate';
import { functionNotices } from './gateway/integrations/function-notices';
import { bind } from './names';
import { recordLine } from './record-line';
import { SandboxLog } from './sandbox-log';
import type { SandboxOptions } from './sandbox-options';
import { addNewUser } from './sandbox-users';
import type { ServedTemplates } from './templates';
import { ProblemError } from '../model/problem';

/** What changes while a sandbox runs. */
export interface SandboxMoment {
  /** Empty until it listens. */
  url: string;
  templates: ServedTemplates;
}

/** The user pools, APIs and functions of a sandbox, without a server. */
export interface SandboxCore extends ControlledSandbox {
  readonly cognito: Cognito;
  readonly gateway: Gateway;
  readonly runner: FunctionRunner;
  /** What the templates do not fix, one line each. */
  notices(): string[];
}

/**
 * Makes the core of a sandbox.
 *
 * @param moment asked again with each request
 * @param state what an earlier run left
 */
export function createCore(options: SandboxOptions, moment: SandboxMoment, state: CognitoState | undefined): SandboxCore {
  const { clock = Date.now, logLine = () => undefined } = options;
  const log = new SandboxLog();
  log.onRecord((record) => logLine(recordLine(record)));
  const { model, runtime } = moment.templates;
  const cognito = createCognito({
    model,
    runtime,
    clock,
    baseUrl: () => moment.url,
    log,
    firstKey: options.firstKey,
    ...(state && { state }),
    notify: (notice) => options.report?.(noticeText(notice)),
  });
  const runner = createFunctionRunner({
    onLog: (name, line) => logLine(`${name} | ${line}`),
    ...(options.functionHost !== undefined && { host: options.functionHost }),
  });
  const bindValue: Bind = (value) => bind(value, cognito.names);
  const mapped = () => new Set(moment.templates.mappings.map(({ method }) => method));
  const gateway = createGateway({
    model: cognito.accessModel,
    runtime: () => moment.templates.runtime,
    bind: bindValue,
    names: { api: (id) => cognito.names.api(id) },
    verifyToken: cognito.verifyToken,
    integrate: createIntegrate({ runtime: () => moment.templates.runtime, mappings: () => moment.templates.mappings, bind: bindValue, runner }),
    mapped,
    clock,
    log,
  });
  return {
    log,
    cognito,
    gateway,
    runner,
    describe: () => describeSandbox(moment.url, cognito, gateway),
    async tokenFor({ client, scopes, user }) {
      const answer = await cognito.tokenFor(client, { ...(scopes && { scopes }), ...(user !== undefined && { user }) });
      if ('problems' in answer) throw new ProblemError(answer.problems);
      return answer.tokens;
    },
    addUser: (question) => addNewUser(cognito, question),
    notices: () => [...cognito.notices, ...gateway.notices(), ...functionNotices(moment.templates.runtime, bindValue, mapped())].map(noticeText),
  };
}
