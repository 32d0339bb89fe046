import { expect, it } from 'vitest';
import * as z from 'zod';
import { tokenMeters } from '../../../../shared/sources/openai/token-meters.ts';
import { recorded } from '../recorded.ts';

const counted = (told: Parameters<typeof tokenMeters>[0]) =>
  Object.fromEntries(tokenMeters(told).filter(([, quantity]) => quantity !== 0));

it('tells uncached, read and written input apart', () => {
  expect(
    counted({
      input_tokens: 1000,
      input_uncached_tokens: 500,
      input_cached_tokens: 400,
      input_cache_write_tokens: 100,
      input_cache_write_30m_tokens: 60,
      input_cache_write_12h_tokens: 40,
      output_tokens: 70,
    }),
  ).toEqual({
    input_tokens: 500,
    cache_read_tokens: 400,
    cache_write_30m_tokens: 60,
    cache_write_12h_tokens: 40,
    output_tokens: 70,
  });
});

it('derives uncached input where an older record does not tell it', () => {
  expect(counted({ input_tokens: 1000, input_cached_tokens: 400, output_tokens: 70 })).toEqual({
    input_tokens: 600,
    cache_read_tokens: 400,
    output_tokens: 70,
  });
});

it('counts audio and images once, out of the totals that hold them', () => {
  expect(
    counted({
      input_tokens: 1000,
      input_uncached_tokens: 700,
      input_cached_tokens: 300,
      input_audio_tokens: 200,
      input_image_tokens: 100,
      input_cached_audio_tokens: 50,
      input_cached_image_tokens: 20,
      output_tokens: 90,
      output_audio_tokens: 30,
      output_image_tokens: 10,
    }),
  ).toEqual({
    input_tokens: 400,
    input_audio_tokens: 200,
    input_image_tokens: 100,
    cache_read_tokens: 230,
    cached_audio_tokens: 50,
    cached_image_tokens: 20,
    output_tokens: 50,
    output_audio_tokens: 30,
    output_image_tokens: 10,
  });
});

it('refuses parts that do not add up to the whole', () => {
  expect(() => tokenMeters({ input_tokens: 1000, input_uncached_tokens: 500, input_cached_tokens: 400 })).toThrow(
    'of 1000 input tokens 500 are uncached, 400 cached and 0 written, which do not add up',
  );
});

it('refuses a kind that exceeds the total that should hold it', () => {
  expect(() => tokenMeters({ input_tokens: 10, output_tokens: 5, output_audio_tokens: 7 })).toThrow(
    'by 2 output_tokens',
  );
});

it('leaves reasoning inside output (case reasoning-is-inside-output)', () => {
  const { given, expect: right } = z
    .object({
      given: z.object({
        token_count: z.object({
          input_tokens: z.int(),
          cached_input_tokens: z.int(),
          output_tokens: z.int(),
          total_tokens: z.int(),
        }),
      }),
      expect: z.object({ values: z.object({ billable_output: z.int(), uncached_input: z.int() }) }),
    })
    .parse(JSON.parse(recorded('cases/reasoning-is-inside-output')));
  const { input_tokens, cached_input_tokens, output_tokens, total_tokens } = given.token_count;
  const meters = tokenMeters({ input_tokens, input_cached_tokens: cached_input_tokens, output_tokens });
  expect(Object.fromEntries(meters)).toMatchObject({
    input_tokens: right.values.uncached_input,
    output_tokens: right.values.billable_output,
  });
  expect(meters.reduce((total, [, quantity]) => total + quantity, 0)).toBe(total_tokens);
});

it('does not count what was written to the cache as input too (case cache-write-charged-twice-in-gateway-log)', () => {
  const { given, expect: right } = z
    .object({
      given: z.object({
        litellm_spend_log: z.object({
          prompt_tokens: z.int(),
          metadata: z.object({ usage_object: z.object({ cache_creation_input_tokens: z.int() }) }),
        }),
      }),
      expect: z.object({ values: z.object({ uncached_input: z.int() }) }),
    })
    .parse(JSON.parse(recorded('cases/cache-write-charged-twice-in-gateway-log')));
  const { prompt_tokens, metadata } = given.litellm_spend_log;
  const written = metadata.usage_object.cache_creation_input_tokens;
  expect(counted({ input_tokens: prompt_tokens, input_cache_write_tokens: written })).toEqual({
    input_tokens: right.values.uncached_input,
    cache_write_30m_tokens: written,
  });
});
