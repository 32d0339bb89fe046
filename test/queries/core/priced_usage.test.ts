import { describe, expect, it } from 'vitest';
import type { AnyRow } from '../../../shared/table.ts';
import { lakeOf } from '../lake.ts';
import { METER_ROWS } from '../rows.ts';

const price = (meter: string, unit_price: string, more: object = {}) => ({
  provider: 'anthropic',
  model: 'sonnet',
  meter,
  unit_price,
  ...more,
});
const used = (meter: string, quantity: string, more: object = {}) => ({ model: 'sonnet', meter, quantity, ...more });

async function priced(prices: readonly AnyRow[], usage: readonly AnyRow[], columns = 'list_cost, price_note') {
  const lake = await lakeOf({ meters: METER_ROWS, prices, usage });
  return lake.rows(`select ${columns} from priced_usage order by model, meter, service_tier, list_cost`);
}

describe('priced usage', () => {
  it('multiplies exactly, and sums the hours of a day', async () => {
    const hours = ['01', '02', '03'].map((hour) =>
      used('input_tokens', '33333.5', { hour_at: `2026-11-24T${hour}:00:00.000Z` }),
    );
    expect(await priced([price('input_tokens', '0.00000123456789')], hours, 'quantity, unit_price, list_cost')).toEqual(
      [{ quantity: '100000.500000', unit_price: '0.00000123456789', list_cost: '0.1234574063' }],
    );
  });

  it('takes the price of the tier, speed, context and region that served', async () => {
    const prices = [
      price('input_tokens', '0.000002'),
      price('input_tokens', '0.000001', { service_tier: 'flex' }),
      price('input_tokens', '0.000004', { service_tier: 'priority' }),
      price('input_tokens', '0.000006', { context_window: '200k-1M' }),
      price('input_tokens', '0.0000022', { region: 'us' }),
    ];
    const usage = [
      used('input_tokens', '1000000', { service_tier: 'default' }),
      used('input_tokens', '1000000', { service_tier: 'flex' }),
      used('input_tokens', '200000', { service_tier: 'priority' }),
      used('input_tokens', '1000000', { context_window: '200k-1M' }),
      used('input_tokens', '1000000', { region: 'us', context_window: '0-200k' }),
    ];
    expect(await priced(prices, usage, 'service_tier, context_window, region, list_cost')).toEqual([
      { service_tier: 'flex', context_window: 'base', region: 'global', list_cost: '1.0000000000' },
      { service_tier: 'priority', context_window: 'base', region: 'global', list_cost: '0.8000000000' },
      { service_tier: 'standard', context_window: 'base', region: 'global', list_cost: '2.0000000000' },
      { service_tier: 'standard', context_window: 'base', region: 'us', list_cost: '2.2000000000' },
      { service_tier: 'standard', context_window: '200k-1M', region: 'global', list_cost: '6.0000000000' },
    ]);
  });

  it('prices a dated id as such and names it as the ledger bills it; one without a price keeps its id, to be found', async () => {
    const prices = [
      price('input_tokens', '0.000002'),
      price('input_tokens', '0.000005', { model: 'sonnet-2026-05-13' }),
    ];
    const usage = ['sonnet', 'sonnet-2026-05-13', 'sonnet-2026-12-01', 'sonnet-mini'].map((model) =>
      used('input_tokens', '1000000', { model }),
    );
    expect(await priced(prices, usage, 'model, list_cost')).toEqual([
      { model: 'sonnet', list_cost: '2.0000000000' },
      { model: 'sonnet', list_cost: '5.0000000000' },
      { model: 'sonnet-2026-12-01', list_cost: null },
      { model: 'sonnet-mini', list_cost: null },
    ]);
  });

  it('takes the price of the day', async () => {
    const prices = [
      price('input_tokens', '0.000002', { valid_to: '2026-11-24' }),
      price('input_tokens', '0.000001', { valid_from: '2026-11-24' }),
    ];
    const usage = [used('input_tokens', '1000000', { day: '2026-11-23' }), used('input_tokens', '1000000')];
    expect(await priced(prices, usage, 'day, list_cost')).toEqual([
      { day: '2026-11-24', list_cost: '1.0000000000' },
      { day: '2026-11-23', list_cost: '2.0000000000' },
    ]);
  });

  it('gives a similar name no price: null, and a finding', async () => {
    const lake = await lakeOf({
      meters: METER_ROWS,
      prices: [price('input_tokens', '0.00000075', { model: 'gpt-5.4-mini' })],
      usage: [
        used('input_tokens', '1000000', { model: 'gpt-5.4-mini' }),
        used('input_tokens', '1000000', { model: 'gpt-5.4-micro' }),
      ],
    });
    expect(await lake.rows('select model, list_cost, price_note from priced_usage order by model')).toEqual([
      { model: 'gpt-5.4-micro', list_cost: null, price_note: 'no_price' },
      { model: 'gpt-5.4-mini', list_cost: '0.7500000000', price_note: null },
    ]);
    expect(await lake.rows('select model, meter, quantity, first_day from unpriced_usage')).toEqual([
      { model: 'gpt-5.4-micro', meter: 'input_tokens', quantity: '1000000.000000', first_day: '2026-11-24' },
    ]);
  });

  it('prices both cache writes by their own rate', async () => {
    const prices = [price('input_tokens', '0.00000625'), price('output_tokens', '0.00001')];
    expect(await priced(prices, [used('input_tokens', '4000'), used('output_tokens', '6000')])).toEqual([
      { list_cost: '0.0250000000', price_note: null },
      { list_cost: '0.0600000000', price_note: null },
    ]);
  });

  it('prices a meter that is charged alike for all models whatever served, and counts requests without a price', async () => {
    const usage = [
      used('web_search_requests', '20', { service_tier: 'batch' }),
      used('web_search_requests', '5', { model: null }),
      used('requests', '9'),
    ];
    expect(await priced([price('web_search_requests', '0.01', { model: '*', note: 'flat' })], usage)).toEqual([
      { list_cost: null, price_note: 'not_priced' },
      { list_cost: '0.2000000000', price_note: 'flat' },
      { list_cost: '0.0500000000', price_note: 'flat' },
    ]);
  });

  it('counts no usage twice where two prices overlap', async () => {
    const prices = [price('input_tokens', '0.000002'), price('input_tokens', '0.000001', { valid_from: '2026-11-01' })];
    expect(await priced(prices, [used('input_tokens', '1000000')])).toEqual([
      { list_cost: '1.0000000000', price_note: null },
    ]);
  });
});
