import { isKnown, type Value } from '../../../model/value';

/** A request that passed the authorizer and the validators, as an integration sees it. */
export interface IntegrationRequest {
  readonly verb: string;
  /** Without the stage, as received, not decoded. */
  readonly path: string;
  /** Template of the path: `/photos/{id}`. */
  readonly resourcePath: string;
  /**
   * As they stand in the path, not decoded: so Lambda functions get them (captured events with `%2B` in `pathParameters`, LocalStack
   * test suite validated on AWS). A slash at the end of the path belongs to none.
   */
  readonly pathParameters: { readonly [name: string]: string };
  /** Decoded, in order. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** As received, without the question mark. */
  readonly rawQuery: string;
  /** As received, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  readonly api: {
    readonly id: string;
    readonly stage: string;
    readonly stageVariables: { readonly [name: string]: string };
    readonly account: string;
    readonly binaryMediaTypes: readonly string[];
  };
  readonly requestId: string;
  /** What the answer has as `x-amz-apigw-id`. */
  readonly extendedRequestId: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly sourceIp: string;
  /** Such as `HTTP/1.1`. */
  readonly protocol: string;
  readonly resourceId: string;
  /** Claims of the verified token, where the authorizer ran. */
  readonly claims?: { readonly [name: string]: unknown };
  readonly apiKey?: { readonly id: string; readonly value: string };
}

/** Milliseconds where a template does not fix a timeout (API Gateway developer guide, quotas, 2026). */
const DEFAULT_TIMEOUT = 29_000;
/** The longest time that timers of Node.js take: nobody waits that long. */
const MAX_TIMEOUT = 2 ** 31 - 1;

/** Milliseconds until API Gateway gives up. */
export function timeoutOf({ timeout }: { readonly timeout: Value<number> }): number {
  return Math.min(isKnown(timeout) ? timeout : DEFAULT_TIMEOUT, MAX_TIMEOUT);
}

/** What an integration answers. */
export type IntegrationAnswer =
  | {
    readonly kind: 'response';
    readonly status: number;
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly body: Uint8Array | string;
  }
  /** A gateway response of API Gateway. */
  | {
    readonly kind: 'failure';
    readonly responseType: 'INTEGRATION_FAILURE' | 'INTEGRATION_TIMEOUT' | 'DEFAULT_5XX' | 'UNSUPPORTED_MEDIA_TYPE' | 'API_CONFIGURATION_ERROR';
    readonly status: number;
    /** What the caller is told. */
    readonly message: string;
    /** What went wrong, for the log and the page. */
    readonly reason: string;
  }
  /** The sandbox cannot run it: 501. */
  | { readonly kind: 'cannotRun'; readonly reason: string };

/** The failure that API Gateway shows for whatever goes wrong behind a Lambda proxy («Handle Lambda errors in API Gateway», 2026). */
export function badGateway(reason: string): IntegrationAnswer {
  return { kind: 'failure', responseType: 'DEFAULT_5XX', status: 502, message: 'Internal server error', reason };
}

/** The failure of an integration that takes longer than its timeout. */
export function integrationTimeout(milliseconds: number): IntegrationAnswer {
  return {
    kind: 'failure',
    responseType: 'INTEGRATION_TIMEOUT',
    status: 504,
    message: 'Endpoint request timed out',
    reason: `the integration took longer than its timeout of ${milliseconds} ms`,
  };
}
