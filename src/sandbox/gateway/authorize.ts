import type { KeyCheck, ServedApiKey } from './api-keys';
import type { MethodPlan, StagePlan } from './gateway-plan';
import { headerValues, isSigned, readToken } from './read-credentials';
import type { AccessModel, Method } from '../../model/access-model';
import type { RouteTarget } from '../../model/answering-methods';
import { decide, type AccessRequest, type Decision } from '../../model/decide';
import { isKnown, isUnknown, type Unknown } from '../../model/value';
import type { VerifiedToken, VerifyToken } from '../cognito/verify-token';

/** What a request carries. */
export interface CarriedCredentials {
  /** Names and values in turn, as received. */
  readonly rawHeaders: readonly string[];
  /** As received, without the question mark. */
  readonly query: string;
}

/** The verdict on a request, with what it was made from. */
export interface Authorization {
  readonly decision: Decision;
  readonly presented?: AccessRequest['token'];
  readonly token?: VerifiedToken;
  readonly apiKey?: ServedApiKey;
}

/**
 * Asks `decide` whether a request is allowed. All that is done here is to find out what the request carries.
 *
 * Where a credential cannot be judged (a signature of AWS credentials, a key whose usage plan is not known), `decide` is asked with and
 * without it: the verdict is unknown where it hangs on that.
 *
 * @param method the method that answers, as far as it is known which
 */
export async function authorize(
  model: AccessModel, target: RouteTarget, method: Method | undefined, plan: MethodPlan | undefined, stage: StagePlan,
  carried: CarriedCredentials, verifyToken: VerifyToken,
): Promise<Authorization> {
  const header = plan?.tokenHeader;
  if (method !== undefined && isUnknown(header)) {
    return { decision: { verdict: 'unknown', method: method.id, reason: { unknown: `the header of the authorizer cannot be known: ${header.unknown}` } } };
  }
  const token = header === undefined ? undefined : await presentedToken(readToken(carried.rawHeaders, header as string), verifyToken);
  const presented = token === undefined || token === 'unverifiable' ? token : {
    use: token.use,
    userPool: token.pool.id,
    scopes: token.scopes,
    ...(token.audience !== undefined && { audience: token.audience }),
    expired: token.expired,
  };
  const { key, valid } = apiKeyOf(method, stage, carried.rawHeaders);
  const signed: Unknown | undefined = method?.access.kind === 'iam' && isSigned(carried.rawHeaders, carried.query) ? NO_SIGNATURES : undefined;
  const decision = decideInDoubt(model, { target, ...(presented !== undefined && { token: presented }) }, valid, signed);
  return {
    decision,
    ...(presented !== undefined && { presented }),
    ...(token !== undefined && token !== 'unverifiable' && { token }),
    ...(key && { apiKey: key }),
  };
}

const NO_SIGNATURES: Unknown = { unknown: 'the sandbox does not check signatures of AWS credentials' };

/** A check that breaks is a token that nobody verified. */
async function presentedToken(read: ReturnType<typeof readToken>, verifyToken: VerifyToken): Promise<VerifiedToken | 'unverifiable' | undefined> {
  if (read === undefined || read === 'unverifiable') return read;
  try {
    return await verifyToken(read.jwt) ?? 'unverifiable';
  } catch {
    return 'unverifiable';
  }
}

/** The key is looked at only where a method may demand one. */
function apiKeyOf(method: Method | undefined, { keyCheck, keySource }: StagePlan, rawHeaders: readonly string[]): ReturnType<KeyCheck> {
  if (method === undefined || (method.apiKeyRequired === false && method.access.kind !== 'apiKey')) return { valid: false };
  if (keySource === 'AUTHORIZER') return { valid: false };
  const values = headerValues(rawHeaders, 'x-api-key');
  const found = values.length === 1 ? keyCheck(values[0]) : { valid: false as const };
  return isKnown(keySource) || found.valid === false ? found : { ...found, valid: { unknown: keySource.unknown } };
}

function decideInDoubt(model: AccessModel, request: AccessRequest, apiKey: boolean | Unknown, signed: Unknown | undefined): Decision {
  const strict = decide(model, { ...request, apiKey: apiKey === true });
  const doubt = signed ?? (isUnknown(apiKey) ? apiKey : undefined);
  if (doubt === undefined || strict.verdict !== 'deny' || strict.method === undefined) return strict;
  const lax = decide(model, { ...request, apiKey: apiKey !== false, iam: signed !== undefined });
  if (lax.verdict === 'deny' && lax.reason === strict.reason) return strict;
  return { verdict: 'unknown', method: strict.method, reason: doubt };
}
