import type { IModel, Integration, IRequestValidator, MethodResponse, RequestValidatorOptions } from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Access } from './access';

/** What a route has besides its access: `ProtectedApi.addRoute` takes it with one, `DeclaredAccess.addRoutes` without. */
export interface RouteSettings {
  /**
   * The function that answers, as a Lambda proxy integration.
   *
   * The function gets one permission for the whole API, however many routes it answers. Either this or `integration`.
   *
   * @default - the `integration` answers, else the default integration of the API
   */
  readonly handler?: IFunction;

  /**
   * What answers, for anything other than a Lambda proxy integration.
   *
   * A `LambdaIntegration` gives its function two permissions per route, one of them for test calls in the console, as the CDK
   * does by default. `handler`, or `scopePermissionToMethod: false`, gives one for the whole API.
   *
   * @default - the `handler` answers, else the default integration of the API
   */
  readonly integration?: Integration;

  /**
   * Whether a caller also needs an API key, in addition to the access. Not together with `Access.public()`.
   *
   * @default - true for `Access.apiKey()`, false for `Access.public()`, else what `defaultMethodOptions` of the API say
   */
  readonly apiKeyRequired?: boolean;

  /**
   * Friendly name of the operation.
   *
   * @default - none
   */
  readonly operationName?: string;

  /**
   * Request parameters that the integration uses: `method.request.querystring.page` to whether it is required.
   *
   * @default - none
   */
  readonly requestParameters?: { [name: string]: boolean };

  /**
   * Models of the request body by content type.
   *
   * @default - none
   */
  readonly requestModels?: { [contentType: string]: IModel };

  /**
   * Validator of requests. Not together with `requestValidatorOptions`.
   *
   * @default - requests are not validated
   */
  readonly requestValidator?: IRequestValidator;

  /**
   * Options of a new validator of requests. Not together with `requestValidator`.
   *
   * @default - requests are not validated
   */
  readonly requestValidatorOptions?: RequestValidatorOptions;

  /**
   * Responses of the method, for integrations that are not proxies.
   *
   * @default - none
   */
  readonly methodResponses?: MethodResponse[];
}

/** Options of `ProtectedApi.addRoute`. */
export interface RouteOptions extends RouteSettings {
  /** What a caller needs. Takes the place of the API's default authorizer, authorization type and scopes. */
  readonly access: Access;
}
