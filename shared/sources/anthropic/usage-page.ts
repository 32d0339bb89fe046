import * as z from 'zod';
import type { MeterId } from '../../meters.ts';
import { agrees, DISAGREES } from '../paging.ts';
import { actor } from './actor.ts';
import { envelope } from './report.ts';

const count = z.int().nonnegative();
const dimension = z.string().nullable();

/** What a row of usage counts, tokens by their kinds. */
export const counts = z
  .object({
    uncached_input_tokens: count,
    cache_creation: z.object({ ephemeral_5m_input_tokens: count, ephemeral_1h_input_tokens: count }),
    cache_read_input_tokens: count,
    output_tokens: count,
    total_tokens: count,
    requests: count.nullable(),
    server_tool_use: z.object({ web_search_requests: count }),
  })
  // A kind of token that we do not know would be missing without a sign.
  .refine((told) => tokensOf(told) === told.total_tokens, {
    path: ['total_tokens'],
    error: 'is not the sum of the kinds of tokens that are told apart',
  });

/** A page of the usage report, whatever it is grouped by. */
export const usagePage = z
  .object({
    data: z.array(
      z.object({
        starting_at: z.string(),
        group: z.object({
          model: dimension,
          service_tier: dimension,
          context_window: dimension,
          inference_geo: dimension,
          speed: dimension,
          api_key_id: dimension,
          workspace_id: dimension,
          actor,
          product: dimension,
          session_id: dimension,
        }),
        usage: counts,
      }),
    ),
    ...envelope,
  })
  .refine(agrees, DISAGREES);

/** A page of the usage report, in the current form. */
export type UsagePage = z.infer<typeof usagePage>;

/** What a row counts, in meters. Nothing counted is no row; a count that is not told is none either. */
export function metersOf({ usage: told }: { readonly usage: z.infer<typeof counts> }): [MeterId, number][] {
  const meters: [MeterId, number | null][] = [
    ['input_tokens', told.uncached_input_tokens],
    ['cache_write_5m_tokens', told.cache_creation.ephemeral_5m_input_tokens],
    ['cache_write_1h_tokens', told.cache_creation.ephemeral_1h_input_tokens],
    ['cache_read_tokens', told.cache_read_input_tokens],
    ['output_tokens', told.output_tokens],
    ['web_search_requests', told.server_tool_use.web_search_requests],
    ['requests', told.requests],
  ];
  return meters.filter((meter): meter is [MeterId, number] => meter[1] !== null && meter[1] !== 0);
}

function tokensOf(told: {
  readonly uncached_input_tokens: number;
  readonly cache_creation: { readonly ephemeral_5m_input_tokens: number; readonly ephemeral_1h_input_tokens: number };
  readonly cache_read_input_tokens: number;
  readonly output_tokens: number;
}): number {
  const { ephemeral_5m_input_tokens: short, ephemeral_1h_input_tokens: long } = told.cache_creation;
  return told.uncached_input_tokens + short + long + told.cache_read_input_tokens + told.output_tokens;
}
