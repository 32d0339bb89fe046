import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { local } from './metastore.ts';
import type { Trino } from './trino.ts';
import { TrinoError, type TrinoStats } from './trino-client.ts';

/** A file that an UNLOAD wrote. */
export interface UnloadedFile {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: Uint8Array;
}

/** One UNLOAD, as Athena's statement says it. */
export interface Unload {
  readonly select: string;
  /** `s3://bucket/prefix/`, empty so far. */
  readonly to: string;
  readonly codec: string;
  readonly schema: string;
  readonly signal: AbortSignal;
}

/** Writes a query's rows as Parquet under a prefix: a table made and forgotten, whose files stay. */
export async function unload(
  trino: Trino,
  { select, to, codec, schema, signal }: Unload,
): Promise<{ files: UnloadedFile[]; stats: TrinoStats | null }> {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/(.*?)\/?$/.exec(to) ?? [];
  const folder = join(trino.root, bucket, prefix);
  if ((await filesIn(folder)).length > 0)
    throw new TrinoError({
      errorName: 'HIVE_PATH_ALREADY_EXISTS',
      errorType: 'EXTERNAL',
      message: `Target directory for table '${schema}.unload' already exists: ${to}`,
    });
  const name = `unload_${randomUUID().replaceAll('-', '')}`;
  const target = `${local(`s3://${bucket}/${prefix}`)}`;
  const made = `CREATE TABLE ${name} WITH (format = 'PARQUET', external_location = '${target}') AS\n${select}`;
  const session = { 'awsdatacatalog.compression_codec': codec };
  const stats = await trino.query(made, { schema, session, signal }).then(
    (answer) => answer.stats,
    // No row, no file, no folder: the local file system has no empty prefixes.
    (error: unknown) => {
      if (error instanceof Error && error.message.endsWith('External table location does not exist')) return null;
      throw error;
    },
  );
  await trino.metastore.drop({ schema, name });
  const names = await filesIn(folder);
  const files = names.map(async (file) => ({
    bucket,
    key: `${prefix}/${file}`,
    bytes: await readFile(join(folder, file)),
  }));
  return { files: await Promise.all(files), stats };
}

const filesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
