import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadQueries } from '../../local/queries.ts';
import { aiAndCloudCost } from '../../shared/tables/cloud-bill.ts';
import { fx } from '../../shared/tables/index.ts';
import { allocatedCost } from '../../shared/tables/materialised.ts';
import { lakeOf, NOVEMBER } from '../queries/lake.ts';
import { hiveTable } from './engines/metastore.ts';
import { startTrino, type Trino } from './engines/trino.ts';
import { duckAnswer, trinoAnswer } from './sql/answer.ts';
import { beyond } from './sql/budget.ts';
import { differences } from './sql/difference.ts';

const VIEWS = ['cost_in_reporting_currency', 'foreign_currency'];

let trino: Trino;
beforeAll(async () => {
  trino = await startTrino();
});
afterAll(() => trino?.stop());

// The made-up company bills in one currency: what several do is compared here.
it('converts on Trino as on DuckDB, to the last place and at the edge of what a column holds', async () => {
  const euros = { connection_id: 'openai.main', provider: 'openai', billing_currency: 'EUR' };
  const cost = (day: string, amount: string) => ({ ...euros, day, billed_cost: amount, effective_cost: amount });
  const lake = await lakeOf({
    costs: [
      { day: '2026-11-23', billed_cost: '10', effective_cost: '10' },
      { day: '2026-11-24', billed_cost: '10', effective_cost: '10' },
      cost('2026-11-23', '0.3333333335'),
      cost('2026-11-24', '-9999999999.9999999999'),
      cost('2026-11-25', '7'),
    ],
    fx: [
      {
        ...{ from_currency: 'EUR', to_currency: 'USD', rate: '1.0842000001', origin: 'ECB' },
        ...{ valid_from: '2026-11-01', valid_to: '2026-11-24' },
      },
      {
        ...{ from_currency: 'EUR', to_currency: 'USD', rate: '99999.9999999999', origin: 'ECB' },
        ...{ valid_from: '2026-11-24', valid_to: '2026-11-25' },
      },
    ],
  });
  await trino.mount('currencies', lake.root);
  for (const table of [allocatedCost, aiAndCloudCost, fx]) {
    const hive = hiveTable(table, 'currencies', 'currencies');
    await trino.metastore.table(hive);
    for (const [month, prefix] of table.partitioned ? await lake.platform.warehouse.partitions(table.name) : [])
      await trino.metastore.partition(hive, [month], `s3://currencies/${prefix}`);
  }
  for (const name of VIEWS)
    await trino.query(`CREATE VIEW ${name} AS ${loadQueries().get(name)?.sql}`, { schema: 'currencies' });
  const answers = await Promise.all(
    VIEWS.map(async (name) => ({
      name,
      duck: await duckAnswer(lake.platform.warehouse, name),
      trinos: await trinoAnswer(trino, 'currencies', name),
    })),
  );
  expect(answers.map(({ trinos }) => trinos.rows.length)).toEqual([5, 1]);
  expect(answers.flatMap(({ name, duck, trinos }) => differences(name, duck, trinos))).toEqual([]);
  const { stats } = await trino.query(`SELECT * FROM cost_in_reporting_currency WHERE billing_period = '${NOVEMBER}'`, {
    schema: 'currencies',
  });
  expect(beyond(stats, [12, 6, 500])).toEqual([]);
});
