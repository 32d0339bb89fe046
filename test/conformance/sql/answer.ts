import type { LakeWarehouse } from '../../../local/platform/warehouse.ts';
import type { Trino } from '../engines/trino.ts';

/** What an engine answers to `select *`: its columns with the engine's own types, every cell as text. */
export interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** All rows of a table or view of the laptop's lake. */
export async function duckAnswer({ rows }: Pick<LakeWarehouse, 'rows'>, name: string): Promise<Answer> {
  const columns: { name: string; type: string }[] = [];
  for await (const { column_name, column_type } of rows(`select column_name, column_type from (describe ${name})`))
    columns.push({ name: column_name ?? '', type: column_type ?? '' });
  // Maps are written as JSON, for no text of a map can be read back.
  const cells = columns.map(({ name: column, type }) =>
    type.startsWith('MAP(') ? `cast(to_json(${column}) as varchar) as ${column}` : column,
  );
  const answered = await Array.fromAsync(rows(`select ${cells.join(', ')} from ${name}`));
  return { columns, rows: answered.map((row) => canonical(columns, Object.values(row))) };
}

/** All rows of a table or view of a database on Trino. */
export async function trinoAnswer({ query }: Pick<Trino, 'query'>, schema: string, name: string): Promise<Answer> {
  const { columns, rows } = await query(`SELECT * FROM ${name}`, { schema });
  return { columns, rows: rows.map((row) => canonical(columns, row)) };
}

/** A map's keys have no order. */
const canonical = (columns: Answer['columns'], row: readonly (string | null)[]): (string | null)[] =>
  row.map((cell, at) => (cell !== null && /^map\(/i.test(columns[at]?.type ?? '') ? sorted(cell) : cell));

const sorted = (map: string): string =>
  JSON.stringify(Object.entries(JSON.parse(map)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
