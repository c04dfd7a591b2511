import type { ApiKey, UsagePlan } from '../../model/runtime-model';
import type { Value } from '../../model/value';
import type { EntityIds } from '../entity-ids';
import { member } from '../json';
import type { ResourceTable, TemplateResource } from '../resources';
import { Unresolved, isResolvedObject, toText, type Resolved } from '../unresolved';
import { flagValue, requiredText, textValue } from '../values';
import { resourceOfExpression } from './function-references';
import { isPresent } from './is-present';

const KEY_TYPE = 'AWS::ApiGateway::ApiKey';
const PLAN_TYPE = 'AWS::ApiGateway::UsagePlan';

/** Reads an `AWS::ApiGateway::ApiKey`. A key is disabled unless the template enables it (`enabled` of CreateApiKey; unverified). */
export function readApiKey(resource: TemplateResource): ApiKey {
  const name = textValue(resource.property('Name'), 'Name');
  const value = textValue(resource.property('Value'), 'Value');
  return {
    id: resource.id,
    ...(name !== undefined && { name }),
    ...(value !== undefined && { value }),
    enabled: flagValue(resource.property('Enabled'), 'Enabled', false),
  };
}

/**
 * Reads the usage plans of a set with their keys: `AWS::ApiGateway::UsagePlan` and `UsagePlanKey`. A key with stages of its own
 * (`StageKeys`) gives a plan too. Keys of plans outside of the templates are left out, and so are stages of which nothing is known.
 */
export function readUsagePlans(table: ResourceTable, ids: EntityIds): UsagePlan[] {
  const keys = new Map<string, Value<string>[]>();
  for (const link of table.ofType('AWS::ApiGateway::UsagePlanKey')) {
    const plan = declared(link.property('UsagePlanId'), PLAN_TYPE, table);
    if (plan === undefined) continue;
    const key = link.property('KeyId');
    const list = keys.get(plan.id) ?? [];
    list.push(declared(key, KEY_TYPE, table)?.id ?? requiredText(key, 'KeyId'));
    keys.set(plan.id, list);
  }
  const plans = table.ofType(PLAN_TYPE).map((plan) => ({
    id: plan.id,
    stages: stagesOf(plan.property('ApiStages'), { api: 'ApiId', stage: 'Stage' }, plan, ids),
    keys: keys.get(plan.id) ?? [],
    ...limitsOf(plan),
  }));
  const ofKeys = table.ofType(KEY_TYPE).map((key) => ({
    id: `${key.id} StageKeys`,
    stages: stagesOf(key.property('StageKeys'), { api: 'RestApiId', stage: 'StageName' }, key, ids),
    keys: [key.id],
  }));
  return [...plans, ...ofKeys.filter(({ stages }) => stages.length > 0)];
}

function limitsOf(plan: TemplateResource): Pick<UsagePlan, 'limits'> {
  const stages = plan.property('ApiStages');
  const throttles = [plan.property('Throttle'), ...(Array.isArray(stages) ? stages : []).map((stage) => member(stage, 'Throttle'))].some(isPresent);
  const limits = [...(throttles ? ['Throttle' as const] : []), ...(isPresent(plan.property('Quota')) ? ['Quota' as const] : [])];
  return limits.length > 0 ? { limits } : {};
}

type PlanStage = UsagePlan['stages'][number];

function stagesOf(value: Resolved, names: { readonly api: string; readonly stage: string }, owner: TemplateResource, ids: EntityIds): PlanStage[] {
  const listed: readonly Resolved[] = Array.isArray(value) ? value : [value];
  return listed.filter(isResolvedObject).map(({ [names.api]: api, [names.stage]: stage }) => {
    return { api: ids.api(api, owner), stage: requiredText(stage, names.stage) };
  });
}

/** The resource of a type that a value names, by `Ref` or an attribute. */
function declared(value: Resolved, type: string, table: ResourceTable): TemplateResource | undefined {
  const text = toText(value, 'an id');
  const resource = text instanceof Unresolved ? resourceOfExpression(table, text.expression) : undefined;
  return resource?.type === type ? resource : undefined;
}
