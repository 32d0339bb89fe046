import { describe, expect, it } from 'vitest';
import { type Given, lakeOf } from '../lake.ts';
import { METER_ROWS } from '../rows.ts';

const prices = [
  { provider: 'anthropic', model: 'sonnet', meter: 'input_tokens', unit_price: '0.000003' },
  { provider: 'anthropic', model: 'sonnet', meter: 'output_tokens', unit_price: '0.000015' },
];
const whole = (target: string, through: string | null = '2026-11-25T00:00:00.000Z') => ({
  source: `anthropic_${target}`,
  target,
  day: '2026-11-24',
  complete_through: through,
});
const used = (credential_id: string | null, quantity: string, more: object = {}) => ({
  credential_id,
  model: 'sonnet',
  meter: 'input_tokens',
  quantity,
  ...more,
});
const line = (billed_cost: string, more: object = {}) => ({ billed_cost, charge_description: 'a line', ...more });

/** Charges of one day in which usage and ledger are whole, unless the test says otherwise. */
async function charged(given: Given, columns = 'credential_id, effective_cost, basis, reason, status') {
  const lake = await lakeOf({
    meters: METER_ROWS,
    prices,
    collection_status: [whole('usage'), whole('costs')],
    ...given,
  });
  return lake.rows(`select ${columns} from charges order by credential_id, effective_cost, basis`);
}
const charge = (credential_id: string | null, effective_cost: string | null, basis: string, more: object = {}) => ({
  credential_id,
  effective_cost,
  basis,
  reason: null,
  status: 'billed',
  ...more,
});

