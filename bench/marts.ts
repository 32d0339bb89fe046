import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { pointTo, readPointers } from '../local/platform/pointers.ts';
import { relationOf } from '../local/platform/relation.ts';
import { ordered } from '../local/platform/warehouse.ts';
import { openViews } from '../local/views.ts';
import { prefixOf, type Table } from '../shared/table.ts';
import { TABLES } from '../shared/tables/index.ts';
import { MATERIALISED } from '../shared/tables/materialised.ts';
import { measure } from './measure.ts';

/** The month that the year is made of, and the people in it. */
const END = '2026-10-31';
const MODEL = '2026-10';
const PEOPLE = 60;
const MONTHS = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2025, 10 + month)).toISOString().slice(0, 7));
/** Columns that name a person, a team, a key or a workspace: each copy of the company has its own. */
const NAMES =
  /^(person_id|team_id|principal_id|credential_id|workspace_id|owner_id|credited_id|hint|parent_id|event_id|email_hint|login_hint|id)$/;
const FACTS_OF_A_YEAR = ['outputs', 'collection_status'];
const TWICE = ['people', 'person_hints', 'teams', 'principals'];

/** One row a charge: what is asked of a year are sums, and a month is what leaves as a file. All cells of a year are shown beside. */
const CHARGES = ['focus_1_2', 'focus_1_4'];
const asChargesAreAsked = (name: string) =>
  [
    [`${name}, a month`, `select * from ${name} where billing_period = '${MODEL}'`],
    [
      `${name}, a year by month, service and model`,
      `select billing_period, ServiceName, SkuPriceDetails['x_ModelId'] as model, BillingCurrency, sum(BilledCost) as billed, sum(EffectiveCost) as effective, sum(ConsumedQuantity) as quantity from ${name} group by all`,
    ],
  ] as const;

/** Every mart and finding over 12 months of some 2,000 developers, all cells, on DuckDB; seconds beside the rows that it answers. */
export async function benchMarts(developers = 2000): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'outlay-bench-'));
  const small = join(root, 'small');
  const large = join(root, 'large');
  await measure(process.execPath, [
    ...['local/launch.js', 'start', '--once', '--lake', small, '--end', END, '--days', '31'],
    ...['--developers', String(PEOPLE), '--faults', 'none', '--port', '0'],
  ]);
  await grow(small, large, Math.round(developers / PEOPLE));
  const { queries, warehouse, close } = await openViews(large);
  const read = async (sql: string): Promise<Readonly<Record<string, string | null>>> => {
    for await (const row of warehouse.rows(sql)) return row;
    return {};
  };
  const { rows } = await read('select count(*) as rows from allocated_cost');
  console.log(`12 months of ${developers} developers: ${rows} rows of allocated_cost`);
  for (const { name, layer } of queries.values()) {
    if (layer !== 'marts' && layer !== 'findings') continue;
    const asked = [
      [name, `select * from ${name}`] as const,
      ...(CHARGES.includes(name) ? asChargesAreAsked(name) : []),
    ];
    for (const [what, select] of asked) {
      const started = performance.now();
      // A hash of the whole row leaves no column out.
      const { count } = await read(`select count(*) as count, bit_xor(hash(t)) as cells from (${select}) as t`);
      const seconds = (performance.now() - started) / 1000;
      console.log(
        `${`${layer}/${what}`.padEnd(60)} ${seconds.toFixed(2).padStart(6)} s ${String(count).padStart(9)} rows`,
      );
    }
  }
  close();
  await rm(root, { recursive: true });
}

/** Copies a month of a company into twelve, and the company into many. */
async function grow(small: string, large: string, copies: number): Promise<void> {
  await cp(join(small, 'reference'), join(large, 'reference'), { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const engine = await instance.connect();
  await engine.run("set TimeZone = 'UTC'");
  for (const table of MATERIALISED) {
    for (const month of MONTHS) {
      const prefix = `marts/${table.name}/billing_period=${month}/bench/1/`;
      // As the laptop's warehouse writes it.
      await write(engine, large, prefix, ordered(yearOf(small, table, [month], copies), table.sort));
      pointTo(large, table.name, new Map([[month, prefix]]));
    }
  }
  for (const name of FACTS_OF_A_YEAR) {
    const table = named(name);
    for (const month of MONTHS)
      await write(engine, large, prefixOf(table, month), yearOf(small, table, [month], copies));
  }
  for (const name of TWICE) {
    const table = named(name);
    await write(
      engine,
      large,
      table.partitioned ? prefixOf(table, MODEL) : prefixOf(table),
      copiesOf(small, table, copies),
    );
  }
  engine.closeSync();
  instance.closeSync();
}

const named = (name: string): Table => {
  const table = TABLES.find((one) => one.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
};

async function write(engine: DuckDBConnection, root: string, prefix: string, sql: string): Promise<void> {
  await mkdir(join(root, prefix), { recursive: true });
  await engine.run(`copy (${sql}) to '${join(root, prefix, 'data.parquet')}' (format parquet, compression zstd)`);
}

const pointersOf = (root: string, table: Table) => (table.area === 'marts' ? readPointers(root, table.name) : null);

/** A table's rows for each copy of the company, less the partition. */
function copiesOf(root: string, table: Table, copies: number): string {
  const columns = Object.entries(table.columns).map(([name, { type }]) =>
    type === 'string' && NAMES.test(name) ? `t.${name} || '-' || c.number as ${name}` : `t.${name}`,
  );
  const from = `(${relationOf(root, table, pointersOf(root, table))}) as t`;
  // What no copy owns stands once.
  const many = table.name === 'collection_status' ? 1 : copies;
  return `select ${columns.join(', ')} from ${from} cross join range(${many}) as c(number)`;
}

/** The same in other months; days that a month does not have are left out. */
function yearOf(root: string, table: Table, months: readonly string[], copies: number): string {
  const moved = Object.entries(table.columns)
    .filter(([, { type }]) => type === 'date' || type === 'timestamp')
    .map(
      ([name, { type }]) =>
        `cast(${name} + to_days(cast(cast(month || '-01' as date) - date '${MODEL}-01' as integer)) as ${type}) as ${name}`,
    );
  return `select * exclude (month) replace (${moved.join(', ')}) from (${copiesOf(root, table, copies)}) cross join unnest([${months
    .map((month) => `'${month}'`)
    .join()}]) as m(month)
    where strftime(day, '%Y-%m') = '${MODEL}' and strftime(day + to_days(cast(cast(month || '-01' as date) - date '${MODEL}-01' as integer)), '%Y-%m') = month`;
}
