import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { AthenaClient } from '@aws-sdk/client-athena';
import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { athenaWarehouse } from '../../../functions/lib/warehouse.ts';
import { type Bill, billTable } from '../../../shared/cloud-bill/bill.ts';
import { columnsOf } from '../../../shared/cloud-bill/columns.ts';
import type { Warehouse } from '../../../shared/platform.ts';
import { prefixOf, type Table } from '../../../shared/table.ts';
import type { BillingPeriod } from '../../../shared/time.ts';
import { type AthenaDouble, startAthenaDouble } from './athena-double.ts';
import type { Emulator } from './emulator.ts';
import { glueMirror } from './glue-mirror.ts';
import { hiveTable, type MetastoreTable } from './metastore.ts';
import type { Trino } from './trino.ts';

/** A lake of files read as AWS would: our own Athena and Glue code, the emulator's Glue, real Trino. */
export interface LakeOnAws {
  readonly warehouse: Warehouse;
  readonly athena: AthenaDouble;
  stop(): Promise<void>;
}

/** What lies where. */
export interface LakeAt {
  /** The lake, laid out as the bucket; what the warehouse unloads is written into it. */
  readonly folder: string;
  readonly tables: readonly Table[];
  /** Bills of AWS, each a table of its own columns. */
  readonly bills?: readonly Bill[];
  /** Names of the bucket and the Glue database. */
  readonly bucket?: string;
  readonly database?: string;
}

/** Puts a lake's tables and the months that its folder holds into Glue, and Athena's double before it. */
export async function lakeOnAws(trino: Trino, emulator: Emulator, at: LakeAt): Promise<LakeOnAws> {
  const { folder, tables, bills = [], bucket = 'outlay-lake', database = 'outlay' } = at;
  const glue = new GlueClient(emulator.client);
  await trino.mount(bucket, folder);
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: database } }));
  for (const table of tables) await glue.send(createTable(hiveTable(table, database, bucket)));
  for (const bill of bills) await glue.send(createTable(billHiveTable(bill, database, bucket)));
  const athena = await startAthenaDouble(trino, { before: glueMirror(glue, trino.metastore) });
  const client = new AthenaClient({ ...emulator.client, endpoint: athena.url });
  const clock = { now: () => Date.now(), sleep: (ms: number) => setTimeout(Math.min(ms, 50)) };
  const warehouse = athenaWarehouse(client, glue, { workgroup: 'outlay', database, bucket }, clock);
  for (const table of tables) await warehouse.point(table.name, await monthsIn(folder, table));
  return { warehouse, athena, stop: () => athena.stop() };
}

/** The table of a bill as `infra` declares it. */
function billHiveTable(bill: Bill, schema: string, bucket: string): MetastoreTable {
  const columns = Object.entries(columnsOf(bill)).map(([name, type]) => ({ name, type }));
  const partitionKeys = [{ name: 'billing_period', type: 'string' }];
  return { schema, name: billTable(bill), columns, partitionKeys, location: `s3://${bucket}/cloud-bill/` };
}

/** The statement that puts a Parquet table into Glue. */
export function createTable({ schema, name, columns, partitionKeys, location }: MetastoreTable): CreateTableCommand {
  const named = (known: MetastoreTable['columns']) => known.map((column) => ({ Name: column.name, Type: column.type }));
  return new CreateTableCommand({
    DatabaseName: schema,
    TableInput: {
      Name: name,
      TableType: 'EXTERNAL_TABLE',
      PartitionKeys: named(partitionKeys),
      StorageDescriptor: {
        Columns: named(columns),
        Location: location,
        InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      },
    },
  });
}

/** Months of a table that have a folder of their own; a mart's are pointed to, not found. */
async function monthsIn(folder: string, table: Table): Promise<Map<BillingPeriod, string>> {
  if (!table.partitioned || table.area === 'marts') return new Map();
  const names = await readdir(join(folder, prefixOf(table))).catch(() => []);
  const months = names.map((name) => name.replace('billing_period=', ''));
  return new Map(months.map((month) => [month, prefixOf(table, month)]));
}
