import type { Window } from '../../source.ts';
import { addDays, billingPeriodOf, type Day, dayOf, days, millis } from '../../time.ts';

/** A year, month and perhaps day, as GitHub's billing questions want them. */
export type Span = Readonly<Record<string, string>>;

const parts = (day: Day): { year: string; month: string; day: string } => {
  const [year = '', month = '', of = ''] = day.split('-').map((part) => String(Number(part)));
  return { year, month, day: of };
};

/** The UTC days that a window touches. */
export const daysIn = ({ from, to }: Window): [Day, ...Day[]] => {
  const first = dayOf(millis(from));
  return [first, ...days(addDays(first, 1), addDays(dayOf(millis(to) - 1), 1))];
};

/** What to ask for a window: a day by itself, else each month that it touches. Without a month a whole year would come. */
export function spansOf(window: Window): Span[] {
  const asked = daysIn(window);
  if (asked.length === 1) return [parts(asked[0])];
  const months = new Map(asked.map((day) => [billingPeriodOf(day), parts(day)]));
  return [...months.values()].map(({ year, month }) => ({ year, month }));
}

/** The month of a day, for what is told by the month alone. */
export const monthOf = (day: Day): Span => {
  const { year, month } = parts(day);
  return { year, month };
};
