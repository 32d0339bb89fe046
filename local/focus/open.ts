import { DuckDBInstance } from '@duckdb/node-api';
import { COST_COLUMNS, type FocusRecord } from '../../shared/focus/columns.ts';
import type { FocusFile } from '../../shared/focus/take.ts';
import { asText } from '../platform/query-text.ts';

/**
 * Opens a FOCUS file, CSV (also packed) or Parquet, and lends it to `use` as rows of text: an empty cell is null, a quoted
 * one an empty text; a float of money has ten places, any other its shortest form.
 * @throws Error in a sentence when the file cannot be read as what its name says.
 */
export async function openFocus<T>(path: string, use: (file: FocusFile) => Promise<T>): Promise<T> {
  const quoted = `'${path.replaceAll("'", "''")}'`;
  const from = /\.parquet$/i.test(path)
    ? `read_parquet(${quoted}, hive_partitioning = false)`
    : `read_csv(${quoted}, header = true, delim = ',', quote = '"', escape = '"', all_varchar = true, nullstr = '', allow_quoted_nulls = false, hive_partitioning = false)`;
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run("set TimeZone = 'UTC'");
    const described = await connection.runAndReadAll(`describe select * from ${from}`).catch((cause: unknown) => {
      throw new Error(
        `The FOCUS file ${path} cannot be read: ${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)}`,
        { cause },
      );
    });
    const columns = described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
    const select = `select ${columns.map(cell).join(', ')} from ${from}`;
    const rows = async function* (): AsyncGenerator<FocusRecord> {
      yield* asText(await connection.stream(select));
    };
    return await use({ name: path, columns: columns.map(({ name }) => name), rows: rows() });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function cell({ name, type }: { readonly name: string; readonly type: string }): string {
  const column = `"${name.replaceAll('"', '""')}"`;
  if (/^(TIMESTAMP|DATE)/.test(type)) return `strftime(${column}, '%Y-%m-%dT%H:%M:%SZ') as ${column}`;
  if (/^(MAP|STRUCT)/.test(type)) return `cast(to_json(${column}) as varchar) as ${column}`;
  if (/^(DOUBLE|FLOAT)/.test(type) && COST_COLUMNS.includes(name))
    return `cast(cast(${column} as decimal(38,10)) as varchar) as ${column}`;
  return `cast(${column} as varchar) as ${column}`;
}
