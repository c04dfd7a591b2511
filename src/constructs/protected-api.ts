import {
  AuthorizationType, LambdaIntegration, RestApi, type CfnMethod, type GatewayResponse, type GatewayResponseOptions,
  type Integration, type Method, type MethodOptions, type RestApiProps,
} from 'aws-cdk-lib/aws-apigateway';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { METADATA_KEY, type MethodMetadata } from '../model/metadata';
import type { Problem } from '../model/problem';
import { parseRoute, RouteTable, showRoute, type Route } from '../model/route';
import { checkApiMethods } from './private/api-checks';
import { failAtArguments } from './private/arguments';
import { Authorizers, LazyAuthorizer, noAuthorizer } from './private/authorizers';
import { CorsGatewayResponses } from './private/cors-gateway-responses';
import { followAuthorizers } from './private/deployments';
import { allowIamMethods } from './private/iam-methods';
import { checkIssuers } from './private/issuer-checks';
import { failAt, failAtSynth } from './private/problems';
import { checkRouteAccess, checkRoutePlace } from './private/route-checks';
import { noteDeclaredScopes } from './private/shared-scopes';
import { noteServerUse, noteUse } from './private/template-metadata';
import { userPoolKey } from './private/user-pool-key';
import { checkArn } from './private/user-pool-place';
import { undeclared } from './private/user-pool-registry';
import type { RouteOptions } from './route-options';
import type { IScopedResourceServer } from './scoped-resource-server-ref';

/** Properties of `ProtectedApi`: everything that `RestApi` takes, and whose tokens the API accepts. */
export interface ProtectedApiProps extends RestApiProps {
  /**
   * The resource servers whose scopes the routes may demand. The API accepts tokens of their user pools.
   *
   * @default - none
   */
  readonly resourceServers?: IScopedResourceServer[];

  /**
   * Further user pools whose tokens the API accepts, for ID tokens and external scopes.
   *
   * @default - none
   */
  readonly userPools?: IUserPool[];
}

/**
 * A REST API in which every method has a declared access.
 *
 * It is a `RestApi`: everything that takes one takes this. Methods that are added the ordinary way, also through an
 * imported reference to this API, are checked at synthesis: one without scopes, without another authorization and
 * without a stated reason makes it fail. Preflight methods of CORS options are recognised. Such methods have an
 * authorizer of all user pools of the API, unless they ask for IAM or `defaultMethodOptions` names an authorizer or
 * authorization type. A changed authorizer makes API Gateway deploy the API again.
 *
 * Defines what `RestApi` defines, one `AWS::ApiGateway::Authorizer` for each distinct set of user pools that methods need, one
 * Lambda permission per `handler` of its routes, and, with CORS options, gateway responses with CORS headers.
 *
 * @example
 * const api = new ProtectedApi(this, 'Api', { resourceServers: [photos] });
 * api.addRoute('GET /photos', { access: Access.anyOf(read), handler: list });
 * api.addRoute('GET /health', { access: Access.public('probe of the load balancer'), handler: health });
 */
export class ProtectedApi extends RestApi {
  private readonly pools: IUserPool[];
  private readonly authorizers: Authorizers;
  private readonly routes = new RouteTable();
  private readonly externalScopes = new Set<string>();
  private readonly corsResponses?: CorsGatewayResponses;

  public constructor(scope: Construct, id: string, props: ProtectedApiProps = {}) {
    failAtArguments('api', `API "${id}"`, props);
    const pools = distinctPools([...(props.resourceServers ?? []).map(({ userPool }) => userPool), ...(props.userPools ?? [])]);
    const authorizer = new LazyAuthorizer();
    super(scope, id, withDefaultAuthorizer(props, pools.length > 0 ? authorizer : undefined));
    this.pools = pools;
    failAt(pools.flatMap(checkArn));
    props.resourceServers?.forEach(noteServerUse);
    this.authorizers = new Authorizers(this);
    authorizer.resolveWith(() => this.authorizers.attached(pools));
    followAuthorizers(this, this.authorizers);
    allowIamMethods(this);
    if (props.defaultCorsPreflightOptions !== undefined) {
      this.corsResponses = new CorsGatewayResponses(
        this, props.defaultCorsPreflightOptions, (key, options) => super.addGatewayResponse(key, options),
      );
    }
    failAtSynth(this, () => checkApiMethods({
      api: this, userPools: this.pools, externalScopes: this.externalScopes, authorizers: this.authorizers,
    }));
    failAtSynth(this, () => checkIssuers(this));
  }

  /**
   * Adds a method, and the resources of its path that are not there yet.
   *
   * Fails at once, with all that is wrong, for a route that API Gateway would refuse, an access that it cannot check or
   * that no user pool of the API can give, and a route without an integration.
   *
   * @param route verb and path, such as `GET /photos/{id}` or `ANY /files/{path+}`; verbs are those of API Gateway, in any case
   */
  public addRoute(route: string, options: RouteOptions): Method {
    failAtArguments('route', typeof route === 'string' ? `route "${route}"` : 'addRoute', { route, options });
    failAtArguments('routeOptions', `route "${route}"`, { ...options, access: options.access ?? undefined });
    const parsed = parseRoute(route);
    const problems = 'problems' in parsed ? parsed.problems : [];
    failAt([...problems, ...this.checkOptions('route' in parsed ? showRoute(parsed.route) : route, options)]);
    const { verb, path } = (parsed as { route: Route }).route;
    if (usesAuthorizer(options.access)) failAt(this.authorizers.checkRoom(this.poolsOf(options.access)));
    failAt(this.routes.check({ verb, path }));
    failAt(checkRoutePlace(this.root, { verb, path }));
    noteUse(options.access._scopes);
    for (const scope of undeclared(options.access._scopes)) this.externalScopes.add(scope);
    const method = this.root.resourceForPath(path).addMethod(verb, this.integrationOf(options), {
      apiKeyRequired: options.apiKeyRequired ?? this.needsApiKey(options.access),
      operationName: options.operationName,
      requestParameters: options.requestParameters,
      requestModels: options.requestModels,
      requestValidator: options.requestValidator,
      requestValidatorOptions: options.requestValidatorOptions,
      methodResponses: options.methodResponses,
      ...this.authorizationOf(options.access),
    });
    this.routes.add({ verb, path });
    declareAccess(method, options.access);
    noteDeclaredScopes(method.node.defaultChild as CfnMethod, options.access._scopes);
    return method;
  }

