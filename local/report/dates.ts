import { type Day, startOf } from '../../shared/time.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The name of a day's (or period's) month: `November`. */
export const monthName = (day: string): string => MONTHS[Number(day.slice(5, 7)) - 1] ?? '';

/** `Nov`. */
export const shortMonth = (day: string): string => monthName(day).slice(0, 3);

/** `24 Nov`. */
export const shortDay = (day: Day): string => `${Number(day.slice(8, 10))} ${shortMonth(day)}`;

/** Day of the week, Sunday 0. */
export const weekday = (day: Day): number => new Date(startOf(day)).getUTCDay();

/** `Tue 24 Nov`. */
export const longDay = (day: Day): string => `${DAYS[weekday(day)]} ${shortDay(day)}`;

/** `1–24 Oct`, `28 Sep – 4 Oct`, or one day alone. */
export function dayRange(from: Day, to: Day): string {
  if (from === to) return shortDay(from);
  return from.slice(0, 7) === to.slice(0, 7)
    ? `${Number(from.slice(8, 10))}–${shortDay(to)}`
    : `${shortDay(from)} – ${shortDay(to)}`;
}

/** `1 day`, `3 days`. */
export const dayCount = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;
