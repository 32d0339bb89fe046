import { instantText } from '../calendar.ts';
import { type Asked, listParameter } from '../http-server.ts';
import { fingerprint } from '../random.ts';
import { bucketMs, instant, oneOf, type ReportKind, type ReportQuery } from './query.ts';
import { InvalidRequest } from './refusal.ts';

const DAY_MS = 86_400_000;
const SPEED_BETA = 'fast-mode-2026-02-01';
const MOST_DIMENSIONS = 5;

const usageDimensions = [
  'api_key_id',
  'workspace_id',
  'model',
  'service_tier',
  'context_window',
  'inference_geo',
  'speed',
  'account_id',
  'service_account_id',
];
/** Filters of the legacy report, and how the current one names them. */
const filters: Readonly<Record<string, string>> = {
  api_key_ids: 'api_key_ids',
  workspace_ids: 'workspace_ids',
  models: 'models',
  service_tiers: 'service_tiers',
  context_window: 'context_windows',
  inference_geos: 'inference_geos',
  speeds: 'speeds',
};
const limits = { '1d': [7, 31], '1h': [24, 168], '1m': [60, 1440] } as const;
/** What a description tells apart. */
const described = ['model', 'service_tier', 'context_window', 'inference_geo', 'cost_type', 'token_type'];

/** A checked question to a legacy report; `limit` counts buckets. */
export interface LegacyQuery extends ReportQuery {
  readonly width: '1d' | '1h' | '1m';
  /** The dimensions as they were asked for. */
  readonly asked: ReadonlySet<string>;
}

/** Reads a question as the legacy reports do; throws `InvalidRequest` with the vendor's kind of sentence. */
export function parseLegacyQuery(kind: ReportKind, { query, headers }: Asked): LegacyQuery {
  const width =
    oneOf(query, 'bucket_width', kind === 'cost' ? (['1d'] as const) : (['1d', '1h', '1m'] as const)) ?? '1d';
  const from = instant(query, 'starting_at');
  if (from === null) throw new InvalidRequest('starting_at: Field required');
  const step = bucketMs[width];
  const to = instant(query, 'ending_at') ?? from + limits[width][0] * step;
  if (to <= from) throw new InvalidRequest('ending_at: must be after starting_at');
  const asked = new Set(listParameter(query, 'group_by'));
  const allowed = kind === 'cost' ? ['workspace_id', 'description'] : usageDimensions;
  for (const name of asked)
    if (!allowed.includes(name)) throw new InvalidRequest(`group_by: unknown dimension ${name}`);
  if (asked.size > MOST_DIMENSIONS)
    throw new InvalidRequest(`group_by: at most ${MOST_DIMENSIONS} dimensions may be given`);
  const betas = String(headers['anthropic-beta'] ?? '');
  if ((asked.has('speed') || listParameter(query, 'speeds').length > 0) && !betas.includes(SPEED_BETA))
    throw new InvalidRequest(`group_by: speed requires the beta ${SPEED_BETA}`);
  const limit = Number(query.get('limit') ?? limits[width][0]);
  if (!Number.isInteger(limit) || limit < 1 || limit > limits[width][1])
    throw new InvalidRequest(`limit: must be between 1 and ${limits[width][1]} with ${width}`);
  const narrowed = new Map<string, ReadonlySet<string>>();
  for (const [name, current] of Object.entries(filters)) {
    const values = listParameter(query, name);
    if (values.length > 0) narrowed.set(current, new Set(values));
  }
  const rest = [...query].filter(([name]) => name !== 'page').map(([name, value]) => `${name}=${value}`);
  return {
    kind,
    from: Math.floor(from / step) * step,
    to: Math.ceil(to / step) * step,
    width,
    asked,
    groupBy: new Set(asked.has('description') ? ['workspace_id', ...described] : asked),
    filters: narrowed,
    limit,
    orderBy: 'time',
    ascending: true,
    excludeDeleted: false,
    page: query.get('page'),
    fingerprint: fingerprint('legacy', kind, rest.sort().join('&')),
  };
}

/** The cursor of the bucket that a page begins with. */
export const legacyCursor = (bucket: number): string =>
  `page_${Buffer.from(instantText(bucket)).toString('base64url')}`;

/** The bucket that a page begins with. */
export function bucketOf({ page, from, width }: LegacyQuery): number {
  if (page === null) return from;
  const at = Date.parse(Buffer.from(page.replace(/^page_/, ''), 'base64url').toString('utf8'));
  if (Number.isNaN(at) || at < from || at % bucketMs[width] !== 0) throw new InvalidRequest('page: invalid page token');
  return at;
}

/** The UTC day that Claude Code is asked about, as a day number. */
export function claudeCodeDay(query: URLSearchParams): number {
  const text = query.get('starting_at') ?? '';
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidRequest('starting_at: Input should be a valid date in the format YYYY-MM-DD');
  return at / DAY_MS;
}
