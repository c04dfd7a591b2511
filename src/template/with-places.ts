import type { TemplateSet } from './template-set';

/** A set whose stacks are all deployed somewhere: those that name no account or no Region get these. */
export function withPlaces(set: TemplateSet, { account, region }: { readonly account: string; readonly region: string }): TemplateSet {
  const templates = set.templates.map((source) => ({
    ...source,
    environment: { account: source.environment.account ?? account, region: source.environment.region ?? region },
  }));
  return { ...set, templates };
}
