import type { TrinoColumn } from './trino-client.ts';

/** One row as Athena sends it; a null is a cell without a value. */
export interface AthenaRow {
  readonly Data: readonly { readonly VarCharValue?: string }[];
}

const PRECISION: Record<string, number> = {
  tinyint: 3,
  smallint: 5,
  integer: 10,
  bigint: 19,
  real: 17,
  double: 17,
  varchar: 2147483647,
  timestamp: 3,
};

/** Trino's column as Athena describes it: `decimal(20, 10)` is Type decimal, Precision 20, Scale 10. */
export function columnInfo({ name, type }: TrinoColumn) {
  const [, base = type, first, second] = /^([^(]+)(?:\((\d+)(?:, ?(\d+))?\))?/.exec(type) ?? [];
  return {
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: name,
    Label: name,
    Type: base,
    Precision: first === undefined ? (PRECISION[base] ?? 0) : Number(first),
    Scale: second === undefined ? 0 : Number(second),
    Nullable: 'UNKNOWN',
    CaseSensitive: base === 'varchar',
  };
}

/** Trino's rows as Athena sends them, under a row of headings where the statement gives rows. */
export function athenaRows(
  columns: readonly TrinoColumn[],
  rows: readonly (readonly (string | null)[])[],
  headed: boolean,
): AthenaRow[] {
  const nested = columns.map(({ type }) => /^(array|map|row)\(/.test(type));
  const cell = (value: string | null, at: number) =>
    value === null ? {} : { VarCharValue: nested[at] === true ? print(JSON.parse(value)) : value };
  const headings = { Data: columns.map(({ name }) => ({ VarCharValue: name })) };
  return [...(headed ? [headings] : []), ...rows.map((row) => ({ Data: row.map(cell) }))];
}

/** Nested values as Athena prints them, which nobody can read back: `[a, b]`, `{k=v}`. */
function print(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}=${print(inner)}`)
      .join(', ')}}`;
  return String(value);
}
