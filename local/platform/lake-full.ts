/** The disk of a lake has no room left; what stands in the lake is whole. */
export class LakeFull extends Error {}

/** SQLite's word for it: https://www.sqlite.org/rescode.html#full */
const SQLITE_FULL = 13;
/** DuckDB's and the system's. */
const WORDS = /No space left on device|database or disk is full|Disk quota exceeded/i;

/** An error as one sentence where it means that the disk is full; any other as it is. */
export function inCaseFull(error: unknown, lake: string): unknown {
  if (!(error instanceof Error) || error instanceof LakeFull || !meansFull(error)) return error;
  return new LakeFull(
    `The disk of the lake ${lake} is full: make room there, or move the lake and give it with --lake DIR, and run again; ` +
      'nothing is half-written, and what is missing is asked for then.',
    { cause: error },
  );
}

function meansFull(error: Error): boolean {
  const code = 'code' in error ? error.code : null;
  const result = 'errcode' in error ? error.errcode : null;
  return code === 'ENOSPC' || code === 'EDQUOT' || result === SQLITE_FULL || WORDS.test(error.message);
}
