import type { PriceRow } from './price.ts';

/** What a price is a price of: at most one row of a book has this key on a given day. */
export function keyOf(
  row: Omit<PriceRow, 'unit_price' | 'unit' | 'valid_from' | 'valid_to' | 'origin' | 'note'>,
): string {
  return [row.provider, row.model, row.meter, row.service_tier, row.speed, row.region, row.context_window].join('|');
}

/** A row within other dates; null when nothing of it is left. */
export function within(row: PriceRow, from: string, to: string): PriceRow | null {
  const valid_from = row.valid_from > from ? row.valid_from : from;
  const valid_to = row.valid_to < to ? row.valid_to : to;
  return valid_from < valid_to ? { ...row, valid_from, valid_to } : null;
}

/** The parts of a row outside all of the others' dates. */
export function outside(row: PriceRow, others: readonly PriceRow[]): PriceRow[] {
  let parts = [row];
  for (const { valid_from, valid_to } of others) {
    parts = parts
      .flatMap((part) => [within(part, part.valid_from, valid_from), within(part, valid_to, part.valid_to)])
      .filter((part) => part !== null);
  }
  return parts;
}

/** Rows of one key in the order of their dates, neighbours that say the same joined. */
export function joined(rows: readonly PriceRow[]): PriceRow[] {
  const result: PriceRow[] = [];
  for (const row of rows.toSorted((a, b) => (a.valid_from < b.valid_from ? -1 : 1))) {
    const last = result.at(-1);
    const same =
      last?.valid_to === row.valid_from &&
      last.unit_price === row.unit_price &&
      last.note === row.note &&
      last.origin === row.origin;
    if (last !== undefined && same) result[result.length - 1] = { ...last, valid_to: row.valid_to };
    else result.push(row);
  }
  return result;
}
