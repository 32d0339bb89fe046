import { expect, it } from 'vitest';
import { cost } from '../../../shared/prices/exact.ts';
import { type PricedUse, priceOf } from '../../../shared/prices/index.ts';

const METERS = ['input_tokens', 'cache_read_tokens', 'cache_write_30m_tokens', 'output_tokens'] as const;

/** USD per million of each of the four meters; null where there is no price. */
const perMillion = (use: Omit<PricedUse, 'provider' | 'meter'>): (string | null)[] =>
  METERS.map((meter) => {
    const row = priceOf({ provider: 'openai', meter, ...use });
    return row === null ? null : cost('1000000', row.unit_price);
  });

it.each([
  ['gpt-6-astra', '2026-09-03', ['10', '1', '12.5', '50']],
  ['gpt-6-astra', '2026-09-02', [null, null, null, null]],
  ['gpt-6.1-sol', '2026-09-29', ['2', '0.1', '2.5', '10']],
  ['gpt-6.1-sol', '2026-09-28', [null, null, null, null]],
  ['gpt-6.1-sol-2026-09-29', '2026-11-01', ['2', '0.1', '2.5', '10']],
  ['gpt-6.1-terra', '2026-10-26', ['1', '0.05', '1.25', '5']],
  ['gpt-6.1-terra', '2026-10-25', [null, null, null, null]],
  ['gpt-6-sol', '2026-11-01', ['2', '0.2', '2.5', '10']],
  ['gpt-6-luna', '2026-11-01', ['0.1', '0.01', '0.125', '0.5']],
  ['gpt-5.6-sol', '2026-08-20', ['5', '0.5', '6.25', '30']],
  ['gpt-5.6-sol', '2026-08-21', ['4', '0.4', '5', '20']],
  ['gpt-5.6-terra', '2026-07-29', ['2.5', '0.25', '3.125', '15']],
  ['gpt-5.6-terra', '2026-07-30', ['2', '0.2', '2.5', '12']],
  ['gpt-5.6-luna', '2026-07-29', ['1', '0.1', '1.25', '6']],
  ['gpt-5.6-luna', '2026-07-30', ['0.2', '0.02', '0.25', '1.2']],
  ['gpt-5.5', '2026-11-01', ['5', '0.5', null, '30']],
  ['gpt-5.4', '2026-11-01', ['2.5', '0.25', null, '15']],
  ['gpt-5.4-mini', '2026-11-01', ['0.75', '0.075', null, '4.5']],
  ['gpt-5.4-nano', '2026-11-01', ['0.2', '0.02', null, '1.25']],
  ['gpt-5.2', '2026-11-01', ['1.75', '0.175', null, '14']],
  ['gpt-5', '2026-11-01', ['1.25', '0.125', null, '10']],
  ['gpt-5-mini', '2026-11-01', ['0.25', '0.025', null, '2']],
  ['gpt-5-nano', '2026-11-01', ['0.05', '0.005', null, '0.4']],
  ['gpt-4.1', '2026-11-01', ['2', '0.5', null, '8']],
  ['gpt-4.1-mini', '2026-11-01', ['0.4', '0.1', null, '1.6']],
  ['gpt-4.1-nano', '2026-11-01', ['0.1', '0.025', null, '0.4']],
  ['text-embedding-3-large', '2026-11-01', ['0.13', null, null, null]],
  ['text-embedding-3-small', '2026-11-01', ['0.02', null, null, null]],
])('lists %s on %s', (model, day, expected) => {
  expect(perMillion({ model, day })).toEqual(expected);
});

it.each([
  ['gpt-6-astra', 'batch', ['5', '0.5', '6.25', '25']],
  ['gpt-6-astra', 'flex', ['5', '0.5', '6.25', '25']],
  ['gpt-6-astra', 'priority', ['20', '2', '25', '100']],
  ['gpt-6-astra', 'fast', ['20', '2', '25', '100']],
  ['gpt-6-astra', 'ultrafast', ['60', '6', '75', '300']],
  ['gpt-6.1-sol', 'ultrafast', ['12', '0.6', '15', '60']],
  ['gpt-6-sol', 'ultrafast', [null, null, null, null]],
  ['gpt-5.5', 'priority', ['12.5', '1.25', null, '75']],
  ['gpt-5.4', 'batch', ['1.25', '0.125', null, '7.5']],
  ['gpt-5.4', 'flex', ['1.25', '0.125', null, '7.5']],
  ['gpt-5-mini', 'priority', ['0.45', '0.045', null, '3.6']],
  ['gpt-4.1', 'priority', ['3.5', '0.875', null, '14']],
  ['gpt-4.1', 'flex', [null, null, null, null]],
  ['o4-mini', 'flex', ['0.55', '0.1375', null, '2.2']],
  ['gpt-6-sol', 'scale', [null, null, null, null]],
])('prices %s in the tier %s', (model, service_tier, expected) => {
  expect(perMillion({ model, service_tier, day: '2026-11-01' })).toEqual(expected);
});

