import type { AccessModel } from '../../../src/model/access-model';
import type { RuntimeModel } from '../../../src/model/runtime-model';

/** The ids that an access model and the runtime model of the same templates have in common. */
export function idsOf(model: AccessModel | RuntimeModel) {
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  const stages = (model.apis as readonly { readonly stages: readonly { readonly id: string }[] }[]).map((api) => ids(api.stages));
  return { userPools: ids(model.userPools), clients: ids(model.clients), apis: ids(model.apis), methods: ids(model.methods), stages };
}
