import { randomBytes } from 'node:crypto';
import type { Bind } from './bind';
import type { RuntimeModel, UsagePlan } from '../../model/runtime-model';
import { isKnown, isUnknown, type Unknown, type Value } from '../../model/value';

/** An API key as the sandbox has it. */
export interface ServedApiKey {
  /** Id in the runtime model. */
  readonly id: string;
  readonly name: string;
  /** That of the template, or one made for this run where the template states none. */
  readonly value: string;
  /** Whether the value was made for this run. */
  readonly generated: boolean;
  readonly enabled: Value<boolean>;
}

/** Says whether a value of `x-api-key` opens a stage. */
export type KeyCheck = (value: string | undefined) => { readonly key?: ServedApiKey; readonly valid: boolean | Unknown };

/** Bytes of a generated key: 40 characters, as many as those of API Gateway have. */
const GENERATED_BYTES = 30;

/** The keys of a model; those without a value in the template get one. Keys keep the generated value of `before`. */
export function servedApiKeys({ apiKeys }: Pick<RuntimeModel, 'apiKeys'>, bind: Bind, before: readonly ServedApiKey[] = []): ServedApiKey[] {
  return apiKeys.map(({ id, name, value, enabled }) => {
    const stated = value === undefined ? undefined : bind(value);
    const shown = name === undefined ? undefined : bind(name);
    const generated = !isKnown(stated);
    const kept = before.find((key) => key.id === id && key.generated)?.value;
    return {
      id,
      name: isKnown(shown) ? shown : id,
      value: generated ? kept ?? randomBytes(GENERATED_BYTES).toString('base64url') : stated,
      generated,
      enabled,
    };
  });
}

/**
 * Prepares the check of keys for one stage: a key opens it where it is enabled and in a usage plan of the stage (API Gateway developer
 * guide, «Usage plans and API keys for REST APIs», 2026). Rates and quotas of usage plans are not looked at.
 */
export function keyCheckFor(keys: readonly ServedApiKey[], plans: readonly UsagePlan[], api: string, stage: string, bind: Bind): KeyCheck {
  const byValue = new Map(keys.map((key) => [key.value, { key, valid: validity(key, plans, api, stage, bind) }]));
  return (value) => (value === undefined ? undefined : byValue.get(value)) ?? { valid: false };
}

function validity(key: ServedApiKey, plans: readonly UsagePlan[], api: string, stage: string, bind: Bind): boolean | Unknown {
  if (key.enabled === false) return false;
  let open: Unknown | undefined;
  for (const plan of plans) {
    const stages = plan.stages.filter((each) => each.api === api).map((each) => bind(each.stage));
    const ids = plan.keys;
    const stageDoubt = stages.includes(stage) ? undefined : stages.find(isUnknown);
    const keyDoubt = ids.includes(key.id) ? undefined : ids.find(isUnknown);
    if (!stages.includes(stage) && stageDoubt === undefined) continue;
    if (!ids.includes(key.id) && keyDoubt === undefined) continue;
    const doubt = stageDoubt ?? keyDoubt;
    if (doubt === undefined) return isUnknown(key.enabled) ? { unknown: key.enabled.unknown } : true;
    open ??= { unknown: doubt.unknown };
  }
  return open ?? false;
}
