import type { ColumnLabel, MatrixView } from './matrix-view';

/** Clients of one column that its head names; a longer list goes to the legend. */
const NAMED_CLIENTS = 3;

/** What the columns of a view are called: their clients, or a letter and how many they are. */
export function labelColumns(columns: MatrixView['columns']): ColumnLabel[] {
  let groups = 0;
  return columns.map((names) => {
    if (names.length <= NAMED_CLIENTS) return { names };
    const group = letterOf(groups++);
    return { names: [`${group} (${names.length})`], group };
  });
}

/** A, B, … Z, AA, AB, … */
function letterOf(position: number): string {
  const last = String.fromCharCode(65 + position % 26);
  return position < 26 ? last : `${letterOf(Math.floor(position / 26) - 1)}${last}`;
}
