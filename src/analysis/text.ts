/** Colours of a terminal; each gives its text back where there are none. */
export interface TextStyle {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  red(text: string): string;
}

/** A table of text. Cells may hold several lines; no line is wider than its column. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Characters of each column, without the space between columns. */
  readonly widths: readonly number[];
  /** Whether an empty line separates the rows. */
  readonly spaced: boolean;
}

/** How text is shown. */
export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly style: TextStyle;
  /** Draws a table with two spaces between its columns. */
  drawTable(table: TextTable): string;
}

/** The space between two columns. */
export const GAP = 2;

/** Breaks text into lines: at spaces, else after a sign that separates parts of names, else anywhere. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const sign = Math.max(...['/', '-', '.', '_', ','].map((each) => rest.lastIndexOf(each, width - 1) + 1));
    const cut = space > 0 ? space : sign > 1 ? sign : width;
    lines.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return [...lines, rest];
}

/** Wraps text behind a label; further lines are indented. */
export function paragraph(label: string, text: string, width: number, decorate: (label: string) => string): string[] {
  const room = Math.max(8, width - label.length);
  return wrap(text, room).map((line, position) => `${position === 0 ? decorate(label) : ' '.repeat(label.length)}${line}`);
}

/** The length of the longest text, 0 without any. */
export function longest(texts: readonly string[]): number {
  return texts.reduce((length, text) => Math.max(length, text.length), 0);
}

/** `1 method`, `2 methods`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Characters that move the cursor, change colours or turn the direction of text: a template must not draw on a terminal. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Plain data with every character escaped that a terminal does not print as it is. */
export function printable<T>(data: T): T {
  if (typeof data === 'string') return data.replace(UNPRINTABLE, escaped) as T;
  if (Array.isArray(data)) return data.map((each) => printable<unknown>(each)) as T;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, printable<unknown>(value)])) as T;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
