import { expect, it } from 'vitest';
import { cost } from '../../../shared/prices/exact.ts';
import { type PricedUse, priceOf } from '../../../shared/prices/index.ts';

const METERS = [
  'input_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'cache_read_tokens',
  'output_tokens',
] as const;

/** USD per million of each of the five meters; null where there is no price. */
const perMillion = (use: Omit<PricedUse, 'provider' | 'meter'>): (string | null)[] =>
  METERS.map((meter) => {
    const row = priceOf({ provider: 'anthropic', meter, ...use });
    return row === null ? null : cost('1000000', row.unit_price);
  });

it.each([
  ['claude-fable-5-1', '2026-11-01', ['10', '12.5', '20', '0.25', '50']],
  ['claude-mythos-5-1', '2026-11-01', ['10', '12.5', '20', '0.25', '50']],
  ['claude-fable-5', '2026-11-01', ['10', '12.5', '20', '1', '50']],
  ['claude-mythos-5', '2026-11-01', ['10', '12.5', '20', '1', '50']],
  ['claude-fable-5-2', '2026-11-01', ['8', '10', '16', '0.2', '40']],
  ['claude-mythos-5-2', '2026-11-01', ['8', '10', '16', '0.2', '40']],
  ['claude-opus-5-5', '2026-11-01', ['4', '5', '8', '0.2', '20']],
  ['claude-opus-5', '2026-11-01', ['5', '6.25', '10', '0.5', '25']],
  ['claude-opus-4-8', '2026-11-01', ['5', '6.25', '10', '0.5', '25']],
  ['claude-opus-4-7', '2026-11-01', ['5', '6.25', '10', '0.5', '25']],
  ['claude-opus-4-6', '2026-11-01', ['5', '6.25', '10', '0.5', '25']],
  ['claude-opus-4-5', '2026-11-01', ['5', '6.25', '10', '0.5', '25']],
  ['claude-opus-4-5-20251101', '2026-11-01', ['5', '6.25', '10', '0.5', '25']],
  ['claude-opus-4-1', '2026-03-01', ['15', '18.75', '30', '1.5', '75']],
  ['claude-opus-4', '2026-03-01', ['15', '18.75', '30', '1.5', '75']],
  ['claude-opus-4-20250514', '2026-03-01', ['15', '18.75', '30', '1.5', '75']],
  ['claude-sonnet-5-5', '2026-10-06', ['2', '2.5', '4', '0.2', '10']],
  ['claude-sonnet-5-5', '2026-10-07', ['2', '2.5', '4', '0.1', '10']],
  ['claude-sonnet-5', '2026-11-01', ['2', '2.5', '4', '0.2', '10']],
  ['claude-sonnet-4-6', '2026-11-01', ['3', '3.75', '6', '0.3', '15']],
  ['claude-sonnet-4-5', '2026-11-01', ['3', '3.75', '6', '0.3', '15']],
  ['claude-sonnet-4-5-20250929', '2026-11-01', ['3', '3.75', '6', '0.3', '15']],
  ['claude-haiku-5-5', '2026-10-07', ['0.1', '0.125', '0.2', '0.01', '0.5']],
  ['claude-haiku-5-5', '2026-10-06', [null, null, null, null, null]],
  ['claude-haiku-4-5', '2026-11-01', ['1', '1.25', '2', '0.1', '5']],
])('lists %s on %s', (model, day, expected) => {
  expect(perMillion({ model, day })).toEqual(expected);
});

it.each([
  ['claude-opus-5-5', '2026-11-01', ['2', '2.5', '4', '0.1', '10']],
  ['claude-fable-5-1', '2026-11-01', ['5', '6.25', '10', '0.125', '25']],
  ['claude-mythos-5-1', '2026-11-01', ['5', '6.25', '10', '0.125', '25']],
  ['claude-sonnet-5-5', '2026-10-06', ['1', '1.25', '2', '0.1', '5']],
  ['claude-sonnet-5-5', '2026-10-07', ['1', '1.25', '2', '0.05', '5']],
  ['claude-opus-4-1-20250805', '2026-03-01', ['7.5', '9.375', '15', '0.75', '37.5']],
  ['claude-haiku-4-5', '2026-02-01', ['0.5', '0.625', '1', '0.05', '2.5']],
])('halves every token of %s in a batch on %s, cache included', (model, day, expected) => {
  expect(perMillion({ model, day, service_tier: 'batch' })).toEqual(expected);
});

it.each([
  ['claude-fable-5-2', ['16', '20', '32', '0.4', '80']],
  ['claude-opus-5-5', ['8', '10', '16', '0.4', '40']],
  ['claude-opus-5', ['10', '12.5', '20', '1', '50']],
  ['claude-opus-4-8', ['10', '12.5', '20', '1', '50']],
  ['claude-opus-4-7', [null, null, null, null, null]],
  ['claude-sonnet-5-5', [null, null, null, null, null]],
])('prices fast mode of %s where it is listed', (model, expected) => {
  expect(perMillion({ model, day: '2026-11-01', speed: 'fast' })).toEqual(expected);
});

