import type { Verb } from './access-model';
import type { Unknown, Value } from './value';

/**
 * How the things of an access model run: settings of clients that decide about tokens only in detail, what stands behind methods,
 * the functions, API keys. Plain data, read from the same templates; ids are those of the access model.
 *
 * What a template does not fix is unknown, with its reason; the expression of an unknown text names the resources that it hangs on.
 */
export interface RuntimeModel {
  readonly userPools: readonly UserPoolSettings[];
  readonly clients: readonly ClientSettings[];
  readonly apis: readonly ApiSettings[];
  readonly methods: readonly MethodSettings[];
  readonly functions: readonly FunctionSettings[];
  readonly apiKeys: readonly ApiKey[];
  readonly usagePlans: readonly UsagePlan[];
}

/** Where a stack is deployed, as far as the assembly says. */
export interface Place {
  readonly account?: string;
  readonly region?: string;
}

/** What decides how users of a user pool sign in. */
export interface UserPoolSettings extends Place {
  /** Id of the user pool in the access model. */
  readonly id: string;
  /** `email` and `phone_number` where users sign in with them instead of a name (`UsernameAttributes`). */
  readonly usernameAttributes: readonly Value<string>[];
  /** `LambdaConfig`: ARNs of functions by trigger, some with a version beside them; absent where the template has none. */
  readonly lambdaConfig?: { readonly [trigger: string]: Value<string> | { readonly [member: string]: Value<string> } };
}

/** What decides about the tokens of a client, beside its grants and scopes. */
export interface ClientSettings {
  /** Id of the client in the access model. */
  readonly id: string;
  readonly callbackUrls: readonly Value<string>[];
  readonly logoutUrls: readonly Value<string>[];
  readonly defaultRedirectUri?: Value<string>;
  /** Lives of tokens in seconds; Cognito's defaults where the template has none: 3,600, 3,600 and 2,592,000. */
  readonly accessTokenValidity: Value<number>;
  readonly idTokenValidity: Value<number>;
  readonly refreshTokenValidity: Value<number>;
  /** Whether refresh tokens can be revoked (`EnableTokenRevocation`; true where the template has none). */
  readonly tokenRevocation: Value<boolean>;
  /** Set where refresh tokens rotate; `graceSeconds` is how long the old one stays good. */
  readonly refreshTokenRotation?: { readonly graceSeconds: Value<number> };
  /** Whether errors hide that a user does not exist (`PreventUserExistenceErrors` is `ENABLED`). */
  readonly hidesUserExistence: Value<boolean>;
  /**
   * Attributes of users that the client may read (`ReadAttributes`). Absent where the template has none: the standard ones then (API
   * reference, `UserPoolClientType`, 2026).
   */
  readonly readAttributes?: readonly Value<string>[];
  /** What else the template says of the client, which decides about no token. */
  readonly shown?: ShownClientSettings;
}

/** Settings of a client that the API of Cognito shows, under its names; each absent where the template has none. */
export interface ShownClientSettings {
  readonly AnalyticsConfiguration?: { readonly [member: string]: Value<string> | Value<boolean> };
  /** Minutes. */
  readonly AuthSessionValidity?: Value<number>;
  readonly EnablePropagateAdditionalUserContextData?: Value<boolean>;
  readonly SupportedIdentityProviders?: readonly Value<string>[];
  readonly TokenValidityUnits?: { readonly [token in 'AccessToken' | 'IdToken' | 'RefreshToken']?: Value<TimeUnit> };
  readonly WriteAttributes?: readonly Value<string>[];
}

/** Unit in which the life of a token is stated. */
export type TimeUnit = 'seconds' | 'minutes' | 'hours' | 'days';

/** What decides how an API answers, beside its methods. */
export interface ApiSettings extends Place {
  /** Id of the API in the access model. */
  readonly id: string;
  readonly binaryMediaTypes: readonly Value<string>[];
  /** Where API keys are looked for. */
  readonly apiKeySource: Value<'HEADER' | 'AUTHORIZER'>;
  /**
   * JSON schemas (draft 4) of request bodies by the name of the model, with those that every API has; an unknown one cannot be
   * checked. A `$ref` to another model of the API is `MODEL_REFERENCE` and its name. A model without a name of its own has one that
   * only this runtime model knows.
   */
  readonly models: { readonly [name: string]: Value<JsonSchema> };
  readonly stages: readonly StageSettings[];
}

/** What a `$ref` to another model of the API begins with. */
export const MODEL_REFERENCE = 'model:';

/** A JSON schema, as an object in another object so that it is told apart from an unknown one. */
export interface JsonSchema {
  readonly schema: object;
}

