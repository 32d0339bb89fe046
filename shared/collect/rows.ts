import type { AnySource, Connection, Window } from '../source.ts';
import type { AnyRow } from '../table.ts';
import { dayOf, millis } from '../time.ts';
import { inTurn } from './order.ts';

/** The rows that a source tells of a window, checked to lie in it. */
export function within({ id }: AnySource, { from, to }: Window, told: Iterable<AnyRow>): AnyRow[] {
  const first = dayOf(millis(from));
  const last = dayOf(millis(to) - 1);
  const rows: AnyRow[] = [];
  for (const row of told) {
    const day = String(row.day);
    if (day < first || day > last)
      throw new Error(`${id} answered a row of ${day} when asked for ${first} to ${last}; nothing of it is stored`);
    rows.push(row);
  }
  return rows;
}

/** Rows in the table's order, stamped with whose they are, in handfuls: a stamped row lives no longer than its handful. */
export function* stamped(
  { id, vendor, table }: AnySource,
  { id: connection_id }: Connection,
  rows: readonly AnyRow[],
): Generator<AnyRow[]> {
  const stamp = { source: id, connection_id, provider: vendor };
  for (const some of inTurn(table, rows)) yield some.map((row) => ({ ...row, ...stamp }));
}