it.each([
  ['claude-opus-4-6', ['5.5', '6.875', '11', '0.55', '27.5']],
  ['claude-sonnet-5-5', ['2.2', '2.75', '4.4', '0.11', '11']],
  ['claude-mythos-5', ['11', '13.75', '22', '1.1', '55']],
  ['claude-haiku-5-5', ['0.11', '0.1375', '0.22', '0.011', '0.55']],
  ['claude-opus-4-5', [null, null, null, null, null]],
  ['claude-haiku-4-5', [null, null, null, null, null]],
])('adds a tenth to %s for inference kept in the US, from Claude 4.6 on', (model, expected) => {
  expect(perMillion({ model, day: '2026-11-01', region: 'us' })).toEqual(expected);
});

it('stacks residency on batch and on fast mode', () => {
  const use = { model: 'claude-opus-5-5', day: '2026-11-01', region: 'us' };
  expect(perMillion({ ...use, service_tier: 'batch' })).toEqual(['2.2', '2.75', '4.4', '0.11', '11']);
  expect(perMillion({ ...use, speed: 'fast' })).toEqual(['8.8', '11', '17.6', '0.44', '44']);
  expect(perMillion({ ...use, service_tier: 'batch', speed: 'fast' })).toEqual([null, null, null, null, null]);
});

it.each([
  ['claude-sonnet-4-5', '2026-04-30', ['6', '7.5', '12', '0.6', '22.5']],
  ['claude-sonnet-4-5', '2026-05-01', [null, null, null, null, null]],
  ['claude-sonnet-4-5-20250929', '2026-04-30', ['6', '7.5', '12', '0.6', '22.5']],
  ['claude-sonnet-4-6', '2026-03-12', ['6', '7.5', '12', '0.6', '22.5']],
  ['claude-sonnet-4-6', '2026-03-13', ['3', '3.75', '6', '0.3', '15']],
  ['claude-opus-4-6', '2026-03-12', ['10', '12.5', '20', '1', '37.5']],
  ['claude-opus-4-6', '2026-03-13', ['5', '6.25', '10', '0.5', '25']],
  ['claude-opus-5-5', '2026-11-01', ['4', '5', '8', '0.2', '20']],
  ['claude-haiku-4-5', '2026-11-01', [null, null, null, null, null]],
  ['claude-haiku-5-5', '2026-11-01', ['0.5', '0.625', '1', '0.05', '2.5']],
])('prices %s above 200k on %s', (model, day, expected) => {
  expect(perMillion({ model, day, context_window: '200k-1M' })).toEqual(expected);
});

it('halves the long context in a batch too', () => {
  const batch = { service_tier: 'batch', context_window: '200k-1M' };
  expect(perMillion({ ...batch, model: 'claude-sonnet-4-6', day: '2026-03-12' })).toEqual([
    '3',
    '3.75',
    '6',
    '0.3',
    '11.25',
  ]);
  expect(perMillion({ ...batch, model: 'claude-sonnet-4-6', day: '2026-03-13' })).toEqual([
    '1.5',
    '1.875',
    '3',
    '0.15',
    '7.5',
  ]);
});

it('says of haiku 5.5 that usage does not tell its 100k step, and keeps the step for single requests', () => {
  const use = { provider: 'anthropic', model: 'claude-haiku-5-5', meter: 'input_tokens', day: '2026-11-01' } as const;
  expect(priceOf(use)?.note).toBe('tier_not_reported');
  expect(priceOf({ ...use, context_window: '200k-1M' })?.note).toBeNull();
  expect(perMillion({ model: 'claude-haiku-5-5', day: '2026-11-01', context_window: '>100k' })).toEqual([
    '0.5',
    '0.625',
    '1',
    '0.05',
    '2.5',
  ]);
});

it.each([
  ['web_search_requests', '0.01', null],
  ['code_execution_hours', '0.05', 'free_allowance_not_applied'],
  ['session_hours', '0.08', null],
] as const)('charges %s alike for all models', (meter, unit_price, note) => {
  expect(priceOf({ provider: 'anthropic', model: '*', meter, day: '2026-11-01' })).toMatchObject({ unit_price, note });
});

it.each(['priority', 'priority_on_demand', 'flex', 'flex_discount'])(
  'has no list price for the tier %s',
  (service_tier) => {
    expect(
      priceOf({
        provider: 'anthropic',
        model: 'claude-opus-5',
        meter: 'input_tokens',
        day: '2026-11-01',
        service_tier,
      }),
    ).toBeNull();
  },
);