it('keeps the standard rate for cached tokens where the batch table lists none, and says so', () => {
  const use = { provider: 'openai', model: 'gpt-4.1', service_tier: 'batch', day: '2026-11-01' } as const;
  expect(perMillion(use)).toEqual(['1', '0.5', null, '4']);
  expect(priceOf({ ...use, meter: 'cache_read_tokens' })?.note).toBe('standard_rate');
});

it('carries tiers back beside the standard price of their day', () => {
  const use = { model: 'gpt-5.6-sol', day: '2026-08-20' };
  expect(perMillion({ ...use, service_tier: 'batch' })).toEqual(['2.5', '0.25', '3.125', '15']);
  expect(perMillion({ ...use, service_tier: 'priority' })).toEqual(['10', '1', '12.5', '60']);
});

it.each([
  ['gpt-6.1-sol', 'standard', ['4', '0.2', '5', '15']],
  ['gpt-6.1-sol', 'batch', ['2', '0.1', '2.5', '7.5']],
  ['gpt-6-astra', 'ultrafast', ['120', '12', '150', '450']],
  ['gpt-5.4', 'standard', ['5', '0.5', null, '22.5']],
  ['gpt-5.4', 'flex', ['2.5', '0.25', null, '11.25']],
  ['gpt-5.4', 'priority', [null, null, null, null]],
  ['gpt-5.4-mini', 'standard', [null, null, null, null]],
  ['gpt-4.1', 'standard', [null, null, null, null]],
])('prices %s above 272k in the tier %s for requests seen one by one', (model, service_tier, expected) => {
  expect(perMillion({ model, service_tier, day: '2026-11-01', context_window: '>272k' })).toEqual(expected);
});

it('says that usage does not tell the 272k step', () => {
  const use = { provider: 'openai', meter: 'input_tokens', day: '2026-11-01' } as const;
  expect(priceOf({ ...use, model: 'gpt-6.1-terra' })?.note).toBe('tier_not_reported');
  expect(priceOf({ ...use, model: 'gpt-5.4-mini' })?.note).toBeNull();
});

it.each([
  ['standard', '5'],
  ['batch', '2.5'],
  ['priority', '10'],
])('prices a 12-hour cache write at 2.5 times input in the tier %s', (service_tier, expected) => {
  const use = { provider: 'openai', model: 'gpt-6.1-sol', meter: 'cache_write_12h_tokens', day: '2026-11-01' } as const;
  expect(cost('1000000', priceOf({ ...use, service_tier })?.unit_price ?? '')).toBe(expected);
});

it('adds a tenth for regional processing, from gpt-5.4 on', () => {
  const use = { day: '2026-11-01', region: 'regional' };
  expect(perMillion({ ...use, model: 'gpt-6.1-sol' })).toEqual(['2.2', '0.11', '2.75', '11']);
  expect(perMillion({ ...use, model: 'gpt-6.1-sol', service_tier: 'batch' })).toEqual(['1.1', '0.055', '1.375', '5.5']);
  expect(perMillion({ ...use, model: 'gpt-5' })).toEqual([null, null, null, null]);
});

it.each([
  ['*', 'web_search_requests', '0.01', null],
  ['*', 'file_search_requests', '0.0025', null],
  ['*', 'code_interpreter_sessions', '0.03', 'container_size_not_reported'],
  ['*', 'storage_gb_days', '0.1', 'free_allowance_not_applied'],
  ['whisper-1', 'audio_seconds', '0.0001', null],
  ['tts-1', 'characters', '0.000015', null],
  ['omni-moderation-latest', 'input_tokens', '0', 'free'],
  ['gpt-realtime', 'input_audio_tokens', '0.000032', null],
  ['gpt-image-2', 'output_tokens', '0.00003', null],
  ['gpt-6.1-sol', 'input_image_tokens', '0.000002', 'tier_not_reported'],
] as const)('prices %s %s', (model, meter, unit_price, note) => {
  expect(priceOf({ provider: 'openai', model, meter, day: '2026-11-01' })).toMatchObject({ unit_price, note });
});
