import { createHash } from 'node:crypto';
import { keyCheckFor, type KeyCheck, type ServedApiKey } from './api-keys';
import type { Bind } from './bind';
import { arnOf } from '../arn-of';
import { bodyChecks, type PreparedCheck } from './body-schemas';
import { gatewayResponsesOf, type GatewayResponses } from './gateway-response';
import type { IntegrationRequest } from './integrations/integration-call';
import { pathParameterReader } from './path-parameters';
import { requestValidation, type RequestValidation } from './request-validation';
import { servedStages, type ServedStage } from './served-stages';
import { settingNotices } from './setting-notices';
import { tokenHeaderOf } from './token-header';
import { unservedNotices } from './unserved-notices';
import type { AccessModel, Authorizer, Method } from '../../model/access-model';
import { indexOf } from '../../model/model-index';
import type { ApiSettings, MethodSettings, RuntimeModel, StageSettings } from '../../model/runtime-model';
import { isKnown, type Unknown, type Value } from '../../model/value';
import type { Notice } from '../cognito/notice';
import { DEFAULT_PLACE, type RuntimeNames } from '../names';

/** What a request to a stage needs, made once. */
export interface StagePlan extends ServedStage {
  readonly responses: GatewayResponses;
  readonly keyCheck: KeyCheck;
  readonly keySource: Value<'HEADER' | 'AUTHORIZER'>;
  /** ARN as answers show it: all but the last four digits of the account are hidden (public captures). */
  readonly shownArn: string;
  /** What integrations are told of the API. */
  readonly api: IntegrationRequest['api'];
}

/** What a request to a method needs, made once. */
export interface MethodPlan {
  /** The header that its Cognito authorizer reads; absent where the method has none. */
  readonly tokenHeader?: string | Unknown;
  readonly resourcePath: string;
  readonly resourceId: string;
  /** As they stand in the path. */
  readonly pathParameters: (path: string) => { [name: string]: string };
  /** Absent where the method has no settings. */
  readonly validation?: RequestValidation;
}

/** All that the gateway makes once of a model, and not for each request. */
export interface GatewayPlan {
  readonly stages: readonly ServedStage[];
  readonly slugs: ReadonlySet<string>;
  stage(slug: string, stage: string): StagePlan | undefined;
  method(method: Method): MethodPlan;
  /**
   * What is left out, or not checked, because the templates do not fix it.
   *
   * @param mapped ids of the methods that a local URL stands behind in place of their integration
   */
  notices(mapped: ReadonlySet<string>): Notice[];
}

/** What a plan is made from. */
export interface PlanParts {
  readonly model: AccessModel;
  readonly runtime: RuntimeModel;
  readonly keys: readonly ServedApiKey[];
  readonly bind: Bind;
  readonly names: Pick<RuntimeNames, 'api'>;
}

/** Makes the plan of a model. */
export function gatewayPlan(parts: PlanParts): GatewayPlan {
  const { model, runtime, bind } = parts;
  const { stages, notices } = servedStages(model, bind);
  const settings = new Map(runtime.apis.map((api) => [api.id, api]));
  const plans = new Map(stages.map((each) => [`${each.slug}/${each.stage}`, stagePlan(each, settings.get(each.id), parts)]));
  const methodSettings = new Map(runtime.methods.map((method) => [method.id, method]));
  const checks = new Map<string, (name: string) => PreparedCheck>();
  const methods = new Map<string, MethodPlan>();
  const { authorizers } = indexOf(model);

  const planOf = (method: Method) => {
    let plan = methods.get(method.id);
    if (plan === undefined) methods.set(method.id, plan = methodPlan(method, authorizers, methodSettings.get(method.id), checksOf(method.api), bind));
    return plan;
  };
  const checksOf = (api: string) => {
    let found = checks.get(api);
    if (found === undefined) checks.set(api, found = bodyChecks(settings.get(api)?.models ?? {}));
    return found;
  };
  return {
    stages: stages.map(({ stageId: _, ...stage }) => stage),
    slugs: new Set(stages.map(({ slug }) => slug)),
    stage: (slug, stage) => plans.get(`${slug}/${stage}`),
    method: planOf,
    notices: (mapped) => [
      ...notices,
      ...settingNotices(model, runtime, bind),
      ...unservedNotices(model, runtime, mapped),
      ...model.methods.flatMap((method) => planOf(method).validation?.notices ?? []),
    ],
  };
}

function stagePlan(served: ServedStage & { readonly stageId: string }, settings: ApiSettings | undefined, parts: PlanParts): StagePlan {
  const { model, runtime, keys, bind, names } = parts;
  const { stageId, ...stage } = served;
  const api = indexOf(model).apis.get(stage.id)!;
  const { account = DEFAULT_PLACE.account, region = DEFAULT_PLACE.region } = settings ?? {};
  return {
    ...stage,
    responses: gatewayResponsesOf(api, bind),
    keyCheck: keyCheckFor(keys, runtime.usagePlans, stage.id, stage.stage, bind),
    keySource: settings?.apiKeySource ?? 'HEADER',
    shownArn: arnOf('execute-api', { account: `********${account.slice(-4)}`, region }, `${names.api(stage.id)}/${stage.stage}`),
    api: {
      id: names.api(stage.id),
      stage: stage.stage,
      stageVariables: knownTexts(settings?.stages.find(({ id }: StageSettings) => id === stageId)?.variables ?? {}, bind),
      account,
      binaryMediaTypes: (settings?.binaryMediaTypes ?? []).map(bind).filter(isKnown),
    },
  };
}

function knownTexts(texts: { readonly [name: string]: Value<string> }, bind: Bind): { [name: string]: string } {
  return Object.fromEntries(Object.entries(texts).flatMap(([name, value]): [string, string][] => {
    const text = bind(value);
    return isKnown(text) ? [[name, text]] : [];
  }));
}

function methodPlan(
  method: Method, authorizers: ReadonlyMap<string, Authorizer>, settings: MethodSettings | undefined, checkOf: (name: string) => PreparedCheck,
  bind: Bind,
): MethodPlan {
  const { access, api, path } = method;
  const resourcePath = isKnown(path) ? path : '/';
  const tokenHeader = access.kind === 'anyOf' || access.kind === 'idToken'
    ? tokenHeaderOf(isKnown(access.authorizer) ? authorizers.get(access.authorizer) : undefined, bind) : undefined;
  return {
    ...(tokenHeader !== undefined && { tokenHeader }),
    resourcePath,
    resourceId: createHash('sha256').update(`${api} ${resourcePath}`).digest('hex').slice(0, 10),
    pathParameters: pathParameterReader(resourcePath),
    ...(settings && { validation: requestValidation(settings, checkOf) }),
  };
}
