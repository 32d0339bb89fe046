import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prefixOf, type Table } from '../../../shared/table.ts';

/** A column with its Hive type, as Glue holds it. */
export interface HiveColumn {
  readonly name: string;
  readonly type: string;
}

/** An external Parquet table, as Glue holds it. */
export interface MetastoreTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly HiveColumn[];
  readonly partitionKeys: readonly HiveColumn[];
  /** `s3://bucket/prefix/` or `local:///bucket/prefix`; both are the folder `bucket/prefix` of the root. */
  readonly location: string;
}

/** Trino's file metastore, written without DDL; the running server sees each change at once. */
export interface Metastore {
  /** Makes a table, or replaces its definition, keeping its partitions; makes its schema too. */
  table(table: MetastoreTable): Promise<void>;
  /** Registers a partition, or points it elsewhere. */
  partition(table: MetastoreTable, values: readonly string[], location: string): Promise<void>;
  /** Forgets a partition; its files stay. */
  dropPartition(table: MetastoreTable, values: readonly string[]): Promise<void>;
  /** Registers each `key=value` folder under the location of a table with one partition key. */
  sync(table: MetastoreTable): Promise<void>;
  /** Forgets a table with its partitions; its files stay. */
  drop(table: Pick<MetastoreTable, 'schema' | 'name'>): Promise<void>;
}

// A file of another Trino version is refused.
const VERSION = '435';
const VALUE = /^[\w.-]+$/;

/** The metastore below `root`, the folder that Trino was started over. */
export function metastore(root: string): Metastore {
  const folder = (schema: string) => join(root, '.metastore', schema);
  const place = (table: MetastoreTable, values: readonly string[]): string =>
    join(
      folder(table.schema),
      table.name,
      table.partitionKeys.map(({ name }, at) => `${name}=${checked(values[at])}`).join('/'),
    );
  const storage = { storageFormat: 'PARQUET', serdeParameters: {}, columnStatistics: {} };

  const partition = async (table: MetastoreTable, values: readonly string[], location: string): Promise<void> =>
    put(join(place(table, values), '.trinoSchema'), {
      columns: typed(table.columns),
      parameters: {},
      ...storage,
      externalLocation: local(location),
    });

  return {
    partition,
    table: async (table) => {
      await put(join(root, '.metastore', `.${table.schema}.trinoSchema`), {
        writerVersion: VERSION,
        ownerName: 'ci',
        ownerType: 'USER',
        parameters: {},
      });
      // An empty prefix is no error on S3; a folder that is not there is one here.
      await mkdir(join(root, local(table.location).replace('local:///', '')), { recursive: true });
      await put(join(folder(table.schema), table.name, '.trinoSchema'), {
        writerVersion: VERSION,
        owner: 'ci',
        tableType: 'EXTERNAL_TABLE',
        dataColumns: typed(table.columns),
        partitionColumns: typed(table.partitionKeys),
        parameters: { EXTERNAL: 'TRUE' },
        ...storage,
        externalLocation: local(table.location),
      });
    },
    dropPartition: (table, values) => rm(place(table, values), { recursive: true, force: true }),
    sync: async (table) => {
      const base = join(root, local(table.location).replace('local:///', ''));
      for (const name of await readdir(base)) {
        const [, value] = name.split('=');
        if (value !== undefined) await partition(table, [value], `${local(table.location)}/${name}`);
      }
    },
    drop: ({ schema, name }) => rm(join(folder(schema), name), { recursive: true, force: true }),
  };
}

/** A table of ours in the bucket `bucket`, as Glue would hold it. */
export function hiveTable(table: Table, schema: string, bucket: string): MetastoreTable {
  const columns = Object.entries(table.columns).map(([name, { type }]) => ({ name, type }));
  const partitionKeys = table.partitioned ? [{ name: 'billing_period', type: 'string' }] : [];
  return { schema, name: table.name, columns, partitionKeys, location: `s3://${bucket}/${prefixOf(table)}` };
}

/** The place under Trino's root that stands for a place in S3. */
export const local = (location: string): string => location.replace(/^s3:\/\//, 'local:///').replace(/\/$/, '');

const typed = (columns: readonly HiveColumn[]) => columns.map(({ name, type }) => ({ name, type, properties: {} }));

function checked(value: string | undefined): string {
  if (value === undefined || !VALUE.test(value)) throw new Error(`'${value}' cannot be a partition's folder here`);
  return value;
}

/** Written beside and renamed, so that the server never reads half a file. */
async function put(path: string, content: unknown): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(`${path}.new`, JSON.stringify(content));
  await rename(`${path}.new`, path);
}
