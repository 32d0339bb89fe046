import type { QueryRow } from '../../shared/platform.ts';

/** The forms a query's rows can be written in. */
export const FORMATS = ['table', 'csv', 'json'] as const;

/** A form of rows. */
export type Format = (typeof FORMATS)[number];

/** Rows as they come. */
export type Rows = AsyncIterable<QueryRow> | Iterable<QueryRow>;

/** Writes rows as text, piece by piece; columns are those of the first row unless named. */
export function written(format: Format, rows: Rows, columns?: readonly string[]): AsyncIterable<string> {
  switch (format) {
    case 'csv':
      return csv(rows, columns);
    case 'json':
      return json(rows);
    case 'table':
      return table(rows, columns);
    default:
      return format satisfies never;
  }
}

const quoted = (cell: string | null | undefined): string => {
  const text = cell ?? '';
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Comma-separated values with a head, as RFC 4180 has them; null is empty. */
export async function* csv(rows: Rows, columns?: readonly string[]): AsyncGenerator<string> {
  let names = columns;
  if (names !== undefined) yield `${names.map(quoted).join(',')}\r\n`;
  for await (const row of rows) {
    if (names === undefined) {
      names = Object.keys(row);
      yield `${names.map(quoted).join(',')}\r\n`;
    }
    yield `${names.map((name) => quoted(row[name])).join(',')}\r\n`;
  }
}

/** An array of objects, one a line; every cell is text (decimals and days exactly as they are) or null. */
export async function* json(rows: Rows): AsyncGenerator<string> {
  let begun = false;
  for await (const row of rows) {
    yield `${begun ? ',\n' : '[\n'}${JSON.stringify(row)}`;
    begun = true;
  }
  yield begun ? '\n]\n' : '[]\n';
}

// Widths are measured on the first rows: a table as long as the lake must not wait in memory.
const MEASURED = 200;
const WIDEST = 60;

/** Aligned columns: numbers to the right, null as –, long texts cut with an ellipsis. */
export async function* table(rows: Rows, columns?: readonly string[]): AsyncGenerator<string> {
  const iterator = iterate(rows);
  const head: QueryRow[] = [];
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    head.push(next.value);
    if (head.length === MEASURED) break;
  }
  const names = columns ?? Object.keys(head[0] ?? {});
  if (names.length === 0) {
    yield 'no rows\n';
    return;
  }
  const cells = head.map((row) => names.map((name) => cell(row[name])));
  const widths = names.map((name, i) =>
    Math.min(WIDEST, Math.max(name.length, ...cells.map((row) => row[i]?.length ?? 0))),
  );
  const numeric = names.map(
    (_, i) => cells.every((row) => NUMBER.test(row[i] ?? '')) && cells.some((row) => row[i] !== NULL),
  );
  const line = (row: readonly string[]): string =>
    `${row
      .map((text, i) => aligned(text, widths[i] ?? 0, numeric[i] ?? false))
      .join('  ')
      .trimEnd()}\n`;
  yield line(names);
  yield line(widths.map((width) => '─'.repeat(width)));
  for (const row of cells) yield line(row);
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    const { value } = next;
    yield line(names.map((name) => cell(value[name])));
  }
  if (cells.length === 0) yield 'no rows\n';
}

async function* iterate(rows: Rows): AsyncGenerator<QueryRow> {
  yield* rows;
}

const NULL = '–';
const NUMBER = /^(–|[+-]?\d+(\.\d+)?)$/;

// A line break or a control character of a vendor's text must not move the terminal.
const cell = (value: string | null | undefined): string => (value ?? NULL).replace(/\p{Cc}+/gu, ' ');

function aligned(text: string, width: number, right: boolean): string {
  const fits = text.length > width && width === WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text;
  return right ? fits.padStart(width) : fits.padEnd(width);
}
