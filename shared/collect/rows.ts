import type { Answer, AnySource, Asking, Source } from '../source.ts';
import type { AnyRow, Table } from '../table.ts';
import { dayOf, millis } from '../time.ts';

/** A window's rows, stamped, checked to lie in the window, and in the table's order. */
export function rowsOf(of: AnySource, answers: readonly Answer<unknown>[], asking: Asking): AnyRow[] {
  // As in askWindow: a page's type stays between the source's own functions.
  const source = of as unknown as Source;
  const { connection, window } = asking;
  const first = dayOf(millis(window.from));
  const last = dayOf(millis(window.to) - 1);
  const rows: AnyRow[] = [];
  for (const row of source.rows(answers, asking) as Iterable<AnyRow>) {
    const day = String(row.day);
    if (day < first || day > last) {
      throw new Error(
        `${source.id} answered a row of ${day} when asked for ${first} to ${last}; nothing of it is stored`,
      );
    }
    rows.push({ ...row, source: source.id, connection_id: connection.id, provider: source.vendor });
  }
  return inOrder(source.table, rows);
}

/** Sorts rows by the table's order, then by every other column: the order of pages must not show in the file. */
export function inOrder(table: Table, rows: readonly AnyRow[]): AnyRow[] {
  const others = Object.keys(table.columns).filter((name) => !table.sort.includes(name));
  return rows
    .map((row) => ({ row, at: textOf(row, table.sort) }))
    .sort((a, b) => compare(a.at, b.at) || compare(textOf(a.row, others), textOf(b.row, others)))
    .map(({ row }) => row);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Columns as one text that sorts as they do one by one; null last. */
function textOf(row: AnyRow, columns: readonly string[]): string {
  let text = '';
  for (const name of columns) {
    const value = row[name];
    text += value === null || value === undefined ? '\uffff' : `${String(value)}\u0000`;
  }
  return text;
}
