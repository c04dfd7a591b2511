import { CfnMethod, Method, type CfnRestApi, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { checkApiParts } from './api-part-checks';
import { ApiParts, type FinishedResource } from './api-parts';
import type { Authorizers } from './authorizers';
import { warnOfDeprecatedScopes } from './deprecations';
import { rendered } from './rendered';
import { checkMethodScope } from './route-checks';
import { warnOfSharedScopes } from './shared-scopes';
import { UserPoolRegistry } from './user-pool-registry';
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
  const methods = parts.of(CfnMethod.CFN_RESOURCE_TYPE_NAME);
  return [...checkBody(api), ...methods.flatMap((method) => checkMethod(method, checked)), ...checkApiParts(api, parts)];
}

/** A body, which only an escape hatch can give, brings methods that are not constructs. */
function checkBody(api: RestApi): Problem[] {
  const { properties } = rendered(api.node.defaultChild as CfnRestApi);
  const members = ['Body', 'BodyS3Location', 'CloneFrom'].filter((name) => properties[name] !== undefined);
  return members.map((name) => ({
    code: 'RouteAccessMissing',
    subject: `API "${api.node.path}"`,
    wrong: `has methods from ${name}, whose access is not declared here`,
    expected: 'methods that are added to the API',
    fix: 'declare them with addRoute, or use SpecRestApi',
  }));
}

function checkMethod(method: FinishedResource, checked: CheckedApi): Problem[] {
  const subject = methodSubject(method);
  const { properties, metadata: { [METADATA_KEY]: declared } } = method;
  const metadata = declared as MethodMetadata | undefined;
  // A list that only deployment knows stands for one scope or more.
  const scopes: any[] = [properties.AuthorizationScopes ?? []].flat();
  const access = accessOfMethod({
    authorizationType: properties.AuthorizationType,
    authorizer: properties.AuthorizerId === undefined ? undefined : JSON.stringify(properties.AuthorizerId),
    scopes,
    apiKeyRequired: properties.ApiKeyRequired === true,
    preflight: isPreflight(properties),
    metadata,
  });
  if (access.kind !== 'anyOf' && scopes.length > 0) {
    return [{
      code: 'MethodScopesUnchecked',
      subject,
      wrong: 'lists scopes that nothing checks',
      got: scopes.map((scope) => (typeof scope === 'string' ? scope : '<token>')).join(' '),
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
        fix: 'declare it with addRoute and an Access, or set authorizationScopes; Access.public(reason) where it is meant to be open',
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
      return [{
        code: 'RouteAccessMissing',
        subject,
        wrong: `has an access that cannot be known: ${access.unknown}`,
        expected: 'an access on every method',
        fix: 'declare it with addRoute and an Access',
      }];
    case 'anyOf': {
      const texts = scopes.filter((scope) => typeof scope === 'string');
      const userPools = checked.authorizers.userPoolsOf(properties.AuthorizerId, method.resource);
      warnOfDeprecatedScopes(method.resource, subject, checked.userPools, texts);
      if (userPools !== undefined) warnOfSharedScopes(method.resource, subject, userPools, texts);
      return checkScopeStrings(subject, texts, checked, userPools !== undefined);
    }
    default:
      return [];
  }
}

/**
 * @param ours whether an authorizer of the API itself checks the scopes; another authorizer may have other user pools
 */
function checkScopeStrings(subject: string, texts: readonly string[], checked: CheckedApi, ours: boolean): Problem[] {
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

function methodSubject({ resource, properties }: FinishedResource): string {
  const { scope, path } = resource.node;
  return scope instanceof Method ? `method "${scope.httpMethod} ${scope.resource.path}"` : `method "${properties.HttpMethod}" at "${path}"`;
}
