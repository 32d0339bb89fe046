import { expect, it } from 'vitest';
import { type Given, lakeOf } from '../lake.ts';

const said = async (given: Given) => (await lakeOf(given)).rows('select says from one_biller');
const seat = { product: 'copilot', meter: 'seat_months', charge_category: 'Purchase', charge_frequency: 'Recurring' };
const copilot = { connection_id: 'copilot.main', provider: 'copilot' };

it('speaks of money that the ledger holds for a connection which another bills', async () => {
  const lake = await lakeOf({
    contracts: [{ contract_id: 'market', provider: 'anthropic', kind: 'biller', billed_through: 'aws_marketplace' }],
    costs: [{ billed_cost: '5', credential_id: 'key' }],
  });
  expect(await lake.rows('select says from one_biller')).toEqual([]);
  await lake.replace(
    'ledger_lines',
    'select * exclude (billing_period) replace (told_cost as effective_cost) from ledger_lines',
  );
  expect(await lake.rows('select says from one_biller')).toEqual([
    { says: 'anthropic.main has 5.0000000000 in 2026-11, which aws_marketplace bills' },
  ]);
});

it('speaks of seats that the ledger and a contract both bill', async () => {
  expect(
    await said({
      calendar: [{ day: '2026-11-24', week: '2026-11-23', month: '2026-11' }],
      collection_status: [{ ...copilot, source: 'copilot_costs', target: 'costs' }],
      contracts: [
        { contract_id: 'seats', ...copilot, product: 'copilot', kind: 'seats', quantity: '2', unit_price: '19' },
      ],
      costs: [{ ...copilot, ...seat, source: 'copilot_costs', billed_cost: '3' }],
    }),
  ).toEqual([{ says: 'seats of copilot.main are billed by its ledger and by a contract in 2026-11' }]);
});

it('says nothing of one account that two vendors number alike, nor of a copy without money', async () => {
  expect(
    await said({
      costs: [
        { account_id: '1', billed_cost: '1' },
        { account_id: '1', billed_cost: '1', connection_id: 'openai.main', provider: 'openai' },
        { account_id: '1', billed_cost: '0', connection_id: 'anthropic.copy' },
      ],
    }),
  ).toEqual([]);
});
