import Table from 'cli-table3';
import { createColors } from 'picocolors';
import type { CliIo } from './io';
import { GAP, longest, type TextOptions, type TextTable } from '../analysis/text';

/** Columns where the output is no terminal. */
const DEFAULT_WIDTH = 100;
/** Narrower terminals break the lines themselves. */
const LEAST_WIDTH = 32;

const NO_LINES = {
  'top': '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  'bottom': '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  'left': '',
  'left-mid': '',
  'mid': '',
  'mid-mid': '',
  'right': '',
  'right-mid': '',
  'middle': '',
};

/** How to show text on the given terminal. */
export function textOptions(io: Partial<Pick<CliIo, 'columns' | 'env'>>, colour: boolean): TextOptions {
  const style = createColors(colour);
  return {
    width: Math.max(LEAST_WIDTH, widthOf(io)),
    style,
    drawTable: (table) => drawTable(table, style.bold, style.dim),
  };
}

/** The columns to write in: `COLUMNS` where it is set, as for git, else those of the terminal. */
export function widthOf({ env = {}, columns }: Partial<Pick<CliIo, 'columns' | 'env'>>): number {
  const wanted = /^\d{1,6}$/.test(env.COLUMNS ?? '') ? Number(env.COLUMNS) : 0;
  return wanted > 0 ? wanted : columns ?? DEFAULT_WIDTH;
}

/**
 * Whether to colour: only on a terminal, unless the environment says otherwise, and never in a file.
 *
 * `NO_COLOR` (no-color.org) goes before `FORCE_COLOR`.
 */
export function wantsColour({ env, isTTY }: Pick<CliIo, 'env' | 'isTTY'>, toFile: boolean): boolean {
  if (env.NO_COLOR || toFile) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return isTTY && env.TERM !== 'dumb';
}

function drawTable({ head, rows, widths, spaced }: TextTable, bold: (text: string) => string, dim: (text: string) => string): string {
  const table = new Table({
    chars: NO_LINES,
    colWidths: widths.map((width, column) => width + (column < widths.length - 1 ? GAP : 0)),
    style: { 'padding-left': 0, 'padding-right': 0, 'head': [], 'border': [] },
  });
  const height = longest(head.map((cell) => '.'.repeat(cell.split('\n').length)));
  // Heads of several lines end on the line above the rule.
  table.push(head.map((cell) => '\n'.repeat(height - cell.split('\n').length) + cell.split('\n').map(bold).join('\n')));
  table.push(widths.map((width) => dim('─'.repeat(width))));
  rows.forEach((row, position) => {
    if (spaced && position > 0) table.push(widths.map(() => ''));
    table.push([...row]);
  });
  return table.toString().split('\n').map((line) => line.trimEnd()).join('\n');
}
