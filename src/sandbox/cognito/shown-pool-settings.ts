import type { ShownPoolSettings } from './live-pool';
import { text, type TemplateReading } from './template-reading';
import type { Domain } from '../../model/access-model';
import type { UserPoolSettings } from '../../model/runtime-model';
import { isUnknown } from '../../model/value';

/** What a template says of the domains and triggers of a user pool. What stays unknown is left out. */
export function shownPoolSettings(
  domains: readonly Domain[], lambdaConfig: UserPoolSettings['lambdaConfig'], reading: TemplateReading,
): ShownPoolSettings {
  const names: { Domain?: string; CustomDomain?: string } = {};
  for (const { custom, domain } of domains) {
    const name = text(domain, 'the name of the domain', reading);
    if (isUnknown(custom)) reading.note('the API does not show the domain', `whether it is a custom one is not known: ${custom.unknown}`);
    else if (name !== undefined) names[custom ? 'CustomDomain' : 'Domain'] = name;
  }
  const triggers: { [trigger: string]: unknown } = {};
  for (const [name, value] of Object.entries(lambdaConfig ?? {})) {
    triggers[name] = typeof value === 'string' || isUnknown(value)
      ? text(value, `LambdaConfig.${name}`, reading)
      : Object.fromEntries(Object.entries(value).map(([member, each]) => [member, text(each, `LambdaConfig.${name}.${member}`, reading)]));
  }
  return { ...names, ...(lambdaConfig && { LambdaConfig: triggers }) };
}
