import { addDays, type Day } from '../../../shared/time.ts';
import type { Lake } from '../lake.ts';
import { is, isIfSet, isIn, named, over, type Query, select } from '../select.ts';

/** The kind of work that is counted. */
const KIND = is('kind', 'pr_merged');
const SHOWN_WEEKS = 17;

/** A team's week; costs are null where nothing was merged, and `reason` says so. */
export interface UnitWeek {
  readonly week: Day;
  readonly low: string | null;
  readonly mid: string | null;
  readonly high: string | null;
  readonly count: number;
  readonly reason: string | null;
  readonly whole: boolean;
}

/** A figure over four whole weeks. */
export interface UnitFigure {
  readonly low: string;
  readonly mid: string;
  readonly high: string;
  readonly count: number;
  /** Share of cost and work that certainly belong together; null when unknown. */
  readonly coverage: number | null;
}

/** A team's cost per merged PR. */
export interface UnitTeam {
  readonly id: string;
  readonly weeks: readonly UnitWeek[];
  readonly now: UnitFigure | null;
  readonly before: UnitFigure | null;
}

/** Cost per merged PR of all teams, and of one or all together. */
export interface Unit {
  readonly teams: readonly UnitTeam[];
  readonly all: UnitFigure | null;
  readonly allBefore: UnitFigure | null;
  readonly lastWeeks: readonly Day[];
}

const figureColumns = {
  mid: over('sum(allocated_cost)', 'sum(output_count)'),
  low: over('sum(low_cost)', 'sum(output_count)'),
  high: over('sum(high_cost)', 'sum(output_count)'),
  output_count: 'cast(sum(output_count) as bigint)',
  coverage: over('sum(coverage * high_cost)', 'sum(high_cost) filter (where coverage is not null)'),
};

/** Reads weeks and four-week figures; all teams' figures stand beside a chosen team's. */
export async function readUnit(query: Query, team: string | null, lake: Lake): Promise<Unit> {
  const from = 'cost_per_output';
  const since = `week >= date '${addDays(lake.end, -7 * SHOWN_WEEKS)}'`;
  const owned = [KIND, 'team_id is not null'];
  const weeks = await query(
    select({
      columns: named(
        'team_id',
        'week',
        'low_cost_per_output',
        'cost_per_output',
        'high_cost_per_output',
        'output_count',
        'reason',
        'is_complete',
      ),
      from,
      where: [...owned, since],
      order: ['team_id', 'week'],
    }),
  );
  const wholeWeeks = await query(
    select({
      columns: named('week'),
      from,
      where: owned,
      group: ['week'],
      having: "min(is_complete) = 'yes'",
      order: ['week desc'],
      limit: 8,
    }),
  );
  const whole = wholeWeeks.flatMap(({ week }) => week ?? []);
  const lastWeeks = whole.slice(0, 4);
  const now = await readFigures(query, owned, lastWeeks, null);
  const before = await readFigures(query, owned, whole.slice(4, 8), null);
  const ids = [...new Set(weeks.flatMap(({ team_id }) => team_id ?? []))];
  return {
    teams: ids.map((id) => ({
      id,
      weeks: weeks.filter(({ team_id }) => team_id === id).map(weekOfRow),
      now: now.get(id) ?? null,
      before: whole.length === 8 ? (before.get(id) ?? null) : null,
    })),
    all: (await readFigures(query, [...owned, isIfSet('team_id', team)], lastWeeks, 'all')).get('all') ?? null,
    allBefore:
      whole.length === 8
        ? ((await readFigures(query, [...owned, isIfSet('team_id', team)], whole.slice(4, 8), 'all')).get('all') ??
          null)
        : null,
    lastWeeks: lastWeeks.toReversed(),
  };
}

async function readFigures(
  query: Query,
  where: readonly (string | null)[],
  weeks: readonly Day[],
  together: string | null,
) {
  const rows = await query(
    select({
      columns: together === null ? { id: 'team_id', ...figureColumns } : figureColumns,
      from: 'cost_per_output',
      where: [...where, isIn('cast(week as varchar)', weeks)],
      group: together === null ? ['id'] : [],
      order: together === null ? ['id'] : [],
    }),
  );
  return new Map(
    rows.flatMap(({ id, low, mid, high, output_count, coverage }) =>
      low && mid && high
        ? [
            [
              id ?? together ?? '',
              { low, mid, high, count: Number(output_count), coverage: coverage ? Number(coverage) : null },
            ] as const,
          ]
        : [],
    ),
  );
}

const weekOfRow = (row: Readonly<Record<string, string | null>>): UnitWeek => ({
  week: row.week ?? '',
  low: row.low_cost_per_output ?? null,
  mid: row.cost_per_output ?? null,
  high: row.high_cost_per_output ?? null,
  count: Number(row.output_count ?? 0),
  reason: row.reason ?? null,
  whole: row.is_complete === 'yes',
});
