import { CfnMethod, Method, Resource, type CfnRestApi, type IResource, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { CfnOutput, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib/core';
import { METHOD_SCOPE_THAT_NEVER_MATCHES } from '../../model/decide';
import { METADATA_KEY, type MethodMetadata } from '../../model/metadata';
import type { Problem } from '../../model/problem';
import { isVariable, showRoute, splitPath, type Route } from '../../model/route';
import { COGNITO_ADMIN_SCOPE, isStandardScope } from '../../model/scope-grammar';
import { checkDuplicateScopes } from '../../model/client-rules';
import { accessOfMethod } from '../../template/method-access';
import { isPreflight } from '../../template/preflight';
import type { Access } from '../access';
import type { RouteOptions } from '../route-options';
import type { Scope } from '../scope';
import type { Authorizers } from './authorizers';
import { rendered } from './rendered';
import { userPoolKey } from './user-pool-key';
import { UserPoolRegistry } from './user-pool-registry';

/** Checks the access of a route against what the API can enforce. */
export function checkRouteAccess(route: string, options: RouteOptions, userPools: readonly IUserPool[]): Problem[] {
  const subject = `route "${route}"`;
  // The type demands an access; JavaScript and the other languages may still pass none.
  const access = options.access as Access | undefined;
  if (access === undefined || access === null) {
    return [{
      code: 'RouteAccessMissing', subject, wrong: 'has no declared access', expected: 'an access on every route',
      fix: 'pass access, for example Access.anyOf(scope)',
    }];
  }
  if (access._kind === 'apiKey' && options.apiKeyRequired === false) {
    return [{
      code: 'RouteAccessMissing', subject, wrong: 'needs an API key and sets apiKeyRequired to false, so everybody could call it',
      expected: 'one of them', fix: 'remove apiKeyRequired, or use Access.public(reason)',
    }];
  }
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
        code: 'RouteVariableSibling', subject, wrong: `has another variable than the resource "${place.path}" has`, got: part,
        expected: `"${other}"`, fix: 'use one variable at this place of the path in all routes',
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

/** What the check of a finished API needs to know. */
export interface CheckedApi {
  readonly api: RestApi;
  /** The user pools whose tokens the API takes. */
  readonly userPools: readonly IUserPool[];
  /** External scopes that routes were declared with. */
  readonly externalScopes: ReadonlySet<string>;
  /** The authorizers that the API defined itself. */
  readonly authorizers: Authorizers;
}

/** Checks every method of the finished tree that belongs to an API: none without a declared access. */
export function checkApiMethods(checked: CheckedApi): Problem[] {
  const { api } = checked;
  const isOurs = apiMatcher(api);
  const methods = api.node.root.node.findAll().filter((child): child is CfnMethod => child instanceof CfnMethod);
  return [...checkBody(api), ...methods.filter(isOurs).flatMap((method) => checkMethod(method, checked))];
}

/** A body, which only an escape hatch can give, brings methods that are not constructs. */
function checkBody(api: RestApi): Problem[] {
  const { properties } = rendered(api.node.defaultChild as CfnRestApi);
  const members = ['Body', 'BodyS3Location', 'CloneFrom'].filter((name) => properties[name] !== undefined);
  return members.map((name) => ({
    code: 'RouteAccessMissing', subject: `API "${api.node.path}"`, wrong: `has methods from ${name}, whose access is not declared here`,
    expected: 'methods that are added to the API', fix: 'declare them with addRoute, or use SpecRestApi',
  }));
}

function checkMethod(method: CfnMethod, checked: CheckedApi): Problem[] {
  const subject = methodSubject(method);
  const { properties, metadata: { [METADATA_KEY]: metadata } } = rendered(method) as { properties: any; metadata: { [METADATA_KEY]?: MethodMetadata } };
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
      return checkScopeStrings(subject, scopes, checked, checked.authorizers.include(properties.AuthorizerId, method));
    default:
      return [];
  }
}

/**
 * @param ours whether an authorizer of the API itself checks the scopes; another authorizer may have other user pools
 */
function checkScopeStrings(subject: string, scopes: readonly unknown[], checked: CheckedApi, ours: boolean): Problem[] {
  const texts = scopes.filter((scope): scope is string => typeof scope === 'string');
  const problems = texts.flatMap((scope) => checkMethodScope(subject, scope));
  if (!ours) return problems;
  const registry = UserPoolRegistry.of(checked.api);
  const isExternal = (scope: string) => checked.externalScopes.has(scope);
  return [
    ...problems,
    ...registry.checkScopes(subject, checked.userPools, texts.filter((scope) => !isExternal(scope)), true),
    ...registry.checkScopes(subject, checked.userPools, texts.filter(isExternal), false),
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
    code: 'ApiUserPools', subject, wrong: 'demands a scope of a user pool that the API does not know', got: scope.fullName,
    expected: `scopes of ${userPools.map(({ node }) => `user pool "${node.path}"`).join(' or ')}`, fix: 'add its resource server to resourceServers of the API',
  }];
}

/** Tells which methods belong to an API: by its id, also where the id comes out of an export of the app. */
function apiMatcher(api: RestApi): (method: CfnMethod) => boolean {
  const isId = (text: unknown) => {
    const reference = typeof text === 'string' ? Tokenization.reverseString(text).firstToken : text;
    return Reference.isReference(reference) ? reference.target === api.node.defaultChild : text === api.restApiId;
  };
  const exportsOfId = api.node.root.node.findAll()
    .filter((child): child is CfnOutput => child instanceof CfnOutput && child.exportName !== undefined && isId(child.value))
    .map((output) => JSON.stringify(Stack.of(output).resolve(output.exportName)));
  return (method) => {
    if (isId(method.restApiId)) return true;
    const imported = Stack.of(method).resolve(method.restApiId)?.['Fn::ImportValue'];
    return imported !== undefined && exportsOfId.includes(JSON.stringify(imported));
  };
}

function methodSubject(method: CfnMethod): string {
  const { scope } = method.node;
  return scope instanceof Method ? `method "${scope.httpMethod} ${scope.resource.path}"` : `method "${method.httpMethod}" at "${method.node.path}"`;
}
