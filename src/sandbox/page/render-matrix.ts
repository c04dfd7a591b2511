import { html } from 'hono/html';
import { scrolling, type Html } from './html';
import { labelColumns } from '../../analysis/column-labels';
import { buildMatrix } from '../../analysis/matrix';
import { needsOf } from '../../analysis/matrix-cells-text';
import type { Matrix, MatrixMethod } from '../../analysis/matrix-data';
import { cellWords, externalScopes, LEGEND_HEADINGS, noteText } from '../../analysis/matrix-legend';
import { clientNames } from '../../analysis/matrix-names';
import { isPreflight, MANY_METHODS, viewMatrix, type ColumnLabel, type MatrixView, type ViewCell, type ViewRow } from '../../analysis/matrix-view';
import { shortenScopes, type ShortScopes } from '../../analysis/short-scopes';
import { count } from '../../analysis/text';
import type { AccessModel } from '../../model/access-model';

/** A column of the table. */
interface Column {
  readonly label: ColumnLabel;
  /** Its clients; a cell chooses the first, unless another of them is chosen already. */
  readonly clients: readonly ColumnClient[];
}

/** A client of a column. */
interface ColumnClient {
  readonly id: string;
  readonly name: string;
}

/** What all rows of a matrix are shown with. */
interface Shown {
  readonly columns: readonly Column[];
  readonly scopes: ShortScopes;
  /** Ids of methods that can be called. */
  readonly callable: ReadonlySet<string>;
}

/** A matrix on the page. */
interface RenderedMatrix {
  readonly section: Html;
  readonly columns: readonly Column[];
}

const rendered = new WeakMap<AccessModel, RenderedMatrix>();

/** Who can call what, as `protected-api matrix` shows it. Cells choose a client and a method. The same model is rendered once. */
export function renderMatrix(model: AccessModel, callable: ReadonlySet<string>): Html {
  let known = rendered.get(model);
  if (known === undefined) rendered.set(model, known = matrixOf(buildMatrix(model), callable));
  return known.section;
}

/** Whether two clients share a column of the matrix that was rendered, and so their cells. */
export function shareColumn(model: AccessModel, ...clients: readonly [string, string]): boolean {
  const columns = rendered.get(model)?.columns ?? [];
  return columns.some((column) => clients.every((client) => column.clients.some(({ id }) => id === client)));
}

function matrixOf(matrix: Matrix, callable: ReadonlySet<string>): RenderedMatrix {
  const view = viewMatrix(matrix, matrix.methods.length >= MANY_METHODS);
  const clients = matrix.principals.slice(1);
  const ids = new Map([...clientNames(clients)].map(([id, name]) => [name, id]));
  const labels = labelColumns(view.columns);
  const columns = view.columns.map((names, position) => ({ label: labels[position], clients: names.map((name) => ({ id: ids.get(name) ?? '', name })) }));
  const scopes = shortenScopes(matrix.methods);
  const section = html`
<section aria-labelledby="matrix">
<h2 id="matrix">Who can call what</h2>
<p class="hint">${count(matrix.methods.length, 'method')}, ${count(clients.length, 'client')}. Choose a cell to call the method as that client.</p>
${view.apis.map(({ name, rows }) => tableOf(name, rows, { columns, scopes, callable }))}
${legend(matrix, view, columns, scopes)}
</section>`;
  return { section, columns };
}

function tableOf(name: string, rows: readonly ViewRow[], shown: Shown): Html {
  const heads = shown.columns.map(({ clients, label: { group, names: [label] } }) => html`<th scope="col">${group === undefined
    ? clients.map((client) => html`<span>${clientLink(client)}</span>`) : html`<a href="#${groupId(group)}">${label}</a>`}</th>`);
  return scrolling(`Matrix of ${name}`, html`<table class="matrix">
<caption>${name}</caption>
<thead><tr><th scope="col">Method</th><th scope="col">Needs</th>${heads}<th scope="col">anyone</th></tr></thead>
<tbody>${rows.map((row) => rowOf(row, shown))}</tbody>
</table>`);
}

