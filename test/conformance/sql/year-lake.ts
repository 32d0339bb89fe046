import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { readPointers } from '../../../local/platform/pointers.ts';
import { relationOf } from '../../../local/platform/relation.ts';
import { loadQueries } from '../../../local/queries.ts';
import { createViews } from '../../../local/views.ts';
import { prefixOf, type Table } from '../../../shared/table.ts';
import { calendar, collectionStatus, costs, outputs, principals, usage } from '../../../shared/tables/index.ts';
import type { BillingPeriod } from '../../../shared/time.ts';
import type { Emulator } from '../engines/emulator.ts';
import { type LakeOnAws, lakeOnAws } from '../engines/lake-on-aws.ts';
import type { Trino } from '../engines/trino.ts';
import { ALL_MADE, ALL_TABLES } from './both-engines.ts';

/** Twelve months, the whole month that they are copies of among them. */
const YEAR: readonly BillingPeriod[] = Array.from({ length: 12 }, (_, month) =>
  new Date(Date.UTC(2025, 10 + month)).toISOString().slice(0, 7),
);
/** The month that the others are made of. */
export const MODEL: BillingPeriod = '2026-09';

/** Columns that tell files of one month apart, as a lake has them: a day of a source and connection is an object. */
const FILES: readonly (readonly [Table, readonly string[]])[] = [
  [usage, ['source', 'connection_id', 'day']],
  [costs, ['source', 'connection_id', 'day']],
  [outputs, ['source', 'connection_id', 'day']],
  [principals, ['source', 'connection_id']],
  [collectionStatus, []],
  ...ALL_MADE.map((table): readonly [Table, readonly string[]] => [table, []]),
];
/** Everything but facts, months and the calendar is as it was. */
const AS_IS = ['identities', 'reference', 'status/incidents'];

/** Makes a lake of twelve months out of one month of another: the same rows under other days, in as many files. */
async function yearLake(from: string, folder: string): Promise<void> {
  for (const name of AS_IS) await cp(join(from, name), join(folder, name), { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  // Each thread writes files of its own, and so does each turn that a partition is opened anew.
  await connection.run("set TimeZone = 'UTC'; set partitioned_write_max_open_files = 5000");
  for (const [table, apart] of FILES) {
    const relation = relationOf(from, table, table.area === 'marts' ? readPointers(from, table.name) : null);
    await mkdir(join(folder, table.area), { recursive: true });
    await connection.run(
      `copy (${yearOf(table, relation)}) to '${join(folder, prefixOf(table))}'
       (format parquet, compression zstd, write_partition_columns true, partition_by (${['billing_period', ...apart].join()}))`,
    );
  }
  await connection.run(
    `copy (select cast(day as date) as day, cast(date_trunc('week', day) as date) as week, strftime(day, '%Y-%m') as month
     from range(date '${YEAR[0]}-01', date '${YEAR.at(-1)}-01' + interval 1 month, interval 1 day) as t(day))
     to '${join(folder, prefixOf(calendar), 'data.parquet')}' (format parquet, compression zstd)`,
  );
  connection.closeSync();
  instance.closeSync();
}

/** A table's rows of the model month in each month of the year; days that a month does not have are left out. */
function yearOf(table: Table, relation: string): string {
  const moved = Object.entries(table.columns)
    .filter(([, { type }]) => type === 'date' || type === 'timestamp')
    .map(([name, { type }]) => `cast(t.${name} + to_days(m.days) as ${type}) as ${name}`);
  return `select t.* exclude (billing_period) replace (${moved.join(', ')}), m.month as billing_period
    from (${relation}) as t
    cross join (
      select month, cast(cast(month || '-01' as date) - date '${MODEL}-01' as integer) as days
      from unnest([${YEAR.map((month) => `'${month}'`).join()}]) as y(month)
    ) as m
    where t.billing_period = '${MODEL}' and strftime(t.${'day' in table.columns ? 'day' : 'chargeperiodstart'} + to_days(m.days), '%Y-%m') = m.month`;
}

/** Makes a lake of the year in `folder`, with its tables, months and views on Trino in the database `year`. */
export async function yearOnAws(trino: Trino, emulator: Emulator, from: string, folder: string): Promise<LakeOnAws> {
  await yearLake(from, folder);
  const lake = await lakeOnAws(trino, emulator, { folder, tables: ALL_TABLES, bucket: 'year', database: 'year' });
  for (const table of ALL_MADE)
    await lake.warehouse.point(table.name, new Map(YEAR.map((month) => [month, prefixOf(table, month)])));
  await createViews(lake.warehouse, loadQueries());
  return lake;
}
