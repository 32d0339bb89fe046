const DAY_MS = 86_400_000;

/** A billing cycle, epoch milliseconds; `to` is the first instant after it. */
export interface Cycle {
  readonly from: number;
  readonly to: number;
}

/** Cycles begin on this date of each month, at this hour: when the subscription began. */
const ANCHOR = { date: 17, hours: 9.5 } as const;

const anchorIn = (year: number, month: number): number =>
  Date.UTC(year, month, ANCHOR.date) + (ANCHOR.hours * DAY_MS) / 24;

/** The cycle that holds an instant. */
export function cycleAt(at: number): Cycle {
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const anchor = anchorIn(year, month);
  return at >= anchor
    ? { from: anchor, to: anchorIn(year, month + 1) }
    : { from: anchorIn(year, month - 1), to: anchor };
}
