import type { PreparedCheck } from './body-schemas';
import type { GatewayError } from './gateway-response';
import { mediaType } from './media-type';
import { headerValues } from './read-credentials';
import type { MethodSettings } from '../../model/runtime-model';
import { isKnown, isUnknown } from '../../model/value';
import type { Notice } from '../cognito/notice';

/** What of a request a validator looks at. */
export interface ValidatedRequest {
  /** Names and values in turn, as received. */
  readonly rawHeaders: readonly string[];
  /** Names and values, decoded. */
  readonly query: readonly (readonly [string, string])[];
  readonly pathParameters: { readonly [name: string]: string };
  readonly body: Uint8Array;
}

/** The validator of one method. */
export interface RequestValidation {
  /** What is not checked although it may be. */
  readonly notices: readonly Notice[];
  /** What is wrong with a request; undefined where nothing is. */
  check(request: ValidatedRequest): GatewayError | undefined;
}

const PARAMETER = /^method\.request\.(header|querystring|path)\.(.+)$/;
const JSON_TYPE = 'application/json';
const DEFAULT_MODEL = '$default';

/**
 * Prepares the request validator of a method: required parameters first, then the body by the model of its content type.
 *
 * A request without a content type counts as JSON; a content type without a model is not checked; an empty body counts as `{}`
 * (API Gateway developer guide, «Request validation for REST APIs», 2026; the last as LocalStack's recorded tests have it).
 * «Unverified»: the order of the two checks, and that parameters of a content type make no difference.
 *
 * @param checkOf the check of a model by its name
 */
export function requestValidation(method: MethodSettings, checkOf: (model: string) => PreparedCheck): RequestValidation {
  const notices: Notice[] = [];
  const note = (what: string, why: string) => notices.push({ entity: method.id, what, why });
  if (isUnknown(method.validatesParameters)) note('parameters of requests are not checked', method.validatesParameters.unknown);
  if (isUnknown(method.validatesBody)) note('bodies of requests are not checked', method.validatesBody.unknown);
  const required = method.validatesParameters === true ? requiredParameters(method, note) : [];
  const checks = new Map<string, (value: unknown) => boolean>();
  if (method.validatesBody === true) {
    for (const [contentType, model] of Object.entries(method.requestModels)) {
      const prepared = isKnown(model) ? checkOf(model) : { why: model.unknown };
      if ('check' in prepared) checks.set(contentType === DEFAULT_MODEL ? DEFAULT_MODEL : mediaType(contentType), prepared.check);
      else note(`bodies of type ${contentType} are not checked`, prepared.why);
    }
  }
  return { check: (request) => missingParameters(required, request) ?? invalidBody(checks, request), notices };
}

interface Parameter {
  readonly place: string;
  readonly name: string;
}

function requiredParameters({ requestParameters }: MethodSettings, note: (what: string, why: string) => void): Parameter[] {
  return Object.entries(requestParameters).flatMap(([parameter, required]) => {
    const [, place, name] = PARAMETER.exec(parameter) ?? [];
    if (isUnknown(required)) note(`${parameter} is not checked`, required.unknown);
    return required === true && name !== undefined ? [{ place, name }] : [];
  });
}

function missingParameters(required: readonly Parameter[], request: ValidatedRequest): GatewayError | undefined {
  const missing = required.filter((parameter) => !isThere(parameter, request)).map(({ name }) => name);
  if (missing.length === 0) return undefined;
  return { type: 'BAD_REQUEST_PARAMETERS', message: `Missing required request parameters: [${missing.join(', ')}]` };
}

/** A value that is empty is none: a required parameter must be «included and non-blank» («Request validation for REST APIs»). */
function isThere({ place, name }: Parameter, request: ValidatedRequest): boolean {
  if (place === 'header') return headerValues(request.rawHeaders, name).some(isText);
  if (place === 'querystring') return request.query.some(([each, value]) => each === name && isText(value));
  return isText(Object.hasOwn(request.pathParameters, name) ? request.pathParameters[name] : '');
}

function isText(value: string): boolean {
  return value.trim() !== '';
}

function invalidBody(checks: ReadonlyMap<string, (value: unknown) => boolean>, { rawHeaders, body }: ValidatedRequest): GatewayError | undefined {
  if (checks.size === 0) return undefined;
  const check = checks.get(mediaType(headerValues(rawHeaders, 'content-type')[0] ?? JSON_TYPE)) ?? checks.get(DEFAULT_MODEL);
  if (check === undefined) return undefined;
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  try {
    if (check(JSON.parse(text === '' ? '{}' : text))) return undefined;
  } catch {
    // What is no JSON, or nested deeper than the stack, fits no model.
  }
  return { type: 'BAD_REQUEST_BODY', message: 'Invalid request body' };
}
