import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { folderObjects } from '../../local/platform/objects.ts';
import { type LakeWarehouse, openWarehouse } from '../../local/platform/warehouse.ts';
import { loadQueries } from '../../local/queries.ts';
import { createViews } from '../../local/views.ts';
import { bytesIn } from '../../shared/bytes.ts';
import { inOrder } from '../../shared/collect/order.ts';
import { type MadeMonth, materialise } from '../../shared/materialise.ts';
import type { Platform, QueryRow } from '../../shared/platform.ts';
import { type AnyRow, prefixOf, type Table } from '../../shared/table.ts';
import { TABLES } from '../../shared/tables/index.ts';
import { testPlatform } from '../platform/index.ts';
import { filled } from './rows.ts';

/** Rows by table, each with what matters to the test; the rest is filled in. */
export type Given = Readonly<Record<string, readonly AnyRow[]>>;

/** A lake of literal rows. */
export interface TestLake {
  readonly root: string;
  readonly platform: Platform;
  /** Adds an object of rows to a table; `name` tells objects of one month apart. */
  readonly add: (table: string, rows: readonly AnyRow[], name?: string) => Promise<void>;
  readonly materialise: (...periods: string[]) => Promise<MadeMonth[]>;
  readonly rows: (sql: string) => Promise<QueryRow[]>;
  /** Lets November of a materialised table hold what this select says instead. */
  readonly replace: (table: string, sql: string) => Promise<void>;
}

/** The month that tests are about. */
export const NOVEMBER = '2026-11';

const open: { warehouse: LakeWarehouse; root: string }[] = [];

afterEach(async () => {
  for (const { warehouse, root } of open.splice(0)) {
    warehouse.close();
    await rm(root, { recursive: true, force: true });
  }
});

/** A lake with these rows, its views and its months of November made; closed when the test ends. */
export async function lakeOf(given: Given, periods: readonly string[] = [NOVEMBER]): Promise<TestLake> {
  const root = await mkdtemp(join(tmpdir(), 'lake-'));
  const warehouse = await openWarehouse(root);
  open.push({ warehouse, root });
  const { platform } = testPlatform({ objects: folderObjects(root), warehouse });
  const queries = loadQueries();
  const lake: TestLake = {
    root,
    platform,
    add: (table, rows, name = 'data') => put(platform, table, rows, name),
    materialise: (...months) => materialise(platform, queries, months),
    rows: (sql) => Array.fromAsync(warehouse.rows(sql)),
    replace: async (table, sql) => {
      const prefix = `marts/${table}/billing_period=${NOVEMBER}/replaced/1/`;
      await warehouse.unload(sql, prefix);
      await warehouse.point(table, new Map([[NOVEMBER, prefix]]));
    },
  };
  for (const [table, rows] of Object.entries(given)) await lake.add(table, rows);
  await createViews(warehouse, queries);
  await lake.materialise(...periods);
  return lake;
}

async function put(platform: Platform, name: string, given: readonly AnyRow[], file: string): Promise<void> {
  const table = TABLES.find((known) => known.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  const rows = given.map((row) => filled(table, row));
  const byMonth = table.partitioned
    ? Map.groupBy(rows, ({ day }) => String(day).slice(0, 7))
    : new Map<undefined, AnyRow[]>([[undefined, rows]]);
  for (const [month, some] of byMonth) {
    const bytes = await bytesIn(platform.codec.writeParquet(table satisfies Table, inOrder(table, some)));
    await platform.objects.put(`${prefixOf(table, month)}${file}.parquet`, bytes, { when: 'any' });
  }
}
