import { bytesIn } from '../../shared/bytes.ts';
import type { Codec } from '../../shared/platform.ts';
import { lines, packLines } from './lines.ts';
import { readParquet, writeParquet } from './parquet.ts';

/** Bytes in and out, the same on AWS and on a laptop. */
export const codec: Codec = {
  writeParquet,
  readParquet: async (table, body) => readParquet(table, await bytesIn(body)),
  packLines,
  lines,
};
