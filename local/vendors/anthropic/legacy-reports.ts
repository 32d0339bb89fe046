import { instantText } from '../calendar.ts';
import { decimalText } from '../company/amount.ts';
import { type Answer, json } from '../http-server.ts';
import { LIST_SCALE } from './billing.ts';
import { dimensionOf } from './dimension.ts';
import { bucketOf, type LegacyQuery, legacyCursor } from './legacy-query.ts';
import { type Organisation, ownWorkspaces } from './organisation.ts';
import { bucketMs } from './query.ts';
import { type Group, groupsOf } from './report.ts';
import type { UsageRow } from './usage-row.ts';

const CENT_PLACES = 6;

/** A page of a legacy report: buckets, the oldest first, those without a row too. */
export function legacyPage(
  query: LegacyQuery,
  organisation: Organisation,
  rowsBetween: (from: number, to: number) => Iterable<UsageRow>,
): Answer {
  const step = bucketMs[query.width];
  const begins = bucketOf(query);
  const ends = Math.min(query.to, begins + query.limit * step);
  const groups = Map.groupBy(
    groupsOf(rowsBetween(begins, ends), { ...query, from: begins, to: ends }, organisation),
    ({ bucket }) => bucket,
  );
  const data = Array.from({ length: (ends - begins) / step }, (_, n) => {
    const at = begins + n * step;
    return {
      starting_at: instantText(at),
      ending_at: instantText(at + step),
      results: (groups.get(at) ?? []).flatMap((group) =>
        query.kind === 'usage' ? [usageResult(query, organisation, group)] : costResults(query, organisation, group),
      ),
    };
  });
  const more = ends < query.to;
  return json(200, { data, has_more: more, next_page: more ? legacyCursor(ends) : null });
}

/** The value of a dimension; null when it was not asked for, and for the default workspace. */
function toldOf(query: LegacyQuery, organisation: Organisation, { sample }: Group, name: string): string | null {
  if (!query.groupBy.has(name)) return null;
  const value = dimensionOf(sample, name, organisation);
  if (name === 'workspace_id' && value === organisation.workspaceId(ownWorkspaces.default)) return null;
  return name === 'inference_geo' && sample.model !== null ? (value ?? 'not_available') : value;
}

function usageResult(query: LegacyQuery, organisation: Organisation, group: Group): object {
  const { usage } = group;
  const names = ['api_key_id', 'workspace_id', 'model', 'service_tier', 'context_window', 'inference_geo'];
  const told = [...names, 'account_id', 'service_account_id', ...(query.asked.has('speed') ? ['speed'] : [])];
  return {
    uncached_input_tokens: usage.uncached,
    cache_creation: { ephemeral_1h_input_tokens: usage.write1h, ephemeral_5m_input_tokens: usage.write5m },
    cache_read_input_tokens: usage.cacheRead,
    output_tokens: usage.output,
    server_tool_use: { web_search_requests: usage.webSearches },
    ...Object.fromEntries(told.map((name) => [name, toldOf(query, organisation, group, name)])),
  };
}

function costResults(query: LegacyQuery, organisation: Organisation, group: Group): readonly object[] {
  const describes = query.asked.has('description');
  return [...group.charges.values()].map(({ charge, list }) => ({
    currency: 'USD',
    amount: decimalText(list * organisation.paysPercent, LIST_SCALE + 2, CENT_PLACES),
    workspace_id: toldOf(query, organisation, group, 'workspace_id'),
    description: describes ? `${group.sample.model ?? 'Tools'} Usage - ${charge.tokenType ?? charge.costType}` : null,
    cost_type: describes ? charge.costType : null,
    token_type: describes ? charge.tokenType : null,
    model: toldOf(query, organisation, group, 'model'),
    service_tier: toldOf(query, organisation, group, 'service_tier'),
    context_window: toldOf(query, organisation, group, 'context_window'),
    inference_geo: toldOf(query, organisation, group, 'inference_geo'),
  }));
}
