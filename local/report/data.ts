import type { Filters } from './address.ts';
import { type Budget, readBudgets } from './data/budgets.ts';
import { type Cache, readCache } from './data/cache.ts';
import { type Cloud, readCloud } from './data/cloud.ts';
import { type Contract, type LooseBalance, readContracts, readLooseBalances } from './data/contracts.ts';
import { type Coverage, readCoverage } from './data/coverage.ts';
import { type Figures, readFigures, readFiguresBy } from './data/figures.ts';
import { type Incidents, readIncidents } from './data/incidents.ts';
import { type Late, leftOutBefore, type PartialDays, readLate, readPartial } from './data/late.ts';
import { type Mix, readMix } from './data/mix.ts';
import { readSeats, type Seats } from './data/seats.ts';
import { readSources, type Source } from './data/sources.ts';
import { type RunningDay, readRunning, readSeries, readSpend, type Spend } from './data/spend.ts';
import { type Inside, readInside, readTeams, type Teams } from './data/teams.ts';
import { readUnassigned, type Unassigned } from './data/unassigned.ts';
import { readUnit, type Unit } from './data/unit.ts';
import type { Lake } from './lake.ts';
import { monthBefore } from './period.ts';
import type { Query } from './select.ts';
import type { Stamp } from './stamp.ts';

/** Everything the page and the terminal show, in decimal text; names are not in it. Every sum was made in SQL. */
export interface ReportData {
  readonly filters: Filters;
  readonly lake: Lake;
  readonly stamp: Stamp;
  readonly now: Figures;
  /** The period before, without the days that are late now; null when there is none, or nothing comparable in it. */
  readonly before: Figures | null;
  readonly late: readonly Late[];
  /** Vendors in time whose last days are not whole yet. */
  readonly partial: readonly PartialDays[];
  /** The period by model, largest first; the empty id is what names none. */
  readonly models: ReadonlyMap<string, Figures>;
  /** The month day by day; empty where the period is no month. */
  readonly running: readonly RunningDay[];
  readonly runningBefore: readonly RunningDay[];
  /** Budgets in the page's currency. */
  readonly budgets: readonly Budget[];
  /** Budgets in any currency. */
  readonly everyBudget: readonly Budget[];
  readonly spend: Spend;
  /** AI beside the AWS bill; null where no bill is read. */
  readonly cloud: Cloud | null;
  readonly teams: Teams;
  readonly inside: Inside | null;
  readonly contracts: readonly Contract[];
  readonly looseBalances: readonly LooseBalance[];
  readonly seats: Seats;
  readonly unit: Unit;
  readonly mix: Mix;
  readonly cache: Cache;
  readonly incidents: Incidents;
  readonly unassigned: { readonly rows: readonly Unassigned[]; readonly total: string; readonly estimated: string };
  readonly coverage: Coverage;
  readonly sources: readonly Source[];
}

/** Reads what the report shows for these filters. */
export async function readReport(query: Query, filters: Filters, lake: Lake, stamp: Stamp): Promise<ReportData> {
  const { period } = filters;
  const series = await readSeries(query, filters, lake);
  const late = await readLate(query, filters, lake, series.expression);
  const out = leftOutBefore(late, period);
  // With one vendor chosen there is nothing else to compare.
  const comparable = period.before !== null && !(filters.vendor !== null && late.length > 0);
  const withBefore = { ...filters, period: comparable ? period : { ...period, before: null } };
  const whole = period.month === null ? null : monthBefore(period.month);
  const read = await together({
    now: readFigures(query, filters, lake, period),
    before: comparable && period.before !== null ? readFigures(query, filters, lake, period.before, out) : null,
    partial: readPartial(query, filters, lake),
    models: readFiguresBy(query, 'model', filters, lake, period),
    running: whole === null ? [] : readRunning(query, filters, lake, period),
    runningBefore: whole === null || whole.from < lake.first ? [] : readRunning(query, filters, lake, whole),
    everyBudget: readBudgets(query, filters),
    spend: readSpend(query, filters, lake, series),
    cloud: readCloud(query, filters, lake),
    teams: readTeams(query, withBefore, lake, out),
    inside: filters.team === null ? null : readInside(query, filters, lake),
    contracts: readContracts(query, filters),
    looseBalances: readLooseBalances(query, filters),
    seats: readSeats(query, filters, lake),
    unit: readUnit(query, filters.team, lake),
    mix: readMix(query, filters, lake),
    cache: readCache(query, filters, lake),
    incidents: readIncidents(query, filters),
    unassigned: readUnassigned(query, filters, lake),
    coverage: readCoverage(query, filters, lake),
    sources: readSources(query, lake),
  });
  const budgets = read.everyBudget.filter(({ currency }) => currency === lake.currency);
  return { filters, lake, stamp, late, budgets, ...read };
}

/** What was asked, by name, all at once: an engine plans one question on one core, and has more. */
async function together<T extends object>(asked: T): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  const answers = await Promise.all(Object.values(asked));
  // Names and answers in the order in which they were asked.
  return Object.fromEntries(Object.keys(asked).map((name, i) => [name, answers[i]])) as {
    [K in keyof T]: Awaited<T[K]>;
  };
}
