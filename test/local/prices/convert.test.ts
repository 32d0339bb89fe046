import { expect, it } from 'vitest';
import * as z from 'zod';
import { convert } from '../../../local/prices/convert.ts';
import type { Vendor } from '../../../local/prices/pin.ts';
import { release } from '../../../local/prices/release.ts';

const anthropic: Vendor = {
  provider: 'anthropic',
  id: 'a',
  cacheWrite: 'cache_write_5m_tokens',
  reports: [{ window: '200k-1M', over: 200_000 }],
};
const openai: Vendor = { provider: 'openai', id: 'o', cacheWrite: 'cache_write_30m_tokens', reports: [] };

type Model = z.input<typeof release>['providers'][number]['models'][number];

const price = (prices: Record<string, string | object>) => ({ type: 'ModelPrice' as const, ...prices });
const step = (base: string, start: number, upper: string) => ({
  type: 'TieredPrices',
  base,
  tiers: [{ type: 'Tier', start, price: upper }],
});
const since = (start_date: string) => ({ type: 'StartDateConstraint' as const, start_date });

function lines(vendor: Vendor, model: Partial<Model>, ids = ['m']) {
  const whole = {
    id: 'm',
    match: { type: 'ClauseEquals' as const, equals: 'm' },
    prices: price({ input_mtok: '2' }),
    ...model,
  };
  const { providers } = release.parse({ license: 'MIT', providers: [{ id: 'p', pricing_urls: [], models: [whole] }] });
  const [provider] = z.array(z.custom<(typeof providers)[number]>()).parse(providers);
  return provider === undefined ? [] : convert(provider, vendor, ids);
}

it('turns prices of a million into prices of one, under the ids that the rule names', () => {
  const match = { type: 'ClauseStartsWith' as const, starts_with: 'm' };
  const prices = price({ input_mtok: '2', cache_write_mtok: '2.5', output_mtok: '10' });
  expect(lines(openai, { match, prices }, ['n', 'm-2', 'm-1'])).toEqual([
    {
      rule: 'm',
      models: ['m-1', 'm-2'],
      lines: [
        { meter: 'cache_write_30m_tokens', unit_price: '0.0000025' },
        { meter: 'input_tokens', unit_price: '0.000002' },
        { meter: 'output_tokens', unit_price: '0.00001' },
      ],
    },
  ]);
});

it('gives an id that no rule names no price', () => {
  expect(lines(openai, {}, ['m-mini'])).toEqual([]);
});

it('writes a bracket that usage reports by its name, flat or not, where the model reaches it', () => {
  const prices = price({ input_mtok: step('3', 200_000, '6'), output_mtok: '15' });
  expect(lines(anthropic, { prices, context_window: 1_000_000 })[0]?.lines).toEqual([
    { meter: 'input_tokens', unit_price: '0.000003' },
    { meter: 'input_tokens', context_window: '200k-1M', unit_price: '0.000006' },
    { meter: 'output_tokens', unit_price: '0.000015' },
    { meter: 'output_tokens', context_window: '200k-1M', unit_price: '0.000015' },
  ]);
  expect(lines(anthropic, { context_window: 200_000 })[0]?.lines).toEqual([
    { meter: 'input_tokens', unit_price: '0.000002' },
  ]);
});

it('marks the base where usage does not tell the step', () => {
  const prices = price({ input_mtok: step('0.1', 100_000, '0.5') });
  expect(lines(anthropic, { prices, context_window: 1_000_000 })[0]?.lines).toEqual([
    { meter: 'input_tokens', unit_price: '0.0000001', note: 'tier_not_reported' },
    { meter: 'input_tokens', context_window: '200k-1M', unit_price: '0.0000005' },
    { meter: 'input_tokens', context_window: '>100k', unit_price: '0.0000005' },
  ]);
});

it('dates a change of price, and carries a tier back in its ratio', () => {
  const model = {
    prices: [
      { prices: price({ input_mtok: '5' }) },
      { prices: price({ input_mtok: '4' }), constraint: since('2026-08-21') },
    ],
    price_variants: [
      { when: { service_tier: 'default' }, prices: price({}) },
      { when: { processing: 'batch' }, prices: price({ input_mtok: '2' }), constraint: since('2026-10-14') },
    ],
  };
  expect(lines(openai, model)[0]?.lines).toEqual([
    { meter: 'input_tokens', unit_price: '0.000005', valid_to: '2026-08-21' },
    { meter: 'input_tokens', unit_price: '0.000004', valid_from: '2026-08-21' },
    { meter: 'input_tokens', service_tier: 'batch', unit_price: '0.0000025', valid_to: '2026-08-21' },
    { meter: 'input_tokens', service_tier: 'batch', unit_price: '0.000002', valid_from: '2026-08-21' },
  ]);
});

