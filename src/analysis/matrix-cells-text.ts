import type { MatrixMethod } from './matrix-data';
import { isPreflight, type ColumnLabel, type ViewCell, type ViewRow } from './matrix-view';
import type { ShortScopes } from './short-scopes';
import { wrap, type TextOptions } from './text';

/** Narrower paths stand below their verbs. */
const LEAST_PATH_WIDTH = 8;

/** The routes of a row; the paths below their verbs where both do not fit side by side. */
export function methodCell(row: ViewRow, width: number): string {
  return routesOf(row.methods).flatMap((route) => {
    const [verb, ...path] = route.split(' ');
    const room = width - verb.length - 1;
    if (route.length > width && room < LEAST_PATH_WIDTH) return [...wrap(verb, width), ...wrap(path.join(' '), width - 2).map((line) => `  ${line}`)];
    const lines = wrap(path.join(' '), room);
    return lines.map((line, position) => `${position === 0 ? verb : ' '.repeat(verb.length)} ${line}`);
  }).join('\n');
}

/** Routes of a row: `GET,PUT /photos`, one per path; preflight methods are only counted. */
export function routesOf(methods: readonly MatrixMethod[]): string[] {
  if (methods.length > 1 && isPreflight(methods[0])) return [`OPTIONS on ${methods.length} paths`];
  const verbs = new Map<string, string[]>();
  for (const { verb, path } of methods) verbs.set(path, [...verbs.get(path) ?? [], verb]);
  return [...verbs].map(([path, each]) => `${each.join(',')} ${path}`);
}

/** What callers of a row need. */
export function needsCell({ methods: [method] }: ViewRow, width: number, scopes: ShortScopes, { style }: TextOptions): string {
  const decorate = method.access.kind === 'unknown' ? style.yellow : (line: string) => line;
  return wrap(needsOf(method, scopes), width).map(decorate).join('\n');
}

/** What a caller of a method needs, in words. */
export function needsOf({ access, apiKeyRequired }: MatrixMethod, scopes: Pick<ShortScopes, 'show'>): string {
  const words = {
    anyOf: (access.scopes ?? []).map((scope) => scopes.show(scope)).join(' or '),
    idToken: 'ID token',
    iam: 'AWS credentials',
    apiKey: 'API key',
    public: access.reason === undefined ? 'nothing' : `nothing: ${access.reason}`,
    lambda: 'Lambda authorizer decides',
    unknown: 'unknown',
  }[access.kind];
  return apiKeyRequired ? `${words} and API key` : words;
}

/** A cell of the grid. */
export function showCell(cell: ViewCell, style: TextOptions['style']): string {
  if (cell === undefined) return style.dim('-');
  if (typeof cell === 'number') return style.yellow(`?${cell}`);
  return cell === 'open' ? style.bold(style.green(cell)) : style.green(cell);
}

/** Who can call a method that demands something which belongs to no client. */
export const HOLDERS = { key: 'whoever has an API key', signed: 'whoever has AWS credentials that may call it' } as const;

/** Who can call the methods of a row. */
export function callersCell(row: ViewRow, labels: readonly ColumnLabel[], width: number, { style }: TextOptions): string {
  if (typeof row.anyone === 'number') return style.yellow(`?${row.anyone}`);
  const holders = row.anyone === 'key' || row.anyone === 'signed' ? HOLDERS[row.anyone] : undefined;
  if (holders !== undefined) return wrap(holders, width).map(style.green).join('\n');
  if (row.anyone !== undefined) return style.bold(style.green('anyone'));
  const named = (wanted: (cell: ViewCell) => boolean) => row.cells.flatMap((cell, column) => (wanted(cell) ? labels[column].names : [])).sort();
  const allowed = [
    ...named((cell) => cell === 'access' || cell === 'id'),
    ...named((cell) => cell === 'by trigger').map((name) => `${name} (by trigger)`),
  ].sort();
  const reasons = [...new Set(row.cells.filter((cell) => typeof cell === 'number'))];
  const lines = [
    ...allowed.length > 0 ? wrap(allowed.join(', '), width).map(style.green) : [],
    ...reasons.flatMap((reason) => wrap(`?${reason} ${named((cell) => cell === reason).join(', ')}`, width).map(style.yellow)),
  ];
  return lines.length > 0 ? lines.join('\n') : style.dim('nobody');
}
