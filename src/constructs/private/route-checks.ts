import { CfnDeployment, Resource, type IResource } from 'aws-cdk-lib/aws-apigateway';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { CfnResource, Token } from 'aws-cdk-lib/core';
import { checkDuplicateScopes } from '../../model/client-rules';
import { METHOD_SCOPE_THAT_NEVER_MATCHES } from '../../model/decide';
import type { Problem } from '../../model/problem';
import { isVariable, showRoute, splitPath, type Route } from '../../model/route';
import { COGNITO_ADMIN_SCOPE, isStandardScope } from '../../model/scope-grammar';
import type { Access } from '../access';
import type { RouteOptions } from '../route-options';
import type { Scope } from '../scope';
import { isMemberOfAll } from './construct-keys';
import { isSameUserPool } from './user-pool-key';

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
  if (access._kind === 'public' && options.apiKeyRequired === true) {
    return [{
      code: 'RouteAccessMissing',
      subject,
      wrong: 'is public and needs an API key, so not everybody could call it',
      expected: 'one of them',
      fix: 'remove apiKeyRequired, or use Access.apiKey()',
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

/** Checks a route against what the CDK has in the place of its path: methods and resources, with or without `addRoute`, and names of its own. */
export function checkRoutePlace(root: IResource, route: Route): Problem[] {
  const subject = `route "${showRoute(route)}"`;
  const parts = splitPath(route.path);
  const own = parts.filter((part, position) => isOwnName(root, part, position));
  if (own.length > 0) return own.map((part) => namedByCdk(subject, 'has a path part with a name that the CDK needs itself', part));
  let place: IResource | undefined = root;
  for (const part of parts) {
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
    const next: IResource | undefined = place.getResource(part);
    if (next === undefined) {
      const taken = place.node.tryFindChild(part) !== undefined;
      return taken ? [namedByCdk(subject, `has a path part named as the method ${part} of "${place.path}", and the CDK keeps both by one id`, part)] : [];
    }
    place = next;
  }
  const there = place.node.tryFindChild(route.verb);
  if (there === undefined) return [];
  if (there instanceof Resource) {
    return [namedByCdk(subject, `has a verb named as the resource "${there.path}", and the CDK keeps both by one id`, route.verb)];
  }
  return [{
    code: 'RouteDuplicate', subject, wrong: 'has a method already', expected: 'one declaration per verb and path', fix: 'remove one of them',
  }];
}

/**
 * Whether a path part cannot be the id of its resource: constructs keep children in plain objects, have `Resource` and `Default`
 * for the children that make them up, and logical ids leave `Default` out, as which an API holds its root.
 */
function isOwnName(root: IResource, part: string, position: number): boolean {
  if (isMemberOfAll(part) || part === 'Default') return true;
  if (position > 0) return part === 'Resource' || (part === 'OPTIONS' && root.defaultCorsPreflightOptions !== undefined);
  const twin = root.api.node.tryFindChild(part)?.node.tryFindChild('Resource');
  // The logical id of a deployment has a hash behind it.
  return twin instanceof CfnResource && !(twin instanceof CfnDeployment);
}

function namedByCdk(subject: string, wrong: string, got: string): Problem {
  return { code: 'RoutePathPart', subject, wrong, got, expected: 'another name', fix: 'rename the part, or use a variable such as {name} in its place' };
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
  const poolOf = ({ resourceServer }: Scope) => resourceServer?.userPool;
  const isSame = (a: Scope, b: Scope) => a.fullName === b.fullName && (!poolOf(a) || !poolOf(b) || isSameUserPool(poolOf(a)!, poolOf(b)!));
  const again = scopes.filter((scope, position) => scopes.slice(0, position).some((each) => isSame(each, scope)));
  return checkDuplicateScopes(subject, again.flatMap(({ fullName }) => [fullName, fullName]));
}

function checkScopePool(subject: string, scope: Scope, userPools: readonly IUserPool[]): Problem[] {
  const own = scope.resourceServer?.userPool;
  if (own === undefined || userPools.some((userPool) => isSameUserPool(userPool, own))) return [];
  return [{
    code: 'ApiUserPools',
    subject,
    wrong: 'demands a scope of a user pool that the API does not know',
    got: scope.fullName,
    expected: `scopes of ${userPools.map(({ node }) => `user pool "${node.path}"`).join(' or ')}`,
    fix: 'add its resource server to resourceServers of the API',
  }];
}
