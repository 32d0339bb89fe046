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
  const time = timeOf(group.bucket, width);
  const told = (name: string): unknown =>
    query.groupBy.has(name) ? groupValue(world, organisation, group, name, today) : null;
  if (query.kind === 'usage')
    return [{ ...time, group: groupBy(dimensions, told), usage: renderUsage(group), ...UNANNOUNCED }];
  const byType = query.groupBy.has('cost_type');
  const byToken = query.groupBy.has('token_type');
  return [...group.charges.values()].map(({ charge, list }) => ({
    ...time,
    group: groupBy(COST_DIMENSIONS, (name) => {
      if (name === 'cost_type') return byType ? charge.costType : null;
      if (name === 'token_type') return byToken ? charge.tokenType : null;
      return told(name);
    }),
    cost: {
      amount: decimalText(list * organisation.paysPercent, LIST_SCALE + 2, CENT_PLACES),
      list_amount: decimalText(list, LIST_SCALE, CENT_PLACES),
      currency: 'USD',
      requests: byType || byToken ? null : group.usage.requests,
    },
    ...UNANNOUNCED,
  }));
}

/** A field that no reference names, as vendors add them. */
const UNANNOUNCED = { processing_region: 'global' };
/** Dimensions of costs, as the vendor orders them. */
const COST_DIMENSIONS = [...dimensions, 'cost_type', 'token_type'].toSorted();

function groupBy(names: readonly string[], value: (name: string) => unknown): object {
  const group: Record<string, unknown> = {};
  for (const name of names) group[name] = value(name);
  return group;
}

const times = new Map<string, { readonly starting_at: string; readonly ending_at: string }>();

/** Groups of one bucket come in a row, and there are many of them. */
function timeOf(bucket: number, width: number): { readonly starting_at: string; readonly ending_at: string } {
  const key = `${bucket} ${width}`;
  const known = times.get(key) ?? { starting_at: instantText(bucket), ending_at: instantText(bucket + width) };
  times.set(key, known);
  return known;
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
