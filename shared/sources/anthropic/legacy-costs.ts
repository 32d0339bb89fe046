import * as z from 'zod';
import type { Ask, Asking } from '../../source.ts';
import { agrees, DISAGREES, tokenPaging } from '../paging.ts';
import type { CostPage } from './cost-page.ts';
import { DEFAULT_WORKSPACE, legacyQuestion } from './legacy.ts';

const dimension = z.string().nullish();

const result = z.object({
  amount: z.string(),
  currency: z.string(),
  workspace_id: dimension,
  description: dimension,
  cost_type: dimension,
  token_type: dimension,
  model: dimension,
  service_tier: dimension,
  context_window: dimension,
  inference_geo: dimension,
});

/** A line as the current report would tell it; it has neither key nor person, and no list price. */
function asCurrent(starting_at: string, told: z.infer<typeof result>): CostPage['data'][number] {
  return {
    starting_at,
    group: {
      api_key_id: null,
      workspace_id: told.workspace_id ?? DEFAULT_WORKSPACE,
      actor: null,
      model: told.model ?? null,
      service_tier: told.service_tier ?? null,
      cost_type: told.cost_type ?? null,
      token_type: told.token_type ?? null,
      context_window: told.context_window ?? null,
      inference_geo: told.inference_geo === 'not_available' ? null : (told.inference_geo ?? null),
    },
    cost: { amount: told.amount, list_amount: null, currency: told.currency },
    description: told.description ?? null,
  };
}

/** A page of the legacy cost report, read into the form of the current one: https://platform.claude.com/docs/en/api/admin/cost_report */
export const legacyCostPage: z.ZodType<CostPage> = z
  .object({ data: z.array(z.object({ starting_at: z.string(), results: z.array(result) })), ...tokenPaging })
  .refine(agrees, DISAGREES)
  .transform(({ data, ...paging }) => ({
    ...paging,
    data: data.flatMap(({ starting_at, results }) => results.map((told) => asCurrent(starting_at, told))),
    data_refreshed_at: null,
  }));

/** The question to the legacy cost report: as fine as it can be told. */
export const legacyCosts = (asking: Asking): Ask =>
  legacyQuestion(asking, 'cost_report', '1d', ['workspace_id', 'description']);
