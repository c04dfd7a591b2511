import { headerValues } from './read-credentials';

/** What gateway responses can name: the request, and what went wrong. */
export interface GatewayResponseValues {
  /** By the name behind `context.`: `requestId`, `error.message`. */
  readonly context: { readonly [name: string]: string | undefined };
  readonly stageVariables: { readonly [name: string]: string };
  /** Names and values in turn, as received. */
  readonly rawHeaders: readonly string[];
  /** As received, without the question mark. */
  readonly query: string;
  /** Decoded. */
  readonly pathParameters: { readonly [name: string]: string };
}

const NAME = /^(context|stageVariables|method\.request\.(?:header|querystring|path))\.(.+)$/;
const IN_TEMPLATE = /\$?(?:\{((?:context|stageVariables)\.[\w.-]+)\}|\b(method\.request\.(?:header|querystring|path)\.[\w-]+))|\$((?:context|stageVariables)\.[\w-]+(?:\.[\w-]+)*)/g;

/**
 * The value of a header of a gateway response: a text in single quotes, or a name such as `context.requestId` or
 * `method.request.header.Origin`. Undefined where there is no such value: the header is left out then.
 */
export function headerOfExpression(expression: string, values: GatewayResponseValues): string | undefined {
  const literal = /^'([^]*)'$/.exec(expression);
  return literal === null ? valueOf(expression, values) : literal[1];
}

/**
 * The body of a gateway response: the template with the values of its names in it, and nothing else done to it, for these templates are
 * no Velocity (API Gateway developer guide, «Set up a gateway response», 2026). «Unverified»: a name without a value becomes an empty text.
 */
export function renderGatewayTemplate(template: string, values: GatewayResponseValues): string {
  return template.replace(IN_TEMPLATE, (_, braced?: string, request?: string, plain?: string) => valueOf((braced ?? request ?? plain)!, values) ?? '');
}

function valueOf(name: string, values: GatewayResponseValues): string | undefined {
  const [, place, rest] = NAME.exec(name) ?? [];
  switch (place) {
    case 'context': return ownText(values.context, rest);
    case 'stageVariables': return ownText(values.stageVariables, rest);
    case 'method.request.header': return headerValues(values.rawHeaders, rest)[0];
    case 'method.request.querystring': return new URLSearchParams(values.query).get(rest) ?? undefined;
    case 'method.request.path': return ownText(values.pathParameters, rest);
    default: return undefined;
  }
}

function ownText(texts: { readonly [name: string]: string | undefined }, name: string): string | undefined {
  return Object.hasOwn(texts, name) ? texts[name] : undefined;
}
