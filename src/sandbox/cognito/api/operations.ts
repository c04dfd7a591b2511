import type { Operations } from './operation';
import { CLIENT_SECRET_OPERATIONS } from './operations/client-secrets';
import { CLIENT_TOKEN_OPERATIONS } from './operations/client-token';
import { CLIENT_OPERATIONS } from './operations/clients';
import { RESOURCE_SERVER_OPERATIONS } from './operations/resource-servers';
import { SIGN_IN_OPERATIONS } from './operations/sign-in';
import { USER_POOL_OPERATIONS } from './operations/user-pools';
import { USER_OPERATIONS } from './operations/users';

/** All operations of the API that the sandbox has. */
export const OPERATIONS: Operations = {
  ...RESOURCE_SERVER_OPERATIONS,
  ...CLIENT_OPERATIONS,
  ...CLIENT_SECRET_OPERATIONS,
  ...CLIENT_TOKEN_OPERATIONS,
  ...SIGN_IN_OPERATIONS,
  ...USER_OPERATIONS,
  ...USER_POOL_OPERATIONS,
};
