import { CfnMethod, Method, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Reference, Stack, Token, Tokenization, type CfnElement } from 'aws-cdk-lib/core';
import { METHOD_SCOPE_THAT_NEVER_MATCHES } from '../../model/decide';
import { METADATA_KEY, type MethodMetadata } from '../../model/metadata';
import type { Problem } from '../../model/problem';
import { COGNITO_ADMIN_SCOPE, isStandardScope } from '../../model/scope-grammar';
import { checkDuplicateScopes } from '../../model/client-rules';
import { accessOfMethod } from '../../template/method-access';
import { isPreflight } from '../../template/preflight';
import type { Access } from '../access';
import type { Scope } from '../scope';
import { userPoolKey } from './user-pool-key';
import { UserPoolRegistry } from './user-pool-registry';

/** Checks the access of a route against what the API can enforce. */
export function checkRouteAccess(route: string, access: Access, userPools: readonly IUserPool[]): Problem[] {
  const subject = `route "${route}"`;
  if (access._kind === 'allOf') {
    return [{
      code: 'AllOfNotEnforceable', subject, wrong: 'demands all of several scopes',
      got: access._scopes.map(({ name }) => name).join(' and '), expected: 'Access.anyOf: the Cognito authorizer of a REST API lets any one of the scopes pass',
      fix: 'declare one scope that stands for all of them, or check the others in the handler',
    }];
  }
  if ((access._kind === 'anyOf' || access._kind === 'idToken') && userPools.length === 0) {
    return [{
      code: 'ApiUserPools', subject, wrong: 'needs a token, but the API knows no user pool',
      expected: 'resourceServers or userPools of the API', fix: 'pass them to the API',
    }];
  }
  return [
    ...checkDuplicateScopes(subject, access._scopes.map(({ fullName }) => fullName)),
    ...access._scopes.flatMap((scope) => [...checkMethodScope(subject, scope.fullName), ...checkScopePool(subject, scope, userPools)]),
  ];
}

/** What the check of a finished API needs to know. */
export interface CheckedApi {
  readonly api: RestApi;
  /** The user pools whose tokens the API takes. */
  readonly userPools: readonly IUserPool[];
  /** External scopes that routes were declared with. */
  readonly externalScopes: ReadonlySet<string>;
}

/** Checks every method of the finished tree that belongs to an API: none without a declared access. */
export function checkApiMethods(checked: CheckedApi): Problem[] {
  const { api } = checked;
  const methods = api.node.root.node.findAll().filter((child): child is CfnMethod => child instanceof CfnMethod);
  return methods.filter((method) => isMethodOf(method, api)).flatMap((method) => checkMethod(method, checked));
}

function checkMethod(method: CfnMethod, checked: CheckedApi): Problem[] {
  const subject = methodSubject(method);
  const { properties, metadata } = rendered(method);
  const scopes = (properties.AuthorizationScopes ?? []) as string[];
  const access = accessOfMethod({
    authorizationType: properties.AuthorizationType,
    authorizer: properties.AuthorizerId === undefined ? undefined : JSON.stringify(properties.AuthorizerId),
    scopes, apiKeyRequired: properties.ApiKeyRequired === true, preflight: isPreflight(properties), metadata,
  });
  if (access.kind !== 'anyOf' && scopes.length > 0) {
    return [{
      code: 'MethodScopesUnchecked', subject, wrong: 'lists scopes that nothing checks', got: scopes.join(' '),
      expected: 'a Cognito authorizer on every method with scopes', fix: 'add the authorizer, or declare the route with addRoute',
    }];
  }
  switch (access.kind) {
    case 'public':
      return access.reason !== undefined ? [] : [{
        code: 'RouteAccessMissing', subject, wrong: 'has no declared access, so everybody could call it', expected: 'an access on every method',
        fix: 'declare it with addRoute and an Access, or set authorizationScopes; Access.public(reason) where it is meant to be open',
      }];
    case 'idToken':
      return metadata?.access === 'idToken' ? [] : [{
        code: 'MethodScopesEmpty', subject, wrong: 'has a Cognito authorizer but no scopes, so it would take ID tokens and refuse access tokens',
        expected: 'authorizationScopes', fix: 'list scopes, or declare the route with Access.idToken()',
      }];
    case 'unknown':
      return [{
        code: 'RouteAccessMissing', subject, wrong: `has an access that cannot be known: ${access.unknown}`,
        expected: 'an access on every method', fix: 'declare it with addRoute and an Access',
      }];
    case 'anyOf':
      return checkScopeStrings(subject, scopes, checked);
    default:
      return [];
  }
}

