import { addDays, type Day, days as daysOf } from '../../../shared/time.ts';
import type { Filters } from '../address.ts';
import { type Lake, shownFrom } from '../lake.ts';
import { is, keptOr, named, type Query, runningTotal, select, sum } from '../select.ts';
import { chosen } from './figures.ts';

/** The column that each split stands for. */
export const SPLIT_COLUMN = { vendor: 'provider', model: 'model', basis: 'basis' } as const;

/** The name of what is left beyond the largest: at most eight colours stand in one picture. */
export const OTHER = 'other';
const LARGEST = 7;

/** Amounts of one day in one colour. */
export interface DayAmount {
  readonly day: Day;
  readonly series: string;
  readonly total: string;
  readonly billed: string;
  readonly estimated: string;
}

/** Spend by day, and what it is split into. */
export interface Spend {
  /** Days shown, without a gap. */
  readonly days: readonly Day[];
  readonly byDay: readonly DayAmount[];
  /** Total and estimated part of each day. */
  readonly totals: ReadonlyMap<Day, { readonly total: string; readonly estimated: string }>;
  /** Series in order, largest first, with their totals in the period. */
  readonly series: readonly { readonly id: string; readonly total: string; readonly estimated: string }[];
}

const amounts = {
  total: sum('allocated_cost'),
  billed: sum('allocated_cost', is('status', 'billed')),
  estimated: sum('allocated_cost', is('status', 'estimated')),
};

/** The table that answers: the small mart, unless a team is chosen, which only the allocation knows. */
const tableOf = ({ team }: Filters): string => (team === null ? 'daily_cost' : 'allocated_cost');

/** The SQL that says into which colour a row goes, and the ids that have one of their own. */
export async function readSeries(
  query: Query,
  filters: Filters,
  lake: Lake,
): Promise<{ expression: string; ids: string[] }> {
  const column = SPLIT_COLUMN[filters.by];
  const shown = { from: shownFrom(lake), to: lake.end };
  const rows = await query(
    select({
      columns: { id: column, total: amounts.total },
      from: tableOf(filters),
      where: [...chosen(filters, lake, shown), "basis <> 'covered'"],
      group: ['id'],
      order: ['total desc', 'id'],
    }),
  );
  const all = rows.flatMap(({ id, total }) => (total === null || Number(total) === 0 ? [] : [id ?? '']));
  const ids = all.length > LARGEST + 1 ? all.slice(0, LARGEST) : all;
  return {
    expression: keptOr(
      column,
      ids.filter((id) => id !== ''),
      OTHER,
    ),
    ids: all.length > ids.length ? [...ids, OTHER] : ids,
  };
}

/** Reads the spend of the days shown, and of the period by series. */
export async function readSpend(
  query: Query,
  filters: Filters,
  lake: Lake,
  series: { expression: string; ids: readonly string[] },
): Promise<Spend> {
  const shown = { from: shownFrom(lake), to: lake.end };
  const from = tableOf(filters);
  const byDay = await query(
    select({
      columns: { day: 'day', series: series.expression, ...amounts },
      from,
      where: chosen(filters, lake, shown),
      group: ['day', 'series'],
      order: ['day', 'series'],
    }),
  );
  const totals = await query(
    select({
      columns: { day: 'day', ...amounts },
      from,
      where: chosen(filters, lake, shown),
      group: ['day'],
      order: ['day'],
    }),
  );
  const inPeriod = await query(
    select({
      columns: { series: series.expression, ...amounts },
      from,
      where: chosen(filters, lake, filters.period),
      group: ['series'],
      order: ['series'],
    }),
  );
  const bySeries = new Map(inPeriod.map((row) => [row.series ?? '', row]));
  return {
    days: [...daysOf(shown.from, addDays(shown.to, 1))],
    byDay: byDay.flatMap((row) =>
      row.day
        ? [
            {
              day: row.day,
              series: row.series ?? '',
              total: row.total ?? '0',
              billed: row.billed ?? '0',
              estimated: row.estimated ?? '0',
            },
          ]
        : [],
    ),
    totals: new Map(
      totals.flatMap((row) =>
        row.day ? [[row.day, { total: row.total ?? '0', estimated: row.estimated ?? '0' }] as const] : [],
      ),
    ),
    series: series.ids.map((id) => ({
      id,
      total: bySeries.get(id)?.total ?? '0',
      estimated: bySeries.get(id)?.estimated ?? '0',
    })),
  };
}

/** A day's running total; days without a row carry the day before. */
export interface RunningDay {
  readonly day: Day;
  readonly total: string;
  readonly estimated: string;
}

/** Totals from the first of some days to each of them. */
export async function readRunning(
  query: Query,
  filters: Filters,
  lake: Lake,
  days: { from: Day; to: Day },
): Promise<RunningDay[]> {
  const rows = await query(
    select({
      columns: { ...named('day'), total: runningTotal(amounts.total, 'day'), estimated: amounts.estimated },
      from: tableOf(filters),
      where: chosen(filters, lake, days),
      group: ['day'],
      order: ['day'],
    }),
  );
  const byDay = new Map(rows.map((row) => [row.day, row]));
  let total = '0';
  return [...daysOf(days.from, addDays(days.to, 1))].map((day) => {
    const row = byDay.get(day);
    total = row?.total ?? total;
    return { day, total, estimated: row?.estimated ?? '0' };
  });
}
