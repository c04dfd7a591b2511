import type { AccessModel, Method } from '../model/access-model';
import { indexOf } from '../model/model-index';

/** Methods of equal access, which any caller reaches alike. */
export interface MethodGroup {
  /** One of them, to ask `decide` about. */
  readonly sample: Method;
  /** Positions in the list of methods, ascending. */
  readonly positions: number[];
}

/** Groups methods by what a decision looks at, in the order of their first method. */
export function groupMethods(model: AccessModel, methods: readonly Method[]): MethodGroup[] {
  const { apis } = indexOf(model);
  const groups = new Map<string, MethodGroup>();
  methods.forEach((method, position) => {
    const { resourcePolicyDoubt, resourcePolicyDenies } = apis.get(method.api) ?? {};
    const key = JSON.stringify([method.access, method.apiKeyRequired, method.condition, resourcePolicyDoubt, resourcePolicyDenies]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { sample: method, positions: [position] });
    else group.positions.push(position);
  });
  return [...groups.values()];
}