/** What a stage adds to its API. */
export interface StageSettings {
  /** Id of the stage in the access model. */
  readonly id: string;
  readonly variables: { readonly [name: string]: Value<string> };
  /** What `MethodSettings` and `StageDescription` set for requests, in this order; absent where that is nothing. */
  readonly methodSettings?: readonly ('throttling' | 'caching')[];
}

/** What API Gateway does with a request that the authorizer lets pass. */
export interface MethodSettings {
  /** Id of the method in the access model. */
  readonly id: string;
  /** Whether a request validator looks at the body, and at parameters. */
  readonly validatesBody: Value<boolean>;
  readonly validatesParameters: Value<boolean>;
  /** Parameters of the request, such as `method.request.querystring.q`, and whether they are required. */
  readonly requestParameters: { readonly [name: string]: Value<boolean> };
  /** Names of models by content type. */
  readonly requestModels: { readonly [contentType: string]: Value<string> };
  readonly integration: Integration;
}

/** What stands behind a method. */
export type Integration = LambdaProxyIntegration | MockIntegration | HttpProxyIntegration | OtherIntegration;

/** `AWS_PROXY` with a Lambda function. */
export interface LambdaProxyIntegration {
  readonly kind: 'lambdaProxy';
  /** Id of the function among the functions of this model; a text that names none of them is a function elsewhere. */
  readonly function: Value<string>;
  /** Milliseconds until API Gateway gives up; 29,000 where the template has none. */
  readonly timeout: Value<number>;
}

/** `MOCK`. */
export interface MockIntegration {
  readonly kind: 'mock';
  /** Mapping templates by content type; they name the status code that chooses a response. */
  readonly requestTemplates: { readonly [contentType: string]: Value<string> };
  readonly passthroughBehavior: Value<string>;
  readonly responses: readonly IntegrationResponse[];
}

/** One of the responses of an integration. */
export interface IntegrationResponse {
  readonly statusCode: Value<string>;
  /** Regular expression that chooses it; the response without one is the default. */
  readonly selectionPattern?: Value<string>;
  /** Such as `method.response.header.X` with `'a literal'`. */
  readonly responseParameters: { readonly [name: string]: Value<string> };
  readonly responseTemplates: { readonly [contentType: string]: Value<string> };
}

/** `HTTP_PROXY`. */
export interface HttpProxyIntegration {
  readonly kind: 'httpProxy';
  /** May hold path variables, `{id}`. */
  readonly url: Value<string>;
  readonly verb: Value<Verb>;
  /** Such as `integration.request.path.id` with `method.request.path.id`. */
  readonly requestParameters: { readonly [name: string]: Value<string> };
  readonly timeout: Value<number>;
}

/** An integration that needs AWS, or none at all. */
export interface OtherIntegration {
  readonly kind: 'other';
  /** What it is, for people: `an AWS service integration (dynamodb)`. */
  readonly what: string;
}

/** A Lambda function. */
export interface FunctionSettings extends Place {
  /** `Stack/LogicalId`. */
  readonly id: string;
  readonly name?: Value<string>;
  /** Such as `nodejs22.x`. */
  readonly runtime: Value<string>;
  readonly handler: Value<string>;
  readonly code: FunctionCode;
  readonly environment: { readonly [name: string]: Value<string> };
  /** Seconds; 3 where the template has none. */
  readonly timeout: Value<number>;
  /** MB; 128 where the template has none. */
  readonly memory: Value<number>;
  /** What the template puts around the code, in this order; absent where that is nothing. */
  readonly surroundings?: readonly ('Layers' | 'VpcConfig')[];
}

/** Where the code of a function is. */
export type FunctionCode =
  /** A folder, or a zip or JavaScript file, on this machine. Absolute path. */
  | { readonly kind: 'asset'; readonly path: string }
  /** `ZipFile`: the text of the one file `index`. */
  | { readonly kind: 'inline'; readonly source: string }
  /** Code that is not here: an image, an object on S3, an asset whose file is missing. */
  | ({ readonly kind: 'elsewhere' } & Unknown);

/** An API key. */
export interface ApiKey {
  /** `Stack/LogicalId`. */
  readonly id: string;
  readonly name?: Value<string>;
  /** The key itself, where the template states one. API Gateway generates one otherwise. */
  readonly value?: Value<string>;
  readonly enabled: Value<boolean>;
}

/** A usage plan: which keys open which stages. */
export interface UsagePlan {
  /** `Stack/LogicalId`. */
  readonly id: string;
  /** Ids of APIs in the access model and names of their stages. */
  readonly stages: readonly { readonly api: string; readonly stage: Value<string> }[];
  /** Ids of API keys; an unknown one may be any. */
  readonly keys: readonly Value<string>[];
  /** The limits that it sets, of whatever value, in this order; absent where there are none. */
  readonly limits?: readonly ('Throttle' | 'Quota')[];
}
