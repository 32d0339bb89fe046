import * as z from 'zod';
import type { Ask, Asking } from '../../source.ts';
import { agrees, DISAGREES, tokenPaging } from '../paging.ts';
import type { Actor } from './actor.ts';
import { DEFAULT_WORKSPACE, legacyQuestion } from './legacy.ts';
import type { UsagePage } from './usage-page.ts';

const count = z.int().nonnegative();
const dimension = z.string().nullish();

const result = z.object({
  uncached_input_tokens: count,
  cache_creation: z.object({ ephemeral_5m_input_tokens: count, ephemeral_1h_input_tokens: count }),
  cache_read_input_tokens: count,
  output_tokens: count,
  server_tool_use: z.object({ web_search_requests: count }),
  api_key_id: dimension,
  workspace_id: dimension,
  model: dimension,
  service_tier: dimension,
  context_window: dimension,
  inference_geo: dimension,
  speed: dimension,
  account_id: dimension,
  service_account_id: dimension,
});

type Result = z.infer<typeof result>;

function actorOf({ account_id, service_account_id }: Result): Actor | null {
  const nobody = { email: null, name: null };
  if (typeof service_account_id === 'string')
    return { ...nobody, type: 'service_account_actor', id: service_account_id };
  return typeof account_id === 'string' ? { ...nobody, type: 'user_actor', id: account_id } : null;
}

/** A result as the current report would tell it; it has no requests and no product. */
function asCurrent(starting_at: string, told: Result): UsagePage['data'][number] {
  const { uncached_input_tokens, cache_creation, cache_read_input_tokens, output_tokens, server_tool_use } = told;
  const written = cache_creation.ephemeral_5m_input_tokens + cache_creation.ephemeral_1h_input_tokens;
  return {
    starting_at,
    group: {
      model: told.model ?? null,
      service_tier: told.service_tier ?? null,
      context_window: told.context_window ?? null,
      // A word here, a null in the current report: the model cannot pick where it runs.
      inference_geo: told.inference_geo === 'not_available' ? null : (told.inference_geo ?? null),
      speed: told.speed ?? null,
      api_key_id: told.api_key_id ?? null,
      workspace_id: told.workspace_id ?? DEFAULT_WORKSPACE,
      actor: actorOf(told),
      product: null,
      session_id: null,
    },
    usage: {
      uncached_input_tokens,
      cache_creation,
      cache_read_input_tokens,
      output_tokens,
      total_tokens: uncached_input_tokens + written + cache_read_input_tokens + output_tokens,
      requests: null,
      server_tool_use,
    },
  };
}

/** A page of the legacy usage report, read into the form of the current one: https://platform.claude.com/docs/en/api/admin/usage_report */
export const legacyUsagePage: z.ZodType<UsagePage> = z
  .object({ data: z.array(z.object({ starting_at: z.string(), results: z.array(result) })), ...tokenPaging })
  .refine(agrees, DISAGREES)
  .transform(({ data, ...paging }) => ({
    ...paging,
    data: data.flatMap(({ starting_at, results }) => results.map((told) => asCurrent(starting_at, told))),
    data_refreshed_at: null,
  }));

/** By whom the legacy report tells usage. */
export const LEGACY_ATTRIBUTED_BY = ['api_key_id', 'workspace_id', 'account_id', 'service_account_id'] as const;

/** A question to the legacy usage report, with filters as the current one names them. */
export const legacyUsage = (
  asking: Asking,
  bucket: '1h' | '1d',
  groupBy: readonly string[],
  filters: readonly (readonly [string, string])[] = [],
): Ask =>
  legacyQuestion(
    asking,
    'usage_report/messages',
    bucket,
    groupBy,
    filters.map(([name, value]) => [name === 'context_windows[]' ? 'context_window[]' : name, value]),
  );
