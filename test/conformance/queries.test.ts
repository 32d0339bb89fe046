import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { companyBill } from '../../local/cloud-bill/write.ts';
import { loadQueries } from '../../local/queries.ts';
import type { Views } from '../../local/views.ts';
import { runChecks } from '../../shared/checks.ts';
import { monthSql } from '../../shared/materialise/month-sql.ts';
import { cidFocus } from '../../shared/tables/cid-focus.ts';
import { aiAndCloudCost } from '../../shared/tables/cloud-bill.ts';
import { TABLES } from '../../shared/tables/index.ts';
import { allocatedCost, charges, ledgerLines, pricedUsage } from '../../shared/tables/materialised.ts';
import type { Emulator } from './engines/emulator.ts';
import type { LakeOnAws } from './engines/lake-on-aws.ts';
import type { Trino } from './engines/trino.ts';
import { duckAnswer, trinoAnswer } from './sql/answer.ts';
import { ALL_MADE, type MadeOnAws } from './sql/both-engines.ts';
import { type Budget, beyond } from './sql/budget.ts';
import { type CompanyOnBoth, companyOnBoth } from './sql/company-on-both.ts';
import { differences } from './sql/difference.ts';
import { MODEL, yearOnAws } from './sql/year-lake.ts';

const SCHEMA = 'outlay';
const queries = loadQueries([companyBill('cur2')]);

let both: CompanyOnBoth;
let folder: string;
let trino: Trino;
let emulator: Emulator;
let duck: Views;
let aws: MadeOnAws;

beforeAll(async () => {
  both = await companyOnBoth();
  ({ folder, trino, emulator, duck, aws } = both);
});
afterAll(() => both?.stop());

describe('one lake on DuckDB and on Trino', () => {
  it('is published whole, and its months are made, by the same code', () => {
    const views = [...queries.values()].filter(({ materialised }) => !materialised);
    expect(aws.published.views).toEqual(views.map(({ name }) => name));
    expect(aws.made.map(({ table, period, outcome }) => `${table} ${period} ${outcome}`)).toEqual(
      ['2026-09', '2026-10'].flatMap((period) => ALL_MADE.map(({ name }) => `${name} ${period} made`)),
    );
  });

  it.each(ALL_MADE.map(({ name }) => name))('takes the months of %s to be made of the same', async (name) => {
    const hashes = async ({ partitions }: Pick<MadeOnAws['warehouse'], 'partitions'>) =>
      new Map([...(await partitions(name))].map(([period, prefix]) => [period, prefix.split('/')[3]]));
    expect(await hashes(aws.warehouse)).toEqual(await hashes(duck.warehouse));
  });

  it.each(TABLES.map(({ name }) => name))('has the same cells in the table %s', async (name) => {
    expect(differences(name, await duckAnswer(duck.warehouse, name), await trinoAnswer(trino, SCHEMA, name))).toEqual(
      [],
    );
  });

  // A copy in doubles is compared by itself, in test/conformance/cid.test.ts.
  it.each([...queries.values()].filter(({ name }) => name !== cidFocus.name).map(({ layer, name }) => [layer, name]))(
    'answers %s/%s the same, cell by cell',
    async (_layer, name) => {
      expect(differences(name, await duckAnswer(duck.warehouse, name), await trinoAnswer(trino, SCHEMA, name))).toEqual(
        [],
      );
    },
  );

  it.each(['DuckDB', 'Trino'])('fails no check on %s', async (engine) => {
    const { warehouse } = engine === 'Trino' ? aws : duck;
    const said = await runChecks({ warehouse }, queries);
    expect(said.flatMap(({ name, rows }) => rows.map(({ says }) => `${name}: ${says}`))).toEqual([]);
    expect(said.length).toBe([...queries.values()].filter(({ layer }) => layer === 'checks').length);
  });
});

const MONTH = `billing_period = '${MODEL}'`;
/** Four Mondays of the month: weeks belong to no month, so all months are read for them. */
const WEEKS = `week >= date '${MODEL}-07' and week < date '${MODEL}-29'`;

describe('a year of 25 developers on Trino', () => {
  let year: LakeOnAws;
  beforeAll(async () => {
    year = await yearOnAws(trino, emulator, join(folder, 'laptop'), join(folder, 'year'));
  });
  afterAll(() => year?.stop());
  const taken = async (sql: string) => (await trino.query(sql, { schema: 'year' })).stats;

  const MARTS: readonly (readonly [string, string, ...Budget])[] = [
    ['allocated_cost', MONTH, 1, 1, 300],
    ['ai_and_cloud_cost', MONTH, 1, 1, 250],
    ['daily_cost', MONTH, 2, 1, 300],
    ['scope_cost', MONTH, 4, 1, 300],
    // What was sold is read once more, so that a SKU's map is made once.
    ['focus_1_2', MONTH, 7, 4, 450],
    ['focus_1_4', MONTH, 7, 4, 450],
    ['cid_focus', MONTH, 1, 1, 600],
    ['budget_status', MONTH, 12, 40, 500],
    ['model_mix', WEEKS, 12, 48, 9_000],
    // A mix is dearer than that of the weeks before, which may be of other months.
    ['mix_cost', `${MONTH} and mix_cost > 0`, 90, 100, 20_000],
    ['cache_efficiency', WEEKS, 9, 30, 5_500],
    ['cost_per_output', WEEKS, 40, 1_050, 14_000],
    ['data_freshness', 'true', 5, 32, 190],
    ['cost_in_reporting_currency', MONTH, 12, 6, 600],
    ['price_coverage', MONTH, 12, 40, 1_000],
    // Whether a vendor tells of use in any month decides what silence means: all months are read.
    ['seat_use', `${MONTH} and person_id is not null`, 60, 600, 6_000],
    ['contract_status', 'true', 90, 900, 20_000],
  ];

  it('has a budget for every mart', () => {
    const marts = [...queries.values()].filter(({ layer }) => layer === 'marts').map(({ name }) => name);
    expect(MARTS.map(([name]) => name).toSorted()).toEqual(marts.toSorted());
  });

  it.each(MARTS)('answers %s where %s within %i stages, %i files and %i kB', async (name, where, ...budget) => {
    expect(beyond(await taken(`SELECT * FROM ${name} WHERE ${where}`), budget)).toEqual([]);
  });

  it.each(MARTS.filter(([, where]) => where === MONTH).map(([name]) => name))(
    'reads for a month of %s less than a sixth of the year',
    async (name) => {
      const [month, whole] = [
        await taken(`SELECT * FROM ${name} WHERE ${MONTH}`),
        await taken(`SELECT * FROM ${name}`),
      ];
      expect(month.physicalInputBytes * 6).toBeLessThan(whole.physicalInputBytes);
    },
  );

  it.each([
    // Credits are priced by contract, product by product: usage is read once more for them. A file a day and source, twice.
    // How much of the second reading a filter spares depends on which side of the join is ready first.
    ['priced_usage', 14, 620, 2_200, pricedUsage],
    ['ledger_lines', 60, 600, 6_000, ledgerLines],
    ['charges', 40, 600, 6_000, charges],
    ['allocated_cost', 80, 1_200, 4_300, allocatedCost],
    ['ai_and_cloud_cost', 60, 400, 1_500, aiAndCloudCost],
    ['cid_focus', 7, 6, 600, cidFocus],
  ] as const)(
    'makes a month of %s within %i stages, %i files and %i kB',
    async (_name, stages, files, kilobytes, table) => {
      expect(beyond(await taken(monthSql(queries, table, MODEL)), [stages, files, kilobytes])).toEqual([]);
    },
  );
});
