import type { IntegrationRequest } from './integration-call';
import { headerValue } from './integration-headers';
import { requestContext } from './request-context';
import { decodedParameters } from '../path-parameters';

/**
 * The value that a parameter mapping names: `'a literal'`, `method.request.<path|querystring|header>.<name>` and their
 * `multivalue` forms, `context.<member>`, `stageVariables.<name>` (API Gateway developer guide, parameter mapping).
 *
 * Undefined where the request has none, and for what needs the response of an integration or a part of the body.
 */
export function mappedValue(expression: string, request: IntegrationRequest): string | undefined {
  const literal = /^'(.*)'$/s.exec(expression);
  if (literal) return literal[1];
  const [, place, name] = /^method\.request\.(path|querystring|multivaluequerystring|header|multivalueheader)\.(.+)$/.exec(expression) ?? [];
  if (place === 'path') return ownValue(request.pathParameters, name);
  if (place === 'querystring') return queryValues(request, name).pop();
  if (place === 'header') return headerValue(request.headers, name.toLowerCase());
  if (place === 'multivaluequerystring') return joined(queryValues(request, name));
  if (place === 'multivalueheader') return joined(request.headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value));
  if (expression.startsWith('context.')) return contextValue(expression.split('.').slice(1), request);
  if (expression.startsWith('stageVariables.')) return ownValue(request.api.stageVariables, expression.slice('stageVariables.'.length));
  return undefined;
}

/** A member of `$context` as text, by the names that lead there, such as `identity` and `sourceIp`. */
export function contextValue(path: readonly string[], request: IntegrationRequest): string | undefined {
  const value = path.reduce<unknown>(ownValue, requestContext(request));
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** The value of `$input.params('name')`: path, then query, then headers (developer guide, mapping template reference). */
export function parameterValue(name: string, request: IntegrationRequest): string | undefined {
  const path = decodedParameters(request.pathParameters);
  return ownValue(path, name) ?? queryValues(request, name).pop() ?? headerValue(request.headers, name.toLowerCase());
}

/** A member that an object has itself. */
export function ownValue<T>(object: { readonly [name: string]: T } | unknown, name: string): T | undefined {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, name) ? (object as { [name: string]: T })[name] : undefined;
}

function queryValues({ query }: IntegrationRequest, name: string): string[] {
  return query.filter(([each]) => each === name).map(([, value]) => value);
}

function joined(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.join(',');
}
