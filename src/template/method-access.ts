import { PREFLIGHT_REASON, type Access } from '../model/access';
import type { MethodMetadata } from '../model/metadata';
import { isUnknown, type Value } from '../model/value';

/** What a template says about who may call a method, before it is understood. */
export interface MethodAuthorization {
  /** `AuthorizationType`; absent where the template has none. */
  readonly authorizationType?: Value<string>;
  /** Id of the authorizer. */
  readonly authorizer?: Value<string>;
  /** `AuthorizationScopes`, in order; an unknown element stands for one or more scopes. */
  readonly scopes: readonly Value<string>[];
  /** Scopes that are listed beside, where the authorizer does not look. */
  readonly uncheckedScopes?: readonly Value<string>[];
  readonly apiKeyRequired: Value<boolean>;
  /** Whether the method is an OPTIONS mock that answers with CORS headers. */
  readonly preflight: boolean;
  readonly metadata?: MethodMetadata;
}

/** Understands the authorization of a method: one of the closed list of accesses. */
export function accessOfMethod(method: MethodAuthorization): Access {
  const { authorizationType = 'NONE', authorizer, scopes } = method;
  const beside = method.uncheckedScopes ? { uncheckedScopes: method.uncheckedScopes } : {};
  const unchecked = scopes.length > 0 ? { uncheckedScopes: scopes } : {};
  if (isUnknown(authorizationType)) return { kind: 'unknown', unknown: authorizationType.unknown, ...unchecked };
  switch (authorizationType) {
    case 'COGNITO_USER_POOLS':
      if (authorizer === undefined) return { kind: 'unknown', unknown: 'the method names no authorizer', ...unchecked };
      return scopes.length > 0 ? { kind: 'anyOf', authorizer, scopes, ...beside } : { kind: 'idToken', authorizer, ...beside };
    case 'CUSTOM':
      return authorizer === undefined
        ? { kind: 'unknown', unknown: 'the method names no authorizer', ...unchecked }
        : { kind: 'lambda', authorizer, ...unchecked };
    case 'AWS_IAM':
      return { kind: 'iam', ...unchecked };
    case 'NONE': {
      if (method.apiKeyRequired === true) return { kind: 'apiKey', ...unchecked };
      const reason = method.metadata?.reason ?? (method.preflight ? PREFLIGHT_REASON : undefined);
      return { kind: 'public', ...(reason !== undefined && { reason }), ...unchecked };
    }
    default:
      return { kind: 'unknown', unknown: `authorization type ${authorizationType} is none of API Gateway's`, ...unchecked };
  }
}
