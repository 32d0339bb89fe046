import { addDays, type Day } from '../../../shared/time.ts';
import type { Filters } from '../address.ts';
import type { Lake } from '../lake.ts';
import type { Days, Period } from '../period.ts';
import { between, is, isIfSet, isIn, literal, named, type Query, rowCount, select } from '../select.ts';
import type { LeftOut } from './figures.ts';

/** A connection of which nothing is known for some days of the period, though it was due. */
export interface Late extends Days {
  readonly provider: string;
  readonly connection_id: string;
  /** The sources that are late. */
  readonly sources: readonly string[];
  readonly message: string | null;
  /** What its days usually cost, from the same weekdays of four weeks; null when it never told anything. */
  readonly expected: string | null;
  /** The same by day and by what the spend picture is split by. */
  readonly expectedByDay: readonly { readonly day: Day; readonly series: string; readonly amount: string }[];
}

const SPEND = isIn('target', ['costs', 'usage']);
const LATE = "state <> 'on_time'";

/** Connections that are late in the chosen days, each with what it is expected to bring. */
export async function readLate(query: Query, filters: Filters, lake: Lake, series: string): Promise<Late[]> {
  const rows = await query(
    select({
      columns: { ...named('provider', 'connection_id'), covered_to: 'max(last_whole_day)', late: rowCount(LATE) },
      from: 'data_freshness',
      where: [SPEND, isIfSet('provider', filters.vendor)],
      group: ['provider', 'connection_id'],
      having: `${rowCount(LATE)} > 0`,
      order: ['connection_id'],
    }),
  );
  const late: Late[] = [];
  for (const { provider, connection_id, covered_to } of rows) {
    if (!provider || !connection_id) continue;
    const after = covered_to ? addDays(covered_to, 1) : lake.first;
    const from = [after, filters.period.from].toSorted().at(-1) ?? after;
    if (from > filters.period.to) continue;
    const days = { from, to: filters.period.to };
    const sources = await query(
      select({
        columns: named('source', 'message'),
        from: 'data_freshness',
        where: [SPEND, LATE, is('connection_id', connection_id)],
        order: ['source'],
      }),
    );
    const expected =
      covered_to === null || covered_to === undefined
        ? null
        : await readExpected(query, filters, connection_id, covered_to, days, series);
    late.push({
      ...days,
      provider,
      connection_id,
      sources: sources.flatMap(({ source }) => source ?? []),
      message: sources.find(({ message }) => message !== null)?.message ?? null,
      expected: expected?.total ?? null,
      expectedByDay: expected?.byDay ?? [],
    });
  }
  return late;
}

async function readExpected(
  query: Query,
  filters: Filters,
  connection: string,
  coveredTo: Day,
  days: Days,
  series: string,
) {
  const from = [
    'calendar join allocated_cost on allocated_cost.connection_id =',
    literal(connection),
    'and',
    between('allocated_cost.day', addDays(coveredTo, -27), coveredTo),
    'and dayofweek(allocated_cost.day) = dayofweek(calendar.day)',
  ].join(' ');
  const amount = 'cast(coalesce(sum(allocated_cost.allocated_cost), 0) / 4 as decimal(28,10))';
  const where = [
    between('calendar.day', days.from, days.to),
    isIfSet('team_id', filters.team),
    isIfSet('model', filters.model),
  ];
  const byDay = await query(
    select({
      columns: { day: 'calendar.day', series, amount },
      from,
      where,
      group: ['day', 'series'],
      order: ['day', 'series'],
    }),
  );
  const [whole] = await query(select({ columns: { amount }, from, where }));
  return {
    total: whole?.amount ?? '0',
    byDay: byDay.flatMap((row) =>
      row.day && row.amount ? [{ day: row.day, series: row.series ?? '', amount: row.amount }] : [],
    ),
  };
}

/** A connection in time that has not told its last days to the end yet. */
export interface PartialDays {
  readonly provider: string;
  /** The first day that is not whole. */
  readonly from: Day;
}

/** Connections whose last days hold less than they will, though nobody is late. */
export async function readPartial(query: Query, { vendor, period }: Filters, { end }: Lake): Promise<PartialDays[]> {
  const rows = await query(
    select({
      columns: { provider: 'provider', connection_id: 'connection_id', covered_to: 'max(last_whole_day)' },
      from: 'data_freshness',
      where: [SPEND, isIfSet('provider', vendor)],
      group: ['provider', 'connection_id'],
      having: `${rowCount(LATE)} = 0`,
      order: ['connection_id'],
    }),
  );
  const first = new Map<string, Day>();
  for (const { provider, covered_to } of rows) {
    if (!provider || !covered_to || covered_to >= end || covered_to >= period.to) continue;
    const from = addDays(covered_to, 1);
    if (from < (first.get(provider) ?? '9999-12-31')) first.set(provider, from);
  }
  return [...first].map(([provider, from]) => ({ provider, from }));
}

/** The late days to leave out of the period before, so that like is compared with like. */
export function leftOutBefore(late: readonly Late[], { from, before }: Period): LeftOut[] {
  if (before === null) return [];
  return late.map((one) => {
    const skipped = Math.round((Date.parse(one.from) - Date.parse(from)) / 86_400_000);
    return { connection_id: one.connection_id, from: addDays(before.from, skipped), to: before.to };
  });
}
