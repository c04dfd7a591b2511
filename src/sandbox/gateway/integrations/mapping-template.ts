import type { IntegrationRequest } from './integration-call';
import { contextValue, ownValue, parameterValue } from './mapping-values';

/** The text of a mapping template, or what in it the sandbox does not run. */
export type Rendered = { readonly text: string } | { readonly unsupported: string };

/** Directives of the Velocity template language. */
const DIRECTIVE = /#\{?(set|if|elseif|else|end|foreach|macro|define|evaluate|include|parse|stop|break)\b/;
const COMMENT = /#\*[\s\S]*?\*#|##[^\n]*\n?/g;
/** `$name…` or `${name…}` with its members, calls and quoted indexes. */
const REFERENCE = /\$!?(?:\{([A-Za-z][^{}]*)\}|([A-Za-z]\w*(?:\.[A-Za-z]\w*(?:\((?:'[^']*'|"[^"]*")?\))?|\[(?:'[^']*'|"[^"]*")\])*))/g;
/** Steps to a member of `$context`: `.authorizer`, `['custom:team']`. */
const CONTEXT_STEP = /\.(\w+)|\[(?:'([^']*)'|"([^"]*)")\]/g;
/** Steps of the JSON paths that are read: members and positions. */
const JSON_STEP = /\.([A-Za-z_][\w-]*)|\['([^']+)'\]|\[(\d+)\]/g;

/**
 * Writes a mapping template: fixed text, `$input.params('x')`, `$input.body`, `$input.json('$.x')`, `$input.path('$.x')` of one
 * value, `$context.…` and `$stageVariables.…`. Whatever has no value becomes empty (unverified).
 *
 * `body` is what `$input` reads; without one, a template that reads it is unsupported.
 */
export function renderTemplate(template: string, request: IntegrationRequest, body: string | undefined): Rendered {
  const source = template.replace(COMMENT, '');
  const directive = DIRECTIVE.exec(source);
  if (directive) return { unsupported: `#${directive[1]}` };
  let unsupported: string | undefined;
  const text = source.replace(REFERENCE, (whole, braced: string | undefined, bare: string | undefined) => {
    const value = referenceValue(braced ?? bare!, whole, request, body);
    if (value === null) unsupported ??= whole;
    return value ?? '';
  });
  return unsupported === undefined ? { text } : { unsupported };
}

/** The text of a reference; null where the sandbox cannot tell it. */
function referenceValue(reference: string, whole: string, request: IntegrationRequest, body: string | undefined): string | null | undefined {
  const [root] = reference.split(/[.[]/, 1);
  if (root === 'stageVariables') {
    const [, name, quoted] = /^stageVariables(?:\.(\w+)|\[["'](.+)["']\])$/.exec(reference) ?? [];
    return (name ?? quoted) === undefined ? null : ownValue(request.api.stageVariables, name ?? quoted);
  }
  if (root === 'context') {
    const steps = [...reference.slice(root.length).matchAll(CONTEXT_STEP)];
    if (steps.length === 0 || root + steps.map(([step]) => step).join('') !== reference) return null;
    return contextValue(steps.map(([, member, single, double]) => member ?? single ?? double), request);
  }
  if (root === 'util') return null;
  // Velocity leaves what it does not know as it stands.
  if (root !== 'input') return whole;
  const [, call, single, double] = /^input\.(params|json|path)\((?:'([^']*)'|"([^"]*)")\)$/.exec(reference) ?? [];
  const argument = single ?? double;
  if (call === 'params') return parameterValue(argument, request);
  if (body === undefined) return null;
  if (reference === 'input.body') return body;
  return call === undefined ? null : jsonValue(call, argument, body);
}

function jsonValue(call: string, path: string, body: string): string | null {
  const steps = [...path.slice(1).matchAll(JSON_STEP)];
  if (!path.startsWith('$') || steps.map(([step]) => step).join('') !== path.slice(1)) return null;
  let value: unknown;
  try {
    value = body === '' ? {} : (JSON.parse(body) as unknown);
    for (const [, member, quoted, position] of steps) value = ownValue(value, member ?? quoted ?? position);
    if (call === 'json') return value === undefined ? '""' : JSON.stringify(value);
  } catch {
    // What is no JSON, or nested deeper than the stack.
    return null;
  }
  if (typeof value === 'object' && value !== null) return null;
  return value === undefined || value === null ? '' : String(value);
}