it('keeps the standard rate, marked, for what a tier does not list', () => {
  const model = {
    prices: price({ input_mtok: '2', cache_read_mtok: '0.5' }),
    price_variants: [{ when: { processing: 'batch' }, prices: price({ input_mtok: '1' }) }],
  };
  expect(lines(openai, model)[0]?.lines.filter(({ service_tier }) => service_tier === 'batch')).toEqual([
    { meter: 'cache_read_tokens', service_tier: 'batch', unit_price: '0.0000005', note: 'standard_rate' },
    { meter: 'input_tokens', service_tier: 'batch', unit_price: '0.000001' },
  ]);
});

it('says nothing above a step where a tier lists one price only', () => {
  const model = {
    prices: price({ input_mtok: step('2.5', 272_000, '5') }),
    price_variants: [{ when: { service_tier: 'priority' }, prices: price({ input_mtok: '5' }) }],
  };
  expect(lines(openai, model)[0]?.lines.filter(({ service_tier }) => service_tier === 'priority')).toEqual([
    { meter: 'input_tokens', service_tier: 'priority', unit_price: '0.000005', note: 'tier_not_reported' },
  ]);
});

it('says nothing of a bracket that usage reports where the standard price has a step and the tier has none', () => {
  const model = {
    context_window: 1_000_000,
    prices: price({ input_mtok: step('3', 200_000, '6') }),
    price_variants: [{ when: { speed: 'fast' }, prices: price({ input_mtok: '9' }) }],
  };
  expect(lines(anthropic, model)[0]?.lines.filter(({ speed }) => speed === 'fast')).toEqual([
    { meter: 'input_tokens', speed: 'fast', unit_price: '0.000009' },
  ]);
});

it('takes tools out of the models, as one price for all of them', () => {
  expect(lines(anthropic, { prices: price({ input_mtok: '2', web_searches_kcount: '10' }) })).toEqual([
    { rule: '*', models: ['*'], lines: [{ meter: 'web_search_requests', unit_price: '0.01' }] },
    { rule: 'm', models: ['m'], lines: [{ meter: 'input_tokens', unit_price: '0.000002' }] },
  ]);
});

it.each<[string, Partial<Model>, string]>([
  [
    'a condition without a column',
    { price_variants: [{ when: { mood: 'good' }, prices: price({}) }] },
    'a price of m holds when mood=good',
  ],
  [
    'a key without a meter',
    { prices: price({ smells_mtok: '1' }) },
    "price key 'smells_mtok' of the release is unknown",
  ],
  ['a price that is not exact', { prices: price({ audio_hours: '1.02' }) }, '1.02 per 3600 has no exact unit price'],
])('refuses %s', (_, model, message) => {
  expect(() => lines(openai, model)).toThrow(message);
});

it('refuses an id that two rules name, and a tool with two prices', () => {
  const model = (id: string, web: string) => ({
    id,
    match: { type: 'ClauseStartsWith' as const, starts_with: id },
    prices: price({ web_searches_kcount: web }),
  });
  const { providers } = release.parse({
    license: 'MIT',
    providers: [{ id: 'p', pricing_urls: [], models: [model('m', '10'), model('m-2', '25')] }],
  });
  expect(() => providers.map((provider) => convert(provider, openai, ['m-2']))).toThrow(
    "openai model 'm-2' is named by several rules: m, m-2",
  );
  expect(() => providers.map((provider) => convert(provider, openai, ['m-1', 'm-2']))).toThrow(
    'named by several rules',
  );
  const apart = release.parse({
    license: 'MIT',
    providers: [{ id: 'p', pricing_urls: [], models: [model('m', '10'), model('n', '25')] }],
  });
  expect(() => apart.providers.map((provider) => convert(provider, openai, ['m', 'n']))).toThrow(
    'openai web_search_requests has no single price: 0.01 for m, 0.025 for n',
  );
});

it.each([
  ['a time of day', { prices: [{ prices: price({ input_mtok: '1' }), constraint: { type: 'TimeOfDateConstraint' } }] }],
  [
    'two steps',
    {
      prices: price({
        input_mtok: {
          type: 'TieredPrices',
          base: '1',
          tiers: [
            { type: 'Tier', start: 1, price: '2' },
            { type: 'Tier', start: 2, price: '3' },
          ],
        },
      }),
    },
  ],
  ['a number that was a float', { prices: price({ input_mtok: '1e-6' }) }],
])('does not read a release with %s', (_, model) => {
  const whole = { id: 'm', match: { type: 'ClauseEquals', equals: 'm' }, ...model };
  expect(
    release.safeParse({ license: 'MIT', providers: [{ id: 'p', pricing_urls: [], models: [whole] }] }).success,
  ).toBe(false);
});
