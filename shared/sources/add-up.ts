import { placed, scaled, unscaled } from '../money.ts';
import type { AnyRow } from '../table.ts';

/**
 * Adds up rows that are equal but for their measures, so that a tuple of dimensions stands once.
 * `measures` names the decimal columns to add and their places; unknown plus anything is unknown.
 */
export function* addUp<R extends AnyRow>(
  rows: Iterable<R>,
  measures: Readonly<Partial<Record<keyof R & string, number>>>,
): Generator<R> {
  const places = Object.entries(measures) as [keyof R & string, number][];
  const amountsOf = (row: R): (bigint | null)[] =>
    places.map(([name, scale]) => {
      const value = row[name];
      return typeof value === 'string' ? scaled(value, scale) : null;
    });
  // Most rows stand alone: nothing is added up before a second one of its kind comes.
  const groups = new Map<string, { readonly row: R; totals: (bigint | null)[] | null }>();
  let dimensions: string[] | undefined;
  for (const row of rows) {
    dimensions ??= Object.keys(row).filter((name) => !(name in measures));
    // Every row of a source comes from one literal: same columns, same order.
    const id = nameOf(row, dimensions);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { row, totals: null });
    else {
      const amounts = amountsOf(row);
      group.totals = (group.totals ?? amountsOf(group.row)).map((total, i) => added(total, amounts[i] ?? null));
    }
  }
  for (const { row, totals } of groups.values()) {
    const summed: Record<string, unknown> = { ...row };
    for (const [i, [name, scale]] of places.entries()) {
      const value = row[name];
      const total = totals?.[i] ?? null;
      if (totals === null) summed[name] = typeof value === 'string' ? placed(value, scale) : null;
      else summed[name] = total === null ? null : unscaled(total, scale);
    }
    // The row it was, its measures replaced by text or null of the same kind.
    yield summed as R;
  }
}

/** Values of some columns as one text; a day has many rows, and JSON would cost more than all the rest. */
export function nameOf(row: AnyRow, columns: readonly string[]): string {
  let name = '';
  for (const column of columns) name += row[column] === null ? '\uffff' : `${String(row[column])}\u0000`;
  return name;
}

const added = (a: bigint | null, b: bigint | null): bigint | null => (a === null || b === null ? null : a + b);
