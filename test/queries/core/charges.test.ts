import { describe, expect, it } from 'vitest';
import { type Given, lakeOf } from '../lake.ts';
import { METER_ROWS } from '../rows.ts';

const prices = [
  { provider: 'anthropic', model: 'sonnet', meter: 'input_tokens', unit_price: '0.000003' },
  { provider: 'anthropic', model: 'sonnet', meter: 'output_tokens', unit_price: '0.000015' },
];
const whole = (target: string, through = '2026-11-25T00:00:00.000Z') => ({
  source: `anthropic_${target}`,
  target,
  complete_through: through,
});
const used = (credential_id: string | null, quantity: string, more: object = {}) => ({
  credential_id,
  model: 'sonnet',
  meter: 'input_tokens',
  quantity,
  ...more,
});
const world = (given: Given): Given => ({
  meters: METER_ROWS,
  prices,
  collection_status: [whole('usage'), whole('costs')],
  ...given,
});
const told = 'credential_id, billed_cost, basis, reason, status';
const charged = async (given: Given, columns = told) =>
  (await lakeOf(world(given))).rows(`select ${columns} from charges order by credential_id, billed_cost, basis`);

describe('charges', () => {
  it('takes a line that names its key as it is', async () => {
    expect(
      await charged({
        costs: [{ credential_id: 'key-a', model: 'sonnet', meter: 'input_tokens', billed_cost: '1.5' }],
      }),
    ).toEqual([
      { credential_id: 'key-a', billed_cost: '1.5000000000', basis: 'direct', reason: null, status: 'billed' },
    ]);
  });

  it('spreads a line that names nobody by priced usage, the last digit to the largest share', async () => {
    expect(
      await charged({
        usage: [used('key-a', '1000000'), used('key-b', '1000000'), used('key-c', '1000000')],
        costs: [{ billed_cost: '10' }],
      }),
    ).toEqual([
      { credential_id: 'key-a', billed_cost: '3.3333333340', basis: 'derived', reason: null, status: 'billed' },
      { credential_id: 'key-b', billed_cost: '3.3333333330', basis: 'derived', reason: null, status: 'billed' },
      { credential_id: 'key-c', billed_cost: '3.3333333330', basis: 'derived', reason: null, status: 'billed' },
    ]);
  });
});
