/** A UTC day, `YYYY-MM-DD`. */
export type Day = string;
/** An instant, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export type Instant = string;
/** A billing period as the AWS bill cuts it: a UTC month, `YYYY-MM`. */
export type BillingPeriod = string;

/** Milliseconds in an hour and a day. */
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** Writes epoch milliseconds as an instant. */
export const instant = (ms: number): Instant => new Date(ms).toISOString();

/** Reads an instant (any RFC 3339 text with a zone) as epoch milliseconds; NaN is refused. */
export function millis(value: string): number {
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) throw new Error(`'${value}' is not an instant such as 2026-11-24T06:00:00Z`);
  return ms;
}

/** The UTC day that holds this moment. */
export const dayOf = (ms: number): Day => instant(ms).slice(0, 10);

/** Midnight UTC that begins a day, in epoch milliseconds. */
export const startOf = (day: Day): number => millis(`${day}T00:00:00.000Z`);

/** The day `count` days after (before, if negative). */
export const addDays = (day: Day, count: number): Day => dayOf(startOf(day) + count * DAY);

/** Whole days from one day to another. */
export const daysBetween = (from: Day, to: Day): number => Math.round((startOf(to) - startOf(from)) / DAY);

/** The month a day is billed in. */
export const billingPeriodOf = (day: Day): BillingPeriod => day.slice(0, 7);

/** The first day of the month after this one. */
export function nextMonth(period: BillingPeriod): Day {
  const [year = 0, month = 0] = period.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

/** Every day from `from` up to but not including `to`. */
export function* days(from: Day, to: Day): Generator<Day> {
  for (let day = from; day < to; day = addDays(day, 1)) yield day;
}

/** Whether a text is a real calendar day. */
export function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) && dayOf(Date.parse(value)) === value;
}

/** The later of two instants; null is no instant. */
export const later = <T extends Instant | null | undefined>(a: T, b: Instant): Instant =>
  a !== null && a !== undefined && a > b ? a : b;
