import { parse as parseYaml } from 'yaml';
import type { IntegrationAnswer, IntegrationRequest } from './integration-call';
import { headersFromIntegration, headerValue } from './integration-headers';
import { renderTemplate } from './mapping-template';
import { mappedValue } from './mapping-values';
import type { IntegrationResponse, MockIntegration } from '../../../model/runtime-model';
import { isUnknown } from '../../../model/value';
import { mediaType } from '../media-type';

const DEFAULT_CONTENT_TYPE = 'application/json';
const RESPONSE_HEADER = 'method.response.header.';

/**
 * Answers as a mock integration does: the request template gives a status code, which chooses a response
 * (API Gateway developer guide, mock integrations and integration passthrough behaviors).
 */
export function mock(integration: MockIntegration, request: IntegrationRequest): IntegrationAnswer {
  const body = requestBody(integration, request);
  if (typeof body !== 'string') return body;
  const status = statusCode(body);
  if (status === undefined) return internalError('the request template of the mock gives no integer statusCode');
  const response = selectResponse(integration.responses, status);
  if (!response) return internalError(`the mock has no response for the status code ${status}, and no default`);
  return 'kind' in response ? response : answer(response, request);
}

/** What the request template makes of the request, or the request as it is where it passes through. */
function requestBody({ passthroughBehavior, requestTemplates }: MockIntegration, request: IntegrationRequest): string | IntegrationAnswer {
  const contentType = mediaType(headerValue(request.headers, 'content-type') ?? DEFAULT_CONTENT_TYPE);
  const names = Object.keys(requestTemplates);
  const name = names.find((each) => mediaType(each) === contentType);
  if (name !== undefined) {
    const template = requestTemplates[name];
    if (isUnknown(template)) return cannotRun(`its request template is not known: ${template.unknown}`);
    const rendered = renderTemplate(template, request, Buffer.from(request.body).toString());
    return 'text' in rendered ? rendered.text : cannotRun(`its request template has ${rendered.unsupported}, and the sandbox substitutes only`);
  }
  if (isUnknown(passthroughBehavior)) return cannotRun(`its passthrough behavior is not known: ${passthroughBehavior.unknown}`);
  if (passthroughBehavior === 'NEVER' || (passthroughBehavior === 'WHEN_NO_TEMPLATES' && names.length > 0)) {
    return {
      kind: 'failure',
      responseType: 'UNSUPPORTED_MEDIA_TYPE',
      status: 415,
      message: 'Unsupported Media Type',
      reason: `the mock has no request template for ${contentType}, and its passthrough behavior is ${passthroughBehavior}`,
    };
  }
  return Buffer.from(request.body).toString();
}

/** API Gateway reads `{ statusCode: 204 }` too, as the CDK writes it for preflight requests; YAML has this notation. */
function statusCode(body: string): number | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    try {
      value = body.length < 10_000 ? parseYaml(body, { logLevel: 'error' }) : undefined;
    } catch {
      return undefined;
    }
  }
  const status = (value as { statusCode?: unknown } | null | undefined)?.statusCode;
  return typeof status === 'number' && Number.isInteger(status) ? status : undefined;
}

function selectResponse(responses: readonly IntegrationResponse[], status: number): IntegrationResponse | IntegrationAnswer | undefined {
  for (const response of responses) {
    const { selectionPattern: pattern } = response;
    if (pattern === undefined || pattern === '') continue;
    if (isUnknown(pattern)) return cannotRun(`the selection pattern of a response is not known: ${pattern.unknown}`);
    const expression = regularExpression(pattern);
    if (!expression) return cannotRun(`the selection pattern ${pattern} is no regular expression of JavaScript`);
    if (expression.test(String(status))) return response;
  }
  return responses.find(({ selectionPattern }) => selectionPattern === undefined || selectionPattern === '');
}

function regularExpression(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}

function answer(response: IntegrationResponse, request: IntegrationRequest): IntegrationAnswer {
  if (isUnknown(response.statusCode)) return cannotRun(`the status code of a response is not known: ${response.statusCode.unknown}`);
  const headers: [string, string][] = [];
  for (const [name, expression] of Object.entries(response.responseParameters)) {
    if (!name.startsWith(RESPONSE_HEADER)) continue;
    if (isUnknown(expression)) return cannotRun(`the value of ${name} is not known: ${expression.unknown}`);
    const value = mappedValue(expression, request);
    if (value !== undefined) headers.push([name.slice(RESPONSE_HEADER.length), value]);
  }
  const contentType = responseType(response, request);
  const template = contentType === undefined ? '' : response.responseTemplates[contentType];
  if (isUnknown(template)) return cannotRun(`its response template is not known: ${template.unknown}`);
  const rendered = renderTemplate(template, request, undefined);
  if ('unsupported' in rendered) return cannotRun(`its response template has ${rendered.unsupported}, and the sandbox substitutes only`);
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    kind: 'response',
    status: Number(response.statusCode),
    headers: [...(typed ? [] : [['Content-Type', contentType ?? DEFAULT_CONTENT_TYPE] as const]), ...headersFromIntegration(headers, 'lambda')],
    body: rendered.text,
  };
}

/** The template that the caller accepts, else that for JSON, else the first (developer guide, mapping of bodies). */
function responseType({ responseTemplates }: IntegrationResponse, request: IntegrationRequest): string | undefined {
  const accepted = mediaType(headerValue(request.headers, 'accept') ?? DEFAULT_CONTENT_TYPE);
  const names = Object.keys(responseTemplates);
  return names.find((name) => mediaType(name) === accepted) ?? names.find((name) => mediaType(name) === DEFAULT_CONTENT_TYPE) ?? names[0];
}

function internalError(reason: string): IntegrationAnswer {
  return { kind: 'failure', responseType: 'API_CONFIGURATION_ERROR', status: 500, message: 'Internal server error', reason };
}

function cannotRun(reason: string): IntegrationAnswer {
  return { kind: 'cannotRun', reason: `the mock integration cannot run: ${reason}` };
}
