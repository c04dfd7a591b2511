import type { Access } from './access';
import type { Unknown, Value } from './value';

/** Version of the JSON form of the model. Members may be added within a version, none renamed. */
export const ACCESS_MODEL_VERSION = 1;

/**
 * Who can obtain which token, and which method accepts which token: what a set of templates says
 * about Cognito and API Gateway, as plain data.
 *
 * Ids are unique over the whole model. Entities that a template declares are named `Stack/LogicalId`, those that
 * it only states in its metadata `Stack/` and the id there.
 * Lists of entities are ordered by id; lists inside an entity keep the order of the template.
 */
export interface AccessModel {
  readonly version: typeof ACCESS_MODEL_VERSION;
  readonly userPools: readonly UserPool[];
  readonly domains: readonly Domain[];
  readonly resourceServers: readonly ResourceServer[];
  readonly clients: readonly Client[];
  readonly apis: readonly Api[];
  readonly authorizers: readonly Authorizer[];
  readonly methods: readonly Method[];
  /** Parts of the templates that may declare more, ordered by subject; absent where everything is read. */
  readonly notRead?: readonly NotRead[];
  /** Defaults of parameters that are taken for their values, ordered by subject; absent where there are none. */
  readonly parameterDefaults?: readonly ParameterDefault[];
}

/** A parameter without a value, whose default has a part in what the model says. A deployment may give another value. */
export interface ParameterDefault {
  /** `Stack/Name` of the parameter. */
  readonly subject: string;
  /** The default as a text; elements of a list are separated by commas. */
  readonly value: string;
}

/** A part of a template that is not read, so that clients, methods or others may be missing from the model. */
export interface NotRead {
  /** `Stack/LogicalId` of what is not read. */
  readonly subject: string;
  /** Why it is not read. */
  readonly reason: string;
}

/** What every entity has. */
export interface Entity {
  /** Unique over the whole model. */
  readonly id: string;
  /** Set where the entity exists only under a condition that cannot be decided from here. */
  readonly condition?: Unknown;
}

/** Whether a template of the assembly creates the thing, or only names it, perhaps with what its app states of it. */
export type Origin = 'declared' | 'external';

/** A Cognito user pool. The id of an external pool is its user pool id, such as `us-east-1_AbCdEfGhI`. */
export interface UserPool extends Entity {
  readonly origin: Origin;
  readonly name?: Value<string>;
  /**
   * Form of the issuer in tokens. API Gateway's Cognito authorizer accepts the original form only
   * (Cognito developer guide, "OIDC issuer", 2026).
   */
  readonly issuer: Value<'original' | 'updated'>;
  /** Feature plan; Cognito takes ESSENTIALS where the template has none. */
  readonly plan?: Value<string>;
  /**
   * Version of the pre token generation trigger, where the pool has one. From V2_0 on it can add scopes to
   * users' access tokens and remove them, from V3_0 on also to machine tokens.
   */
  readonly tokenTrigger?: Value<'V1_0' | 'V2_0' | 'V3_0'>;
  /**
   * Full names of all scopes that the trigger is declared to add, to the tokens of some or all callers; ordered as declared.
   * Absent where nobody declared what it adds.
   */
  readonly triggerScopes?: readonly Value<string>[];
}

/** A domain of a user pool: the host of the OAuth endpoints. */
export interface Domain extends Entity {
  /** Id of the user pool. */
  readonly userPool: Value<string>;
  /** Prefix, or the whole host name of a custom domain. */
  readonly domain: Value<string>;
  readonly custom: Value<boolean>;
  /** Absent where a template creates the domain. */
  readonly origin?: 'external';
}

/** A scope as its resource server declares it. */
export interface Scope {
  /** The part behind the last `/` of the full scope name. */
  readonly name: Value<string>;
  readonly description?: Value<string>;
  /** Set where the scope is to go. */
  readonly deprecated?: ScopeDeprecation;
}

/** What a template says of a scope that is to go. */
export interface ScopeDeprecation {
  /** Full name of the scope that takes its place. */
  readonly replacedBy?: Value<string>;
  /** Last day on which the scope is certain to exist, as `YYYY-MM-DD`. */
  readonly removeAfter: string;
  /** Why the scope is to go. */
  readonly reason: string;
}