describe('charges', () => {
  it('takes a line that names its key or its person as it is', async () => {
    expect(
      await charged({ costs: [line('1.5', { credential_id: 'key-a' }), line('-0.25', { principal_id: 'p_ana' })] }),
    ).toEqual([charge('key-a', '1.5000000000', 'direct'), charge(null, '-0.2500000000', 'direct')]);
  });

  it('spreads a line that names nobody by priced usage, what rounding leaves to the largest part', async () => {
    expect(
      await charged({
        usage: [used('key-a', '1000000'), used('key-b', '1000000'), used('key-c', '1000000')],
        costs: [line('10')],
      }),
    ).toEqual([
      charge('key-a', '3.3333333340', 'derived'),
      charge('key-b', '3.3333333330', 'derived'),
      charge('key-c', '3.3333333330', 'derived'),
    ]);
  });

  it('spreads by list price, not by count', async () => {
    expect(
      await charged({
        usage: [used('key-a', '1000000'), used('key-b', '1000000', { meter: 'output_tokens' })],
        costs: [line('9')],
      }),
    ).toEqual([charge('key-a', '1.5000000003', 'derived'), charge('key-b', '7.4999999997', 'derived')]);
  });

  it('spreads a line over the workspace, model and meter that it tells, and no further', async () => {
    expect(
      await charged({
        usage: [
          used('key-a', '1', { workspace_id: 'ws-1' }),
          used('key-b', '1', { workspace_id: 'ws-2' }),
          used('key-c', '1', { workspace_id: 'ws-1', meter: 'output_tokens' }),
          used('key-d', '1', { workspace_id: 'ws-1', model: 'opus' }),
        ],
        costs: [line('8', { workspace_id: 'ws-1', model: 'sonnet', meter: 'input_tokens' })],
      }),
    ).toEqual([charge('key-a', '8.0000000000', 'derived')]);
  });

  it.each([
    ['is read to noon only', [whole('usage', '2026-11-24T12:00:00.000Z'), whole('costs')]],
    ['was not read yet', [whole('usage', null), whole('costs')]],
    [
      'is behind what the ledger covers',
      [whole('usage', '2026-11-24T12:00:00.000Z'), whole('costs', '2026-11-24T13:00:00.000Z')],
    ],
  ])('keeps a line whole while usage %s', async (_how, collection_status) => {
    expect(await charged({ collection_status, usage: [used('key-a', '1')], costs: [line('3')] })).toEqual([
      charge(null, '3.0000000000', 'unattributed', { reason: 'usage_pending' }),
    ]);
  });

  it('spreads as soon as usage reaches as far as the ledger does', async () => {
    const collection_status = [whole('usage', '2026-11-24T13:00:00.000Z'), whole('costs', '2026-11-24T13:00:00.000Z')];
    expect(await charged({ collection_status, usage: [used('key-a', '1')], costs: [line('3')] })).toEqual([
      charge('key-a', '3.0000000000', 'derived'),
    ]);
  });

  it.each([
    ['no usage of it is known', { usage: [] }, 'no_usage'],
    [
      'the ledger bills every key of that usage by name',
      { usage: [used('key-a', '1')], named: [line('5', { credential_id: 'key-a' })] },
      'no_key_or_person',
    ],
    [
      'a price of that usage is unknown and the line tells no meter',
      { usage: [used('key-a', '1'), used('key-b', '1', { model: 'new' })] },
      'unpriced_usage',
    ],
  ])(
    'keeps a line whole where %s',
    async (_where, { usage, named = [] }: { usage: object[]; named?: object[] }, reason) => {
      const charges = await charged({ usage: usage as Given[string], costs: [line('3'), ...named] as Given[string] });
      expect(charges.filter(({ basis }) => basis !== 'direct')).toEqual([
        charge(null, '3.0000000000', 'unattributed', { reason }),
      ]);
    },
  );

  it('spreads by quantity where a price is unknown and the line tells its meter', async () => {
    expect(
      await charged({
        usage: [used('key-a', '3', { model: 'new' }), used('key-b', '1', { model: 'new' })],
        costs: [line('8', { model: 'new', meter: 'input_tokens' })],
      }),
    ).toEqual([charge('key-a', '6.0000000000', 'derived'), charge('key-b', '2.0000000000', 'derived')]);
  });

  it('leaves the part of a line that falls on the rest of usage to nobody', async () => {
    expect(
      await charged({ usage: [used('key-a', '3'), used(null, '1', { cut: 'rest' })], costs: [line('8')] }),
    ).toEqual([
      charge('key-a', '6.0000000000', 'derived'),
      charge(null, '2.0000000000', 'unattributed', { reason: 'rest' }),
    ]);
  });

  it('spreads usage alone: a credit or a purchase that names nobody stays whole', async () => {
    const costs = [line('-5', { charge_category: 'Credit', charge_frequency: 'One-Time' })];
    const charges = await charged({ usage: [used('key-a', '3')], costs });
    expect(charges).toContainEqual(charge(null, '-5.0000000000', 'unattributed', { reason: 'no_key_or_person' }));
  });

  it('enters usage at list price, estimated and billed 0, where the ledger has no line yet', async () => {
    expect(
      await charged(
        {
          usage: [
            used('key-a', '1000000'),
            used(null, '1000000', { workspace_id: 'ws' }),
            used(null, '1000000'),
            used('key-a', '5', { meter: 'requests' }),
          ],
        },
        'credential_id, billed_cost, effective_cost, basis, reason, status',
      ),
    ).toEqual([
      { ...charge('key-a', '3.0000000000', 'direct', { status: 'estimated' }), billed_cost: '0.0000000000' },
      { ...charge(null, '3.0000000000', 'derived', { status: 'estimated' }), billed_cost: '0.0000000000' },
      {
        ...charge(null, '3.0000000000', 'unattributed', { status: 'estimated', reason: 'no_key_or_person' }),
        billed_cost: '0.0000000000',
      },
    ]);
  });

  it('keeps an unpriced estimate unknown, not 0', async () => {
    expect(await charged({ usage: [used('key-a', '7', { model: 'new' })] })).toEqual([
      charge('key-a', null, 'direct', { status: 'estimated' }),
    ]);
  });

  it('enters no usage of a connection and day that the ledger has', async () => {
    const other = { connection_id: 'anthropic.research' };
    expect(
      await charged({
        usage: [used('key-a', '1000000'), used('key-b', '1000000', other)],
        costs: [line('2', { credential_id: 'key-a' })],
      }),
    ).toEqual([
      charge('key-a', '2.0000000000', 'direct'),
      charge('key-b', '3.0000000000', 'direct', { status: 'estimated' }),
    ]);
  });

  it('tells the quantity of a line from usage, and a unit price where it gives the list cost to the last place', async () => {
    expect(
      await charged(
        {
          usage: [used('key-a', '1000000'), used('key-b', '1000000')],
          costs: [
            line('2.7', { credential_id: 'key-a', model: 'sonnet', meter: 'input_tokens', list_cost: '3' }),
            line('2.7', { credential_id: 'key-b', model: 'sonnet', meter: 'input_tokens', list_cost: '2.9' }),
          ],
        },
        'credential_id, quantity, list_unit_price, list_cost',
      ),
    ).toEqual([
      {
        credential_id: 'key-a',
        quantity: '1000000.000000',
        list_unit_price: '0.00000300000000',
        list_cost: '3.0000000000',
      },
      { credential_id: 'key-b', quantity: '1000000.000000', list_unit_price: null, list_cost: '2.9000000000' },
    ]);
  });

  it('keeps currencies apart', async () => {
    const lake = await lakeOf({
      costs: ['USD', 'EUR', 'JPY'].map((billing_currency, i) =>
        line(['500', '400', '100000'][i] ?? '', { billing_currency, credential_id: 'key-a' }),
      ),
    });
    expect(
      await lake.rows('select billing_currency, allocated_cost from daily_cost order by billing_currency'),
    ).toEqual([
      { billing_currency: 'EUR', allocated_cost: '400.0000000000' },
      { billing_currency: 'JPY', allocated_cost: '100000.0000000000' },
      { billing_currency: 'USD', allocated_cost: '500.0000000000' },
    ]);
  });
});
