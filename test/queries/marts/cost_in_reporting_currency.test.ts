import { describe, expect, it } from 'vitest';
import several from '../../fixtures/cases/currencies-are-not-added.json' with { type: 'json' };
import { type Given, lakeOf } from '../lake.ts';

const euros = { connection_id: 'openai.main', provider: 'openai', billing_currency: 'EUR' };
const dollars = { connection_id: 'anthropic.main', provider: 'anthropic', billing_currency: 'USD' };
const costs = [
  { ...dollars, day: '2026-11-23', billed_cost: '10', effective_cost: '10' },
  { ...dollars, day: '2026-11-24', billed_cost: '10', effective_cost: '10' },
  { ...euros, day: '2026-11-23', billed_cost: '3.3333333333', effective_cost: '3.3333333333' },
  { ...euros, day: '2026-11-24', billed_cost: '-2.5', effective_cost: '-2.5' },
  { ...euros, day: '2026-11-25', billed_cost: '7', effective_cost: '7' },
];
const rate = (of: string, from: string, to: string) => ({
  ...{ from_currency: 'EUR', to_currency: 'USD', rate: of, origin: 'ECB', valid_from: from, valid_to: to },
});
/** A rate of the 23rd, another of the 24th, none of the 25th. */
const fx = [rate('1.0842', '2026-11-01', '2026-11-24'), rate('1.1', '2026-11-24', '2026-11-25')];
const told = (given: Given) => lakeOf({ costs, ...given });

describe('spend in the reporting currency', () => {
  it('is converted exactly by the rate of its day, stands as it is in that currency, and is null without a rate', async () => {
    const lake = await told({ fx });
    expect(
      await lake.rows(
        `select day, billing_currency, allocated_cost, reporting_currency, rate, rate_origin, reported_billed_cost, reported_cost
         from cost_in_reporting_currency order by billing_currency, day`,
      ),
    ).toEqual([
      {
        ...{ day: '2026-11-23', billing_currency: 'EUR', allocated_cost: '3.3333333333', reporting_currency: 'USD' },
        ...{ rate: '1.0842000000', rate_origin: 'ECB' },
        ...{ reported_billed_cost: '3.6140000000', reported_cost: '3.6140000000' },
      },
      {
        ...{ day: '2026-11-24', billing_currency: 'EUR', allocated_cost: '-2.5000000000', reporting_currency: 'USD' },
        ...{ rate: '1.1000000000', rate_origin: 'ECB' },
        ...{ reported_billed_cost: '-2.7500000000', reported_cost: '-2.7500000000' },
      },
      {
        ...{ day: '2026-11-25', billing_currency: 'EUR', allocated_cost: '7.0000000000', reporting_currency: 'USD' },
        ...{ rate: null, rate_origin: null, reported_billed_cost: null, reported_cost: null },
      },
      ...['2026-11-23', '2026-11-24'].map((day) => ({
        ...{ day, billing_currency: 'USD', allocated_cost: '10.0000000000', reporting_currency: 'USD' },
        ...{ rate: '1.0000000000', rate_origin: null },
        ...{ reported_billed_cost: '10.0000000000', reported_cost: '10.0000000000' },
      })),
    ]);
    expect(await lake.rows("select sum(billed_cost) as cost from charges where billing_currency = 'EUR'")).toEqual([
      { cost: '7.8333333333' },
    ]);
  });

  it('is told of no currency where no file names one', async () => {
    const lake = await told({});
    expect(
      await lake.rows('select distinct reporting_currency, rate, reported_cost from cost_in_reporting_currency'),
    ).toEqual([{ reporting_currency: null, rate: null, reported_cost: null }]);
  });

  it('holds the cloud beside it, by its own door, each dollar once', async () => {
    const lake = await told({ fx });
    const columns = 'day, door, provider, connection_id, status, billing_currency, billed_cost';
    await lake.replace(
      'ai_and_cloud_cost',
      `select ai.* exclude (billing_period) replace ('aws_bill' as door, 'aws' as provider, '111122223333' as billing_account_id)
       from ai_and_cloud_cost as ai where ai.day = date '2026-11-23' and ai.billing_currency = 'USD'`,
    );
    expect(await lake.rows(`select ${columns} from cost_in_reporting_currency where door = 'aws_bill'`)).toEqual([
      {
        ...{ day: '2026-11-23', door: 'aws_bill', provider: 'aws', connection_id: '111122223333', status: 'billed' },
        ...{ billing_currency: 'USD', billed_cost: '10.0000000000' },
      },
    ]);
    expect(await lake.rows("select count(*) as n from cost_in_reporting_currency where door = 'ledger'")).toEqual([
      { n: '5' },
    ]);
  });
});

describe('the finding foreign_currency', () => {
  it('says which days of which connection have no rate, and is silent where all have one', async () => {
    const lake = await told({ fx });
    expect(await lake.rows('select says, day_count, first_day, allocated_cost from foreign_currency')).toEqual([
      {
        says: 'openai.main bills in EUR, and fx.csv has no rate to USD for 1 days from 2026-11-25 to 2026-11-25: these are not added',
        ...{ day_count: '1', first_day: '2026-11-25', allocated_cost: '7.0000000000' },
      },
    ]);
    await lake.add('fx', [...fx, rate('1.2', '2026-11-25', '2026-12-01')]);
    expect(await lake.rows('select says from foreign_currency')).toEqual([]);
  });
});

describe('a bill in several currencies', () => {
  const [, ...lines] = several.given['import.csv'].trim().split('\n');
  const billed = lines.map((line) => {
    const [billing_currency = '', cost = ''] = line.split(',');
    const amounts = { billed_cost: cost, effective_cost: cost };
    return { ...dollars, connection_id: `import.${billing_currency}`, day: '2026-11-24', billing_currency, ...amounts };
  });

  it('has one total a currency; none of all of them, and each currency is named to whoever could give its rate', async () => {
    const lake = await lakeOf({ costs: billed });
    const totals = await lake.rows(
      'select billing_currency, cast(sum(billed_cost) as decimal(28,0)) as total from daily_cost group by 1 order by 1',
    );
    expect(Object.fromEntries(totals.map(({ billing_currency, total }) => [billing_currency, total]))).toEqual(
      several.expect.values.totals,
    );
    const single = 'select sum(reported_cost) as single_total from cost_in_reporting_currency';
    expect(await lake.rows(single)).toEqual([{ single_total: several.expect.values.single_total }]);
    expect(await lake.rows('select says from foreign_currency order by 1')).toEqual([
      // As many lines each: by name. The largest number, of yen, says nothing.
      { says: expect.stringContaining('import.JPY bills in JPY, most others in EUR') },
      { says: expect.stringContaining('import.USD bills in USD, most others in EUR') },
    ]);
  });
});
