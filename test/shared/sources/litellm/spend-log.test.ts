import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sum } from '../../../../shared/money.ts';
import { cost } from '../../../../shared/prices/exact.ts';
import { priceOf } from '../../../../shared/prices/index.ts';
import { spendLog, tokensOf } from '../../../../shared/sources/litellm/spend-log.ts';
import { recorded } from '../recorded.ts';

const logOf = (more: object) =>
  spendLog.parse({
    request_id: 'a',
    spend: '0.01',
    prompt_tokens: 1000,
    completion_tokens: 10,
    startTime: '2026-11-18T09:00:00Z',
    ...more,
  });
const usage = (metadata: object, more: object = {}) => Object.fromEntries(tokensOf(logOf({ metadata, ...more })));

describe('a cache write that the gateway charges twice (case cache-write-charged-twice-in-gateway-log)', () => {
  const { given, expect: right } = z
    .object({
      given: z.object({ litellm_spend_log: z.record(z.string(), z.unknown()) }),
      expect: z.object({
        values: z.object({
          priced_usd: z.string(),
          claimed_usd: z.string(),
          gap_usd: z.string(),
          uncached_input: z.int(),
        }),
      }),
    })
    .parse(JSON.parse(recorded('cases/cache-write-charged-twice-in-gateway-log')));
  const log = logOf({ ...given.litellm_spend_log, spend: String(given.litellm_spend_log.spend) });

  it('counts each token once', () => {
    expect(tokensOf(log)).toEqual([
      ['input_tokens', right.values.uncached_input],
      ['cache_write_5m_tokens', 12304],
      ['output_tokens', 550],
    ]);
  });

  it('is priced by its tokens, so that the claim shows how much too high it is', () => {
    const priced = tokensOf(log).map(([meter, tokens]) => {
      const price = priceOf({ provider: 'anthropic', model: log.model ?? '', day: '2026-11-18', meter });
      return cost(String(tokens), price?.unit_price ?? '0');
    });
    expect(sum(priced, 14)).toBe(`${right.values.priced_usd}00000000`);
    expect(sum([log.spend, `-${sum(priced, 14)}`], 14)).toBe(`${right.values.gap_usd}00000000`);
  });
});

describe('tokens of a request', () => {
  it.each([
    [
      "Anthropic's words, an hour's life of a part",
      {
        usage_object: {
          cache_read_input_tokens: 100,
          cache_creation_input_tokens: 300,
          prompt_tokens_details: { cache_creation_token_details: { ephemeral_1h_input_tokens: 200 } },
        },
      },
      {},
      {
        input_tokens: 600,
        cache_read_tokens: 100,
        cache_write_5m_tokens: 100,
        cache_write_1h_tokens: 200,
        output_tokens: 10,
      },
    ],
    [
      "OpenAI's words",
      { usage_object: { prompt_tokens_details: { cached_tokens: 512, cache_creation_tokens: 88 } } },
      { custom_llm_provider: 'openai' },
      { input_tokens: 400, cache_read_tokens: 512, cache_write_30m_tokens: 88, output_tokens: 10 },
    ],
    [
      'additional values alone',
      { additional_usage_values: { cache_read_input_tokens: 250 } },
      {},
      { input_tokens: 750, cache_read_tokens: 250, output_tokens: 10 },
    ],
    ['no word of a cache', {}, {}, { input_tokens: 1000, output_tokens: 10 }],
    [
      'parts beside the prompt, as older releases have it',
      { usage_object: { cache_read_input_tokens: 9000 } },
      {},
      { input_tokens: 1000, cache_read_tokens: 9000, output_tokens: 10 },
    ],
    [
      'nothing, when it failed',
      { additional_usage_values: { cache_read_input_tokens: 2048 } },
      { prompt_tokens: 0, completion_tokens: 0 },
      {},
    ],
  ])('reads %s', (_name, metadata, more, meters) => {
    expect(usage(metadata, more)).toEqual(meters);
  });
});
