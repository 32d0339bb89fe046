import { instantText } from '../calendar.ts';
import { decimalText } from '../company/amount.ts';
import type { World } from '../company/world.ts';
import { LIST_SCALE } from './billing.ts';
import { dimensionOf, renderActor } from './dimension.ts';
import type { Organisation } from './organisation.ts';
import { bucketMs, dimensions, type ReportQuery } from './query.ts';
import { type Group, tokensIn } from './report.ts';

/** The vendor writes cents with so many decimal places. */
const CENT_PLACES = 6;

/** The rows of the answer that one group becomes: one of usage, or one of cost for each part asked for. */
export function renderGroup(
  world: World,
  organisation: Organisation,
  query: ReportQuery,
  group: Group,
  today: number,
): readonly object[] {
  const width = query.width === null ? query.to - query.from : bucketMs[query.width];
  const time = { starting_at: instantText(group.bucket), ending_at: instantText(group.bucket + width) };
  // A field that no reference names, as vendors add them.
  const unannounced = { processing_region: 'global' };
  const named = Object.fromEntries(
    dimensions.map((name) => [
      name,
      query.groupBy.has(name) ? groupValue(world, organisation, group, name, today) : null,
    ]),
  );
  if (query.kind === 'usage') return [{ ...time, group: named, usage: renderUsage(group), ...unannounced }];
  const byType = query.groupBy.has('cost_type');
  const byToken = query.groupBy.has('token_type');
  return [...group.charges.values()].map(({ charge, list }) => ({
    ...time,
    group: sortKeys({
      ...named,
      cost_type: byType ? charge.costType : null,
      token_type: byToken ? charge.tokenType : null,
    }),
    cost: {
      amount: decimalText(list * organisation.paysPercent, LIST_SCALE + 2, CENT_PLACES),
      list_amount: decimalText(list, LIST_SCALE, CENT_PLACES),
      currency: 'USD',
      requests: byType || byToken ? null : group.usage.requests,
    },
    ...unannounced,
  }));
}

function groupValue(world: World, organisation: Organisation, group: Group, name: string, today: number): unknown {
  return name === 'actor'
    ? renderActor(group.sample.actor, world.people, today)
    : dimensionOf(group.sample, name, organisation);
}

function renderUsage({ usage }: Group): object {
  return {
    uncached_input_tokens: usage.uncached,
    cache_creation: { ephemeral_1h_input_tokens: usage.write1h, ephemeral_5m_input_tokens: usage.write5m },
    cache_read_input_tokens: usage.cacheRead,
    output_tokens: usage.output,
    total_tokens: tokensIn(usage),
    requests: usage.requests,
    server_tool_use: { web_search_requests: usage.webSearches },
  };
}

function sortKeys(group: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(group).sort(([a], [b]) => (a < b ? -1 : 1)));
}
