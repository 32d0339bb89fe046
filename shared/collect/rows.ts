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
export function inOrder(table: Table, rows: AnyRow[]): AnyRow[] {
  const columns = [...table.sort, ...Object.keys(table.columns).filter((name) => !table.sort.includes(name))];
  return rows
    .map((row) => ({ row, at: columns.map((name) => text(row[name])).join('\u0000') }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ row }) => row);
}

/** Null last. */
const text = (value: unknown): string => (value === null || value === undefined ? '\uffff' : String(value));
