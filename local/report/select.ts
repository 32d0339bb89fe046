import type { QueryRow } from '../../shared/platform.ts';
import type { Day } from '../../shared/time.ts';

/** Rows of a select over the marts. */
export type Query = (sql: string) => Promise<readonly QueryRow[]>;

/** The smallest select the page needs; this file is the only one of the report that writes SQL. */
export interface Select {
  /** Output column to expression. */
  readonly columns: Readonly<Record<string, string>>;
  readonly from: string;
  readonly where?: readonly (string | null)[];
  /** Output columns to group by. */
  readonly group?: readonly string[];
  /** Several groupings at once, each of output columns. */
  readonly groupingSets?: readonly (readonly string[])[];
  readonly having?: string;
  /** Output columns, each perhaps with ` desc`. */
  readonly order?: readonly string[];
  readonly limit?: number;
}

/** Writes a select; conditions that are null are left out. */
export function select({
  columns,
  from,
  where = [],
  group = [],
  groupingSets = [],
  having,
  order = [],
  limit,
}: Select): string {
  const expressions = (names: readonly string[]): string => names.map((name) => columns[name] ?? name).join(', ');
  const conditions = where.filter((condition) => condition !== null);
  return [
    `select ${Object.entries(columns)
      .map(([name, expression]) => (name === expression ? name : `${expression} as ${name}`))
      .join(', ')}`,
    `from ${from}`,
    conditions.length > 0 && `where ${conditions.join(' and ')}`,
    groupingSets.length > 0 &&
      `group by grouping sets (${groupingSets.map((set) => `(${expressions(set)})`).join(', ')})`,
    group.length > 0 && `group by ${expressions(group)}`,
    having !== undefined && `having ${having}`,
    order.length > 0 && `order by ${order.join(', ')}`,
    limit !== undefined && `limit ${limit}`,
  ]
    .filter((part) => part !== false)
    .join('\n');
}

/** Columns under their own names. */
export const named = (...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name]));

/** A text as a literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Column equals text. */
export const is = (column: string, text: string): string => `${column} = ${literal(text)}`;

/** Column equals text, or no condition for null. */
export const isIfSet = (column: string, text: string | null): string | null =>
  text === null ? null : is(column, text);

/** Column is one of some texts. */
export const isIn = (column: string, texts: readonly string[]): string =>
  texts.length === 0 ? '1 = 0' : `${column} in (${texts.map(literal).join(', ')})`;

/** Column lies between two days, both included. */
export const between = (column: string, from: Day, to: Day): string =>
  `${column} between date ${literal(from)} and date ${literal(to)}`;

/** Sum of a money column, perhaps of some rows only; 0 when no row is there. */
export const sum = (column: string, of?: string): string =>
  `cast(coalesce(sum(${column})${of === undefined ? '' : ` filter (where ${of})`}, 0) as decimal(28,10))`;

/** How many rows, perhaps of some only. */
export const rowCount = (of?: string): string => `count(*)${of === undefined ? '' : ` filter (where ${of})`}`;

/** How many different values. */
export const different = (column: string): string => `count(distinct ${column})`;

/** One expression over another, in money; null when there is nothing to divide by. */
export const over = (part: string, whole: string): string =>
  `cast(round(cast(${part} as double) / nullif(cast(${whole} as double), 0), 10) as decimal(28,10))`;

/** The Monday of a day's week. */
export const weekOf = (column: string): string => `cast(date_trunc('week', ${column}) as date)`;

/** Total of an expression from the first row to this one, in order of a column. */
export const runningTotal = (expression: string, order: string): string =>
  `cast(sum(${expression}) over (order by ${order}) as decimal(28,10))`;

/** The text where it is one of some, another word elsewhere; null stays null. */
export const keptOr = (column: string, kept: readonly string[], otherwise: string): string =>
  `case when ${column} is null or ${isIn(column, kept)} then ${column} else ${literal(otherwise)} end`;