  /**
   * Adds a gateway response. Where the API has CORS options, it gets their headers too.
   *
   * Returns the one that the API already has for `DEFAULT_4XX` or `DEFAULT_5XX`, changed.
   */
  public addGatewayResponse(id: string, options: GatewayResponseOptions): GatewayResponse {
    failAtArguments('gatewayResponse', 'gateway response', { id, options });
    failAtArguments('gatewayResponseOptions', `gateway response "${id}"`, options);
    return this.corsResponses?.add(id, options) ?? super.addGatewayResponse(id, options);
  }

  private checkOptions(route: string, options: RouteOptions): Problem[] {
    const hasDefault = this.root.defaultIntegration !== undefined;
    return [...checkRouteAccess(route, options, this.pools), ...checkIntegration(route, options, hasDefault)];
  }

  /** An API key that the API demands by default holds for every route that is not public. */
  private needsApiKey({ _kind }: Access): boolean {
    return _kind === 'apiKey' || (_kind !== 'public' && this.root.defaultMethodOptions?.apiKeyRequired === true);
  }

  private integrationOf(options: RouteOptions): Integration | undefined {
    if (options.handler === undefined) return options.integration;
    return new LambdaIntegration(options.handler, { scopePermissionToMethod: false });
  }

  private authorizationOf(access: Access): MethodOptions {
    switch (access._kind) {
      case 'anyOf':
        return {
          authorizer: this.authorizers.of(this.poolsOf(access)),
          authorizationType: AuthorizationType.COGNITO,
          // Resource servers of two user pools may have one identifier, and so scopes of one full name.
          authorizationScopes: [...new Set(access._scopes.map(({ fullName }) => fullName))],
        };
      case 'idToken':
        return { authorizer: this.authorizers.of(this.poolsOf(access)), authorizationType: AuthorizationType.COGNITO, authorizationScopes: [] };
      case 'iam':
        return { authorizer: noAuthorizer(AuthorizationType.IAM), authorizationType: AuthorizationType.IAM };
      default:
        return { authorizer: noAuthorizer(AuthorizationType.NONE), authorizationType: AuthorizationType.NONE };
    }
  }

  /** Exactly the pools of the scopes; a scope that names no resource server may come from any pool of the API. */
  private poolsOf(access: Access): IUserPool[] {
    if (access._kind === 'idToken') return this.pools;
    const servers = access._scopes.map(({ resourceServer }) => resourceServer);
    return servers.includes(undefined) ? this.pools : servers.map((server) => server!.userPool);
  }
}

function withDefaultAuthorizer(props: ProtectedApiProps, authorizer: LazyAuthorizer | undefined): RestApiProps {
  const { resourceServers: _servers, userPools: _pools, ...restApiProps } = props;
  const ownDefault = props.defaultMethodOptions?.authorizer !== undefined || props.defaultMethodOptions?.authorizationType !== undefined;
  if (authorizer === undefined || ownDefault) return restApiProps;
  return { ...restApiProps, defaultMethodOptions: { ...props.defaultMethodOptions, authorizer } };
}

function distinctPools(userPools: readonly IUserPool[]): IUserPool[] {
  return [...new Map(userPools.map((pool) => [userPoolKey(pool), pool])).values()];
}

function checkIntegration(route: string, options: RouteOptions, hasDefault: boolean): Problem[] {
  const subject = `route "${route}"`;
  if (options.handler !== undefined && options.integration !== undefined) {
    return [{ code: 'RouteIntegration', subject, wrong: 'has both a handler and an integration', expected: 'one of them', fix: 'remove one of them' }];
  }
  if (options.handler !== undefined || options.integration !== undefined || hasDefault) return [];
  return [{
    code: 'RouteIntegration',
    subject,
    wrong: 'has neither a handler nor an integration',
    expected: 'one of them, or a default integration of the API',
    fix: 'pass handler or integration',
  }];
}

function usesAuthorizer(access: Access): boolean {
  return access._kind === 'anyOf' || access._kind === 'idToken';
}

/** Writes into the template what CloudFormation has no property for. */
function declareAccess(method: Method, access: Access): void {
  if (access._kind !== 'public' && access._kind !== 'idToken') return;
  const resource = method.node.defaultChild as CfnMethod;
  // An empty list keeps inherited scopes away; the template needs none.
  if (access._kind === 'idToken') resource.authorizationScopes = undefined;
  const metadata: MethodMetadata = { access: access._kind, ...(access._reason !== undefined && { reason: access._reason }) };
  resource.addMetadata(METADATA_KEY, metadata);
}
