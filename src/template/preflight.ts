const ALLOW_ORIGIN = 'method.response.header.access-control-allow-origin';

/**
 * Whether the properties of an `AWS::ApiGateway::Method` are those of a CORS preflight: OPTIONS, answered by a mock
 * integration that sets `Access-Control-Allow-Origin`.
 */
export function isPreflight(properties: { readonly [name: string]: unknown }): boolean {
  const integration = properties.Integration as { Type?: unknown; IntegrationResponses?: unknown } | undefined;
  if (properties.HttpMethod !== 'OPTIONS' || integration?.Type !== 'MOCK') return false;
  const responses = Array.isArray(integration.IntegrationResponses) ? integration.IntegrationResponses : [];
  return responses.some((response: { ResponseParameters?: unknown } | null) =>
    Object.keys(response?.ResponseParameters ?? {}).some((name) => name.toLowerCase() === ALLOW_ORIGIN));
}
