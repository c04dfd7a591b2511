import type { Operations } from './operation';
import { RESOURCE_SERVER_OPERATIONS } from './operations/resource-servers';
import { USER_POOL_OPERATIONS } from './operations/user-pools';

/** All operations of the API that the sandbox has. */
export const OPERATIONS: Operations = {
  ...RESOURCE_SERVER_OPERATIONS,
  ...USER_POOL_OPERATIONS,
};
