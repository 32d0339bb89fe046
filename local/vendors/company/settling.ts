import { share } from '../random.ts';

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
