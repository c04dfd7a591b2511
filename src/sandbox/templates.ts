import { DEFAULT_PLACE } from './names';
import type { AccessModel } from '../model/access-model';
import type { RuntimeModel } from '../model/runtime-model';
import { loadTemplates } from '../template/load';
import { modelFromTemplates } from '../template/read-access-model';
import { runtimeFromTemplates } from '../template/runtime/runtime-from-templates';
import { withPlaces } from '../template/with-places';

/** What templates say, in both of its models. */
export interface ReadTemplates {
  readonly model: AccessModel;
  readonly runtime: RuntimeModel;
}

/**
 * Reads what a path names, as deployed to one account and Region where the templates do not say.
 *
 * @throws ProblemError as `loadTemplates` and `modelFromTemplates`
 */
export function readTemplates(path: string): ReadTemplates {
  const set = withPlaces(loadTemplates(path), DEFAULT_PLACE);
  const model = modelFromTemplates(set);
  return { model, runtime: runtimeFromTemplates(set, model) };
}
