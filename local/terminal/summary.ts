import { sum as total } from '../../shared/money.ts';
import { daysBetween, nextMonth } from '../../shared/time.ts';
import { budgetOf } from '../report/data/budgets.ts';
import { isEnding } from '../report/data/contracts.ts';
import { BASES, type Figures } from '../report/data/figures.ts';
import type { TeamRow } from '../report/data/teams.ts';
import type { UnitFigure } from '../report/data/unit.ts';
import { dayCount, monthName, shortDay } from '../report/dates.ts';
import { needs } from '../report/needs.ts';
import { bare, change, dollars, percent, ratio } from '../report/numbers.ts';
import { NOBODY, name, spoken, teamName, type View } from '../report/view.ts';
import { type Look, marks, plain, tinted, WIDTH } from './look.ts';

/** Where the run's files are, for the last lines. */
export interface SummaryPlace {
  readonly lake: string;
  /** Bytes of Parquet in it; null: not counted. */
  readonly bytes: number | null;
}

/** What a run found, in a screen: the same figures and words as the page. */
export function summary(view: View, place: SummaryPlace, look: Look): string {
  return `${[headLines(view, look), teamLines(view, look), modelLines(view), lastLines(view, look, place)]
    .map((lines) => lines.map((line) => plain(look, line.trimEnd())).join('\n'))
    .join('\n\n')}\n`;
}

const approx = (estimated: string): string => (Number(estimated) === 0 ? '' : '≈');

/** Text cut to a width. */
const cut = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

/** Balances that stand in the head; the page has them all. */
const BALANCES = 3;
/** What has come of a balance or commitment that lasts no longer. */
const ENDS: Readonly<Record<string, string>> = { used_up: 'used up', exceeded: 'exceeded' };

function headLines(view: View, look: Look): string[] {
  const { now, before, filters, lake, late, budgets, seats, contracts } = view.data;
  const { period } = filters;
  const line = (title: string, figure: string, second: string, third = ''): string =>
    `${title.padEnd(20)} ${figure.padStart(11)}   ${second.padEnd(25)} ${third}`;
  const compared =
    period.before === null
      ? `the lake begins on ${lake.first}`
      : before === null
        ? 'not compared: late'
        : `${change(now.total, before.total) ?? '–'} on ${period.before.name}`;
  const lines = [
    line(
      period.name,
      `${approx(now.estimated)} ${dollars(now.total, lake.currency)}`.trim(),
      compared,
      `${bare(now.billed)} billed, ${bare(now.estimated)} estimated`,
    ),
  ];
  const budget = budgetOf(budgets, null);
  if (budget !== null && period.month !== null) {
    const passed = (daysBetween(period.from, period.to) + 1) / daysBetween(period.from, nextMonth(period.month));
    const spent =
      budget.share > 1 ? tinted(look, 'bad', `${percent(budget.share - 1, 1)} over`) : `${percent(budget.share)} spent`;
    lines.push(
      line(
        'Budget',
        dollars(budget.amount, lake.currency),
        spent,
        `${percent(passed)} of ${monthName(period.from)} is over`,
      ),
    );
  }
  for (const one of late) {
    const days = dayCount(daysBetween(one.from, one.to) + 1);
    const expected = one.expected === null ? 'unknown' : `≈ ${dollars(one.expected, lake.currency)}`;
    lines.push(line('Late, not counted', expected, one.sources.join(', '), days));
  }
  const held = seats.products.reduce((sum, one) => sum + one.held, 0);
  const idle = seats.products.reduce((sum, one) => sum + one.idle, 0);
  if (held > 0) {
    const costs = new Set(seats.products.filter((one) => one.idle > 0).map(({ currency }) => currency));
    const [currency] = costs;
    const idleCost = seats.products.flatMap((one) => (one.idle > 0 ? [one.idleCost] : []));
    const known = idleCost.filter((amount) => amount !== null);
    const cost =
      costs.size === 1 && currency && known.length === idleCost.length
        ? `idle: ${dollars(total(known), currency)} in ${monthName(seats.month)}`
        : '';
    lines.push(line('Seats', `${held} held`, idle === 0 ? 'none idle' : `${idle} without use`, cost));
  }
  for (const one of contracts.filter(isEnding).slice(0, BALANCES)) {
    const when = ENDS[one.state] ?? (one.runOutOn === null ? 'runs out' : `runs out ${shortDay(one.runOutOn)}`);
    lines.push(line('Balance left', dollars(one.left, one.currency), when, cut(one.id, 32)));
  }
  return lines;
}

const BAR = 12;

/** The shares of an amount as a bar; what rounding leaves goes to the largest parts. */
export function basisBlocks({ total, basis }: Pick<Figures, 'total' | 'basis'>, look: Look): string {
  const exact = BASES.map((id) => Math.max(0, ratio(basis[id], total) ?? 0) * BAR);
  const whole = exact.map(Math.floor);
  const order = exact
    .map((value, i) => ({ i, rest: value - Math.floor(value) }))
    .toSorted((a, b) => b.rest - a.rest || a.i - b.i);
  const missing = exact.some((value) => value > 0) ? BAR - whole.reduce((a, b) => a + b, 0) : 0;
  for (const { i } of order.slice(0, Math.max(0, missing))) whole[i] = (whole[i] ?? 0) + 1;
  return marks(look)
    .map((mark, i) => mark.repeat(whole[i] ?? 0))
    .join('')
    .padEnd(BAR);
}

interface TeamCells {
  readonly title: string;
  readonly now: Figures;
  readonly changed: string;
  readonly budget: string;
  readonly unit: UnitFigure | null;
}

