import { bytesIn } from '../bytes.ts';
import { scaled, unscaled } from '../money.ts';
import type { Platform } from '../platform.ts';
import type { AnySource, CollectMessage } from '../source.ts';
import { type AnyRow, prefixOf, type Table } from '../table.ts';
import { billingPeriodOf, type Day, dayOf, type Instant, millis } from '../time.ts';

type Ports = Pick<Platform, 'objects' | 'codec' | 'crypto'>;

/** A composed day, ready to be stored. */
export interface ComposedDay {
  readonly day: Day;
  /** In the table's order, in handfuls. */
  readonly rows: AsyncIterable<readonly AnyRow[]> | Iterable<readonly AnyRow[]>;
  /** The vendor's own stamp of how fresh the answer is; null: none, as what we assume depends on what was asked with it. */
  readonly refreshed: Instant | null;
}

/** What became of a day. */
export interface Stored {
  readonly outcome: 'ok' | 'unchanged' | 'shrunken' | 'older';
  readonly rows: number;
  /** Whether an object stood there before and has been replaced. */
  readonly restated: boolean;
  /** Whether readers may not have been told: it changed now, or in a run of this message that may have died since. */
  readonly fresh: boolean;
}

/** Below this many rows a day may shrink without a word. */
const GUARDED_ROWS = 20;

/** The fixed key of a day: table, source, connection, day, and nothing else. */
export function factKey(table: Table, source: string, connection: string, day: Day): string {
  const alias = connection.slice(connection.indexOf('.') + 1);
  return `${prefixOf(table, billingPeriodOf(day))}${source}.${alias}.${day}.parquet`;
}

/**
 * Stores a day whole, under its fixed key, unless what stands there is newer or the new answer is suspiciously small.
 * Times and generation live in the object's metadata, never in the file.
 */
export async function storeDay(
  ports: Ports,
  source: AnySource,
  message: CollectMessage,
  composed: ComposedDay,
): Promise<Stored> {
  const { objects, codec } = ports;
  const key = factKey(source.table, source.id, message.connection, composed.day);
  const tally = tallyOf(source.table);
  const file = await bytesIn(codec.writeParquet(source.table, counted(composed.rows, tally)));
  const digest = ports.crypto.digest(file);
  const metadata = {
    generation: message.due,
    digest,
    rows: String(tally.rows),
    weight: unscaled(tally.weight, 10),
    ...(composed.refreshed === null ? {} : { refreshed: composed.refreshed }),
  };
  for (;;) {
    const former = await objects.head(key);
    if (former === null) {
      // A day without a row is known from the status; an empty file would only slow every query.
      if (tally.rows === 0) return { outcome: 'ok', rows: 0, restated: false, fresh: false };
      if ((await objects.put(key, file, { metadata, when: 'absent' })) !== null) {
        return { outcome: 'ok', rows: tally.rows, restated: false, fresh: true };
      }
      continue;
    }
    const was = former.metadata;
    if (isOlder(message, composed.refreshed, was))
      return { outcome: 'older', rows: Number(was.rows), restated: false, fresh: false };
    if (was.digest === digest && was.generation === message.due) {
      return { outcome: 'unchanged', rows: tally.rows, restated: false, fresh: true };
    }
    if (!message.force && shrinks(message, composed.day, tally, was)) {
      return { outcome: 'shrunken', rows: Number(was.rows), restated: false, fresh: false };
    }
    const same = was.digest === digest;
    // The same rows under a new generation are stored again too: the generation is what a late, older answer is held against.
    if ((await objects.put(key, file, { metadata, when: { match: former.etag } })) !== null) {
      return { outcome: same ? 'unchanged' : 'ok', rows: tally.rows, restated: !same, fresh: !same };
    }
  }
}

function isOlder(message: CollectMessage, refreshed: Instant | null, was: Readonly<Record<string, string>>): boolean {
  if (message.force) return false;
  if ((was.generation ?? '') > message.due) return true;
  const stamp = was.refreshed;
  return stamp !== undefined && refreshed !== null && millis(stamp) > millis(refreshed);
}

function shrinks(message: CollectMessage, day: Day, now: Tally, was: Readonly<Record<string, string>>): boolean {
  const closed = day < dayOf(millis(message.due));
  if (!closed || Number(was.rows) < GUARDED_ROWS) return false;
  const former = scaled(was.weight ?? '0', 10);
  return now.rows === 0 || now.weight * 2n < former;
}

interface Tally {
  rows: number;
  /** Money of a ledger, requests of usage (quantities where a vendor counts no requests): what the guard weighs. */
  weight: bigint;
  readonly weigh: (row: AnyRow) => bigint;
}

function tallyOf(table: Table): Tally {
  const weigh = (row: AnyRow): bigint => {
    if (table.name === 'costs') return scaled(String(row.billed_cost), 10);
    if (table.name === 'usage') return row.meter === 'requests' ? scaled(String(row.quantity), 10) : 0n;
    return 0n;
  };
  return { rows: 0, weight: 0n, weigh };
}

async function* counted(rows: ComposedDay['rows'], tally: Tally): AsyncGenerator<readonly AnyRow[]> {
  for await (const batch of rows) {
    tally.rows += batch.length;
    for (const row of batch) tally.weight += tally.weigh(row);
    yield batch;
  }
}
