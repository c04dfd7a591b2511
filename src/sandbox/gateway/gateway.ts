import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { newRequestIds, send } from './answer';
import { answerRequest } from './answer-request';
import { servedApiKeys, type ServedApiKey } from './api-keys';
import type { Bind } from './bind';
import { gatewayPlan, type GatewayPlan } from './gateway-plan';
import type { Integrate } from './integrate';
import type { ServedStage } from './served-stages';
import type { AccessModel } from '../../model/access-model';
import type { RuntimeModel } from '../../model/runtime-model';
import type { Clock } from '../clock';
import type { Notice } from '../cognito/notice';
import type { VerifyToken } from '../cognito/verify-token';
import type { RuntimeNames } from '../names';
import type { SandboxLog } from '../sandbox-log';

/** What the gateway of a sandbox is made from. */
export interface GatewayOptions {
  /** The access model of this moment; the same object until something changes. */
  readonly model: () => AccessModel;
  readonly runtime: () => RuntimeModel;
  readonly bind: Bind;
  readonly names: Pick<RuntimeNames, 'api'>;
  readonly verifyToken: VerifyToken;
  readonly integrate: Integrate;
  /** Ids of the methods that a local URL stands behind in place of their integration; default none. */
  readonly mapped?: () => ReadonlySet<string>;
  readonly clock: Clock;
  readonly log: SandboxLog;
}

/** The stages of all APIs of a sandbox. */
export interface Gateway {
  /** To be mounted at `/apis`, and served by `@hono/node-server`: it reads the request line itself. */
  readonly app: Hono<{ Bindings: HttpBindings }>;
  /** What is served, in the order of the model. */
  apis(): readonly ServedStage[];
  /** The API keys with their values. */
  apiKeys(): readonly ServedApiKey[];
  /**
   * A key that certainly opens a stage, if one is known; `undefined` where the stage takes no key from requests. Its value is there
   * where it was made for this run.
   */
  keyOf(stage: ServedStage): Partial<Pick<ServedApiKey, 'name' | 'value'>> | undefined;
  /** What is left out or not checked, because the templates do not fix it. */
  notices(): readonly Notice[];
}

/** Longest path in the log, in characters. */
const LOGGED_CHARACTERS = 300;

/** Makes the gateway of a sandbox. */
export function createGateway(options: GatewayOptions): Gateway {
  const { bind, names, verifyToken, integrate, mapped = () => new Set(), clock, log } = options;
  let keys: ServedApiKey[] = [];
  let made: { readonly model: AccessModel; readonly runtime: RuntimeModel; readonly plan: GatewayPlan } | undefined;

  /** The plan of this moment. Changes of clients and resource servers leave it as it is. */
  const planOf = (model: AccessModel): GatewayPlan => {
    const runtime = options.runtime();
    if (made?.runtime === runtime && isSameGateway(made.model, model)) return made.plan;
    if (made?.runtime !== runtime) keys = servedApiKeys(runtime, bind, keys);
    const plan = gatewayPlan({ model, runtime, keys, bind, names });
    made = { model, runtime, plan };
    return plan;
  };
  const current = () => planOf(options.model());

  const app = new Hono<{ Bindings: HttpBindings }>();
  app.all('*', async ({ env }) => {
    // The sandbox serves HTTP/1.1 only.
    const { incoming, outgoing } = env as { incoming: IncomingMessage; outgoing: ServerResponse };
    const time = clock();
    const ids = newRequestIds();
    const model = options.model();
    const { answer, path, ...logged } = await answerRequest({ model, plan: planOf(model), verifyToken, integrate }, incoming, ids, time);
    send(outgoing, answer, ids);
    const what = `${incoming.method} ${path.slice(0, LOGGED_CHARACTERS)}`;
    log.add({ part: 'gateway', time, what, status: answer.status, ...logged, requestId: ids.requestId });
    return RESPONSE_ALREADY_SENT;
  });
  return {
    app,
    apis: () => current().stages,
    apiKeys: () => (current(), keys),
    keyOf({ slug, stage }) {
      const plan = current().stage(slug, stage);
      if (plan === undefined || plan.keySource === 'AUTHORIZER') return undefined;
      const key = plan.keySource === 'HEADER' ? keys.find(({ value }) => plan.keyCheck(value).valid === true) : undefined;
      return { ...(key && { name: key.name, ...(key.generated && { value: key.value }) }) };
    },
    notices: () => current().notices(mapped()),
  };
}

/** Whether two models differ at most in what the API of Cognito can change. */
function isSameGateway(a: AccessModel, b: AccessModel): boolean {
  return a === b || (a.apis === b.apis && a.authorizers === b.authorizers && a.methods === b.methods);
}
