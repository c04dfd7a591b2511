import { HOLDERS } from './matrix-cells-text';
import type { Matrix, MatrixNote } from './matrix-data';
import type { ColumnLabel, MatrixView } from './matrix-view';
import type { ShortScopes } from './short-scopes';
import { longest, paragraph, wrap, type TextOptions } from './text';

/** Subjects of a note that the text names; the JSON lists all. */
const NAMED_SUBJECTS = 5;

/** Headings of lists of names. */
export const LEGEND_HEADINGS = {
  scopes: 'scopes of',
  externalScopes: 'external scopes, declared by no resource server of the authorizer\'s user pools in these templates',
  clients: 'clients',
  externalClients: 'external clients, as their app states them',
  pools: 'clients of user pool',
  idle: 'clients whose tokens open no method',
  idleInDoubt: 'clients of which no token is known to open a method',
} as const;

/** What stands below the tables: the meaning of cells and letters, reasons, notes. Each block is a paragraph. */
export function legendOf(
  matrix: Matrix, view: MatrixView, labels: readonly ColumnLabel[], scopes: ShortScopes, grid: boolean, options: TextOptions,
): string[] {
  const { width, style } = options;
  const dim = (text: string) => style.dim(text);
  const groups = labels.flatMap(({ group }, column) => (group === undefined ? [] : [{ label: group, text: view.columns[column].join(', ') }]));
  const servers = scopes.legend.map(({ identifier, names }) => ({ label: identifier, text: names.join(', ') }));
  const external = externalScopes(matrix, scopes);
  const blocks = [
    lineUp(grid ? cellWords(view) : cellWords(view).filter((words) => words.startsWith('by trigger')), width),
    list(LEGEND_HEADINGS.scopes, servers, width, dim),
    named(LEGEND_HEADINGS.externalScopes, external, width, dim),
    list(LEGEND_HEADINGS.clients, groups, width, style.bold),
    named(LEGEND_HEADINGS.externalClients, view.external, width, dim),
    list(LEGEND_HEADINGS.pools, view.pools.map(({ id, names }) => ({ label: id, text: names.join(', ') })), width, dim),
    named(view.idleInDoubt ? LEGEND_HEADINGS.idleInDoubt : LEGEND_HEADINGS.idle, view.idle, width, dim),
    view.reasons.flatMap((reason, position) => paragraph(`?${position + 1} `, reason, width, style.yellow)),
    matrix.notes.flatMap((note) => noteLines(note, options)),
  ];
  return blocks.filter((lines) => lines.some((line) => line !== '')).map((lines) => lines.join('\n'));
}

/** The external scopes of all methods, as a table shows them. */
export function externalScopes({ methods }: Matrix, scopes: ShortScopes): string[] {
  return [...new Set(methods.flatMap(({ access }) => access.externalScopes ?? []))].map((scope) => scopes.show(scope)).sort();
}

/** What the words in cells mean, of those that a view has. */
export function cellWords(view: MatrixView): string[] {
  const used = new Set(view.apis.flatMap((api) => api.rows.flatMap((row) => [...row.cells, row.anyone])));
  return [
    ...used.has('access') ? ['access: with an access token'] : [],
    ...used.has('by trigger') ? ['by trigger: with an access token to which the user pool\'s trigger adds the scope, for callers of its choice'] : [],
    ...used.has('id') ? ['id: with an ID token'] : [],
    ...used.has('open') ? ['open: without a token'] : [],
    ...used.has('key') ? [`key: for ${HOLDERS.key}`] : [],
    ...used.has('signed') ? [`signed: for ${HOLDERS.signed}`] : [],
    ...view.reasons.length > 0 ? ['?: cannot be known, see below'] : [],
  ];
}

/** Puts phrases side by side where they fit. */
function lineUp(phrases: readonly string[], width: number): string[] {
  return phrases.reduce<string[]>((lines, phrase) => {
    const line = `${lines[lines.length - 1]}   ${phrase}`;
    return lines.length > 0 && line.length <= width ? [...lines.slice(0, -1), line] : [...lines, ...wrap(phrase, width)];
  }, []);
}

/** Names below a heading. */
function named(heading: string, names: readonly string[], width: number, decorate: (label: string) => string): string[] {
  return names.length === 0 ? [] : [...wrap(heading, width), ...paragraph('  ', names.join(', '), width, decorate)];
}

/** Labelled texts below a heading; the labels in one column. */
function list(heading: string, entries: readonly { label: string; text: string }[], width: number, decorate: (label: string) => string): string[] {
  if (entries.length === 0) return [];
  const column = longest(entries.map(({ label }) => label)) + 2;
  return [heading, ...entries.flatMap(({ label, text }) => (column < width / 2
    ? paragraph(`  ${label.padEnd(column)}`, text, width, decorate)
    : [...paragraph('  ', label, width, decorate), ...paragraph('    ', text, width, decorate)]))];
}

/** A note, with its subjects. */
export function noteLines(note: MatrixNote, { width, style }: Pick<TextOptions, 'width' | 'style'>): string[] {
  return paragraph('! ', noteText(note), width, style.yellow);
}

/** A note, with at most five of its subjects. */
export function noteText({ subjects, note }: MatrixNote): string {
  const first = subjects.slice(0, NAMED_SUBJECTS).join(', ');
  const more = subjects.length - NAMED_SUBJECTS;
  return `${first}${more > 0 ? ` and ${more} more` : ''}: ${note}`;
}
