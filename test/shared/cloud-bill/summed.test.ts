import { expect, it } from 'vitest';
import { adapted } from './bill-of.ts';

const line = {
  line_item_usage_account_id: '222233334444',
  line_item_line_item_type: 'Usage',
  line_item_product_code: 'AmazonEC2',
  line_item_resource_id: 'i-1',
  line_item_unblended_cost: '0.1',
  pricing_public_on_demand_cost: '0.2',
};
const tokens = {
  ...line,
  line_item_product_code: 'AmazonBedrock',
  line_item_usage_type: 'USE1-Claude4.6Sonnet-input-tokens',
  line_item_usage_amount: '0.5',
  pricing_unit: '1K tokens',
};
const SELECT = `select charge_category, model, unit, unit_known, quantity, list_cost, billed_cost, effective_cost, line_count, costless_count
  from stg_cloud_bill_days order by charge_category, model, unit_known, billed_cost`;
const DAY = {
  charge_category: 'Usage',
  model: null,
  unit: null,
  unit_known: null,
  quantity: null,
  list_cost: '0.2000000000',
  billed_cost: '0.1000000000',
  effective_cost: '0.1000000000',
  line_count: '1',
  costless_count: '0',
};

it('lines that differ in the resource alone are one row of the day, and only AI is counted in it', async () => {
  const hours = { ...line, line_item_usage_amount: '24', pricing_unit: 'Hrs' };
  expect(await adapted('cur2', [hours, { ...hours, line_item_resource_id: 'i-2' }], SELECT)).toEqual([
    {
      ...DAY,
      list_cost: '0.4000000000',
      billed_cost: '0.2000000000',
      effective_cost: '0.2000000000',
      line_count: '2',
    },
  ]);
});

it('each line is rounded by itself before lines are added up', async () => {
  const tiny = { ...line, line_item_unblended_cost: '0.00000000006' };
  expect(await adapted('cur2', [tiny, tiny], 'select billed_cost from stg_cloud_bill_days')).toEqual([
    { billed_cost: '0.0000000002' },
  ]);
});

it('what is used of AI is added up by its unit, and a line that tells no amount stays apart', async () => {
  const rows = [tokens, { ...tokens, line_item_usage_amount: '0.25' }, { ...tokens, line_item_usage_amount: null }];
  const of = { ...DAY, model: 'claude-sonnet-4-6', unit: 'Tokens' };
  expect(await adapted('cur2', rows, SELECT)).toEqual([
    {
      ...of,
      unit_known: 'yes',
      quantity: '750.000000',
      list_cost: '0.4000000000',
      billed_cost: '0.2000000000',
      effective_cost: '0.2000000000',
      line_count: '2',
    },
    of,
  ]);
});

it('fees for a commitment are added up before each becomes what was bought and what went unused', async () => {
  const fee = {
    ...line,
    line_item_line_item_type: 'SavingsPlanRecurringFee',
    line_item_unblended_cost: '5',
    savings_plan_total_commitment_to_date: '5',
    savings_plan_used_commitment: '4',
  };
  const part = { ...DAY, line_count: '2' };
  const none = '0.0000000000';
  expect(await adapted('cur2', [fee, fee], SELECT)).toEqual([
    {
      ...part,
      charge_category: 'Purchase',
      list_cost: '10.0000000000',
      billed_cost: '10.0000000000',
      effective_cost: none,
    },
    { ...part, list_cost: none, billed_cost: none, effective_cost: '2.0000000000' },
  ]);
});

it('a line of FOCUS without its cost is counted', async () => {
  const row = { chargecategory: 'Usage', billedcost: '1', effectivecost: '1', listcost: '1' };
  expect(await adapted('focus_1_2', [row, { ...row, effectivecost: null }], SELECT)).toEqual([
    {
      ...DAY,
      list_cost: '2.0000000000',
      billed_cost: '2.0000000000',
      effective_cost: '1.0000000000',
      line_count: '2',
      costless_count: '1',
    },
  ]);
});
