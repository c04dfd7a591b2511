import type { AccessModel, UserPool } from './access-model';
import { indexOf } from './model-index';
import { isKnown, isUnknown, sameText, type Unknown, type Value } from './value';

/**
 * What is assumed of a user pool that templates only name, by its ARN or id, a parameter or an import: the issuer of a pool that states none, which
 * is the only one that API Gateway's Cognito authorizer takes (Cognito developer guide, «OIDC issuer», 2026), and no trigger
 * that changes scopes. The matrix notes it for each such pool.
 */
export const EXTERNAL_USER_POOL_ASSUMPTION = {
  issuer: 'original',
  text: 'the original issuer and without a pre token generation trigger that changes access tokens',
} as const;

/** A user pool that templates only name. */
export function externalUserPool(id: string): UserPool {
  return { id, origin: 'external', issuer: EXTERNAL_USER_POOL_ASSUMPTION.issuer };
}

/** The form of a user pool id (`UserPoolIdType`, botocore 1.43.107). */
const USER_POOL_ID = /^[\w-]+_[0-9a-zA-Z]+$/;

/** Whether a text can be the id of a user pool. */
export function isUserPoolId(text: string): boolean {
  return USER_POOL_ID.test(text);
}

/** The id in the ARN of a user pool; undefined where a text is no such ARN. */
export function userPoolIdOfArn(arn: string): string | undefined {
  const [, id] = /^arn:[\w-]+:cognito-idp:[\w-]+:\d+:userpool\/([^/]+)$/.exec(arn) ?? [];
  return id !== undefined && isUserPoolId(id) ? id : undefined;
}

/**
 * Whether two ids are of the same user pool: `true`, `false`, or `undefined` where that cannot be known.
 *
 * A pool that a template declares gets its user pool id at deployment: any literal id may be the one that it has.
 * A text that cannot be a user pool id stands for something else, of which nothing is known.
 */
export function sameUserPool(model: AccessModel, a: Value<string>, b: Value<string>): boolean | undefined {
  if (isKnown(a) && a === b) return true;
  const first = kindOf(model, a);
  const second = kindOf(model, b);
  if (first === 'declared' && second === 'declared') return false;
  if ([first, second].some((kind) => kind === 'declared' || kind === 'other')) return undefined;
  return sameText(a, b);
}

/** Why it cannot be known whether two ids are of the same user pool. */
export function userPoolDoubt(a: Value<string>, b: Value<string>): Unknown {
  const reason = [a, b].find(isUnknown)?.unknown ?? `${String(a)} and ${String(b)} may be one user pool`;
  return { unknown: `whether the user pools are the same cannot be known: ${reason}` };
}

function kindOf(model: AccessModel, pool: Value<string>): 'declared' | 'literal' | 'other' | 'unknown' {
  if (!isKnown(pool)) return 'unknown';
  if (indexOf(model).userPools.get(pool)?.origin === 'declared') return 'declared';
  return isUserPoolId(pool) ? 'literal' : 'other';
}
