import type { Matrix, MatrixMethod } from './matrix-data';
import { legendOf } from './matrix-legend';
import { isPreflight, viewMatrix, type ColumnLabel, type MatrixView, type ViewCell, type ViewRow } from './matrix-view';
import { shortenScopes, type ShortScopes } from './short-scopes';
import { count, GAP, longest, wrap, type TextOptions, type TextTable, printable } from './text';

/** From this number of methods on, methods of equal access share a row. */
const MANY_METHODS = 25;
/** Clients of one column that its head names; a longer list goes to the legend. */
const NAMED_CLIENTS = 3;
const MAX_NAME_WIDTH = 20;

/**
 * Writes a matrix as text: a grid of methods and clients where that fits the width, else a list of methods with the
 * clients that can call them.
 */
export function renderMatrixText(given: Matrix, options: TextOptions): string {
  const matrix = printable(given);
  const scopes = shortenScopes(matrix.methods);
  const view = viewMatrix(matrix, matrix.methods.length >= MANY_METHODS);
  const labels = labelColumns(view.columns);
  const grid = gridLayout(view, labels, scopes, options);
  const layout = grid ?? listLayout(viewMatrix(matrix, true), labels, scopes, options);
  const clients = matrix.principals.length - 1;
  const { style } = options;
  const head = style.dim(`${count(matrix.methods.length, 'method')}, ${count(clients, 'client')}`);
  const tables = layout.map(({ name, table }) => `${style.bold(name)}\n\n${options.drawTable(table)}`);
  const legend = legendOf(matrix, view, labels, scopes, grid !== undefined, options);
  return `${[head, ...tables, ...legend].join('\n\n')}\n`;
}

interface ApiTable {
  readonly name: string;
  readonly table: TextTable;
}

function labelColumns(columns: MatrixView['columns']): ColumnLabel[] {
  let groups = 0;
  return columns.map((names) => {
    if (names.length <= NAMED_CLIENTS) return { names };
    const group = letterOf(groups++);
    return { names: [`${group} (${names.length})`], group };
  });
}

function gridLayout(view: MatrixView, labels: readonly ColumnLabel[], scopes: ShortScopes, options: TextOptions): ApiTable[] | undefined {
  const heads = [...labels.map(({ names }) => names.flatMap((name) => wrap(name, MAX_NAME_WIDTH))), ['anyone']];
  const callers = heads.map((lines, column) => Math.max(longest(lines), cellWidth(view, column)));
  const room = options.width - callers.reduce((sum, width) => sum + width + GAP, 0);
  const rows = view.apis.flatMap((api) => api.rows);
  const needs = longest(rows.map((row) => needsOf(row.methods[0], scopes)));
  const methods = longest(rows.flatMap(({ methods: each }) => routesOf(each)));
  const needsWidth = Math.max('needs'.length, Math.min(needs, Math.max(24, room - GAP - methods)));
  const methodWidth = Math.max('method'.length, Math.min(methods, room - GAP - needsWidth));
  if (methodWidth < Math.min(methods, 24)) return undefined;
  const { style } = options;
  return view.apis.map((api) => ({
    name: api.name,
    table: {
      head: ['method', 'needs', ...heads.map((lines) => lines.join('\n'))],
      rows: api.rows.map((row) => [
        methodCell(row, methodWidth),
        needsCell(row, needsWidth, scopes, options),
        ...[...row.cells, row.anyone].map((cell) => showCell(cell, style)),
      ]),
      widths: [methodWidth, needsWidth, ...callers],
      spaced: api.rows.some(({ methods: each }) => each.length > 1 && !isPreflight(each[0])),
    },
  }));
}

/** The width of the words in a column; the last one is that of callers without a token. */
function cellWidth(view: MatrixView, column: number): number {
  const byTrigger = view.apis.some((api) => api.rows.some(({ cells }) => cells[column] === 'by trigger'));
  return (byTrigger ? 'by trigger' : 'access').length;
}

function listLayout(view: MatrixView, labels: readonly ColumnLabel[], scopes: ShortScopes, options: TextOptions): ApiTable[] {
  const rows = view.apis.flatMap((api) => api.rows);
  const free = options.width - 2 * GAP;
  const methodWidth = Math.max(6, Math.min(longest(rows.flatMap(({ methods }) => routesOf(methods))), Math.floor(free * 0.4)));
  const needsWidth = Math.max(5, Math.min(longest(rows.map((row) => needsOf(row.methods[0], scopes))), Math.floor(free * 0.25)));
  const callersWidth = Math.max(20, free - methodWidth - needsWidth);
  return view.apis.map((api) => ({
    name: api.name,
    table: {
      head: ['method', 'needs', 'callers'],
      rows: api.rows.map((row) => [
        methodCell(row, methodWidth), needsCell(row, needsWidth, scopes, options), callersCell(row, labels, callersWidth, options),
      ]),
      widths: [methodWidth, needsWidth, callersWidth],
      spaced: true,
    },
  }));
}

function methodCell(row: ViewRow, width: number): string {
  return routesOf(row.methods).flatMap((route) => {
    const [verb, ...path] = route.split(' ');
    const lines = wrap(path.join(' '), Math.max(8, width - verb.length - 1));
    return lines.map((line, position) => `${position === 0 ? verb : ' '.repeat(verb.length)} ${line}`);
  }).join('\n');
}

/** Routes of a row: `GET,PUT /photos`, one per path; preflight methods are only counted. */
function routesOf(methods: readonly MatrixMethod[]): string[] {
  if (methods.length > 1 && isPreflight(methods[0])) return [`OPTIONS on ${methods.length} paths`];
  const verbs = new Map<string, string[]>();
  for (const { verb, path } of methods) verbs.set(path, [...verbs.get(path) ?? [], verb]);
  return [...verbs].map(([path, each]) => `${each.join(',')} ${path}`);
}

function needsCell({ methods: [method] }: ViewRow, width: number, scopes: ShortScopes, { style }: TextOptions): string {
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

function showCell(cell: ViewCell, style: TextOptions['style']): string {
  if (cell === undefined) return style.dim('-');
  if (typeof cell === 'number') return style.yellow(`?${cell}`);
  return cell === 'open' ? style.bold(style.green(cell)) : style.green(cell);
}

function callersCell(row: ViewRow, labels: readonly ColumnLabel[], width: number, { style }: TextOptions): string {
  if (typeof row.anyone === 'number') return style.yellow(`?${row.anyone}`);
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

/** A, B, … Z, AA, AB, … */
function letterOf(position: number): string {
  const last = String.fromCharCode(65 + position % 26);
  return position < 26 ? last : `${letterOf(Math.floor(position / 26) - 1)}${last}`;
}
