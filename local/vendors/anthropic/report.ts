import { share } from '../random.ts';
import { type Charge, chargesOf } from './billing.ts';
import { dimensionOf, passes } from './dimension.ts';
import type { Organisation } from './organisation.ts';
import { bucketMs, type ReportQuery } from './query.ts';
import type { UsageRow } from './usage-row.ts';

const HOUR_MS = 3_600_000;

/** What one combination of dimensions used and cost within one bucket. */
export interface Group {
  readonly bucket: number;
  /** One of the rows summed, from which the dimensions asked for are read. */
  readonly sample: UsageRow;
  readonly key: string;
  readonly usage: Sums;
  /** List price by cost type and token type (`tokens output_tokens`), in units of `Charge`. */
  readonly charges: Map<string, { readonly charge: Charge; list: bigint }>;
  list: bigint;
}

type Counted = 'uncached' | 'write5m' | 'write1h' | 'cacheRead' | 'output' | 'requests' | 'webSearches';

/** The summed counts of a group. */
export type Sums = Record<Counted, number>;

/** Sums rows into the groups that a question asks for, in the order it asks for; groups of nothing are left out. */
export function groupsOf(rows: Iterable<UsageRow>, query: ReportQuery, organisation: Organisation): readonly Group[] {
  const groups = new Map<string, Group>();
  const named = [...query.groupBy].filter((name) => name !== 'cost_type' && name !== 'token_type').sort();
  for (const row of rows) {
    const bucket = bucketOf(row, query);
    if (bucket === null || !passes(row, query.filters, organisation)) continue;
    let key = '';
    for (const name of named) key += `${dimensionOf(row, name, organisation) ?? ''}\u0001`;
    const full = `${key}${bucket}`;
    let group = groups.get(full);
    if (group === undefined) {
      group = { bucket, sample: row, key, usage: noSums(), charges: new Map(), list: 0n };
      groups.set(full, group);
    }
    add(group.usage, row);
    if (query.kind === 'cost') addCharges(group, row, query);
  }
  const wanted = [...groups.values()].filter(({ usage, charges }) =>
    query.kind === 'cost' ? charges.size > 0 : Object.values(usage).some((count) => count > 0),
  );
  return sorted(wanted, query);
}

function bucketOf(row: UsageRow, query: ReportQuery): number | null {
  const begins = row.hour * HOUR_MS;
  if (query.width === null) return begins >= query.from && begins < query.to ? query.from : null;
  // Within its hour a row happens in one minute, fixed by its grain.
  const at = query.width === '1m' ? begins + Math.floor(60 * share(row.grain, 'minute')) * bucketMs['1m'] : begins;
  if (at < query.from || at >= query.to) return null;
  return Math.floor(at / bucketMs[query.width]) * bucketMs[query.width];
}

function noSums(): Sums {
  return { uncached: 0, write5m: 0, write1h: 0, cacheRead: 0, output: 0, requests: 0, webSearches: 0 };
}

function add(sums: Sums, row: UsageRow): void {
  sums.uncached += row.uncached;
  sums.write5m += row.write5m;
  sums.write1h += row.write1h;
  sums.cacheRead += row.cacheRead;
  sums.output += row.output;
  sums.requests += row.requests;
  sums.webSearches += row.webSearches;
}

function addCharges(group: Group, row: UsageRow, query: ReportQuery): void {
  const byType = query.groupBy.has('cost_type');
  const byToken = query.groupBy.has('token_type');
  for (const charge of chargesOf(row)) {
    // The vendor's trap: grouped by token type alone, money that is not for tokens is missing without a sign.
    if (byToken && !byType && charge.tokenType === null) continue;
    const key = `${byType ? charge.costType : ''} ${byToken ? (charge.tokenType ?? '') : ''}`;
    const known = group.charges.get(key);
    if (known === undefined) group.charges.set(key, { charge, list: charge.list });
    else known.list += charge.list;
    group.list += charge.list;
  }
}

function sorted(groups: readonly Group[], query: ReportQuery): readonly Group[] {
  const sign = query.ascending ? 1 : -1;
  const bySize = (a: Group, b: Group): number =>
    query.kind === 'cost' ? compare(a.list, b.list) : compare(measure(a, query.orderBy), measure(b, query.orderBy));
  const byKey = (a: Group, b: Group): number => compare(a.key, b.key);
  const byTime = (a: Group, b: Group): number => compare(a.bucket, b.bucket);
  return [...groups].sort((a, b) =>
    query.orderBy === 'time'
      ? sign * byTime(a, b) || -bySize(a, b) || byKey(a, b)
      : sign * bySize(a, b) || byTime(a, b) || byKey(a, b),
  );
}

function measure({ usage }: Group, orderBy: string): number {
  if (orderBy === 'output_tokens') return usage.output;
  if (orderBy === 'requests') return usage.requests;
  if (orderBy === 'uncached_input_tokens') return usage.uncached;
  return tokensIn(usage);
}

/** All tokens of summed counts. */
export function tokensIn(usage: Sums): number {
  return usage.uncached + usage.write5m + usage.write1h + usage.cacheRead + usage.output;
}

function compare<Value extends number | bigint | string>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
