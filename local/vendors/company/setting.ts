import { dayNumber } from '../calendar.ts';

/** What fixes the made-up company whole: the same four values give the same company, byte for byte. */
export interface Setting {
  readonly seed: number;
  /** The last day of history, `YYYY-MM-DD`. */
  readonly end: string;
  /** How many days of history there are. */
  readonly days: number;
  readonly developers: number;
}

/** The history of a setting as day numbers, both ends included. */
export function span(setting: Setting): { readonly first: number; readonly last: number } {
  const last = dayNumber(setting.end);
  return { first: last - Math.max(1, setting.days) + 1, last };
}
