import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { METERS } from '../../../shared/meters.ts';
import { scaled } from '../../../shared/money.ts';
import { checkBook } from '../../../shared/prices/check.ts';
import { cost } from '../../../shared/prices/exact.ts';
import { EVERY_MODEL_METERS, priceBook, pricedModels, priceOf, unpricedUses } from '../../../shared/prices/index.ts';
import { keyOf } from '../../../shared/prices/periods.ts';

const meter = z.enum(METERS.map(({ id }) => id));
const uses = z
  .array(
    z.object({
      provider: z.string(),
      day: z.string(),
      model: z.string(),
      meter,
      service_tier: z.string().nullable(),
      inference_geo: z.string().nullable(),
      context_window: z.string().nullable(),
      quantity: z.string(),
      billed_cost: z.string(),
    }),
  )
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/prices/billed-uses.json'), 'utf8')));

describe('the book', () => {
  it('holds nothing that the checker minds', () => {
    expect(checkBook({ rows: priceBook(), ids: pricedModels, unpriced: unpricedUses })).toEqual([]);
  });

  it('has at most one row for any key on any day', () => {
    const byKey = [...Map.groupBy(priceBook(), keyOf).values()];
    const overlapping = byKey.flatMap((rows) =>
      rows.filter((row) =>
        rows.some((other) => other !== row && row.valid_from < other.valid_to && other.valid_from < row.valid_to),
      ),
    );
    expect(byKey.length).toBeGreaterThan(4000);
    expect(overlapping).toEqual([]);
  });

  it('says of each row where it comes from', () => {
    expect([...new Set(priceBook().map(({ origin }) => origin))].toSorted()).toEqual([
      'genai-prices 0.2.3',
      'override',
    ]);
  });

  it('fits the column that it goes to, and writes no idle zeros', () => {
    const odd = priceBook().filter(({ unit_price }) => scaled(unit_price, 14) < 0n || /\.\d*0$/.test(unit_price));
    expect(odd).toEqual([]);
  });

  it('has base rows only for the meters charged alike for all models', () => {
    const rows = priceBook().filter(({ model }) => model === '*');
    const dimensions = rows.map((row) => [row.service_tier, row.speed, row.region, row.context_window].join(' '));
    expect([...new Set(dimensions)]).toEqual(['standard standard global base']);
    expect([...new Set(rows.map((row) => row.meter))].toSorted()).toEqual([...EVERY_MODEL_METERS]);
  });

  it('gives whole rows', () => {
    expect(
      priceOf({ provider: 'anthropic', model: 'claude-sonnet-5-5', meter: 'cache_read_tokens', day: '2026-10-06' }),
    ).toEqual({
      provider: 'anthropic',
      model: 'claude-sonnet-5-5',
      meter: 'cache_read_tokens',
      service_tier: 'standard',
      speed: 'standard',
      region: 'global',
      context_window: 'base',
      unit_price: '0.0000002',
      unit: 'token',
      valid_from: '0001-01-01',
      valid_to: '2026-10-07',
      origin: 'override',
      note: null,
    });
  });
});

describe('what the vendors billed', () => {
  // As the doc comment of priceBook says: null is the base, `default` is standard, 0-200k is the base.
  it.each(uses)('$provider $day $model $meter $service_tier $inference_geo: $quantity cost $billed_cost', (use) => {
    const row = priceOf({
      provider: use.provider,
      model: use.model,
      meter: use.meter,
      day: use.day,
      service_tier: (use.service_tier ?? 'default').replace('default', 'standard'),
      region: use.inference_geo ?? 'global',
      context_window: (use.context_window ?? '0-200k').replace('0-200k', 'base'),
    });
    expect(cost(use.quantity, row?.unit_price ?? 'unpriced')).toBe(use.billed_cost);
  });
});

describe('an id that is not listed', () => {
  it.each([
    ['openai', 'gpt-5.4-micro'],
    ['openai', 'gpt-6.1-sol-2026-12-01'],
    ['openai', 'GPT-5.4'],
    ['openai', 'claude-opus-5'],
    ['anthropic', 'claude-opus-5-9'],
    ['anthropic', 'claude-opus-5[1m]'],
    ['anthropic', 'claude-sonnet-5-5-20261007'],
    ['anthropic', ''],
  ])('of %s, %s, gets no price', (provider, model) => {
    expect(priceOf({ provider, model, meter: 'input_tokens', day: '2026-11-01' })).toBeNull();
  });
});

describe('what the vendors report without a list price', () => {
  it.each([
    ['gpt-4o-mini-tts', 'characters'],
    ['gpt-4o-transcribe', 'audio_seconds'],
    ['gpt-image-2', 'images'],
  ] as const)('%s %s is unpriced, with the reason', (model, meter) => {
    expect(priceOf({ provider: 'openai', model, meter, day: '2026-11-01' })).toBeNull();
    expect(unpricedUses.filter((use) => use.model === model && use.meter === meter)).toHaveLength(1);
  });
});
