import { KEPT_DAYS } from './detector.ts';
import type { Platform } from './platform.ts';
import { prefixOf, type Table } from './table.ts';
import { FACTS } from './tables/index.ts';
import { addDays, type BillingPeriod, billingPeriodOf, type Day, dayOf, days, nextMonth } from './time.ts';

type Ports = Pick<Platform, 'warehouse' | 'objects'>;

/** Months from that of a day to the one after another day's, in order. */
export function monthsThrough(from: Day, through: Day): BillingPeriod[] {
  const months: BillingPeriod[] = [];
  const last = billingPeriodOf(nextMonth(billingPeriodOf(through)));
  for (let month = billingPeriodOf(from); month <= last; month = billingPeriodOf(nextMonth(month))) months.push(month);
  return months;
}

/** Makes sure that these months of these tables exist in the catalogue, each at its own prefix. What stands is left. */
export async function registerMonths(
  { warehouse }: Pick<Ports, 'warehouse'>,
  tables: readonly Table[],
  months: readonly BillingPeriod[],
): Promise<number> {
  let count = 0;
  for (const table of tables.filter(({ partitioned }) => partitioned)) {
    const known = await warehouse.partitions(table.name);
    const missing = months.filter((month) => !known.has(month));
    await warehouse.point(table.name, new Map(missing.map((month) => [month, prefixOf(table, month)])));
    count += missing.length;
  }
  return count;
}

/** Months that have objects in the lake, whoever put them there: a lake taken up again has more than the catalogue knows. */
export async function monthsInLake(
  { objects }: Pick<Ports, 'objects'>,
  tables: readonly Table[],
): Promise<BillingPeriod[]> {
  const months = new Set<BillingPeriod>();
  for (const table of tables.filter(({ partitioned }) => partitioned)) {
    for await (const { key } of objects.list(prefixOf(table))) {
      const month = /\/billing_period=(\d{4}-\d{2})\//.exec(key)?.[1];
      if (month !== undefined) months.add(month);
    }
  }
  return [...months].sort();
}

/**
 * Has months made that one of these tables lacks although the lake has facts: a lake taken up again by a new
 * deployment, whose catalogue begins empty, or a copy that is new. Answers how many.
 */
export async function makeMissing(
  { warehouse, queue }: Pick<Platform, 'warehouse' | 'queue'>,
  tables: readonly Table[],
  months: readonly BillingPeriod[],
): Promise<number> {
  const known = await Promise.all(tables.map(({ name }) => warehouse.partitions(name)));
  const missing = months.filter((month) => known.some((partitions) => !partitions.has(month)));
  if (missing.length === 0) return 0;
  await queueDays(
    queue,
    'taken-up',
    missing.map((month) => `${month}-01`),
  );
  return missing.length;
}

/**
 * Lets every month with facts be made anew where its inputs have changed, under an id of what changed them. Of an old month
 * one day is enough; the days that detectors still hold are all judged again.
 */
export async function makeAnew(
  { objects, queue, clock }: Pick<Platform, 'objects' | 'queue' | 'clock'>,
  id: string,
): Promise<void> {
  const today = dayOf(clock.now());
  const months = (await monthsInLake({ objects }, FACTS)).map((month) => `${month}-01`);
  const recent = [...days(addDays(today, -KEPT_DAYS), addDays(today, 1))];
  await queueDays(queue, id, [...new Set([...months, ...recent])].sort());
}

/** Has the months of these days made, as history: it moves baselines and raises nothing. The same id again is the same work. */
export const queueDays = (queue: Platform['queue'], id: string, days: readonly Day[]): Promise<void> =>
  queue.send([{ queue: 'materialise', group: 'materialise', id, body: { days, mode: 'backfill' } }]);
