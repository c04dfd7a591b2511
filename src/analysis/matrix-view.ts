import type { Matrix, MatrixMethod } from './matrix-data';
import { clientNames, qualifiedNames } from './matrix-names';
import { PREFLIGHT_REASON } from '../model/access';

/**
 * A cell: how a caller opens a method, the number of the reason why that is unknown, or `undefined` for no. What an API key or AWS
 * credentials open stands in the cell of anyone: they belong to no client.
 */
export type ViewCell = 'access' | 'by trigger' | 'id' | 'open' | 'key' | 'signed' | number | undefined;

/** Methods that share a row: equal access, equal cells. */
export interface ViewRow {
  readonly methods: MatrixMethod[];
  /** One per column. */
  readonly cells: readonly ViewCell[];
  /** For a caller without a token. */
  readonly anyone: ViewCell;
}

/** From this number of methods on, methods of equal access share a row. */
export const MANY_METHODS = 25;

/** A matrix, arranged for people. */
export interface MatrixView {
  /** Rows by API, in the order of the APIs. */
  readonly apis: readonly { readonly name: string; readonly rows: readonly ViewRow[] }[];
  /** Names of the clients that share a column because they reach the same methods. */
  readonly columns: readonly (readonly string[])[];
  /** Names of clients with no entry of their own. */
  readonly idle: readonly string[];
  /** Whether tokens of those may still open a method whose access is not known. */
  readonly idleInDoubt: boolean;
  /** Names of clients by id of their user pool; empty where there are not several. */
  readonly pools: readonly { readonly id: string; readonly names: readonly string[] }[];
  /** Names of clients that no template declares. */
  readonly external: readonly string[];
  /** Reasons of unknown cells; number 1 first. */
  readonly reasons: readonly string[];
}

/** How a column of clients is called: by names, or by a letter that the legend explains. */
export interface ColumnLabel {
  /** One name per element; a single letter where there are too many. */
  readonly names: readonly string[];
  /** Set where the legend lists the clients. */
  readonly group?: string;
}

/** Arranges a matrix. With `merge`, methods of equal access share a row; preflight methods always do. */
export function viewMatrix(matrix: Matrix, merge: boolean): MatrixView {
  const { cells: given, reasons } = cellsByPrincipal(matrix);
  const [anonymous, ...clients] = matrix.principals;
  const anyone = given.get(anonymous.id) ?? new Map<string, ViewCell>();
  const columns = new Map<string, { names: string[]; cells: ReadonlyMap<string, ViewCell> }>();
  const idle: string[] = [];
  const names = clientNames(clients);
  for (const { id } of clients) {
    const own = given.get(id);
    const name = names.get(id) ?? id;
    if (own === undefined) {
      idle.push(name);
      continue;
    }
    const key = JSON.stringify([...own]);
    const column = columns.get(key);
    if (column === undefined) columns.set(key, { names: [name], cells: own });
    else column.names.push(name);
  }
  const external = clients.filter(({ origin }) => origin === 'external').map(({ id }) => names.get(id) ?? id);
  const ordered = [...columns.values()];
  const rowOf = (method: MatrixMethod): ViewRow => {
    const open = anyone.get(method.id);
    const cells = ordered.map((column) => column.cells.get(method.id) ?? open);
    return { methods: [method], cells, anyone: open ?? HELD_BY_ANYONE[method.access.kind] };
  };
  const apis = [...qualifiedNames(new Map(matrix.apis.map(({ id, name }) => [id, name])))].map(([id, name]) => ({
    name, rows: mergeRows(matrix.methods.filter(({ apiId }) => apiId === id).map(rowOf), merge),
  }));
  return {
    apis: apis.filter(({ rows }) => rows.length > 0),
    columns: ordered.map(({ names: shared }) => shared),
    idle,
    idleInDoubt: matrix.methods.some(({ id, access }) => typeof anyone.get(id) === 'number' && (access.kind === 'unknown' || access.kind === 'lambda')),
    pools: clientsByPool(clients, names),
    external,
    reasons,
  };
}

/** What opens a method to everybody who has it, whatever the client. */
const HELD_BY_ANYONE: { readonly [kind in MatrixMethod['access']['kind']]?: ViewCell } = { apiKey: 'key', iam: 'signed' };

/** Whether a method is one that CORS options generate. */
export function isPreflight({ access }: MatrixMethod): boolean {
  return access.kind === 'public' && access.reason === PREFLIGHT_REASON;
}

function cellsByPrincipal(matrix: Matrix): { cells: Map<string, Map<string, ViewCell>>; reasons: string[] } {
  const cells = new Map<string, Map<string, ViewCell>>();
  const reasons = new Map<string, number>();
  const put = (principal: string, method: string, cell: ViewCell) => {
    const row = cells.get(principal);
    if (row === undefined) cells.set(principal, new Map([[method, cell]]));
    else row.set(method, cell);
  };
  for (const { principal, method, token, byTrigger } of matrix.allowed) {
    put(principal, method, byTrigger ? 'by trigger' : token === 'none' ? 'open' : token);
  }
  for (const { principal, method, reason } of matrix.unknown) {
    if (!reasons.has(reason)) reasons.set(reason, reasons.size + 1);
    put(principal, method, reasons.get(reason));
  }
  return { cells, reasons: [...reasons.keys()] };
}

function clientsByPool(clients: Matrix['principals'], names: ReadonlyMap<string, string>): MatrixView['pools'] {
  const pools = new Map<string, string[]>();
  for (const { id, userPool = '' } of clients) pools.set(userPool, [...pools.get(userPool) ?? [], names.get(id) ?? id]);
  return pools.size < 2 ? [] : [...pools].map(([id, each]) => ({ id, names: each })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function mergeRows(rows: readonly ViewRow[], merge: boolean): ViewRow[] {
  const merged = new Map<string, ViewRow>();
  for (const row of rows) {
    const [method] = row.methods;
    const { access, apiKeyRequired } = method;
    const key = merge || isPreflight(method) ? JSON.stringify([access, apiKeyRequired, row.cells, row.anyone]) : method.id;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, row);
    else known.methods.push(...row.methods);
  }
  return [...merged.values()];
}