/** A Cognito resource server. */
export interface ResourceServer extends Entity {
  readonly origin: Origin;
  /** Id of the user pool. */
  readonly userPool: Value<string>;
  readonly identifier: Value<string>;
  readonly name?: Value<string>;
  /** An unknown element stands for any number of scopes. */
  readonly scopes: readonly Value<Scope>[];
}

/** An OAuth 2.0 grant of an app client, in Cognito's words. */
export type OAuthFlow = 'client_credentials' | 'code' | 'implicit';

/** A Cognito app client. */
export interface Client extends Entity {
  readonly origin: Origin;
  /** The client id of a client that exists already. */
  readonly clientId?: Value<string>;
  readonly name?: Value<string>;
  /** Id of the user pool. */
  readonly userPool: Value<string>;
  /** Whether Cognito honours flows and scopes at all (`AllowedOAuthFlowsUserPoolClient`). */
  readonly oauth: Value<boolean>;
  /** Allowed OAuth flows. An unknown element stands for any number of flows. */
  readonly flows: readonly Value<OAuthFlow>[];
  /** Full names of the scopes granted to the client. An unknown element stands for any number of scopes. */
  readonly scopes: readonly Value<string>[];
  /** Explicit authentication flows (`ALLOW_…`); absent where the template leaves them to Cognito's default. */
  readonly authFlows?: readonly Value<string>[];
  /** Whether the client has a secret. */
  readonly secret: Value<boolean>;
}

/** A stage of an API. */
export interface Stage {
  /** Id of the stage: `Stack/LogicalId`. */
  readonly id: string;
  readonly name: Value<string>;
}

/** A customised gateway response of an API. */
export interface GatewayResponse {
  readonly responseType: Value<string>;
  readonly statusCode?: Value<string>;
  /** Response parameters, such as `gatewayresponse.header.Access-Control-Allow-Origin`. */
  readonly parameters: { readonly [name: string]: Value<string> };
  /** Response templates by content type. */
  readonly templates: { readonly [contentType: string]: Value<string> };
}

/** A REST API. */
export interface Api extends Entity {
  readonly origin: Origin;
  readonly kind: 'rest';
  readonly name?: Value<string>;
  /** Whether the API has a resource policy, which API Gateway evaluates after the authorizer. */
  readonly resourcePolicy: boolean;
  /**
   * Set where the resource policy may refuse what authorizers let pass: it does not certainly allow every call, or a private API
   * has none.
   */
  readonly resourcePolicyDoubt?: Unknown;
  /** Set where the resource policy certainly denies everybody every call; the doubt is set then too. Absent otherwise. */
  readonly resourcePolicyDenies?: true;
  /** Whether the API is private: only interface VPC endpoints reach it. Absent where it is not. */
  readonly private?: Value<boolean>;
  readonly stages: readonly Stage[];
  /** Ordered by response type. */
  readonly gatewayResponses: readonly GatewayResponse[];
}

/** An authorizer of an API. */
export interface Authorizer extends Entity {
  /** Id of the API. */
  readonly api: string;
  readonly kind: Value<'cognito' | 'lambda'>;
  readonly name?: Value<string>;
  /** Ids of the user pools whose tokens it accepts; empty unless the kind is `cognito`. */
  readonly userPools: readonly Value<string>[];
  /** Where the token is, such as `method.request.header.Authorization`. */
  readonly identitySource?: Value<string>;
  /** Regular expression that the `aud` claim must match (`IdentityValidationExpression`). */
  readonly audience?: Value<string>;
}

/** A verb of a method. `ANY` stands for every verb that has no method of its own on the resource. */
export type Verb = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH' | 'OPTIONS' | 'HEAD' | 'ANY';

/** What runs behind a method. */
export type IntegrationKind = 'lambda' | 'http' | 'mock' | 'aws';

/** A method of an API: one verb on one path. */
export interface Method extends Entity {
  /** Id of the API. */
  readonly api: string;
  readonly verb: Value<Verb>;
  /** Path template, such as `/photos/{id}`. */
  readonly path: Value<string>;
  readonly access: Access;
  /** Whether API Gateway demands an API key, in addition to the access. */
  readonly apiKeyRequired: Value<boolean>;
  /** Absent where the method has no integration. */
  readonly integration?: Value<IntegrationKind>;
}
