import type { Platform } from '../platform.ts';
import type { Answer, AnySource, CollectMessage, Connection, Source, Window } from '../source.ts';
import type { AnyRow } from '../table.ts';
import { type Day, days, HOUR, type Instant, instant, millis, startOf } from '../time.ts';
import { discard, kept } from './checkpoint.ts';
import { NotYet } from './failure.ts';
import { rowsOf } from './rows.ts';
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
  const read = async (window: Window): Promise<readonly Answer<unknown>[]> => {
    const answers = held.get(window.from) ?? (await kept(platform, message, window));
    if (answers !== null) return answers;
    // Damaged, or swept away meanwhile: the next try asks anew.
    await discard(platform, message);
    throw new NotYet(`a kept window of ${source.id} cannot be read; it is asked again`);
  };
  const through = completeness(source, message);
  const noted = (answers: readonly Answer<unknown>[], window: Window): string | null =>
    source.note?.(
      answers.map(({ asked }) => asked),
      { window, connection },
    ) ?? null;
  if (message.window !== 'run') {
    const rows = async function* (): AsyncGenerator<AnyRow[]> {
      for (const window of windows) yield rowsOf(source, await read(window), { window, connection });
    };
    // The last window carries the newest stamp, and is known before the rows have all been read.
    const last = windows.at(-1);
    const { refreshed, completeThrough } =
      last === undefined ? { refreshed: null, completeThrough: null } : through(await read(last));
    const store = source.kind === 'snapshot' ? storeSnapshot : storeDay;
    const stored = await store(platform, source, message, { day: message.from, rows: rows(), refreshed });
    // The first window asks what is told by the day.
    const [first] = windows;
    const note = source.note === undefined || first === undefined ? null : noted(await read(first), first);
    return [{ day: message.from, stored, completeThrough, note }];
  }
  const [window] = windows;
  if (window === undefined) return [];
  const answers = await read(window);
  const { refreshed, completeThrough } = through(answers);
  const note = noted(answers, window);
  const byDay = Map.groupBy(rowsOf(source, answers, { window, connection }), (row) => String(row.day));
  const composed: Composed[] = [];
  for (const day of days(message.from, message.to)) {
    const stored = await storeDay(platform, source, message, { day, rows: byDay.get(day) ?? [], refreshed });
    composed.push({ day, stored, completeThrough, note });
  }
  return composed;
}

/** How fresh answers are. */
export interface Freshness {
  /** The vendor's own stamp; null: it has none. */
  readonly refreshed: Instant | null;
  /** Up to when they are whole: that stamp, else the end asked for (the due time, if that is earlier) less the stated lag. */
  readonly completeThrough: Instant;
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
