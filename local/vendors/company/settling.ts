import { share } from '../random.ts';
import { dayCache } from './day-cache.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const REFRESH_EVERY_MS = 12 * HOUR_MS;

/** The state of a vendor's data: when it was last rebuilt, and through which instant it is then complete. */
export interface Refresh {
  readonly at: number;
  readonly through: number;
}

/** The last rebuild at or before an instant; vendors here rebuild at 00:00 and 12:00 UTC and run `lagHours` late. */
export function refreshBefore(now: number, lagHours: number): Refresh {
  const at = Math.floor(now / REFRESH_EVERY_MS) * REFRESH_EVERY_MS;
  return { at, through: at - lagHours * HOUR_MS };
}

/** Days after a day's end until a row of it is final, with the share of rows that are final by then. */
const settling: readonly (readonly [untilShare: number, days: number])[] = [
  [0.9, 0],
  [0.96, 1],
  [0.99, 3],
  [0.999, 7],
  [1, 30],
];

/** Whether every row of a day has settled by a rebuild. */
const isFinal = (day: number, { at }: Refresh): boolean =>
  (at - (day + 1) * DAY_MS) / DAY_MS >= Math.max(...settling.map(([, days]) => days));

const LATE_ROWS_SEEN = 0.5;

/**
 * How much of a row a vendor already reports, from 0 (nothing yet) to 1 (final), by the row's own repeatable number,
 * the UTC hour it is of (hours since 1970) and the last rebuild; of nothing else, so that two readers agree.
 */
export function seenShare(grain: number, hour: number, refresh: Refresh): number {
  const begins = hour * HOUR_MS;
  if (begins >= refresh.at) return 0;
  if (begins >= refresh.through && share(grain, 'late') >= LATE_ROWS_SEEN) return 0;
  const dayEnd = (Math.floor(begins / DAY_MS) + 1) * DAY_MS;
  const draw = share(grain, 'settles');
  const days = settling.find(([until]) => draw < until)?.[1] ?? 0;
  return (refresh.at - dayEnd) / DAY_MS < days ? 0.7 + 0.3 * share(grain, 'part') : 1;
}

/** A row as a vendor tells it while only a part of it has come in; null when nothing has. */
export type Reported<Row> = (row: Row, part: number) => Row | null;

/**
 * A vendor's rows of a day, as a reader sees them after a rebuild. One rebuild is asked about at a time, for every page
 * of every endpoint.
 */
export function seenAfter<Row extends { readonly grain: number; readonly hour: number }>(
  truth: (day: number) => readonly Row[],
  reported: Reported<Row>,
): (day: number, refresh: Refresh) => readonly Row[] {
  const seenBy = (refresh: Refresh): ((day: number) => readonly Row[]) =>
    dayCache((day) => {
      if (isFinal(day, refresh)) return truth(day);
      return truth(day).flatMap((row) => {
        const seen = reported(row, seenShare(row.grain, row.hour, refresh));
        return seen === null ? [] : [seen];
      });
    });
  let last: { readonly at: number; readonly ofDay: ReturnType<typeof seenBy> } | null = null;
  return (day, refresh) => {
    if (last?.at !== refresh.at) last = { at: refresh.at, ofDay: seenBy(refresh) };
    return last.ofDay(day);
  };
}
