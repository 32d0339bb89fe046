import { scaled, unscaled } from '../money.ts';
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
  const groups = new Map<string, { row: R; totals: (bigint | null)[] }>();
  for (const row of rows) {
    const amounts = places.map(([name, scale]) => {
      const value = row[name];
      return typeof value === 'string' ? scaled(value, scale) : null;
    });
    const id = JSON.stringify(row, (key, value: unknown) => (key in measures ? undefined : value));
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { row, totals: amounts });
    else group.totals = group.totals.map((total, i) => added(total, amounts[i] ?? null));
  }
  for (const { row, totals } of groups.values()) {
    const sums = places.map(([name, scale], i) => {
      const total = totals[i] ?? null;
      return [name, total === null ? null : unscaled(total, scale)];
    });
    yield { ...row, ...Object.fromEntries(sums) };
  }
}

const added = (a: bigint | null, b: bigint | null): bigint | null => (a === null || b === null ? null : a + b);
