import { addDays, type Day, startOf } from '../../../shared/time.ts';
import type { Filters } from '../address.ts';
import { weekday } from '../dates.ts';
import type { Lake } from '../lake.ts';
import { is, named, type Query, select, sum, weekOf } from '../select.ts';
import { chosen, type Figures, type LeftOut, readFigures, readFiguresBy } from './figures.ts';

const WEEKS = 12;

/** A team's row; id null is what nobody owns. */
export interface TeamRow {
  readonly id: string | null;
  readonly now: Figures;
  readonly before: string | null;
  /** Twelve weeks, the last perhaps not whole. */
  readonly weeks: readonly string[];
  readonly costCenter: string | null;
}

/** Teams by spend, nobody last, and the line that equals the ledger. */
export interface Teams {
  readonly rows: readonly TeamRow[];
  readonly all: Figures;
  readonly allBefore: string | null;
  readonly lastWeekWhole: boolean;
}

/** Spend of all teams in the period, whatever team is chosen. */
export async function readTeams(query: Query, filters: Filters, lake: Lake, out: readonly LeftOut[]): Promise<Teams> {
  const every = { ...filters, team: null };
  const { period } = filters;
  const now = await readFiguresBy(query, 'team_id', every, lake, period);
  const before = period.before === null ? null : await readFiguresBy(query, 'team_id', every, lake, period.before, out);
  const all = await readFigures(query, every, lake, period);
  const allBefore = period.before === null ? null : (await readFigures(query, every, lake, period.before, out)).total;
  const monday = mondayOf(lake.end);
  const weeks = Array.from({ length: WEEKS }, (_, i) => addDays(monday, (i + 1 - WEEKS) * 7)).filter(
    (week) => week >= mondayOf(lake.first),
  );
  const byWeek = await query(
    select({
      columns: { ...named('team_id'), week: weekOf('day'), total: sum('allocated_cost') },
      from: 'allocated_cost',
      where: chosen(every, lake, { from: weeks[0] ?? lake.first, to: lake.end }),
      group: ['team_id', 'week'],
      order: ['team_id', 'week'],
    }),
  );
  const spent = new Map(byWeek.map(({ team_id, week, total }) => [`${team_id ?? ''} ${week}`, total ?? '0']));
  const centers = await query(select({ columns: named('team_id', 'cost_center'), from: 'teams', order: ['team_id'] }));
  const centerOf = new Map(centers.map(({ team_id, cost_center }) => [team_id, cost_center ?? null]));
  const ids = [...now.keys()].filter((id) => id !== '');
  return {
    rows: [...ids, ''].map((id) => ({
      id: id === '' ? null : id,
      now: now.get(id) ?? NOTHING,
      before: before === null ? null : (before.get(id)?.total ?? '0'),
      weeks: weeks.map((week) => spent.get(`${id} ${week}`) ?? '0'),
      costCenter: centerOf.get(id) ?? null,
    })),
    all,
    allBefore,
    lastWeekWhole: weekday(lake.end) === 0,
  };
}

const NOTHING: Figures = {
  total: '0',
  billed: '0',
  estimated: '0',
  basis: { direct: '0', derived: '0', shared: '0', unattributed: '0' },
  sure: '0',
  people: 0,
};

/** The Monday of a day's week. */
export const mondayOf = (day: Day): Day => addDays(day, -((new Date(startOf(day)).getUTCDay() + 6) % 7));

/** A line inside a team: a person, a key or a rule. */
export interface InsideRow {
  readonly id: string | null;
  readonly total: string;
  readonly estimated: string;
}

/** What a team's spend is made of: by person, and what came without one by rule and basis. */
export interface Inside {
  readonly people: readonly InsideRow[];
  readonly peopleTotal: InsideRow;
  readonly rest: readonly (InsideRow & { readonly basis: string; readonly credential: string | null })[];
  readonly restTotal: InsideRow;
  readonly total: Figures;
}

/** Reads the inside of the chosen team. */
export async function readInside(query: Query, filters: Filters, lake: Lake): Promise<Inside> {
  const where = chosen(filters, lake, filters.period);
  const columns = { total: sum('allocated_cost'), estimated: sum('allocated_cost', is('status', 'estimated')) };
  const of = async (known: boolean): Promise<InsideRow> => {
    const [row] = await query(
      select({ columns, from: 'allocated_cost', where: [...where, `person_id is ${known ? 'not null' : 'null'}`] }),
    );
    return insideRow({ id: null, ...row });
  };
  const people = await query(
    select({
      columns: { id: 'person_id', ...columns },
      from: 'allocated_cost',
      where: [...where, 'person_id is not null'],
      group: ['id'],
      order: ['total desc', 'id'],
    }),
  );
  const rest = await query(
    select({
      columns: { id: 'rule_id', basis: 'basis', credential: 'credential_id', ...columns },
      from: 'allocated_cost',
      where: [...where, 'person_id is null', "basis <> 'covered'"],
      group: ['id', 'basis', 'credential'],
      order: ['total desc', 'id', 'basis', 'credential'],
    }),
  );
  return {
    people: people.map(insideRow),
    peopleTotal: await of(true),
    rest: rest.map((row) => ({ ...insideRow(row), basis: row.basis ?? '', credential: row.credential ?? null })),
    restTotal: await of(false),
    total: await readFigures(query, filters, lake, filters.period),
  };
}

const insideRow = (row: Readonly<Record<string, string | null>>): InsideRow => ({
  id: row.id ?? null,
  total: row.total ?? '0',
  estimated: row.estimated ?? '0',
});
