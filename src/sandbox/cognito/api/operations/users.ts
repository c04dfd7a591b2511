import { randomBytes } from 'node:crypto';
import { isUserAttribute } from '../../../../model/sign-in-rules';
import type { LivePool, LiveUser } from '../../live-pool';
import { hashPassword } from '../../passwords';
import { createUser, findUser } from '../../users';
import { ApiError } from '../api-error';
import { flag, list, oneOf, optional, structure, text, whole } from '../input';
import { ATTRIBUTE_NAME, PASSWORD, UNUSED, USER_POOL_ID, USERNAME } from '../members';
import { operation, type Operations } from '../operation';
import { pageOf } from '../page-of';
import { readUserFilter } from '../user-filter';

const MAX_PAGE = 60;
const ONE = { UserPoolId: USER_POOL_ID, Username: USERNAME };
const ATTRIBUTES = optional(list(structure({ Name: ATTRIBUTE_NAME, Value: optional(text({ max: 2048 })) })));

/**
 * The operations on users. The password policy of the user pool is not known here and not checked; messages to users are not sent.
 */
export const USER_OPERATIONS: Operations = {
  AdminCreateUser: operation({
    ...ONE,
    UserAttributes: ATTRIBUTES,
    TemporaryPassword: optional(PASSWORD),
    MessageAction: optional(oneOf('RESEND', 'SUPPRESS')),
    ClientMetadata: UNUSED,
    DesiredDeliveryMediums: optional(list(oneOf('SMS', 'EMAIL'))),
    ForceAliasCreation: optional(flag()),
    ValidationData: UNUSED,
  }, async (call, { MessageAction, TemporaryPassword, UserAttributes = [], UserPoolId, Username }) => {
    const pool = call.pool(UserPoolId);
    const known = findUser(pool, Username);
    if (MessageAction === 'RESEND') return { User: userOutput(await renewed(known, TemporaryPassword, call.clock())) };
    if (known !== undefined) throw usernameExists();
    // Cognito makes up a password where there is none, and sends it to the user: here nobody learns it.
    const password = TemporaryPassword ?? randomBytes(24).toString('base64url');
    const attributes = attributesOf(UserAttributes);
    const user = await createUser(pool, { username: Username, password, attributes, temporary: true }, call.clock());
    if (user === undefined) throw usernameExists();
    return { User: userOutput(user) };
  }),

  AdminSetUserPassword: operation({
    ...ONE, Password: PASSWORD, Permanent: optional(flag()),
  }, async (call, { Password, Permanent = false, UserPoolId, Username }) => {
    const user = userOf(call.pool(UserPoolId), Username);
    user.password = await hashPassword(Password);
    user.status = Permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
    user.updatedAt = call.clock();
    return {};
  }),

  AdminDeleteUser: operation(ONE, (call, { UserPoolId, Username }) => {
    const pool = call.pool(UserPoolId);
    pool.users.delete(userOf(pool, Username).username);
    return {};
  }),

  ListUsers: operation({
    UserPoolId: USER_POOL_ID,
    AttributesToGet: optional(list(ATTRIBUTE_NAME)),
    Filter: optional(text({ max: 256 })),
    Limit: optional(whole({ min: 0, max: MAX_PAGE })),
    PaginationToken: optional(text({ min: 1, pattern: '[\\S]+' })),
  }, (call, { AttributesToGet, Filter, Limit, PaginationToken, UserPoolId }) => {
    const pool = call.pool(UserPoolId);
    const matches = readUserFilter(Filter);
    const users = [...pool.users.values()].filter(matches);
    // A limit of 0 counts as none («unverified»).
    const { items, nextToken } = pageOf(users, ({ username }) => username, Limit === undefined || Limit === 0 ? MAX_PAGE : Limit, PaginationToken);
    return {
      Users: items.map((user) => {
        const { Attributes, ...rest } = userOutput(user);
        return { ...rest, Attributes: Attributes.filter(({ Name }) => AttributesToGet?.includes(Name) ?? true) };
      }),
      PaginationToken: nextToken,
    };
  }),
};

/**
 * Attributes of a new user; any other name would become a claim of ID tokens. Which custom attributes the user pool has is not known
 * here and not checked; `sub` is left out («unverified», as the words of the error).
 */
function attributesOf(given: readonly { readonly Name: string; readonly Value?: string }[]): { [name: string]: string } {
  const attributes = given.filter(({ Name }) => Name !== 'sub');
  if (!attributes.every(({ Name }) => isUserAttribute(Name))) {
    throw new ApiError('InvalidParameterException', 'Attributes did not conform to the schema: one is neither a standard nor a custom attribute');
  }
  return Object.fromEntries(attributes.map(({ Name, Value = '' }) => [Name, Value]));
}

function userOf(pool: LivePool, name: string): LiveUser {
  const user = findUser(pool, name);
  if (user === undefined) throw new ApiError('UserNotFoundException', 'User does not exist.');
  return user;
}

function usernameExists(): ApiError {
  return new ApiError('UsernameExistsException', 'User account already exists');
}

/** Sends an invitation again: a new temporary password, for users who have not signed in yet. */
async function renewed(user: LiveUser | undefined, password: string | undefined, now: number): Promise<LiveUser> {
  if (user === undefined) throw new ApiError('UserNotFoundException', 'User does not exist.');
  if (user.status !== 'FORCE_CHANGE_PASSWORD') {
    throw new ApiError('UnsupportedUserStateException', "Resend not possible. user's status is not FORCE_CHANGE_PASSWORD");
  }
  if (password !== undefined) user.password = await hashPassword(password);
  user.updatedAt = now;
  return user;
}

interface UserOutput {
  readonly Attributes: readonly { readonly Name: string; readonly Value: string }[];
  readonly [member: string]: unknown;
}

function userOutput({ attributes, createdAt, enabled, status, sub, updatedAt, username }: LiveUser): UserOutput {
  return {
    Username: username,
    Attributes: Object.entries({ ...attributes, sub }).map(([Name, Value]) => ({ Name, Value })),
    UserCreateDate: createdAt / 1000,
    UserLastModifiedDate: updatedAt / 1000,
    Enabled: enabled,
    UserStatus: status,
  };
}
