import { expect, it } from 'vitest';
import { type Given, lakeOf } from '../lake.ts';

const market = { contract_id: 'market', provider: 'anthropic', kind: 'biller', billed_through: 'aws_marketplace' };
const said = async (given: Given) => (await lakeOf(given)).rows('select says, told_cost, next_step from unread_biller');

it('tells of money that another bills while none of its bills is read: it is in no total', async () => {
  const lake = await lakeOf({ contracts: [market], costs: [{ billed_cost: '5.25', credential_id: 'key' }] });
  expect(await lake.rows('select says, told_cost, next_step from unread_biller')).toEqual([
    {
      says: 'aws_marketplace bills anthropic.main, says contracts.csv, and no bill read here has it: 5.25 USD since 2026-11 are in no total',
      told_cost: '5.2500000000',
      next_step: 'read the bill of aws_marketplace (cloudBill in outlay.config.ts), or end the line of kind biller',
    },
  ]);
  expect(await lake.rows('select cast(sum(allocated_cost) as varchar) as spent from allocated_cost')).toEqual([
    { spent: '0.0000000000' },
  ]);
});

it('is silent where the biller is a connection that is read, or the connection itself', async () => {
  const through = (billed_through: string) => [{ ...market, connection_id: 'anthropic.main', billed_through }];
  const costs = [{ billed_cost: '5' }, { billed_cost: '7', connection_id: 'anthropic.all' }];
  expect(await said({ contracts: through('anthropic.all'), costs })).toEqual([]);
  expect(await said({ contracts: through('anthropic.main'), costs })).toEqual([]);
  expect(await said({ contracts: through('anthropic.gone'), costs })).toHaveLength(1);
});

it.each([
  ['is silent where the bill of the Marketplace has Claude Platform', "'claude_platform'", 0],
  ['speaks where the bill of the Marketplace has none of it', 'null', 1],
])('%s', async (_name, product, count) => {
  const lake = await lakeOf({ contracts: [market], costs: [{ billed_cost: '5' }] });
  await lake.replace(
    'cloud_bill_daily',
    `select * exclude (billing_period) from cloud_bill_daily union all by name
     select date '2026-11-02' as day, '111122223333' as payer_account_id, 'USD' as billing_currency, 1 as line_count,
       'AWS Marketplace' as biller, ${product} as ai_product`,
  );
  expect(await lake.rows('select connection_id from unread_biller')).toHaveLength(count);
});
