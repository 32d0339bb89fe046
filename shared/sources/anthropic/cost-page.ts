import * as z from 'zod';
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
