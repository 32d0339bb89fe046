import type { Platform } from '../platform.ts';
import type { Answer, AnySource, CollectMessage, Connection, Source, Window } from '../source.ts';
import type { AnyRow } from '../table.ts';
import { type Day, days, HOUR, type Instant, instant, millis, startOf } from '../time.ts';
import { reader } from './reader.ts';
import { stamped } from './rows.ts';
import { storeSnapshot } from './snapshot.ts';
import { type Stored, storeDay } from './store.ts';

/** A day as it was composed, and what became of it. */
export interface Composed {
  readonly day: Day;
  readonly stored: Stored;
  readonly completeThrough: Instant | null;
  /** What the source notes of how it was answered; null: nothing. */
  readonly note: string | null;
}

/**
 * Composes a message's days out of its windows, in order, and stores each whole. `held`: answers still in memory.
 * @throws NotYet when a window that was kept cannot be read; it is then asked again.
 */
export async function compose(
  platform: Platform,
  message: CollectMessage,
  source: AnySource,
  connection: Connection,
  windows: readonly Window[],
  held: ReadonlyMap<string, readonly Answer<unknown>[]>,
): Promise<Composed[]> {
  const { answersOf, rowsOf } = reader(platform, message, source, connection, held);
  const through = completeness(source, message);
  const freshness = async (window: Window | undefined): Promise<Freshness> => {
    if (window === undefined) return { refreshed: null, completeThrough: null };
    return through(source.completeThrough === undefined ? [] : await answersOf(window));
  };
  const noted = async (window: Window | undefined): Promise<string | null> => {
    if (source.note === undefined || window === undefined) return null;
    const asked = (await answersOf(window)).map((answer) => answer.asked);
    return source.note(asked, { window, connection });
  };
  // The last window carries the newest stamp, and is known before the rows have all been read.
  const { refreshed, completeThrough } = await freshness(windows.at(-1));
  // The first one asks what is told by the day.
  const [first] = windows;
  if (message.window !== 'run') {
    const rows = async function* (): AsyncGenerator<AnyRow[]> {
      for (const window of windows) yield* stamped(source, connection, await rowsOf(window));
    };
    const store = source.kind === 'snapshot' ? storeSnapshot : storeDay;
    const stored = await store(platform, source, message, { day: message.from, rows: rows(), refreshed });
    return [{ day: message.from, stored, completeThrough, note: await noted(first) }];
  }
  if (first === undefined) return [];
  const note = await noted(first);
  const byDay = Map.groupBy(await rowsOf(first), (row) => String(row.day));
  const composed: Composed[] = [];
  for (const day of days(message.from, message.to)) {
    const rows = stamped(source, connection, byDay.get(day) ?? []);
    const stored = await storeDay(platform, source, message, { day, rows, refreshed });
    composed.push({ day, stored, completeThrough, note });
  }
  return composed;
}

/** How fresh answers are. */
export interface Freshness {
  /** The vendor's own stamp; null: it has none. */
  readonly refreshed: Instant | null;
  /** Up to when they are whole: that stamp, else the end asked for (the due time, if that is earlier) less the stated lag; null: nothing was asked. */
  readonly completeThrough: Instant | null;
}

/** Tells how fresh a message's answers are. */
export function completeness(
  of: AnySource,
  message: CollectMessage,
): (answers: readonly Answer<unknown>[]) => Freshness {
  const source = of as unknown as Source;
  const assumed = instant(Math.min(startOf(message.to), millis(message.due) - source.lag.usualHours * HOUR));
  return (answers) => {
    const refreshed = source.completeThrough?.(answers) ?? null;
    return { refreshed, completeThrough: refreshed ?? assumed };
  };
}