function rowOf(row: ViewRow, { columns, scopes, callable }: Shown): Html {
  const [method] = row.methods;
  const target = row.methods.find(({ id }) => callable.has(id))?.id;
  const route = `${method.verb} ${method.path}${row.methods.length > 1 ? ` and ${row.methods.length - 1} more` : ''}`;
  return html`<tr>
<th scope="row">${routesOf(row.methods, callable)}</th>
<td class="needs">${needsOf(method, scopes)}</td>
${row.cells.map((cell, position) => html`<td>${cellOf(cell, route, callerOf(columns[position]), target && link({ client: columns[position].clients[0].id, method: target }))}</td>`)}
<td>${cellOf(row.anyone, route, 'anyone', target && link({ method: target, token: 'none' }))}</td>
</tr>`;
}

function routesOf(methods: readonly MatrixMethod[], callable: ReadonlySet<string>): Html {
  const all = methods.map(({ id, verb, path }) => {
    const route = html`<span class="verb">${verb}</span> ${path}`;
    return html`<span class="route">${callable.has(id) ? html`<a href="${link({ method: id })}#call">${route}</a>` : route}</span>`;
  });
  if (methods.length === 1 || !isPreflight(methods[0])) return html`${all}`;
  return html`<details><summary>OPTIONS on ${methods.length} paths</summary>${all}</details>`;
}

/** The word of a cell; screen readers and pointers get the whole sentence. */
function cellOf(cell: ViewCell, route: string, caller: string, href: string | undefined): Html {
  const word = cell === undefined ? '–' : typeof cell === 'number' ? `?${cell}` : cell;
  const kind = cell === undefined ? 'no' : typeof cell === 'number' ? 'doubt' : 'yes';
  if (href === undefined) return html`<span class="${kind}">${word}</span>`;
  const sentence = `${cell === undefined ? 'no' : word}: call ${route} as ${caller}`;
  return html`<a class="cell ${kind}" href="${href}#call" title="${sentence}" aria-label="${sentence}">${word}</a>`;
}

/** Whom the cells of a column call as, in words. */
function callerOf({ clients, label: { group } }: Column): string {
  return group === undefined ? clients.map(({ name }) => name).join(' or ') : `a client of ${group}`;
}

function clientLink({ id, name }: ColumnClient): Html {
  return html`<a href="${link({ client: id })}#token">${name}</a>`;
}

/** Where the legend lists the clients of a column. */
function groupId(group: string): string {
  return `clients-${group}`;
}

function legend(matrix: Matrix, view: MatrixView, columns: readonly Column[], scopes: ShortScopes): Html {
  const entries: (readonly [heading: string, text: string])[] = [
    ...scopes.legend.map(({ identifier, names }) => [`${LEGEND_HEADINGS.scopes} ${identifier}`, names.join(', ')] as const),
    [LEGEND_HEADINGS.externalScopes, externalScopes(matrix, scopes).join(', ')],
    [LEGEND_HEADINGS.externalClients, view.external.join(', ')],
    ...view.pools.map(({ id, names }) => [`${LEGEND_HEADINGS.pools} ${id}`, names.join(', ')] as const),
    [view.idleInDoubt ? LEGEND_HEADINGS.idleInDoubt : LEGEND_HEADINGS.idle, view.idle.join(', ')],
    ...view.reasons.map((reason, position) => [`?${position + 1}`, reason] as const),
  ];
  const groups = columns.map(({ clients, label: { group } }) => group !== undefined && html`<div id="${groupId(group)}" tabindex="-1"><dt>${LEGEND_HEADINGS.clients} ${group}</dt>
<dd>${clients.map((client, position) => html`${position === 0 ? '' : ', '}${clientLink(client)}`)}</dd></div>`);
  return html`
<p class="hint words">${cellWords(view).map((words) => html`<span>${words}</span>`)}</p>
<dl class="legend">${groups}${entries.filter(([, text]) => text !== '').map(([heading, text]) => html`<div><dt>${heading}</dt><dd>${text}</dd></div>`)}</dl>
${matrix.notes.length > 0 && html`<ul class="notes">${matrix.notes.map((note) => html`<li>${noteText(note)}</li>`)}</ul>`}`;
}

function link(choice: Readonly<Record<string, string>>): string {
  return `/?${new URLSearchParams(choice)}`;
}