function teamLine({ title, now, changed, budget, unit }: TeamCells, look: Look): string {
  return [
    cut(title, 20).padEnd(20),
    `${approx(now.estimated).padEnd(1)}${bare(now.total).padStart(10)}`,
    changed.padStart(9),
    `  ${basisBlocks(now, look)} ${percent(ratio(now.sure, now.total) ?? 0).padStart(5)}`,
    budget.padStart(8),
    (unit === null ? '–' : bare(unit.mid)).padStart(8),
    (unit === null ? '' : `${bare(unit.low)}–${bare(unit.high)}`).padStart(13),
  ].join(' ');
}

function teamLines(view: View, look: Look): string[] {
  const { teams, filters, unit, budgets, before } = view.data;
  const spent = (id: string | null): string => {
    const budget = budgetOf(budgets, id);
    return budget === null ? '–' : `${percent(budget.share)}${budget.share > 1 ? ' !' : '  '}`;
  };
  const compared = (now: string, was: string | null): string =>
    before === null ? '–' : (change(now, was) ?? (Number(now) === 0 ? '–' : 'new'));
  const row = (one: TeamRow): string =>
    teamLine(
      {
        title: one.id === null ? NOBODY : teamName(view, one.id),
        now: one.now,
        changed: compared(one.now.total, one.before),
        budget: one.id === null ? '–' : spent(one.id),
        unit: unit.teams.find(({ id }) => id === one.id)?.now ?? null,
      },
      look,
    );
  const all = {
    title: 'All = ledger',
    now: teams.all,
    changed: compared(teams.all.total, teams.allBefore),
    budget: spent(null),
    unit: unit.all,
  };
  const was = filters.period.before === null ? 'before' : monthName(filters.period.before.from).slice(0, 3);
  const heads = [
    'Team'.padEnd(20),
    'Spend'.padStart(11),
    `vs ${was}`.padStart(9),
    `  ${'How sure'.padEnd(BAR + 6)}`,
    'Budget'.padStart(8),
    'Per merged PR, range'.padStart(23),
  ].join(' ');
  const [direct, derived, shared, nobody] = marks(look);
  return [
    tinted(look, 'strong', heads),
    ...teams.rows.map(row),
    teamLine(all, look),
    `${' '.repeat(44)}${direct} direct ${derived} derived ${shared} shared ${nobody} unattributed`,
  ];
}

const MODELS = 6;
const LEFT = 43;
const OWNER = 12;
const AMOUNT = 8;

function modelLines(view: View): string[] {
  const { models, now, filters } = view.data;
  const all = [...models].filter(([, { total }]) => Number(total) !== 0);
  const left = [
    `${'Model'.padEnd(24)}${'Spend'.padStart(11)}  share`,
    ...all
      .slice(0, MODELS)
      .map(
        ([id, figures]) =>
          `${cut(id === '' ? 'no model named' : id, 24).padEnd(24)}${`${approx(figures.estimated)}${bare(figures.total)}`.padStart(11)}  ${percent(ratio(figures.total, now.total) ?? 0).padStart(5)}`,
      ),
    ...(all.length > MODELS ? [`and ${all.length - MODELS} more`] : []),
  ];
  const wanted = filters.team === null ? needs(view) : [];
  const right = [
    'Needs somebody',
    ...wanted.slice(0, MODELS).map(({ what, amount, owner, severity }) => {
      const room = WIDTH - LEFT - 2 - AMOUNT - 1 - OWNER - 2;
      const words = `${severity === 'low' ? '·' : '!'} ${cut(what, room - 2)}`.padEnd(room);
      return `${words} ${amount.padStart(AMOUNT)}  ${cut(owner, OWNER)}`;
    }),
    ...(wanted.length === 0 ? ['nothing: no incident, nothing late'] : []),
    ...(wanted.length > MODELS ? [`and ${wanted.length - MODELS} more`] : []),
  ];
  return Array.from(
    { length: Math.max(left.length, right.length) },
    (_, i) => `${(left[i] ?? '').padEnd(LEFT)}  ${right[i] ?? ''}`,
  );
}

const listed = (label: string, lines: readonly string[]): string[] =>
  lines.map((line, i) => `${(i === 0 ? label : '').padEnd(9)}${cut(line, WIDTH - 9)}`);

function lastLines(view: View, look: Look, { lake, bytes }: SummaryPlace): string[] {
  const { stamp, filters, sources } = view.data;
  const failed = stamp.checks.filter(({ says }) => says.length > 0);
  const held = `${stamp.checks.length - failed.length} of ${stamp.checks.length} hold.`;
  const found = stamp.findings.filter(({ says }) => says.length > 0);
  const said = ({ name, says }: (typeof found)[number]): string =>
    `${name}: ${spoken(view, says[0] ?? '')}${says.length > 1 ? ` (and ${says.length - 1} more)` : ''}`;
  const rows =
    sources.length === 0
      ? 'no source'
      : `${sources.length} sources of ${[...new Set(sources.map(({ provider }) => name(view, 'provider', provider)))].join(', ')}`;
  const size = bytes === null ? rows : `${(bytes / 1_000_000).toFixed(1)} MB Parquet of ${rows}`;
  return [
    ...listed('Checks', [held, ...failed.map((one) => tinted(look, 'bad', said(one)))]),
    ...listed('Findings', found.length === 0 ? ['none'] : found.map(said)),
    ...listed('Files', [`${lake}   ${size}`, `npm run query -- allocated_cost --from ${filters.period.from}`]),
  ];
}
