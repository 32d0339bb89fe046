import * as z from 'zod';
import type { BillingPeriod } from './time.ts';

/** Types both engines read alike; `decimal` carries precision and scale. Hive's names, as Glue wants them. */
export type ColumnType =
  | 'string'
  | 'date'
  | 'timestamp'
  | 'boolean'
  | 'bigint'
  | 'double'
  | 'map<string,string>'
  | `decimal(${number},${number})`;

/** One column: its type on disk, whether it may be null, its value in TypeScript, and what it says. */
export interface Column<T = unknown> {
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly value: z.ZodType;
  readonly says: string;
  /** Never set: carries the value's TypeScript type. */
  readonly type$?: T;
}

const column = <T>(type: ColumnType, value: z.ZodType<T>, says: string): Column<T> => ({
  type,
  nullable: false,
  value,
  says,
});

/** Text. */
export const text = (says: string): Column<string> => column('string', z.string(), says);
/** One of a closed list of texts. */
export const oneOf = <const T extends string>(values: readonly T[], says: string): Column<T> =>
  column('string', z.enum(values), says);
/** A UTC day. */
export const date = (says: string): Column<string> => column('date', z.iso.date(), says);
/** An instant, stored in milliseconds without a zone and read as UTC. */
export const timestamp = (says: string): Column<string> => column('timestamp', z.string(), says);
/** True or false. */
export const flag = (says: string): Column<boolean> => column('boolean', z.boolean(), says);
/** A whole number below 2^53. */
export const whole = (says: string): Column<number> => column('bigint', z.int(), says);
/** Exact decimal text. */
export const decimal = (precision: number, scale: number, says: string): Column<string> =>
  column(`decimal(${precision},${scale})`, z.string(), says);
/** Money in facts: `decimal(20,10)` in the row's currency. */
export const money = (says: string): Column<string> => decimal(20, 10, says);
/** A quantity in the meter's unit: `decimal(28,6)`. */
export const quantity = (says: string): Column<string> => decimal(28, 6, says);
/** A price per single unit: `decimal(20,14)`. */
export const unitPrice = (says: string): Column<string> => decimal(20, 14, says);

/** A binary float, for a copy that another tool wants so: money of our own is exact. */
export const double = (says: string): Column<number> => column('double', z.number(), says);
/** Texts by name. */
export const textMap = (says: string): Column<Readonly<Record<string, string>>> =>
  column('map<string,string>', z.record(z.string(), z.string()), says);

/** The same column, null allowed: null means unknown or not applicable, and the sentence says which. */
export const nullable = <T>({ type, value, says }: Column<T>): Column<T | null> => ({
  type,
  nullable: true,
  value: value.nullable(),
  says,
});

/** Where a table's objects stand, and so which grant reads them. */
export type TableArea = 'facts' | 'identities' | 'reference' | 'status' | 'marts';

/** A table: said once here; the zod row, the Parquet schema, Glue's columns and the docs follow from it. */
export interface Table<Columns extends Record<string, Column> = Record<string, Column>> {
  readonly name: string;
  /** The sentence that says what one row is. */
  readonly grain: string;
  readonly area: TableArea;
  /** Partitioned by `billing_period` (a month), or one object (or few) without partitions. */
  readonly partitioned: boolean;
  readonly columns: Columns;
  /**
   * Order of rows inside a file: by these columns, in facts then by all the others, so that equal rows give equal bytes.
   * Of marts only an engine that writes one file at a time keeps it.
   */
  readonly sort: readonly string[];
  /** Raised when the columns change; stored in each file's metadata. */
  readonly version: number;
}

/** A row of a table in TypeScript: decimals, days and instants as text. */
export type Row<T extends Table> = {
  readonly [K in keyof T['columns']]: T['columns'][K] extends Column<infer V> ? V : never;
};

/** Any table's row, where the table is only known at run time. */
export type AnyRow = Readonly<Record<string, unknown>>;

/** Describes a table. */
export function defineTable<const Columns extends Record<string, Column>>(
  table: Table<Columns> & { readonly sort: readonly (keyof Columns & string)[] },
): Table<Columns> {
  return table;
}

/** The zod schema of a table's row, unknown columns refused. */
export function rowSchema(table: Table): z.ZodType<AnyRow> {
  return z.strictObject(Object.fromEntries(Object.entries(table.columns).map(([name, { value }]) => [name, value])));
}

/** Precision and scale of a decimal column; null for other types. */
export function decimalOf(type: ColumnType): { precision: number; scale: number } | null {
  const match = /^decimal\((\d+),(\d+)\)$/.exec(type);
  return match === null ? null : { precision: Number(match[1]), scale: Number(match[2]) };
}

/** The prefix of a table, or of one of its months, in the lake. */
export function prefixOf(table: Table, period?: BillingPeriod): string {
  const base = `${table.area}/${table.name}/`;
  return period === undefined ? base : `${base}billing_period=${period}/`;
}
