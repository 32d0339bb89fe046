import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { lakeBills, readBills } from '../local/cloud-bill/lake.ts';
import { companyBill, deliverBill, placesOf } from '../local/cloud-bill/write.ts';
import { laptopPlatform } from '../local/platform/index.ts';
import { openWarehouse } from '../local/platform/warehouse.ts';
import { loadQueries } from '../local/queries.ts';
import { makeWorld } from '../local/vendors/company/world.ts';
import { createViews } from '../local/views.ts';
import { materialise } from '../shared/materialise.ts';
import { measure, tell } from './measure.ts';

const MONTH = '2026-10';
/** Lines of other services to one of Bedrock: the made-up company's bill is short of what has no story. */
const OTHERS = 25;

/** A month of CUR 2.0 with five million rows, from its files to `ai_and_cloud_cost`. */
export async function benchCloudBill(rows = 5_000_000): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'outlay-bench-'));
  await deliver(root, rows);
  const { size } = await stat(join(root, 'cloud-bill/cur2', placesOf('cur2', MONTH).data));
  const made = await measure(process.execPath, [import.meta.filename, root]);
  tell(`CUR 2.0, ${rows} rows, to ai_and_cloud_cost`, made, `${(size / 1e6).toFixed(0)} MB of Parquet`);
  console.log(
    made.output
      .split('\n')
      .filter((line) => line.startsWith('  '))
      .join('\n'),
  );
  await rm(root, { recursive: true });
}

/** Multiplies the made-up company's month: as many accounts, resources and tags as a large company has. */
async function deliver(root: string, rows: number): Promise<void> {
  const world = makeWorld({ seed: 7, end: '2026-10-31', days: 31, developers: 60 });
  await deliverBill(root, world, { form: 'cur2', from: `${MONTH}-01`, through: '2026-10-31' });
  const folder = join(root, companyBill('cur2').folder);
  const { data, manifest } = placesOf('cur2', MONTH);
  const path = join(folder, data);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const counted = await connection.runAndReadAll(
    `select sum(case when line_item_product_code = 'AmazonBedrock' then 1 else ${OTHERS} end) from read_parquet('${path}', hive_partitioning = false)`,
  );
  const lines = Number(counted.getRows()[0]?.[0] ?? 1);
  await connection.run(
    `copy (
       select r.* replace (
         cast(100000000000 + i % 150 as varchar) as line_item_usage_account_id,
         line_item_resource_id || '-' || cast(i as varchar) as line_item_resource_id,
         line_item_unblended_cost * (1 + (i % 17) / 100.0) as line_item_unblended_cost,
         case when cardinality(resource_tags) > 0
           then map(['user_team', 'user_env', 'user_service', 'aws_createdBy'], ['team-' || cast(i % 40 as varchar), 'prod', 's' || cast(i % 300 as varchar), 'u' || cast(i % 900 as varchar)])
           else resource_tags end as resource_tags
       )
       from range(${rows}) as n(i)
       join (
         select row_number() over () - 1 as at, * exclude (copy)
         from read_parquet('${path}', hive_partitioning = false), range(case when line_item_product_code = 'AmazonBedrock' then 1 else ${OTHERS} end) as c(copy)
       ) as r
         on r.at = n.i % ${lines}
     ) to '${path}.big' (format parquet, compression snappy)`,
  );
  connection.closeSync();
  instance.closeSync();
  await mkdir(dirname(join(folder, manifest)), { recursive: true });
  await rm(path);
  await rename(`${path}.big`, path);
  await writeFile(join(folder, manifest), JSON.stringify({ dataFiles: [data] }));
}

async function work(root: string): Promise<void> {
  const warehouse = await openWarehouse(root);
  const platform = await laptopPlatform({
    root,
    clock: { now: () => Date.UTC(2026, 10, 1), sleep: async () => {} },
    secrets: { read: async () => '' },
    queue: { send: async () => {} },
    notify: { publish: async () => {} },
    warehouse,
    pseudonymKey: 'bench',
  });
  const queries = loadQueries(readBills(root));
  await createViews(warehouse, queries);
  const started = performance.now();
  const made = await materialise(platform, queries, [MONTH], lakeBills(root));
  console.log(`  months made in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  for (const { table, rows, outcome } of made) console.log(`  ${table} ${outcome} ${rows ?? ''}`);
  platform.close();
  warehouse.close();
}

if (import.meta.main) {
  // A folder: one already delivered; a number: so many rows.
  const [given] = process.argv.slice(2);
  if (given === undefined) await benchCloudBill();
  else if (/^\d+$/.test(given)) await benchCloudBill(Number(given));
  else await work(given);
}
