import { CfnMethod, Method, type CfnRestApi, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Stack } from 'aws-cdk-lib/core';
import { checkApiParts } from './api-part-checks';
import { ApiParts, type FinishedResource } from './api-parts';
import { AuthorizerPools } from './authorizer-pools';
import type { Authorizers } from './authorizers';
import { warnOfDeprecatedScopes } from './deprecations';
import { hasTransform, rendered, show } from './rendered';
import { checkMethodScope } from './route-checks';
import { warnOfSharedScopes } from './shared-scopes';
import { UserPoolRegistry } from './user-pool-registry';
import { variantsOf } from './variants';
import { METADATA_KEY, type MethodMetadata } from '../../model/metadata';
import type { Problem } from '../../model/problem';
import { accessOfMethod } from '../../template/method-access';
import { isPreflight } from '../../template/preflight';

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

/** Checks everything of the finished tree that belongs to an API: no method without a declared access, and nothing that API Gateway refuses. */
export function checkApiMethods(checked: CheckedApi): Problem[] {
  const { api } = checked;
  const parts = new ApiParts(api);
  const foreign = new AuthorizerPools(api, parts);
  const methods = parts.of(CfnMethod.CFN_RESOURCE_TYPE_NAME);
  return [...checkBody(api), ...methods.flatMap((method) => checkMethod(method, checked, foreign)), ...checkApiParts(api, parts, methods)];
}

/** A body, which only an escape hatch can give, brings methods that are not constructs; so may a transform. */
function checkBody(api: RestApi): Problem[] {
  const { properties, transform } = rendered(api.node.defaultChild as CfnRestApi);
  const members = ['Body', 'BodyS3Location', 'CloneFrom'].filter((name) => properties[name] !== undefined);
  return [...members, ...(transform === undefined ? [] : ['a transform'])].map((source) => ({
    code: 'RouteAccessMissing',
    subject: `API "${api.node.path}"`,
    wrong: `has methods from ${source}, whose access is not declared here`,
    expected: 'methods that are added to the API',
    fix: 'declare them with addRoute, or use SpecRestApi',
  }));
}

