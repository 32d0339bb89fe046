import { expect, it } from 'vitest';
import type { MeterId } from '../../../../shared/meters.ts';
import { lineItem, quantityOf } from '../../../../shared/sources/openai/line-item.ts';

it.each<[string | null, string | null, string | null, MeterId | null]>([
  ['gpt-6-astra, input_tokens', 'gpt-6-astra', null, 'input_tokens'],
  ['gpt-6.1-sol, cached_input_tokens', 'gpt-6.1-sol', null, 'cache_read_tokens'],
  ['gpt-6.1-sol, cache_write_tokens', 'gpt-6.1-sol', null, 'cache_write_30m_tokens'],
  ['gpt-6.1-sol, cache_write_12h_tokens', 'gpt-6.1-sol', null, 'cache_write_12h_tokens'],
  ['gpt-6.1-sol, Batch output tokens', 'gpt-6.1-sol', 'batch', 'output_tokens'],
  ['ft:gpt-4.1, tuned: support, cached input', 'ft:gpt-4.1, tuned: support', null, 'cache_read_tokens'],
  ['gpt-4o-transcribe, duration_seconds', 'gpt-4o-transcribe', null, 'audio_seconds'],
  ['web search tool calls', null, null, 'web_search_requests'],
  ['file search tool calls', null, null, 'file_search_requests'],
  ['vector store storage', null, null, 'storage_gb_days'],
  ['gpt-7, thought_tokens', 'gpt-7', null, null],
  ['assistants refund', null, null, null],
  [null, null, null, null],
])('reads %s', (words, model, service_tier, meter) => {
  expect(lineItem(words)).toEqual({ model, service_tier, meter });
});

it.each<[MeterId | null, string | null, string | null, string | null]>([
  ['input_tokens', '1402118', 'tokens', '1402118.000000'],
  ['input_tokens', '1.5', '1000_tokens', '1500.000000'],
  ['audio_seconds', '2.25', 'duration_minutes', '135.000000'],
  // 700 MiB held for a day.
  ['storage_gb_days', '16.40625', 'gibibyte_hours', '0.683594'],
  ['storage_gb_days', '734003200', 'tokens', null],
  ['input_tokens', '7', 'parsecs', null],
  ['input_tokens', '7', null, null],
  ['input_tokens', null, 'tokens', null],
  [null, '7', 'tokens', null],
])('reads %s of %s %s', (meter, quantity, unit, expected) => {
  expect(quantityOf(meter, quantity, unit)).toBe(expected);
});
