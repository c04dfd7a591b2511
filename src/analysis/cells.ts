import type { CallerGroup } from './callers';
import { dependsOnToken, judge, type Judgement } from './judge';
import type { MatrixAllowed, MatrixUnknown } from './matrix-data';
import { MethodCandidates } from './method-candidates';
import { groupMethods, type MethodGroup } from './method-groups';
import type { AccessModel, Client, Method } from '../model/access-model';

/** Entries of a matrix. */
export interface Cells {
  readonly allowed: MatrixAllowed[];
  readonly unknown: MatrixUnknown[];
}

/** A cell of a row: the position of its method, and the answer. */
interface Cell {
  readonly position: number;
  readonly judgement: Judgement;
}

/**
 * The cells that are not denied, ordered as the clients and methods are given.
 *
 * One question stands for all clients of equal tokens and all methods of equal access, and pairs that share no scope
 * are not asked at all.
 */
export function buildCells(
  model: AccessModel, clients: readonly Client[], callers: readonly CallerGroup[], methods: readonly Method[], anonymous: string,
): Cells {
  const cells: Cells = { allowed: [], unknown: [] };
  const groups = groupMethods(model, methods);
  const open = groups.filter(({ sample }) => !dependsOnToken(sample));
  addRow(cells, anonymous, methods, rowOf(open, (method) => judge(model, method, [])));

  const candidates = new MethodCandidates(model, groups.filter(({ sample }) => dependsOnToken(sample)));
  const rows = new Map<Client, readonly Cell[]>();
  for (const { tokens, clients: equals } of callers) {
    const row = rowOf(candidates.of(tokens), (method) => judge(model, method, tokens));
    for (const client of equals) rows.set(client, row);
  }
  for (const client of clients) addRow(cells, client.id, methods, rows.get(client) ?? []);
  return cells;
}

function rowOf(groups: Iterable<MethodGroup>, ask: (method: Method) => Judgement): Cell[] {
  const row: Cell[] = [];
  for (const { sample, positions } of groups) {
    const judgement = ask(sample);
    if (judgement.verdict === 'deny') continue;
    for (const position of positions) row.push({ position, judgement });
  }
  return row.sort((a, b) => a.position - b.position);
}

function addRow(cells: Cells, principal: string, methods: readonly Method[], row: readonly Cell[]): void {
  for (const { position, judgement } of row) {
    const method = methods[position].id;
    if (judgement.verdict === 'allow') {
      const { token, scopes, byTrigger } = judgement;
      cells.allowed.push(byTrigger ? { principal, method, token, scopes, byTrigger } : { principal, method, token, scopes });
    } else if (judgement.verdict === 'unknown') {cells.unknown.push({ principal, method, reason: judgement.reason });}
  }
}
