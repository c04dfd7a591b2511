import type { Answer } from './answer';
import type { Bind } from './bind';
import { headerOfExpression, renderGatewayTemplate, type GatewayResponseValues } from './gateway-response-values';
import { isHeader } from './is-header';
import type { Api, GatewayResponse } from '../../model/access-model';
import { isKnown } from '../../model/value';

/** Types of gateway responses that the sandbox gives. */
export type GatewayResponseType =
  | 'ACCESS_DENIED' | 'API_CONFIGURATION_ERROR' | 'BAD_REQUEST_BODY' | 'BAD_REQUEST_PARAMETERS' | 'DEFAULT_4XX' | 'DEFAULT_5XX' | 'INTEGRATION_FAILURE' | 'INTEGRATION_TIMEOUT'
  | 'INVALID_API_KEY' | 'MISSING_AUTHENTICATION_TOKEN' | 'REQUEST_TOO_LARGE' | 'UNAUTHORIZED' | 'UNSUPPORTED_MEDIA_TYPE';

/** What went wrong, in the words of API Gateway. */
export interface GatewayError {
  readonly type: GatewayResponseType;
  readonly message: string;
  /** Default: that of the type. */
  readonly status?: number;
}

interface TypeDefaults {
  readonly status: number;
  /** `x-amzn-ErrorType`. */
  readonly errorType: string;
  /** Default `DEFAULT_TEMPLATE`. */
  readonly template?: string;
}

/*
 * Statuses as in «Gateway response types for API Gateway» (2026); error types as captured (facts of the responses: public captures of 2021
 * to 2026, and answers that LocalStack's tests recorded from the service). «Unverified»: the error types of API_CONFIGURATION_ERROR,
 * REQUEST_TOO_LARGE and INTEGRATION_FAILURE, and that a refusal by a resource policy is of the type ACCESS_DENIED.
 */
const DEFAULTS: { readonly [type in GatewayResponseType]: TypeDefaults } = {
  ACCESS_DENIED: { status: 403, errorType: 'AccessDeniedException', template: '{"Message":$context.error.messageString}' },
  API_CONFIGURATION_ERROR: { status: 500, errorType: 'InternalServerErrorException' },
  BAD_REQUEST_BODY: { status: 400, errorType: 'BadRequestException' },
  BAD_REQUEST_PARAMETERS: { status: 400, errorType: 'BadRequestException' },
  DEFAULT_4XX: { status: 400, errorType: 'BadRequestException' },
  DEFAULT_5XX: { status: 500, errorType: 'InternalServerErrorException' },
  INTEGRATION_FAILURE: { status: 504, errorType: 'InternalServerErrorException' },
  INTEGRATION_TIMEOUT: { status: 504, errorType: 'InternalServerErrorException' },
  INVALID_API_KEY: { status: 403, errorType: 'ForbiddenException' },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, errorType: 'MissingAuthenticationTokenException' },
  REQUEST_TOO_LARGE: { status: 413, errorType: 'RequestTooLargeException' },
  UNAUTHORIZED: { status: 401, errorType: 'UnauthorizedException' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, errorType: 'BadRequestException' },
};

/** The one type that an API cannot change (API Gateway developer guide, «Gateway response types for API Gateway», 2026). */
const FIXED_TYPE: GatewayResponseType = 'REQUEST_TOO_LARGE';
const JSON_TYPE = 'application/json';
const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';
const HEADER_PARAMETER = 'gatewayresponse.header.';

/** Makes the answers that an API gives in its own name. */
export type GatewayResponses = (error: GatewayError, values: GatewayResponseValues) => Answer;

/**
 * Prepares the gateway responses of an API.
 *
 * An error is answered by the response of its own type, where the API has one, by DEFAULT_4XX or DEFAULT_5XX otherwise, and by the
 * default of API Gateway where there is neither. «Unverified»: of several templates that for JSON is taken, or else the first.
 *
 * @param bind replaces in a text what is known while the sandbox runs; what stays unknown is left out
 */
export function gatewayResponsesOf({ gatewayResponses }: Pick<Api, 'gatewayResponses'>, bind: Bind): GatewayResponses {
  const byType = new Map<string, PreparedResponse>();
  for (const response of gatewayResponses) {
    const type = bind(response.responseType);
    if (isKnown(type) && type !== FIXED_TYPE) byType.set(type, prepare(response, bind));
  }
  return ({ type, message, status }, values) => {
    const defaults = DEFAULTS[type];
    const own = type === FIXED_TYPE ? undefined : byType.get(type) ?? byType.get(defaults.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
    const answered = own?.status ?? status ?? defaults.status;
    const context = {
      ...values.context,
      'error.message': message,
      'error.messageString': JSON.stringify(message),
      'error.responseType': type,
      'status': String(answered),
    };
    const { contentType = JSON_TYPE, template = defaults.template ?? DEFAULT_TEMPLATE, parameters = [] } = own ?? {};
    const all = { ...values, context };
    const custom = parameters.flatMap(([name, expression]): [string, string][] => {
      const value = headerOfExpression(expression, all);
      return value !== undefined && isHeader(name, value) ? [[name, value]] : [];
    });
    const given = new Set(custom.map(([name]) => name.toLowerCase()));
    const fixed: [string, string][] = [['content-type', contentType], ['x-amzn-ErrorType', defaults.errorType]];
    return {
      status: answered,
      headers: [...fixed.filter(([name]) => !given.has(name.toLowerCase())), ...custom],
      body: renderGatewayTemplate(template, all),
    };
  };
}

/** A gateway response of a template, with what is known of it. */
interface PreparedResponse {
  readonly status?: number;
  readonly contentType?: string;
  readonly template?: string;
  /** Names of headers and their expressions. */
  readonly parameters: readonly (readonly [string, string])[];
}

function prepare({ statusCode, parameters, templates }: GatewayResponse, bind: Bind): PreparedResponse {
  const status = statusCode === undefined ? undefined : bind(statusCode);
  const contentType = JSON_TYPE in templates ? JSON_TYPE : Object.keys(templates).find((name) => isHeader('content-type', name));
  const template = contentType === undefined ? undefined : bind(templates[contentType]);
  return {
    ...(isKnown(status) && /^[1-5]\d\d$/.test(status) && Number(status) >= 200 && { status: Number(status) }),
    ...(isKnown(template) && { contentType, template }),
    parameters: Object.entries(parameters).flatMap(([name, value]): [string, string][] => {
      const expression = bind(value);
      return name.startsWith(HEADER_PARAMETER) && isKnown(expression) ? [[name.slice(HEADER_PARAMETER.length), expression]] : [];
    }),
  };
}
