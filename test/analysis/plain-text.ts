import { GAP, type TextOptions, type TextTable } from '../../src/analysis/text';

const as = (text: string) => text;

/** Text without colours; tables of padded columns. */
export function plainText(width: number): TextOptions {
  return { width, style: { bold: as, dim: as, green: as, yellow: as, red: as }, drawTable };
}

function drawTable({ head, rows, widths }: TextTable): string {
  return [head, ...rows].flatMap((row) => linesOf(row, widths)).join('\n');
}

function linesOf(row: readonly string[], widths: readonly number[]): string[] {
  const cells = row.map((cell) => cell.split('\n'));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => cells.map((lines, column) => {
    const text = lines[line] ?? '';
    if (text.length > widths[column]) throw new Error(`"${text}" is wider than its column of ${widths[column]}`);
    return text.padEnd(widths[column]);
  }).join(' '.repeat(GAP)).trimEnd());
}
