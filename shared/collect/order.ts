import type { AnyRow, Table } from '../table.ts';

/** Rows that are put in order at once; more are parted by a column first, so that what is sorted stays small. */
const HANDFUL = 2048;

/** Sorts rows by the table's order, then by every other column: the order of pages must not show in the file. */
export const inOrder = (table: Table, rows: readonly AnyRow[]): AnyRow[] => [...inTurn(table, rows)].flat();

/** The same in handfuls, each put in order when it is asked for. */
export function* inTurn(table: Table, rows: readonly AnyRow[]): Generator<AnyRow[]> {
  const others = Object.keys(table.columns).filter((name) => !table.sort.includes(name));
  if (rows.length > 0) yield* parted(rows, [...table.sort, ...others]);
}

function* parted(rows: readonly AnyRow[], columns: readonly string[]): Generator<AnyRow[]> {
  const [column, ...rest] = columns;
  if (column === undefined || rows.length <= HANDFUL) {
    yield rows.toSorted((a, b) => compareBy(columns, a, b));
    return;
  }
  const parts = Map.groupBy(rows, (row) => row[column] ?? null);
  const values = [...parts.keys()].sort(compare);
  for (const value of values) yield* parted(parts.get(value) ?? [], rest);
}

function compareBy(columns: readonly string[], a: AnyRow, b: AnyRow): number {
  for (const column of columns) {
    const order = compare(a[column] ?? null, b[column] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

/** Values as their text sorts; null last. */
function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const [one, other] = [String(a), String(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}
