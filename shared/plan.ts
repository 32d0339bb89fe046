import { type DueDays, inProbes, inRuns, toMessage } from './plan/runs.ts';
import type { Platform } from './platform.ts';
import { type AnySource, type CollectMessage, type Connection, isWanted } from './source.ts';
import { changeStatus, type Status, statuses } from './status.ts';
import {
  addDays,
  billingPeriodOf,
  DAY,
  type Day,
  dayOf,
  days,
  HOUR,
  type Instant,
  instant,
  nextMonth,
  startOf,
} from './time.ts';

/** What is planned for. */
export interface Planning {
  readonly sources: readonly AnySource[];
  readonly connections: readonly Connection[];
  /** First day of the history that the operator wants. */
  readonly since: Day;
  /** Last day to ask for; today, unless the world ends earlier (the simulated one does). */
  readonly through: Day;
}

/** What was planned. */
export interface Planned {
  readonly messages: readonly CollectMessage[];
  /** Days due, all sources together. */
  readonly dueDays: number;
}

/** Hour of the day (UTC) at which a settled day is asked again: most vendors' daily figures stand by then. */
const SETTLED_HOUR = 5;
/** Days before today that are asked one by one; older ones go in runs. */
const LIVE_DAYS = 2;

/** When the month of a day is closed: three days into the next one. */
const closeOf = (day: Day): number => startOf(nextMonth(billingPeriodOf(day))) + 3 * DAY + SETTLED_HOUR * HOUR;

/**
 * The latest moment at or before `now` at which a day of a source was due: hourly while it is young,
 * then as its source settles, then at the month's close. Null: not due yet.
 */
export function lastDue(source: Pick<AnySource, 'kind' | 'settles'>, day: Day, now: number): Instant | null {
  const start = startOf(day);
  if (now < start) return null;
  // A directory is read once a day, on the day.
  if (source.kind === 'snapshot') return instant(start);
  const dues: number[] = [];
  // While the day runs and in its first hours after, each hour asks again.
  const hour = Math.floor(now / HOUR) * HOUR;
  if (source.settles.includes(0)) dues.push(Math.min(hour, start + DAY));
  for (const settle of source.settles) {
    if (settle === 'close') dues.push(closeOf(day));
    else if (settle > 0) dues.push(start + settle * DAY + SETTLED_HOUR * HOUR);
  }
  const due = Math.max(...dues.filter((at) => at <= now && at > start));
  return Number.isFinite(due) ? instant(due) : null;
}

/**
 * Says what is due, notes it as a fact (so that silence shows), and queues it: today first, then back in time.
 * Asking twice at the same moment queues the same ids, which the queue drops.
 */
export async function plan(
  platform: Pick<Platform, 'state' | 'queue' | 'clock'>,
  planning: Planning,
): Promise<Planned> {
  const now = platform.clock.now();
  const messages: CollectMessage[] = [];
  let dueDays = 0;
  for (const connection of planning.connections) {
    for (const source of planning.sources.filter((one) => isWanted(one, connection))) {
      const known = await statuses(platform, source.id, connection.id);
      const due = dueOf(known, source, planning, now);
      dueDays += due.size;
      for (const [day, at] of due) await changeStatus(platform, source.id, connection.id, day, (was) => asDue(was, at));
      const young = addDays(dayOf(now), -LIVE_DAYS);
      const isLive = (day: Day): boolean => source.kind === 'snapshot' || day >= young;
      const { probed, fetched } = parted(known, source, due, isLive);
      messages.push(...inProbes(source, connection.id, probed));
      messages.push(...inRuns(source, connection.id, fetched, heaviest(known), isLive));
    }
  }
  // Live before backfill, newest first: the first figures are there within the hour.
  messages.sort(
    (a, b) =>
      Number(a.mode === 'backfill') - Number(b.mode === 'backfill') || (a.from < b.from ? 1 : a.from > b.from ? -1 : 0),
  );
  await platform.queue.send(messages.map(toMessage));
  return { messages, dueDays };
}

function dueOf(
  known: ReadonlyMap<Day, { readonly data: Status }>,
  source: AnySource,
  { since, through }: Planning,
  now: number,
): Map<Day, Instant> {
  const today = dayOf(now);
  const due = new Map<Day, Instant>();
  if (source.kind === 'snapshot') {
    const at = lastDue(source, today, now);
    if (at !== null && isOpen(known.get(today)?.data, at)) due.set(today, at);
    return due;
  }
  const reach = source.reach === null ? since : addDays(today, -source.reach);
  for (const day of days(reach > since ? reach : since, addDays(through < today ? through : today, 1))) {
    const at = lastDue(source, day, now);
    if (at !== null && isOpen(known.get(day)?.data, at)) due.set(day, at);
  }
  return due;
}

/** Whether a day still waits for an answer as of this due time. What failed is open until it is due anew or read. */
function isOpen(status: Status | undefined, due: Instant): boolean {
  if (status === undefined || status.due_at < due) return true;
  return status.outcome === 'due' || status.outcome === 'failed' || status.outcome === 'refused';
}

const asDue = (was: Status | null, due: Instant): Status => ({
  tried_at: null,
  message: null,
  row_count: null,
  request_count: 0,
  retry_count: 0,
  complete_through: null,
  generation: null,
  restated_count: 0,
  // What stands in the lake is still known.
  ...was,
  outcome: 'due',
  due_at: due,
});

/** Settled days that a probe may look at, and days to be fetched in full: young ones, unknown ones, and each after its month's close. */
function parted(
  known: ReadonlyMap<Day, { readonly data: Status }>,
  source: AnySource,
  due: DueDays,
  isLive: (day: Day) => boolean,
): { probed: DueDays; fetched: DueDays } {
  const mayProbe = ([day, at]: readonly [Day, Instant]): boolean => {
    const stored = known.get(day)?.data.generation ?? null;
    if (source.probe === undefined || stored === null || isLive(day)) return false;
    const close = instant(closeOf(day));
    return at < close || stored >= close;
  };
  const { probed = [], fetched = [] } = Object.groupBy(due, (one) => (mayProbe(one) ? 'probed' : 'fetched'));
  return { probed: new Map(probed), fetched: new Map(fetched) };
}

/** The most rows a day of this source ever had. */
const heaviest = (known: ReadonlyMap<Day, { readonly data: Status }>): number =>
  Math.max(0, ...[...known.values()].map(({ data }) => data.row_count ?? 0));
