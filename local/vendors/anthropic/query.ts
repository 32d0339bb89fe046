import { listParameter } from '../http-server.ts';
import { fingerprint } from '../random.ts';
import { InvalidRequest } from './refusal.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const EARLIEST = Date.parse('2026-01-01T00:00:00Z');

/** Length of a time bucket in milliseconds by its name. */
export const bucketMs = { '1m': MINUTE_MS, '1h': HOUR_MS, '1d': DAY_MS } as const;

/** The two reports of the new analytics API. */
export type ReportKind = 'usage' | 'cost';

/** A checked question to one of the reports. */
export interface ReportQuery {
  readonly kind: ReportKind;
  readonly from: number;
  readonly to: number;
  readonly width: keyof typeof bucketMs | null;
  readonly groupBy: ReadonlySet<string>;
  readonly filters: ReadonlyMap<string, ReadonlySet<string>>;
  readonly limit: number;
  readonly orderBy: string;
  readonly ascending: boolean;
  readonly excludeDeleted: boolean;
  readonly page: string | null;
  /** The same for two requests that ask the same but for the page. */
  readonly fingerprint: number;
}

/** The dimensions by which both reports can be grouped. */
export const dimensions = [
  'actor',
  'actor_type',
  'agent_id',
  'api_key_id',
  'claude_tag_category',
  'claude_tag_user_id',
  'context_window',
  'deployment_id',
  'environment_id',
  'inference_geo',
  'model',
  'organization_id',
  'product',
  'rbac_group_id',
  'service_tier',
  'session_id',
  'slack_channel_id',
  'speed',
  'user_profile_id',
  'workspace_id',
] as const;

/** The filters of both reports. */
const filterNames = [
  'actor_ids',
  'actor_types',
  'api_key_ids',
  'workspace_ids',
  'models',
  'service_tiers',
  'context_windows',
  'inference_geos',
  'speeds',
  'products',
  'rbac_group_ids',
  'agent_ids',
  'deployment_ids',
  'environment_ids',
  'session_ids',
  'user_profile_ids',
  'organization_ids',
  'slack_channel_ids',
  'claude_tag_categories',
  'claude_tag_user_ids',
] as const;

const costParts = ['cost_type', 'token_type'];
const scalars = [
  'starting_at',
  'ending_at',
  'time_bucket_width',
  'limit',
  'order_by',
  'order',
  'exclude_deleted_users',
  'page',
];
const orders = {
  usage: ['total_tokens', 'output_tokens', 'requests', 'uncached_input_tokens', 'time'],
  cost: ['amount', 'list_amount', 'time'],
} as const satisfies Record<ReportKind, readonly string[]>;
const MOST_DIMENSIONS = 5;
const MOST_DAYS = 31;

/** Reads a question as the vendor does; throws `InvalidRequest` with the vendor's kind of sentence. */
export function parseQuery(kind: ReportKind, query: URLSearchParams, now: number): ReportQuery {
  for (const name of query.keys()) {
    const plain = name.replace(/\[\]$/, '');
    const isKnown = plain === 'group_by' || scalars.includes(name) || filterNames.some((filter) => filter === plain);
    if (!isKnown) throw new InvalidRequest(`${name}: Extra inputs are not permitted`);
  }
  const width = oneOf(query, 'time_bucket_width', ['1d', '1h', '1m'] as const);
  const { from, to } = range(query, width, now);
  const allowed: readonly string[] = kind === 'cost' ? [...dimensions, ...costParts] : dimensions;
  const groupBy = new Set(listParameter(query, 'group_by'));
  for (const name of groupBy)
    if (!allowed.includes(name)) throw new InvalidRequest(`group_by: unknown dimension ${name}`);
  if ([...groupBy].filter((name) => !costParts.includes(name)).length > MOST_DIMENSIONS)
    throw new InvalidRequest(`group_by: at most ${MOST_DIMENSIONS} dimensions may be given`);
  const orderBy = oneOf(query, 'order_by', orders[kind]) ?? orders[kind][0];
  if (orderBy === 'time' && width === null) throw new InvalidRequest('order_by: time requires time_bucket_width');
  const limit = Number(query.get('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new InvalidRequest('limit: must be between 1 and 1000');
  const excludeDeleted = query.get('exclude_deleted_users') === 'true';
  if (excludeDeleted && !groupBy.has('actor'))
    throw new InvalidRequest('exclude_deleted_users: requires group_by[]=actor');
  const filters = new Map<string, ReadonlySet<string>>();
  for (const name of filterNames) {
    const values = listParameter(query, name);
    if (values.length > 0) filters.set(name, new Set(values));
  }
  const rest = [...query].filter(([name]) => name !== 'page').map(([name, value]) => `${name}=${value}`);
  return {
    ...{ kind, from, to, width, groupBy, filters, limit, orderBy, excludeDeleted },
    ascending: oneOf(query, 'order', ['asc', 'desc'] as const) === 'asc',
    page: query.get('page'),
    fingerprint: fingerprint(kind, rest.sort().join('&')),
  };
}

function range(query: URLSearchParams, width: keyof typeof bucketMs | null, now: number): { from: number; to: number } {
  const startingAt = instant(query, 'starting_at');
  if (startingAt === null) throw new InvalidRequest('starting_at: Field required');
  const endingAt = instant(query, 'ending_at');
  if (endingAt === null && width !== null) throw new InvalidRequest('ending_at: required with time_bucket_width');
  if (startingAt < EARLIEST || startingAt < now - 365 * DAY_MS)
    throw new InvalidRequest('starting_at: must be within the last 365 days and not before 2026-01-01T00:00:00Z');
  const end = endingAt ?? Math.min(now, startingAt + MOST_DAYS * DAY_MS);
  if (end <= startingAt) throw new InvalidRequest('ending_at: must be after starting_at');
  if (end - startingAt > MOST_DAYS * DAY_MS)
    throw new InvalidRequest(`ending_at: range may span at most ${MOST_DAYS} days`);
  if (width === '1m' && end - startingAt > DAY_MS)
    throw new InvalidRequest('ending_at: range may span at most 24 hours with 1m');
  const step = width === null ? HOUR_MS : bucketMs[width];
  return {
    from: Math.floor(startingAt / step) * step,
    to: width === null ? Math.floor(end / step) * step : Math.ceil(end / step) * step,
  };
}

/** An instant of a question in epoch milliseconds; null when it is not given. */
export function instant(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidRequest(`${name}: Input should be a valid datetime`);
  return time;
}

/** A parameter that must be one of some words; null when it is not given. */
export function oneOf<Value extends string>(
  query: URLSearchParams,
  name: string,
  values: readonly Value[],
): Value | null {
  const given = query.get(name);
  if (given === null) return null;
  const found = values.find((value) => value === given);
  if (found === undefined) throw new InvalidRequest(`${name}: must be one of ${values.join(', ')}`);
  return found;
}
