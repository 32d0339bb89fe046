import type { DuckDBResult, DuckDBValue } from '@duckdb/node-api';
import type { QueryRow } from '../../shared/platform.ts';

/** Rows of a result as text, chunk by chunk, written as Athena writes them. */
export async function* asText(result: DuckDBResult): AsyncGenerator<QueryRow> {
  const names = result.deduplicatedColumnNames();
  const isInstant = result.columnTypes().map((type) => String(type).startsWith('TIMESTAMP'));
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const row of chunk.getRows()) {
      const cells: Record<string, string | null> = {};
      for (let i = 0; i < names.length; i += 1) {
        const value = row[i] ?? null;
        cells[names[i] ?? ''] = value === null ? null : isInstant[i] === true ? instantText(value) : String(value);
      }
      yield cells;
    }
  }
}

/** Always 23 characters; DuckDB leaves out a fraction of zero. */
function instantText(value: DuckDBValue): string {
  const text = String(value);
  return `${text}${text.includes('.') ? '' : '.'}`.padEnd(23, '0').slice(0, 23);
}
