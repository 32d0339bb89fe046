import * as z from 'zod';
import type { MeterId } from '../../meters.ts';
import { shiftLeft } from '../../money.ts';
import { agrees, DISAGREES } from '../paging.ts';
import { actor } from './actor.ts';
import { envelope } from './report.ts';

const dimension = z.string().nullable();

/** A page of the current cost report. */
export const costPage = z
  .object({
    data: z.array(
      z.object({
        starting_at: z.string(),
        group: z.object({
          api_key_id: dimension,
          workspace_id: dimension,
          actor,
          model: dimension,
          service_tier: dimension,
          cost_type: dimension,
          token_type: dimension,
          context_window: dimension.optional(),
          inference_geo: dimension.optional(),
        }),
        cost: z.object({ amount: z.string(), list_amount: z.string().nullable(), currency: z.string() }),
        // The legacy report describes a line in words.
        description: dimension.optional(),
      }),
    ),
    ...envelope,
  })
  .refine(agrees, DISAGREES);

/** A page of the cost report, in the current form. */
export type CostPage = z.infer<typeof costPage>;

const METER_OF = new Map<string, MeterId>([
  ['uncached_input_tokens', 'input_tokens'],
  ['output_tokens', 'output_tokens'],
  ['cache_read_input_tokens', 'cache_read_tokens'],
  ['cache_creation.ephemeral_5m_input_tokens', 'cache_write_5m_tokens'],
  ['cache_creation.ephemeral_1h_input_tokens', 'cache_write_1h_tokens'],
  ['web_search', 'web_search_requests'],
  ['code_execution', 'code_execution_hours'],
  ['session_usage', 'session_hours'],
]);

/** The meter behind the vendor's words for a line; null for words that we do not know. */
export const meterOf = (of: {
  readonly cost_type: string | null;
  readonly token_type: string | null;
}): MeterId | null => METER_OF.get(of.token_type ?? of.cost_type ?? '') ?? null;

/** Fractional cents to dollars, by moving the point of the text. */
export const dollars = (cents: string): string => shiftLeft(cents, 2);
