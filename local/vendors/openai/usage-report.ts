import { type Answer, json } from '../http-server.ts';
import { type Counted, type Dimension, dimensionOf, type Endpoint, endpoints, type Sums } from './endpoints.ts';
import { bucketSeconds, cursorText, parseQuery, type ReportQuery } from './query.ts';
import type { Kind, UsageRow } from './usage-row.ts';

const limits = { '1d': [7, 31], '1h': [24, 168], '1m': [60, 1440] } as const;
const { '1h': HOUR, '1d': DAY } = bucketSeconds;
const counted: readonly Counted[] = ['uncached', 'cached', 'write30m', 'write12h', 'output', 'requests', 'quantity'];

/** Answers one of the eleven usage endpoints; `ofDay` gives the rows of a UTC day. */
export function usageReport(
  kind: Kind,
  query: URLSearchParams,
  now: number,
  ofDay: (day: number) => readonly UsageRow[],
): Answer {
  const endpoint = endpoints[kind];
  const allowed = { limits, groupBy: endpoint.groupBy, filters: Object.keys(endpoint.filters) };
  const parsed = parseQuery(query, allowed, now);
  return bucketPage(parsed, (from, to) => resultsOf(endpoint, parsed, rowsBetween(from, to, kind, ofDay)));
}

/** The envelope of a page of time buckets; `results` makes what one bucket holds. */
export function bucketPage(query: ReportQuery, results: (from: number, to: number) => readonly object[]): Answer {
  const step = bucketSeconds[query.width];
  const count = Math.max(0, (query.to - query.from) / step);
  const end = Math.min(count, query.firstBucket + query.limit);
  const data = Array.from({ length: Math.max(0, end - query.firstBucket) }, (_, index) => {
    const from = query.from + (query.firstBucket + index) * step;
    return { object: 'bucket', start_time: from, end_time: from + step, results: results(from, from + step) };
  });
  const more = end < count;
  const next = more ? cursorText(end, query.fingerprint) : null;
  return json(200, { object: 'page', data, has_more: more, next_page: next });
}

function rowsBetween(
  from: number,
  to: number,
  kind: Kind,
  ofDay: (day: number) => readonly UsageRow[],
): readonly UsageRow[] {
  const day = Math.floor(from / DAY);
  const hours = byHour(ofDay(day)).get(kind);
  if (hours === undefined) return [];
  if (to - from >= DAY) return [...hours.values()].flat();
  const rows = hours.get(Math.floor(from / HOUR)) ?? [];
  if (to - from >= HOUR) return rows;
  return rows.filter(({ hour, grain }) => {
    // Within its hour a row happens in one minute, fixed by its grain.
    const at = hour * HOUR + (((grain % 60) + 60) % 60) * 60;
    return at >= from && at < to;
  });
}

type ByHour = ReadonlyMap<Kind, ReadonlyMap<number, readonly UsageRow[]>>;

const known = new WeakMap<readonly UsageRow[], ByHour>();

/** A day's rows by kind and hour: eleven endpoints ask for each hour of it. */
function byHour(rows: readonly UsageRow[]): ByHour {
  const found = known.get(rows);
  if (found !== undefined) return found;
  const kinds = Map.groupBy(rows, ({ kind }) => kind);
  const made = new Map([...kinds].map(([kind, of]) => [kind, Map.groupBy(of, ({ hour }) => hour)]));
  known.set(rows, made);
  return made;
}

function resultsOf(endpoint: Endpoint, query: ReportQuery, rows: readonly UsageRow[]): readonly object[] {
  const named = endpoint.groupBy.filter((dimension) => query.groupBy.has(dimension));
  const groups = new Map<string, { readonly sample: UsageRow; readonly sums: Record<Counted, number> }>();
  for (const row of rows) {
    if (!passes(row, endpoint.filters, query)) continue;
    let key = '';
    for (const dimension of named) key += `${String(dimensionOf(row, dimension))}\u0001`;
    let group = groups.get(key);
    if (group === undefined) {
      const none = { uncached: 0, cached: 0, write30m: 0, write12h: 0, output: 0, requests: 0, quantity: 0 };
      group = { sample: row, sums: none };
      groups.set(key, group);
    }
    for (const count of counted) group.sums[count] += row[count];
  }
  return [...groups]
    .sort(([a, one], [b, other]) => size(other.sums) - size(one.sums) || (a < b ? -1 : 1))
    .map(([, { sample, sums }]) => ({
      object: endpoint.object,
      ...endpoint.counts(sums),
      ...Object.fromEntries(
        endpoint.groupBy.map((name) => [name, named.includes(name) ? dimensionOf(sample, name) : null]),
      ),
      // A field that no reference names, as vendors add them.
      processing_region: 'global',
    }));
}

/** Whether a row passes the filters of a question. */
export function passes(row: UsageRow, filters: Readonly<Record<string, Dimension>>, query: ReportQuery): boolean {
  for (const [name, wanted] of query.filters) {
    const dimension = filters[name];
    if (dimension !== undefined && !wanted.has(String(dimensionOf(row, dimension)))) return false;
  }
  return true;
}

function size(sums: Sums): number {
  return sums.uncached + sums.cached + sums.write30m + sums.write12h + sums.output + sums.quantity;
}