/** Checks a method in every way that the conditions of its template can go. */
function checkMethod(method: FinishedResource, checked: CheckedApi, foreign: AuthorizerPools): Problem[] {
  const { resource, properties, transform } = method;
  const { AuthorizationType, AuthorizerId, AuthorizationScopes, ApiKeyRequired } = properties;
  const authorization: Authorization = { AuthorizationType, AuthorizerId, AuthorizationScopes, ApiKeyRequired };
  if (transform !== undefined || hasTransform(authorization)) return [unknownAccess(method, 'a transform may write it')];
  const variants = variantsOf(Stack.of(resource), authorization);
  if (variants === undefined) return [unknownAccess(method, 'it depends on too many conditions')];
  const problems = variants.flatMap((variant) => checkAuthorization(method, variant, checked, foreign));
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** What decides who may call a method, as one variant of its template has it. */
interface Authorization {
  readonly AuthorizationType?: unknown;
  readonly AuthorizerId?: unknown;
  readonly AuthorizationScopes?: unknown;
  readonly ApiKeyRequired?: unknown;
}

function checkAuthorization(method: FinishedResource, authorization: Authorization, checked: CheckedApi, foreign: AuthorizerPools): Problem[] {
  const subject = methodSubject(method);
  const { AuthorizationType: type, AuthorizerId: authorizerId } = authorization;
  const metadata = method.metadata[METADATA_KEY] as MethodMetadata | undefined;
  // A list that only deployment knows stands for one scope or more.
  const scopes: any[] = [authorization.AuthorizationScopes ?? []].flat();
  const access = accessOfMethod({
    authorizationType: typeof type === 'object' ? { unknown: 'only deployment knows its authorization type' } : type as string | undefined,
    authorizer: authorizerId === undefined ? undefined : JSON.stringify(authorizerId),
    scopes,
    apiKeyRequired: authorization.ApiKeyRequired === true,
    preflight: isPreflight(method.properties),
    metadata,
  });
  if (access.kind !== 'anyOf' && scopes.length > 0) {
    return [{
      code: 'MethodScopesUnchecked',
      subject,
      wrong: 'lists scopes that nothing checks',
      got: scopes.map((scope) => show(scope)).join(' '),
      expected: 'a Cognito authorizer on every method with scopes',
      fix: 'add the authorizer, or declare the route with addRoute',
    }];
  }
  switch (access.kind) {
    case 'public':
      return typeof access.reason === 'string' && access.reason.trim() !== '' ? [] : [{
        code: 'RouteAccessMissing',
        subject,
        wrong: 'has no declared access, so everybody could call it',
        expected: 'an access on every method',
        fix: 'declare it with addRoute and an Access, or give it a Cognito authorizer and authorizationScopes; '
          + 'Access.public(reason) where it is meant to be open',
      }];
    case 'idToken':
      return metadata?.access === 'idToken' ? [] : [{
        code: 'MethodScopesEmpty',
        subject,
        wrong: 'has a Cognito authorizer but no scopes, so it would take ID tokens and refuse access tokens',
        expected: 'authorizationScopes',
        fix: 'list scopes, or declare the route with Access.idToken()',
      }];
    case 'unknown':
      return [unknownAccess(method, access.unknown)];
    case 'anyOf': {
      const texts = scopes.filter((scope) => typeof scope === 'string');
      const problems = texts.flatMap((scope) => checkMethodScope(subject, scope));
      const userPools = checked.authorizers.userPoolsOf(authorizerId, method.resource);
      if (userPools !== undefined) {
        warnOfDeprecatedScopes(method.resource, subject, checked.userPools, texts);
        warnOfSharedScopes(method.resource, subject, userPools, texts);
        return [...problems, ...checkOwnScopes(subject, texts, checked)];
      }
      const others = foreign.of(authorizerId, method.resource);
      warnOfDeprecatedScopes(method.resource, subject, others ?? checked.userPools, texts);
      return others === undefined ? problems : [...problems, ...checkForeignScopes(subject, texts, others, checked, foreign)];
    }
    default:
      return [];
  }
}

function unknownAccess(method: FinishedResource, reason: string): Problem {
  return {
    code: 'RouteAccessMissing',
    subject: methodSubject(method),
    wrong: `has an access that cannot be known: ${reason}`,
    expected: 'an access on every method',
    fix: 'declare it with addRoute and an Access',
  };
}

/** Checks scopes that an authorizer of the API itself checks. */
function checkOwnScopes(subject: string, texts: readonly string[], checked: CheckedApi): Problem[] {
  const registry = UserPoolRegistry.of(checked.api);
  const isExternal = (scope: string) => checked.externalScopes.has(scope);
  return [
    ...registry.checkScopes(subject, checked.userPools, texts.filter((scope) => !isExternal(scope)), true),
    ...registry.checkScopes(subject, checked.userPools, texts.filter(isExternal), false),
  ];
}

/**
 * Checks scopes that an authorizer of somebody else checks, whose user pools are known. A resource server that the app
 * does not know may exist all the same, unless the app knows it in another user pool.
 */
function checkForeignScopes(
  subject: string, texts: readonly string[], userPools: readonly IUserPool[], checked: CheckedApi, foreign: AuthorizerPools,
): Problem[] {
  const registry = UserPoolRegistry.of(checked.api);
  const isKnownIn = (pools: readonly IUserPool[], scope: string) => registry.checkScopes(subject, pools, [scope], true).length === 0;
  return texts.flatMap((scope): Problem[] => {
    const problems = registry.checkScopes(subject, userPools, [scope], false);
    const isElsewhere = !isKnownIn(userPools, scope) && isKnownIn(checked.userPools, scope);
    if (problems.length > 0 || !isElsewhere || !userPools.every((userPool) => foreign.declares(userPool))) return problems;
    return [{
      code: 'ScopeUnknown',
      subject,
      wrong: 'uses a scope of a user pool whose tokens its authorizer does not take',
      got: scope,
      expected: `a scope of ${userPools.map(({ node }) => `user pool "${node.path}"`).join(' or ')}`,
      fix: 'give the authorizer the user pool of the scope, or leave out the authorizer',
    }];
  });
}

/** A method in the words of messages. */
function methodSubject({ resource, properties }: FinishedResource): string {
  const { scope, path } = resource.node;
  return scope instanceof Method ? `method "${scope.httpMethod} ${scope.resource.path}"` : `method "${show(properties.HttpMethod)}" at "${path}"`;
}
