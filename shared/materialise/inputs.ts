import * as z from 'zod';
import type { Platform } from '../platform.ts';
import { below, type Queries } from '../queries.ts';
import { prefixOf } from '../table.ts';
import { collectionStatus, FACTS, TABLES } from '../tables/index.ts';
import type { BillingPeriod } from '../time.ts';
import { isSliced, sliceOf } from './slices.ts';

/** Ports that reading inputs needs. */
export type InputPorts = Pick<Platform, 'objects' | 'state' | 'warehouse' | 'crypto'>;

/** Digests of slices already read in this run, by table and month. */
export type SliceCache = Map<string, Promise<string>>;

/**
 * The hash of everything that can change a month of a materialised table: its SQL and that of the views it reads, the
 * month's objects of the facts, the month's slice of reference and status by content, and the upstream months' hashes.
 */
export async function inputHash(
  ports: InputPorts,
  queries: Queries,
  name: string,
  period: BillingPeriod,
  cache: SliceCache,
  delivered: ReadonlyMap<string, string> = new Map(),
): Promise<string> {
  const parts: string[] = [];
  for (const read of readOf(queries, name)) {
    const query = queries.get(read);
    const fact = FACTS.find((table) => table.name === read);
    if (isSliced(read))
      parts.push(`${read} ${await cached(cache, `${read} ${period}`, () => knownSlice(ports, queries, read, period))}`);
    else if (query?.materialised === true && read !== name)
      parts.push(`${read} ${hashIn(await ports.warehouse.partition(read, period)) ?? 'none'}`);
    else if (query !== undefined) parts.push(`${read} ${query.sql}`);
    else if (fact !== undefined) {
      for await (const { key, etag } of ports.objects.list(prefixOf(fact, period))) parts.push(`${key} ${etag}`);
    } else if (delivered.has(read)) parts.push(`${read} ${delivered.get(read)}`);
    else throw new Error(`${name} reads ${read}, of which nobody knows what a month sees: give it a slice`);
  }
  return ports.crypto.digest(parts.join('\n')).slice(0, 32);
}

/** The hash in a prefix `marts/<name>/billing_period=…/<hash>/<attempt>/`; null: not made yet. */
export function hashIn(prefix: string | null): string | null {
  return prefix === null ? null : (prefix.split('/')[3] ?? null);
}

/** Names below a query, down to what is materialised or taken by its slice, sorted. */
function readOf(queries: Queries, name: string): readonly string[] {
  const found = new Set<string>();
  const visit = (next: string): void => {
    if (found.has(next)) return;
    found.add(next);
    const query = queries.get(next);
    if (query === undefined || isSliced(next) || (query.materialised && next !== name)) return;
    for (const read of query.reads) visit(read);
  };
  visit(name);
  return [...found].toSorted();
}

function cached(cache: SliceCache, key: string, make: () => Promise<string>): Promise<string> {
  const known = cache.get(key) ?? make();
  cache.set(key, known);
  return known;
}

const remembered = z.object({ of: z.string(), digest: z.string() });

/** The digest of a slice, read again only when an object or a text that it is made of has changed since. */
async function knownSlice(ports: InputPorts, queries: Queries, name: string, period: BillingPeriod): Promise<string> {
  const of = await madeOf(ports, queries, name, period);
  const at = { group: `slice#${name}`, key: period };
  const item = await ports.state.get(at);
  const known = item === null ? null : remembered.parse(item.data);
  if (known?.of === of) return known.digest;
  const digest = await sliceDigest(ports, name, period);
  // Lost only to a run that has read the same.
  await ports.state.update(at, { of, digest }, item?.version ?? null);
  return digest;
}

/** Everything below a slice: the texts of its views, the objects of its tables. */
async function madeOf(
  { objects, crypto }: InputPorts,
  queries: Queries,
  name: string,
  period: BillingPeriod,
): Promise<string> {
  const parts = [sliceOf(name, period)];
  for (const read of [...below(queries, name)].toSorted()) {
    const table = TABLES.find((one) => one.name === read);
    parts.push(queries.get(read)?.sql ?? read);
    if (table === undefined) continue;
    // Of the status a month sees itself alone.
    const prefix = table.name === collectionStatus.name ? prefixOf(table, period) : prefixOf(table);
    for await (const { key, etag } of objects.list(prefix)) parts.push(`${key} ${etag}`);
  }
  return crypto.digest(parts.join('\n'));
}

/** Rows of text that one digest takes: a slice of many rows is digested in a chain. */
const CHUNK = 5000;

async function sliceDigest({ warehouse, crypto }: InputPorts, name: string, period: BillingPeriod): Promise<string> {
  let digest = '';
  let chunk: string[] = [];
  for await (const row of warehouse.rows(sliceOf(name, period))) {
    chunk.push(JSON.stringify(Object.values(row)));
    if (chunk.length === CHUNK) {
      digest = crypto.digest(digest + chunk.join('\n'));
      chunk = [];
    }
  }
  return crypto.digest(digest + chunk.join('\n'));
}
