import { expect, it } from 'vitest';
import { loadQueries } from '../../../local/queries.ts';
import { NO_BILLS } from '../../../shared/cloud-bill/delivery.ts';
import { materialise, tablesFor } from '../../../shared/materialise.ts';
import { cidFocus } from '../../../shared/tables/cid-focus.ts';
import { COPY_CANDIDATES, COPY_NAMES } from '../../../shared/tables/copies.ts';
import { TABLES } from '../../../shared/tables/index.ts';
import { CANDIDATES, MATERIALISED } from '../../../shared/tables/materialised.ts';
import { taken, unfit } from '../../conformance/sql/cid.ts';
import { lakeOf, NOVEMBER, type TestLake } from '../lake.ts';
import { METER_ROWS } from '../rows.ts';

const sonnet = { model: 'sonnet', meter: 'input_tokens', credential_id: 'key' };
/** A line of a third of a cent, one wider than a double can hold, and a credit. */
const billed = () =>
  lakeOf({
    meters: METER_ROWS,
    costs: [
      { ...sonnet, quantity: '1000000', billed_cost: '0.0033333333', effective_cost: '0.0033333333' },
      { ...sonnet, workspace_id: 'w', billed_cost: '1234567.8900000001', effective_cost: '1234567.8900000001' },
      { charge_category: 'Credit', charge_frequency: 'One-Time', billed_cost: '-12.5', effective_cost: '-12.5' },
    ],
  });
const copied = ({ platform }: TestLake) =>
  materialise(platform, loadQueries(), [NOVEMBER], NO_BILLS, tablesFor(NO_BILLS, COPY_NAMES));

it('is made where it is asked for, and by nobody else', async () => {
  expect(tablesFor(NO_BILLS).map(({ name }) => name)).toEqual([
    'priced_usage',
    'ledger_lines',
    'charges',
    'allocated_cost',
  ]);
  const lake = await billed();
  expect(await lake.rows('select count(*) as n from cid_focus')).toEqual([{ n: '0' }]);
  expect((await copied(lake)).at(-1)).toEqual({ table: 'cid_focus', period: NOVEMBER, outcome: 'made', rows: 3 });
  expect((await copied(lake)).at(-1)?.outcome).toBe('unchanged');
});

it('holds the charges of focus_1_2 as lower-case doubles, instants and maps', async () => {
  const lake = await billed();
  await copied(lake);
  expect(
    await lake.rows(
      `select billing_period, billedcost, effectivecost, chargecategory, chargeperiodstart, subaccountid, skupricedetails['x_ModelId'] as model
       from cid_focus order by billedcost`,
    ),
  ).toEqual([
    {
      ...{ billing_period: NOVEMBER, billedcost: '-12.5', effectivecost: '-12.5', chargecategory: 'Credit' },
      ...{ chargeperiodstart: '2026-11-24 00:00:00.000', subaccountid: null, model: null },
    },
    {
      ...{
        billing_period: NOVEMBER,
        billedcost: '0.0033333333',
        effectivecost: '0.0033333333',
        chargecategory: 'Usage',
      },
      ...{ chargeperiodstart: '2026-11-24 00:00:00.000', subaccountid: null, model: 'sonnet' },
    },
    {
      ...{ billing_period: NOVEMBER, billedcost: '1234567.8900000001', effectivecost: '1234567.8900000001' },
      ...{ chargecategory: 'Usage', chargeperiodstart: '2026-11-24 00:00:00.000', subaccountid: 'w', model: 'sonnet' },
    },
  ]);
});

it('is made anew when the charges are, and when what a meter is called changes', async () => {
  const lake = await billed();
  await copied(lake);
  await lake.add(
    'meters',
    METER_ROWS.map((row) => ({ ...row, sku_meter: 'Renamed' })),
  );
  expect((await copied(lake)).at(-1)).toMatchObject({ table: 'cid_focus', outcome: 'made' });
  expect(await lake.rows("select distinct skumeter from cid_focus where chargecategory = 'Usage'")).toEqual([
    { skumeter: 'Renamed' },
  ]);
});

it('is not taken when a row was lost on the way', async () => {
  const lake = await billed();
  const losing = new Map(
    [...loadQueries()].map(([name, query]) => [
      name,
      name === 'cid_focus' ? { ...query, sql: `${query.sql} where BilledCost > 0` } : query,
    ]),
  );
  await expect(
    materialise(lake.platform, losing, [NOVEMBER], NO_BILLS, tablesFor(NO_BILLS, COPY_NAMES)),
  ).rejects.toThrow('cid_focus of 2026-11 was made but not taken: its billedcost sums to');
});

it('is the only table of the lake that the dashboards take for FOCUS, and fits their view without a cast', () => {
  expect(taken([...TABLES, ...MATERIALISED, ...CANDIDATES, cidFocus, ...COPY_CANDIDATES])).toEqual(['cid_focus']);
  expect(unfit(cidFocus)).toEqual([]);
});
