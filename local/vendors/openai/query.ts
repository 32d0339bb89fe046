import { listParameter } from '../http-server.ts';
import { fingerprint } from '../random.ts';
import { InvalidRequest } from './refusal.ts';

/** Seconds in a bucket of each width. */
export const bucketSeconds = { '1m': 60, '1h': 3600, '1d': 86_400 } as const;

/** The name of a bucket's width. */
type Width = keyof typeof bucketSeconds;

/** How many buckets a page holds: when nothing is said, and at most. */
type Limits = Readonly<Partial<Record<Width, readonly [usual: number, most: number]>>>;

/** A checked question to a report of time buckets; times in whole seconds since 1970. */
export interface ReportQuery {
  readonly from: number;
  readonly to: number;
  readonly width: Width;
  readonly limit: number;
  readonly groupBy: ReadonlySet<string>;
  readonly filters: ReadonlyMap<string, ReadonlySet<string>>;
  /** The number of the first bucket of the page. */
  readonly firstBucket: number;
  /** The same for two requests that ask the same but for the page. */
  readonly fingerprint: number;
}

/** What a report allows to be asked. */
export interface Allowed {
  readonly limits: Limits;
  readonly groupBy: readonly string[];
  readonly filters: readonly string[];
}

const scalars = ['start_time', 'end_time', 'bucket_width', 'limit', 'page'];

/** Reads a question as the vendor does; throws `InvalidRequest` with the vendor's kind of sentence. */
export function parseQuery(query: URLSearchParams, allowed: Allowed, now: number): ReportQuery {
  for (const name of query.keys()) {
    const plain = name.replace(/\[\]$/, '');
    if (!scalars.includes(name) && plain !== 'group_by' && !allowed.filters.includes(plain))
      throw new InvalidRequest(`Unknown parameter: '${plain}'.`, plain);
  }
  const width = widthOf(query.get('bucket_width') ?? '1d', allowed.limits);
  const [usual, most] = allowed.limits[width] ?? [1, 1];
  const limit = Number(query.get('limit') ?? usual);
  if (!Number.isInteger(limit) || limit < 1)
    throw new InvalidRequest(`Invalid limit provided: ${query.get('limit')}. Limit must be at least 1.`);
  if (limit > most)
    throw new InvalidRequest(`Invalid limit provided: ${limit}. Limit must be less than or equal to ${most}.`);

  const step = bucketSeconds[width];
  const start = seconds(query, 'start_time');
  if (start === null) throw new InvalidRequest("Missing required parameter: 'start_time'.", 'start_time');
  const end = seconds(query, 'end_time') ?? Math.floor(now / 1000);
  if (end <= start) throw new InvalidRequest('end_time must be after start_time.', 'end_time');

  const groupBy = new Set(listParameter(query, 'group_by'));
  for (const name of groupBy)
    if (!allowed.groupBy.includes(name)) throw new InvalidRequest(`Invalid group_by value: '${name}'.`, 'group_by');
  const filters = new Map<string, ReadonlySet<string>>();
  for (const name of allowed.filters) {
    const values = listParameter(query, name);
    if (values.length > 0) filters.set(name, new Set(values));
  }
  const rest = [...query].filter(([name]) => name !== 'page').map(([name, value]) => `${name}=${value}`);
  const question = fingerprint(rest.sort().join('&'));
  return {
    ...{ width, limit, groupBy, filters, fingerprint: question },
    from: Math.floor(start / step) * step,
    to: Math.ceil(end / step) * step,
    firstBucket: firstBucketOf(query.get('page'), question),
  };
}

function widthOf(text: string, limits: Limits): Width {
  const width = (['1m', '1h', '1d'] as const).find((name) => name === text && limits[name] !== undefined);
  if (width !== undefined) return width;
  const known = Object.keys(limits).join(', ');
  throw new InvalidRequest(`Invalid bucket_width: '${text}'. Supported values: ${known}.`, 'bucket_width');
}

function seconds(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  if (!/^\d{9,10}$/.test(text)) throw new InvalidRequest(`Invalid ${name}: expected Unix seconds.`, name);
  return Number(text);
}

/** The text of a cursor to a bucket, opaque to readers. */
export function cursorText(bucket: number, question: number): string {
  return `page_${Buffer.from(`${bucket} ${question}`).toString('base64url')}`;
}

/** A cursor read back; null when it never was one. */
export function cursorOf(text: string): { readonly bucket: number; readonly question: number } | null {
  const [bucket, question] = Buffer.from(text.replace(/^page_/, ''), 'base64url')
    .toString('utf8')
    .split(' ')
    .map(Number);
  return bucket === undefined || question === undefined || !Number.isInteger(bucket) ? null : { bucket, question };
}

function firstBucketOf(text: string | null, question: number): number {
  if (text === null) return 0;
  const cursor = cursorOf(text);
  if (cursor?.question !== question)
    throw new InvalidRequest("Invalid 'page': it does not belong to this request.", 'page');
  return cursor.bucket;
}
