import {
  addDays,
  type BillingPeriod,
  billingPeriodOf,
  type Day,
  days,
  daysBetween,
  isDay,
  nextMonth,
} from '../../shared/time.ts';
import { dayRange, monthName, shortDay, weekday } from './dates.ts';
import type { Lake } from './lake.ts';

/** Days, both included. */
export interface Days {
  readonly from: Day;
  readonly to: Day;
}

/** A chosen time, and the one it is compared with. */
export interface Period extends Days {
  /** As it stands in the address. */
  readonly id: string;
  /** `November to date`. */
  readonly name: string;
  /** As a sentence goes on: `in November so far`. */
  readonly inside: string;
  /** The month it is, where it is one; budgets hold only for months. */
  readonly month: BillingPeriod | null;
  /** Whether days of it are still to come. */
  readonly open: boolean;
  /** The time before, as many days of it; null when the lake begins later. */
  readonly before: (Days & { readonly name: string }) | null;
}

const ROLLING: Readonly<Record<string, number>> = { '30d': 30, '90d': 90 };
const RANGE = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;

/** Months the lake holds, latest first. */
export function monthsOf({ first, end }: Lake): BillingPeriod[] {
  const months: BillingPeriod[] = [];
  for (let day = `${billingPeriodOf(first)}-01`; day <= end; day = nextMonth(billingPeriodOf(day)))
    months.unshift(billingPeriodOf(day));
  return months;
}

/** Ids that always hold for this lake, the default first. */
export const periodIds = (lake: Lake): string[] => [...monthsOf(lake), ...Object.keys(ROLLING)];

/** Working days (Monday to Friday) in some days. */
export const workingDays = ({ from, to }: Days): number =>
  [...days(from, addDays(to, 1))].filter((day) => weekday(day) % 6 !== 0).length;

/** The whole month before a month. */
export function monthBefore(month: BillingPeriod): Days {
  const to = addDays(`${month}-01`, -1);
  return { from: `${billingPeriodOf(to)}-01`, to };
}

/** The period with this id; null when there is none such. */
export function periodOf(id: string, lake: Lake): Period | null {
  if (monthsOf(lake).includes(id)) return month(id, lake);
  const length = ROLLING[id];
  if (length !== undefined)
    return rolling(
      id,
      addDays(lake.end, 1 - length),
      lake.end,
      `Last ${length} days`,
      `in the last ${length} days`,
      lake,
    );
  const [, from = '', to = ''] = RANGE.exec(id) ?? [];
  if (!isDay(from) || !isDay(to) || from > to || from < lake.first || to > lake.end) return null;
  return rolling(
    id,
    from,
    to,
    dayRange(from, to),
    from === to ? `on ${shortDay(from)}` : `in ${dayRange(from, to)}`,
    lake,
  );
}

function month(id: BillingPeriod, lake: Lake): Period {
  const from = `${id}-01`;
  const last = addDays(nextMonth(id), -1);
  const open = last > lake.end;
  const to = open ? lake.end : last;
  const { from: beforeFrom, to: beforeLast } = monthBefore(id);
  const same = addDays(beforeFrom, daysBetween(from, to));
  const beforeTo = open && same < beforeLast ? same : beforeLast;
  const name = monthName(id);
  return {
    id,
    name: open ? `${name} to date` : `${name} ${id.slice(0, 4)}`,
    inside: open ? `in ${name} so far` : `in ${name} ${id.slice(0, 4)}`,
    from,
    to,
    month: id,
    open,
    before:
      beforeFrom < lake.first
        ? null
        : {
            from: beforeFrom,
            to: beforeTo,
            name: beforeTo === beforeLast ? monthName(beforeFrom) : dayRange(beforeFrom, beforeTo),
          },
  };
}

function rolling(id: string, from: Day, to: Day, name: string, inside: string, lake: Lake): Period {
  const start = from < lake.first ? lake.first : from;
  const length = daysBetween(start, to) + 1;
  const before = { from: addDays(start, -length), to: addDays(start, -1) };
  return {
    id,
    name,
    inside,
    from: start,
    to,
    month: null,
    open: false,
    before:
      before.from < lake.first
        ? null
        : { ...before, name: length === 1 ? 'the day before' : `the ${length} days before` },
  };
}