function checkScopeStrings(subject: string, scopes: readonly unknown[], checked: CheckedApi): Problem[] {
  const texts = scopes.filter((scope): scope is string => typeof scope === 'string');
  const registry = UserPoolRegistry.of(checked.api);
  const external = texts.filter((scope) => checked.externalScopes.has(scope));
  return [
    ...texts.flatMap((scope) => checkMethodScope(subject, scope)),
    ...registry.checkScopes(subject, checked.userPools, texts.filter((scope) => !checked.externalScopes.has(scope)), true),
    ...registry.checkScopes(subject, checked.userPools, external, false),
  ];
}

/**
 * Of the standard scopes only `openid` and `aws.cognito.signin.user.admin` are known to match. `email` is reported never
 * to match; `phone` and `profile` are not verified.
 */
function checkMethodScope(subject: string, scope: string): Problem[] {
  if (Token.isUnresolved(scope) || !isStandardScope(scope) || scope === 'openid' || scope === COGNITO_ADMIN_SCOPE) return [];
  return [{
    code: 'MethodScope', subject, got: scope,
    wrong: scope === METHOD_SCOPE_THAT_NEVER_MATCHES ? 'demands a scope that API Gateway never matches' : 'demands a scope that is not known to match',
    expected: 'a scope of a resource server, openid or aws.cognito.signin.user.admin', fix: 'declare a scope of your own with addScope',
  }];
}

function checkScopePool(subject: string, scope: Scope, userPools: readonly IUserPool[]): Problem[] {
  const own = scope.resourceServer?.userPool;
  if (own === undefined || userPools.some((userPool) => userPoolKey(userPool) === userPoolKey(own))) return [];
  return [{
    code: 'ApiUserPools', subject, wrong: 'demands a scope of a user pool that the API does not know', got: Token.isUnresolved(scope.fullName) ? scope.name : scope.fullName,
    expected: `scopes of ${userPools.map(({ node }) => `user pool "${node.path}"`).join(' or ')}`, fix: 'add its resource server to resourceServers of the API',
  }];
}

function isMethodOf(method: CfnMethod, api: RestApi): boolean {
  const reference = Tokenization.reverseString(method.restApiId).firstToken;
  if (Reference.isReference(reference)) return reference.target === api.node.defaultChild;
  return method.restApiId === api.restApiId;
}

function methodSubject(method: CfnMethod): string {
  const { scope } = method.node;
  return scope instanceof Method ? `method "${scope.httpMethod} ${scope.resource.path}"` : `method "${method.httpMethod}" at "${method.node.path}"`;
}

interface RenderedMethod {
  readonly properties: { readonly [name: string]: any };
  readonly metadata?: MethodMetadata;
}

/** The method as its template will have it, escape hatches included. */
function rendered(method: CfnMethod): RenderedMethod {
  const stack = Stack.of(method);
  // Marked as internal in the CDK, but the only place that knows what overrides leave of a resource.
  const { Resources } = stack.resolve((method as CfnElement & { _toCloudFormation(): object })._toCloudFormation());
  const [resource] = Object.values(Resources) as { Properties?: { [name: string]: any }; Metadata?: { [key: string]: any } }[];
  return { properties: resource.Properties ?? {}, metadata: resource.Metadata?.[METADATA_KEY] };
}
