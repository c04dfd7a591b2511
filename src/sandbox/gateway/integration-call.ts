/** A request as an integration gets it: the gateway let it pass. */
export interface IntegrationRequest {
  readonly verb: string;
  /** Path without the stage, as received: not decoded. */
  readonly path: string;
  /** Path template of the method: `/photos/{id}`. */
  readonly resourcePath: string;
  /** Values of the path variables, decoded. */
  readonly pathParameters: { readonly [name: string]: string };
  /** Names and values, decoded, in the order of the request. */
  readonly query: readonly (readonly [string, string])[];
  /** As received, in order. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
  readonly api: {
    /** Id as API Gateway has it. */
    readonly id: string;
    readonly stage: string;
    readonly stageVariables: { readonly [name: string]: string };
    readonly account: string;
    readonly binaryMediaTypes: readonly string[];
  };
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly sourceIp: string;
  /** Such as `HTTP/1.1`. */
  readonly protocol: string;
  /** Id of the resource as API Gateway has it. */
  readonly resourceId: string;
  /** Claims of the token, where a Cognito authorizer let it pass. */
  readonly claims?: { readonly [name: string]: unknown };
  /** The API key, where the method demands one. */
  readonly apiKey?: { readonly id: string; readonly value: string };
}

/** What an integration makes of a request. */
export type IntegrationAnswer =
  | { readonly kind: 'response'; readonly status: number; readonly headers: readonly (readonly [string, string])[]; readonly body: Uint8Array | string }
  /** API Gateway answers in its own name. `reason` is for the log. */
  | {
    readonly kind: 'failure';
    readonly responseType: 'INTEGRATION_FAILURE' | 'INTEGRATION_TIMEOUT' | 'DEFAULT_5XX';
    readonly status: number;
    readonly message: string;
    readonly reason: string;
  }
  /** The sandbox cannot do what AWS would. */
  | { readonly kind: 'cannotRun'; readonly reason: string };

/** Runs the integration of a method, by its id in the access model. */
export type Integrate = (method: string, request: IntegrationRequest) => Promise<IntegrationAnswer>;
