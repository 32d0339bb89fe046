import { GetDatabasesCommand, GetTablesCommand, type GlueClient, paginateGetPartitions } from '@aws-sdk/client-glue';
import * as z from 'zod';
import type { Metastore, MetastoreTable } from './metastore.ts';

const column = z
  .object({ Name: z.string(), Type: z.string() })
  .transform(({ Name: name, Type: type }) => ({ name, type }));
const table = z.object({
  Name: z.string(),
  TableType: z.string().optional(),
  PartitionKeys: z.array(column).default([]),
  StorageDescriptor: z.object({
    Columns: z.array(column),
    Location: z.string().startsWith('s3://'),
    InputFormat: z.string(),
  }),
});
const partition = z.object({
  Values: z.array(z.string()),
  StorageDescriptor: z.object({ Location: z.string().startsWith('s3://') }),
});

/** Brings Trino's metastore to what Glue holds now, as Athena would read it; views are Trino's own. */
export function glueMirror(glue: GlueClient, metastore: Metastore): () => Promise<void> {
  const written = new Map<string, { content: string; undo: () => Promise<void> }>();
  const put = async (key: string, content: unknown, write: () => Promise<void>, undo: () => Promise<void>) => {
    const now = JSON.stringify(content);
    if (written.get(key)?.content !== now) await write();
    written.set(key, { content: now, undo });
    return key;
  };

  const mirror = async (known: MetastoreTable): Promise<string[]> => {
    const path = `${known.schema}.${known.name}`;
    const seen = [
      await put(
        path,
        known,
        () => metastore.table(known),
        () => metastore.drop(known),
      ),
    ];
    if (known.partitionKeys.length === 0) return seen;
    const of = { DatabaseName: known.schema, TableName: known.name };
    for await (const { Partitions } of paginateGetPartitions({ client: glue }, of))
      for (const { Values, StorageDescriptor } of z.array(partition).parse(Partitions ?? [])) {
        const place = StorageDescriptor.Location;
        const write = () => metastore.partition(known, Values, place);
        const undo = () => metastore.dropPartition(known, Values);
        seen.push(await put(`${path}/${Values.join('/')}`, [known, place], write, undo));
      }
    return seen;
  };

  return async () => {
    const seen = new Set<string>();
    for (const known of await tablesOf(glue)) for (const key of await mirror(known)) seen.add(key);
    // Partitions before their tables: they were written later.
    for (const [key, { undo }] of [...written].reverse())
      if (!seen.has(key)) {
        await undo();
        written.delete(key);
      }
  };
}

async function tablesOf(glue: GlueClient): Promise<MetastoreTable[]> {
  const { DatabaseList = [] } = await glue.send(new GetDatabasesCommand({}));
  const found: MetastoreTable[] = [];
  for (const { Name: schema = '' } of DatabaseList) {
    const { TableList = [] } = await glue.send(new GetTablesCommand({ DatabaseName: schema }));
    const external = TableList.filter(({ TableType }) => TableType !== 'VIRTUAL_VIEW');
    for (const { Name: name, PartitionKeys, StorageDescriptor } of z.array(table).parse(external)) {
      const { Columns, Location, InputFormat } = StorageDescriptor;
      if (!InputFormat.includes('Parquet')) throw new Error(`Glue's table ${name} is not Parquet but ${InputFormat}`);
      found.push({ schema, name, columns: Columns, partitionKeys: PartitionKeys, location: Location });
    }
  }
  return found;
}
