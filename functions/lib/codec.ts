import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { bytesIn } from '../../shared/bytes.ts';
import type { Codec } from '../../shared/platform.ts';
import { readParquet, writeParquet } from './parquet.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** What a body may unpack to: a small body can hide gigabytes. */
const MOST = 512 * 1024 * 1024;

/** Bytes in and out, the same on AWS and on a laptop. */
export const codec: Codec = {
  writeParquet,
  readParquet: async (table, body) => readParquet(table, await bytesIn(body)),
  compress: (bytes) => pack(bytes, { level: 1 }),
  decompress: (bytes) => unpack(bytes, { maxOutputLength: MOST }),
};
