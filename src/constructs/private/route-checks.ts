import { Method, Resource, type IResource } from 'aws-cdk-lib/aws-apigateway';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Token } from 'aws-cdk-lib/core';
import { checkDuplicateScopes } from '../../model/client-rules';
import { METHOD_SCOPE_THAT_NEVER_MATCHES } from '../../model/decide';
import type { Problem } from '../../model/problem';
import { isVariable, showRoute, splitPath, type Route } from '../../model/route';
import { COGNITO_ADMIN_SCOPE, isStandardScope } from '../../model/scope-grammar';
import type { Access } from '../access';
import type { RouteOptions } from '../route-options';
import type { Scope } from '../scope';
import { userPoolKey } from './user-pool-key';

/** Checks the access of a route against what the API can enforce. */
export function checkRouteAccess(route: string, options: RouteOptions, userPools: readonly IUserPool[]): Problem[] {
  const subject = `route "${route}"`;
  // The type demands an access; JavaScript and the other languages may still pass none.
  const access = options.access as Access | undefined;
  if (access === undefined || access === null) {
    return [{
      code: 'RouteAccessMissing',
      subject,
      wrong: 'has no declared access',
      expected: 'an access on every route',
      fix: 'pass access, for example Access.anyOf(scope)',
    }];
  }
  if (access._kind === 'apiKey' && options.apiKeyRequired === false) {
    return [{
      code: 'RouteAccessMissing',
      subject,
      wrong: 'needs an API key and sets apiKeyRequired to false, so everybody could call it',
      expected: 'one of them',
      fix: 'remove apiKeyRequired, or use Access.public(reason)',
    }];
  }
  if (access._kind === 'allOf') {
    return [{
      code: 'AllOfNotEnforceable',
      subject,
      wrong: 'demands all of several scopes',
      got: access._scopes.map(({ name }) => name).join(' and '),
      expected: 'Access.anyOf: the Cognito authorizer of a REST API lets any one of the scopes pass',
      fix: 'declare one scope that stands for all of them, or check the others in the handler',
    }];
  }
  if ((access._kind === 'anyOf' || access._kind === 'idToken') && userPools.length === 0) {
    return [{
      code: 'ApiUserPools',
      subject,
      wrong: 'needs a token, but the API knows no user pool',
      expected: 'resourceServers or userPools of the API',
      fix: 'pass them to the API',
    }];
  }
  return [
    ...checkScopesOnce(subject, access._scopes),
    ...access._scopes.flatMap((scope) => [...checkMethodScope(subject, scope.fullName), ...checkScopePool(subject, scope, userPools)]),
  ];
}

/** Checks a route against methods and resources that were added without `addRoute`. */
export function checkRoutePlace(root: IResource, route: Route): Problem[] {
  const subject = `route "${showRoute(route)}"`;
  let place: IResource | undefined = root;
  for (const part of splitPath(route.path)) {
    const siblings: string[] = place.node.children.flatMap((child) => (child instanceof Resource ? splitPath(child.path).slice(-1) : []));
    const other = isVariable(part) ? siblings.find((each) => isVariable(each) && each !== part) : undefined;
    if (other !== undefined) {
      return [{
        code: 'RouteVariableSibling',
        subject,
        wrong: `has another variable than the resource "${place.path}" has`,
        got: part,
        expected: `"${other}"`,
        fix: 'use one variable at this place of the path in all routes',
      }];
    }
    place = place.getResource(part);
    if (place === undefined) return [];
  }
  if (!(place.node.tryFindChild(route.verb) instanceof Method)) return [];
  return [{
    code: 'RouteDuplicate', subject, wrong: 'has a method already', expected: 'one declaration per verb and path', fix: 'remove one of them',
  }];
}

/**
 * Of the standard scopes only `openid` and `aws.cognito.signin.user.admin` are known to match. `email` is reported never
 * to match; `phone` and `profile` are not verified.
 */
export function checkMethodScope(subject: string, scope: string): Problem[] {
  if (Token.isUnresolved(scope) || !isStandardScope(scope) || scope === 'openid' || scope === COGNITO_ADMIN_SCOPE) return [];
  return [{
    code: 'MethodScope',
    subject,
    got: scope,
    wrong: scope === METHOD_SCOPE_THAT_NEVER_MATCHES ? 'demands a scope that API Gateway never matches' : 'demands a scope that is not known to match',
    expected: 'a scope of a resource server, openid or aws.cognito.signin.user.admin',
    fix: 'declare a scope of your own with addScope',
  }];
}

/** Scopes of one full name are two scopes where they belong to two user pools. */
function checkScopesOnce(subject: string, scopes: readonly Scope[]): Problem[] {
  const poolOf = ({ resourceServer }: Scope) => (resourceServer === undefined ? undefined : userPoolKey(resourceServer.userPool));
  const isSame = (a: Scope, b: Scope) => a.fullName === b.fullName && (poolOf(a) === poolOf(b) || !poolOf(a) || !poolOf(b));
  const again = scopes.filter((scope, position) => scopes.slice(0, position).some((each) => isSame(each, scope)));
  return checkDuplicateScopes(subject, again.flatMap(({ fullName }) => [fullName, fullName]));
}

function checkScopePool(subject: string, scope: Scope, userPools: readonly IUserPool[]): Problem[] {
  const own = scope.resourceServer?.userPool;
  if (own === undefined || userPools.some((userPool) => userPoolKey(userPool) === userPoolKey(own))) return [];
  return [{
    code: 'ApiUserPools',
    subject,
    wrong: 'demands a scope of a user pool that the API does not know',
    got: scope.fullName,
    expected: `scopes of ${userPools.map(({ node }) => `user pool "${node.path}"`).join(' or ')}`,
    fix: 'add its resource server to resourceServers of the API',
  }];
}
