import { readIntegrationMappings, type IntegrationMapping } from './integration-mappings';
import { DEFAULT_PLACE } from './names';
import type { SandboxOptions } from './sandbox-options';
import type { AccessModel } from '../model/access-model';
import type { RuntimeModel } from '../model/runtime-model';
import { loadTemplates } from '../template/load';
import { modelFromTemplates } from '../template/read-access-model';
import { runtimeFromTemplates } from '../template/runtime/runtime-from-templates';
import { withPlaces } from '../template/with-places';

/** What templates say, in both of their models, with the local URLs in place of some of their integrations. */
export interface ServedTemplates {
  readonly model: AccessModel;
  readonly runtime: RuntimeModel;
  readonly mappings: readonly IntegrationMapping[];
}

/**
 * Reads what a path names, as deployed to one account and Region where the templates do not say.
 *
 * @throws ProblemError as `loadTemplates`, `modelFromTemplates` and `readIntegrationMappings`
 */
export function readTemplates({ path, stdin, integrations = [] }: SandboxOptions): ServedTemplates {
  const read = modelsOf(path, stdin);
  return { ...read, mappings: readIntegrationMappings(integrations, read.model) };
}

/**
 * Reads changed templates. A route of `integrations` that has gone is reported, and keeps the others not away.
 *
 * @throws ProblemError as `loadTemplates` and `modelFromTemplates`
 */
export function readTemplatesAgain({ path, integrations = [] }: SandboxOptions, report: (line: string) => void): ServedTemplates {
  const read = modelsOf(path);
  const mappings = integrations.flatMap((text) => {
    try {
      return readIntegrationMappings([text], read.model);
    } catch (error) {
      report((error as Error).message);
      return [];
    }
  });
  return { ...read, mappings };
}

function modelsOf(path: string, stdin?: string): Omit<ServedTemplates, 'mappings'> {
  const set = withPlaces(loadTemplates(path, stdin === undefined ? undefined : () => stdin), DEFAULT_PLACE);
  const model = modelFromTemplates(set);
  return { model, runtime: runtimeFromTemplates(set, model) };
}
