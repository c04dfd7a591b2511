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
 * @param stdin what standard input held, for the path `-`; read where it is not given
 * @throws ProblemError as `loadTemplates` and `modelFromTemplates`
 */
export function readTemplates(path: string, stdin?: string): ReadTemplates {
  const set = withPlaces(loadTemplates(path, stdin === undefined ? undefined : () => stdin), DEFAULT_PLACE);
  const model = modelFromTemplates(set);
  return { model, runtime: runtimeFromTemplates(set, model) };
}
