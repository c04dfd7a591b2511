import { labelColumns } from './column-labels';
import { callersCell, methodCell, needsCell, needsOf, routesOf, showCell } from './matrix-cells-text';
import type { Matrix } from './matrix-data';
import { legendOf } from './matrix-legend';
import { isPreflight, MANY_METHODS, viewMatrix, type ColumnLabel, type MatrixView, type ViewRow } from './matrix-view';
import { shortenScopes, type ShortScopes } from './short-scopes';
import { count, GAP, longest, wrap, type TextOptions, type TextTable, printable } from './text';

const MAX_NAME_WIDTH = 20;
/** Columns of the labels of a paragraph. */
const ENTRY_LABEL = 'callers  '.length;
/** Narrower terminals get no table of methods and callers. */
const LEAST_TABLE_WIDTH = 60;

/**
 * Writes a matrix as text: a grid of methods and clients where that fits the width, else a list of methods with the
 * clients that can call them, and where no table fits, a paragraph for each method.
 */
export function renderMatrixText(given: Matrix, options: TextOptions): string {
  const matrix = printable(given);
  const scopes = shortenScopes(matrix.methods);
  const view = viewMatrix(matrix, matrix.methods.length >= MANY_METHODS);
  const labels = labelColumns(view.columns);
  const grid = gridLayout(view, labels, scopes, options);
  const blocks = grid !== undefined || options.width >= LEAST_TABLE_WIDTH
    ? (grid ?? listLayout(viewMatrix(matrix, true), labels, scopes, options)).map(({ name, table }) => ({ name, text: options.drawTable(table) }))
    : entriesLayout(viewMatrix(matrix, true), labels, scopes, options);
  const clients = matrix.principals.length - 1;
  const { style } = options;
  const head = style.dim(`${count(matrix.methods.length, 'method')}, ${count(clients, 'client')}`);
  const tables = blocks.map(({ name, text }) => `${wrap(name, options.width).map(style.bold).join('\n')}\n\n${text}`);
  const legend = legendOf(matrix, view, labels, scopes, grid !== undefined, options);
  return `${[head, ...tables, ...legend].join('\n\n')}\n`;
}

interface ApiTable {
  readonly name: string;
  readonly table: TextTable;
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
  if (room - GAP - needsWidth < Math.max('method'.length, Math.min(methods, 24))) return undefined;
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

/** A paragraph for each row: its routes, and below them what callers need and who they are. */
function entriesLayout(
  view: MatrixView, labels: readonly ColumnLabel[], scopes: ShortScopes, options: TextOptions,
): { name: string; text: string }[] {
  const labelled = (label: string, cell: string) => cell.split('\n')
    .map((line, position) => `  ${(position === 0 ? label : '').padEnd(ENTRY_LABEL)}${line}`);
  const room = options.width - ENTRY_LABEL - 2;
  const entryOf = (row: ViewRow) => [
    methodCell(row, options.width),
    ...labelled('needs', needsCell(row, room, scopes, options)),
    ...labelled('callers', callersCell(row, labels, room, options)),
  ].join('\n');
  return view.apis.map(({ name, rows }) => ({ name, text: rows.map(entryOf).join('\n\n') }));
}
