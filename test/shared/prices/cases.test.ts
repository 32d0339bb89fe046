import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { METERS, type MeterId } from '../../../shared/meters.ts';
import { sum } from '../../../shared/money.ts';
import { cost } from '../../../shared/prices/exact.ts';
import { type PricedUse, priceOf } from '../../../shared/prices/index.ts';

type Quantities = Partial<Record<MeterId, number>>;
const tokens = z.int();
const meterId = z.enum(METERS.map(({ id }) => id));

function read<T extends z.ZodType>(name: string, schema: T): z.infer<T> {
  const file = join(import.meta.dirname, `../../fixtures/cases/${name}.json`);
  return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** What a use costs, trimmed; null as soon as one of its meters has no price. */
function worth(use: Omit<PricedUse, 'meter'>, quantities: Quantities): string | null {
  const costs = Object.entries(quantities).map(([meter, quantity]) => {
    const row = priceOf({ ...use, meter: meterId.parse(meter) });
    return row === null ? null : cost(String(quantity), row.unit_price);
  });
  return costs.includes(null) ? null : plain(costs.filter((one) => one !== null));
}

const plain = (costs: string[]): string => sum(costs, 14).replace(/\.?0+$/, '');

it('does not price a model by a similar name', () => {
  const usage = z.array(z.object({ model: z.string(), input_uncached_tokens: tokens, output_tokens: tokens }));
  const { given, expect: right } = read(
    'a-similar-name-is-not-a-price',
    z.object({
      given: z.object({ usage }),
      expect: z.object({ values: z.object({ 'gpt-5.4-mini_usd': z.string(), 'gpt-5.4-micro_usd': z.null() }) }),
    }),
  );
  const found = given.usage.map(({ model, input_uncached_tokens, output_tokens }) =>
    worth({ provider: 'openai', model, day: '2026-11-01' }, { input_tokens: input_uncached_tokens, output_tokens }),
  );
  expect(right.values).toEqual({ 'gpt-5.4-mini_usd': '1.20', 'gpt-5.4-micro_usd': null });
  expect(found).toEqual(['1.2', null]);
});

it('prices a one-hour cache write as such', () => {
  const creation = z.object({ ephemeral_5m_input_tokens: tokens, ephemeral_1h_input_tokens: tokens });
  const { given, expect: right } = read(
    'one-hour-cache-write',
    z.object({
      given: z.object({ usage: z.array(z.object({ model: z.string(), cache_creation: creation })) }),
      expect: z.object({ values: z.object({ first_usd: z.string(), second_usd: z.string(), total_usd: z.string() }) }),
    }),
  );
  const found = given.usage.map(({ model, cache_creation }) =>
    worth(
      { provider: 'anthropic', model, day: '2026-11-01' },
      {
        cache_write_5m_tokens: cache_creation.ephemeral_5m_input_tokens,
        cache_write_1h_tokens: cache_creation.ephemeral_1h_input_tokens,
      },
    ),
  );
  expect(found).toEqual([right.values.first_usd, right.values.second_usd]);
  expect(plain(found.filter((one) => one !== null))).toBe(right.values.total_usd);
});

it('charges every token of a long request at the long rate, and exactly 200000 at the base rate', () => {
  const request = z.object({
    model: z.string(),
    input_tokens: tokens,
    cache_creation_5m_tokens: tokens,
    cache_read_tokens: tokens,
    output_tokens: tokens,
  });
  const { given, expect: right } = read(
    'long-context-prices-the-whole-request',
    z.object({
      given: z.object({ requests: z.array(request) }),
      expect: z.object({
        values: z.object({
          first_usd: z.string(),
          second_usd: z.string(),
          first_prompt_tokens: tokens,
          second_prompt_tokens: tokens,
        }),
      }),
    }),
  );
  const brackets = given.requests.map((one) => {
    const prompt = one.input_tokens + one.cache_creation_5m_tokens + one.cache_read_tokens;
    return { prompt, context_window: prompt > 200_000 ? '200k-1M' : 'base' };
  });
  const found = given.requests.map((one, index) =>
    worth(
      {
        provider: 'anthropic',
        model: one.model,
        day: '2026-04-01',
        context_window: brackets[index]?.context_window ?? '',
      },
      {
        input_tokens: one.input_tokens,
        cache_write_5m_tokens: one.cache_creation_5m_tokens,
        cache_read_tokens: one.cache_read_tokens,
        output_tokens: one.output_tokens,
      },
    ),
  );
  expect(brackets.map(({ prompt }) => prompt)).toEqual([
    right.values.first_prompt_tokens,
    right.values.second_prompt_tokens,
  ]);
  expect(found).toEqual([right.values.first_usd, right.values.second_usd]);
});

it('prices the tier that served', () => {
  const usage = z.object({
    model: z.string(),
    service_tier: z.string(),
    input_uncached_tokens: tokens,
    output_tokens: tokens,
  });
  const gateway = z.object({
    model: z.string(),
    response_service_tier: z.string(),
    prompt_tokens: tokens,
    completion_tokens: tokens,
  });
  const { given, expect: right } = read(
    'price-the-tier-that-served',
    z.object({
      given: z.object({ usage_completions: z.array(usage), gateway_row: gateway }),
      expect: z.object({ values: z.record(z.string(), z.string()) }),
    }),
  );
  const served = (tier: string) => (tier === 'default' ? 'standard' : tier);
  const found = given.usage_completions.map((use) =>
    worth(
      { provider: 'openai', model: use.model, day: '2026-11-01', service_tier: served(use.service_tier) },
      { input_tokens: use.input_uncached_tokens, output_tokens: use.output_tokens },
    ),
  );
  const row = given.gateway_row;
  const throughGateway = worth(
    { provider: 'openai', model: row.model, day: '2026-11-01', service_tier: served(row.response_service_tier) },
    { input_tokens: row.prompt_tokens, output_tokens: row.completion_tokens },
  );
  expect(right.values).toEqual({
    default_usd: '3.00',
    flex_usd: '1.50',
    priority_usd: '1.20',
    gateway_row_usd: '0.20',
  });
  expect([...found, throughGateway]).toEqual(['3', '1.5', '1.2', '0.2']);
});

it('prices reasoning once, inside the output', () => {
  const count = z.object({
    input_tokens: tokens,
    cached_input_tokens: tokens,
    output_tokens: tokens,
    reasoning_output_tokens: tokens,
  });
  const { given, expect: right } = read(
    'reasoning-is-inside-output',
    z.object({
      given: z.object({ token_count: count, model: z.string() }),
      expect: z.object({ values: z.object({ cost_usd: z.string(), wrong_cost_usd: z.string() }) }),
    }),
  );
  const { input_tokens, cached_input_tokens, output_tokens } = given.token_count;
  const found = worth(
    { provider: 'openai', model: given.model, day: '2026-11-01' },
    { input_tokens: input_tokens - cached_input_tokens, cache_read_tokens: cached_input_tokens, output_tokens },
  );
  expect(found).toBe(right.values.cost_usd);
  expect(found).not.toBe(right.values.wrong_cost_usd);
});
