import { times } from './exact.ts';
import { joined, keyOf, outside, within } from './periods.ts';
import {
  BASE,
  type OverrideFile,
  type PriceFile,
  type PriceLine,
  type PriceRow,
  SINCE_EVER,
  STILL,
  unitOf,
} from './price.ts';

const OVERRIDE = 'override';

type Pattern = OverrideFile['factors'][number]['from'];
type Book = Map<string, PriceRow[]>;

/**
 * Makes the price book: imported prices, ours painted over them, cut to when they could be used, then multiples
 * wherever nothing is said yet. Rows are sorted by key and date, and no two of a key share a day.
 * @throws Error when a multiple has no exact unit price.
 */
export function makeBook(files: readonly PriceFile[], overrides: OverrideFile): PriceRow[] {
  const book: Book = new Map();
  for (const { provider, origin, prices } of files) {
    for (const { models, lines } of prices) {
      for (const line of lines) {
        for (const model of models) put(book, rowOf(provider, model, line, `${origin.package} ${origin.version}`));
      }
    }
  }
  for (const { provider, models, page: _, read_on: __, why: ___, ...line } of overrides.prices) {
    for (const model of models) paint(book, rowOf(provider, model, line, OVERRIDE));
  }
  for (const span of overrides.spans) cut(book, span);
  for (const rule of overrides.factors) multiply(book, rule);
  return sorted(book);
}

/** A book with an operator's own prices painted over it: they hold on their days, the rest of the book around them. */
export function overlaid(rows: readonly PriceRow[], own: readonly PriceRow[]): PriceRow[] {
  const book: Book = Map.groupBy(rows, keyOf);
  for (const row of own) paint(book, row);
  return sorted(book);
}

function sorted(book: Book): PriceRow[] {
  return [...book.keys()].toSorted().flatMap((key) => joined(book.get(key) ?? []));
}

function rowOf(provider: string, model: string, line: PriceLine, origin: string): PriceRow {
  return {
    provider,
    model,
    meter: line.meter,
    service_tier: line.service_tier ?? BASE.service_tier,
    speed: line.speed ?? BASE.speed,
    region: line.region ?? BASE.region,
    context_window: line.context_window ?? BASE.context_window,
    unit_price: line.unit_price,
    unit: unitOf(line.meter),
    valid_from: line.valid_from ?? SINCE_EVER,
    valid_to: line.valid_to ?? STILL,
    origin,
    note: line.note ?? null,
  };
}

function put(book: Book, row: PriceRow): void {
  const key = keyOf(row);
  book.set(key, [...(book.get(key) ?? []), row]);
}

/** The row holds; what stood there keeps the days around it. */
function paint(book: Book, row: PriceRow): void {
  const key = keyOf(row);
  book.set(key, [...(book.get(key) ?? []).flatMap((other) => outside(other, [row])), row]);
}

function cut(book: Book, span: OverrideFile['spans'][number]): void {
  const {
    provider,
    models,
    valid_from = SINCE_EVER,
    valid_to = STILL,
    page: _,
    read_on: __,
    why: ___,
    ...pattern
  } = span;
  for (const [key, rows] of book) {
    const hit = rows.every((row) => row.provider === provider && models.includes(row.model) && matches(row, pattern));
    if (hit)
      book.set(
        key,
        rows.map((row) => within(row, valid_from, valid_to)).filter((row) => row !== null),
      );
  }
}

function multiply(book: Book, rule: OverrideFile['factors'][number]): void {
  const found = [...book.values()].flat().filter((row) => {
    const listed = rule.models === undefined || rule.models.includes(row.model);
    return row.provider === rule.provider && listed && matches(row, rule.from);
  });
  // All of a rule's rows are judged against the book before the rule, so that their order does not matter.
  const added = found.flatMap((row) => {
    const multiple = multipleOf(row, rule);
    return outside(multiple, book.get(keyOf(multiple)) ?? []);
  });
  for (const row of added) put(book, row);
}

function multipleOf(row: PriceRow, { to, factor, note }: OverrideFile['factors'][number]): PriceRow {
  const meter = to.meter ?? row.meter;
  const notes = [row.note, note].filter((part) => typeof part === 'string');
  return {
    ...row,
    model: to.model ?? row.model,
    meter,
    service_tier: to.service_tier ?? row.service_tier,
    speed: to.speed ?? row.speed,
    region: to.region ?? row.region,
    context_window: to.context_window ?? row.context_window,
    unit_price: times(row.unit_price, factor),
    unit: unitOf(meter),
    origin: OVERRIDE,
    note: notes.length === 0 ? null : notes.join(', '),
  };
}

const COLUMNS = ['model', 'meter', 'service_tier', 'speed', 'region', 'context_window'] as const;

function matches(row: PriceRow, pattern: Pattern): boolean {
  return COLUMNS.every((column) => pattern[column] === undefined || pattern[column] === row[column]);
}
