import { relative } from 'node:path';
import { inCaseFull, LakeFull } from './lake-full.ts';

/** What DuckDB says of a file that is no Parquet, or no longer. */
const BROKEN =
  /magic bytes|too small to be a Parquet|footer|Corrupt|TProtocolException|Failed to read Parquet|snappy|ZSTD|thrift|Invalid Error/i;
const FILE = /["']([^"']+\.parquet)["']/;

/** An engine's error as one sentence that names the file, where a file is at fault. */
export function inWords(error: unknown, root: string): unknown {
  const full = inCaseFull(error, root);
  if (!(error instanceof Error) || full instanceof LakeFull) return full;
  const file = FILE.exec(error.message)?.[1];
  if (file === undefined || !BROKEN.test(error.message)) return error;
  return new Error(
    `${relative(root, file)} in the lake cannot be read as Parquet: remove the file and collect that day again`,
    { cause: error },
  );
}
