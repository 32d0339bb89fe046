import { addDays, type Day } from '../../../shared/time.ts';
import type { Lake } from '../lake.ts';
import { between, is, isIn, named, over, type Query, select } from '../select.ts';

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

/** Reads weeks and four-week figures; `all` is the chosen team's, or all teams' together. */
export async function readUnit(query: Query, team: string | null, lake: Lake): Promise<Unit> {
  const where = [KIND, 'team_id is not null', is('billing_currency', lake.currency)];
  const rows = await query(
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
      from: 'cost_per_output',
      where: [...where, between('week', addDays(lake.end, -7 * SHOWN_WEEKS), lake.end)],
      order: ['team_id', 'week'],
    }),
  );
  const ids = [...new Set(rows.flatMap(({ team_id }) => team_id ?? []))];
  const weeks = [...new Set(rows.flatMap(({ week }) => week ?? []))].toSorted().toReversed();
  const whole = weeks.filter((one) => rows.every(({ week, is_complete }) => week !== one || is_complete === 'yes'));
  const [last, prior] = [whole.slice(0, 4), whole.slice(4, 8)];
  const figures = await readFigures(query, where, last, prior);
  const of = (span: 'now' | 'before', id: string | null): UnitFigure | null =>
    span === 'before' && prior.length < 4 ? null : (figures.get(`${span} ${id ?? ''}`) ?? null);
  return {
    teams: ids.map((id) => ({
      id,
      weeks: rows.filter(({ team_id }) => team_id === id).map(weekOfRow),
      now: of('now', id),
      before: of('before', id),
    })),
    all: of('now', team),
    allBefore: of('before', team),
    lastWeeks: last.toReversed(),
  };
}

/** Figures by span and team; all teams together under no team. */
async function readFigures(
  query: Query,
  where: readonly string[],
  now: readonly Day[],
  before: readonly Day[],
): Promise<Map<string, UnitFigure>> {
  const week = 'cast(week as varchar)';
  const span = `case when ${isIn(week, now)} then 'now' else 'before' end`;
  const rows = await query(
    select({
      columns: { span, id: 'team_id', ...figureColumns },
      from: 'cost_per_output',
      where: [...where, isIn(week, [...now, ...before])],
      groupingSets: [['span', 'id'], ['span']],
      order: ['span', 'id'],
    }),
  );
  return new Map(
    rows.flatMap(({ span, id, low, mid, high, output_count, coverage }) =>
      low && mid && high
        ? [
            [
              `${span} ${id ?? ''}`,
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
