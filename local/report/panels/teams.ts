import { writeAddress } from '../address.ts';
import { bullet } from '../charts/bullet.ts';
import { spark } from '../charts/spark.ts';
import { budgetOf } from '../data/budgets.ts';
import type { TeamRow } from '../data/teams.ts';
import type { UnitFigure } from '../data/unit.ts';
import { html, type Markup, type Piece, raw } from '../html.ts';
import { change, dollars, percent, range, ratio, unitCost } from '../numbers.ts';
import { ignored } from '../panel-info.ts';
import { amount, basisBar, type Column, delta, head, isSome, key, row, table } from '../pieces.ts';
import { NOBODY, name, teamName, type View } from '../view.ts';
import { inside } from './inside.ts';
import { teamsInfo } from './teams-info.ts';

/** All teams, nobody last; or the inside of the chosen one. */
export function teams(view: View, csv: string): Markup {
  const { teams, filters } = view.data;
  if (filters.team !== null) return inside(view, csv);
  const columns = columnsOf(view);
  return html`${head(
    teamsInfo,
    csv,
    ignored(teamsInfo, filters).filter((words) => words !== 'own period'),
  )}<p class="finding">${finding(view)}</p>${table(
    'Spend by team',
    columns,
    teams.rows.map((one) => row(columns, cells(view, one), one.id === null ? 'loose' : '')),
    [row(columns, footCells(view))],
  )}<ul class="key-line"><li><i class="bk b-direct"></i>direct: the vendor billed this person or key</li><li><i class="bk b-derived"></i>derived: billed total spread by priced usage</li><li><i class="bk b-shared"></i>shared: split by a rule</li><li><i class="bk b-unattributed"></i>unattributed</li><li class="muted">the figure beside the bar is direct + derived</li>${key('limit', 'budget, with marks at 50 and 80 %')}</ul>`;
}

function columnsOf({ data: { filters } }: View): Column[] {
  return [
    { head: 'Team' },
    { head: 'Spend', kind: 'num' },
    { head: `vs ${filters.period.before?.name ?? 'before'}`, kind: 'num' },
    { head: '12 weeks', kind: 'opt' },
    { head: 'How sure' },
    { head: 'Spent of budget', kind: 'opt' },
    { head: 'Per person active', kind: 'num opt2' },
    { head: 'Per merged PR, 4 weeks', kind: 'num opt' },
  ];
}

function finding(view: View): string {
  const { teams, filters } = view.data;
  const most = teams.rows.find(({ id }) => id !== null);
  const nobody = teams.rows.find(({ id }) => id === null);
  const share = most === undefined ? null : ratio(most.now.total, teams.all.total);
  if (most === undefined || share === null) return `No team spent anything ${filters.period.inside}.`;
  return `${teamName(view, most.id)} spends most, ${percent(share)} of the total. ${percent(ratio(nobody?.now.total ?? '0', teams.all.total) ?? 0, 1)} belongs to nobody yet and stays a row of its own.`;
}

const perPR = ({ data: { lake } }: View, figure: UnitFigure | null | undefined): Piece =>
  figure === null || figure === undefined
    ? html`<span class="muted">–, no merged PR</span>`
    : html`${unitCost(figure.mid, lake.currency)} <span class="muted range">${range(figure.low, figure.high, lake.currency)}</span>`;

const sure = (now: TeamRow['now']): Piece =>
  html`<span class="with">${basisBar(now)}<span class="num muted">${percent(ratio(now.sure, now.total) ?? 0)}</span></span>`;

const compared = ({ data: { before } }: View, now: string, was: string | null): Markup =>
  delta(change(now, was), before === null ? 'not compared' : isSome(now) ? 'new' : '–');

function budget({ data: { budgets, filters } }: View, team: string | null, estimated: string): Piece {
  const own = budgetOf(budgets, team);
  if (own === null)
    return html`<span class="muted">${filters.period.month === null ? 'for months only' : filters.vendor !== null || filters.model !== null ? 'for all vendors' : 'no budget'}</span>`;
  const bar = bullet({ width: 150, spent: Number(own.spent), estimated: Number(estimated), limit: Number(own.amount) });
  return html`<span class="with">${raw(bar)}<span class="num${own.share > 1 && ' bad'}">${percent(own.share)}</span></span>`;
}

const perPerson = ({ data: { lake } }: View, { total, people }: TeamRow['now']): string =>
  people === 0 ? '–' : dollars((Number(total) / people).toFixed(2), lake.currency);

function cells(view: View, one: TeamRow): Piece[] {
  const { filters, lake, unit, teams } = view.data;
  const figure = unit.teams.find(({ id }) => id === one.id)?.now;
  const title =
    one.id === null
      ? html`<a href="#unassigned">${NOBODY}</a>`
      : html`<a href="./${writeAddress(filters, lake, { team: one.id })}#teams" data-key="team-${one.id}">${name(view, 'team', one.id)}</a> <span class="muted">${one.costCenter}</span>`;
  return [
    title,
    amount(one.now.total, one.now.estimated, lake.currency),
    compared(view, one.now.total, one.before),
    raw(spark({ values: one.weeks.map(Number), dashed: teams.lastWeekWhole ? 0 : 1 })),
    sure(one.now),
    one.id === null ? html`<span class="muted">not a team</span>` : budget(view, one.id, one.now.estimated),
    one.id === null ? html`<span class="muted">–</span>` : perPerson(view, one.now),
    one.id === null ? html`<span class="muted">not a team</span>` : perPR(view, figure),
  ];
}

function footCells(view: View): Piece[] {
  const { teams, lake, unit } = view.data;
  return [
    'All, equals the ledger',
    amount(teams.all.total, teams.all.estimated, lake.currency),
    compared(view, teams.all.total, teams.allBefore),
    '',
    sure(teams.all),
    budget(view, null, teams.all.estimated),
    perPerson(view, teams.all),
    perPR(view, unit.all),
  ];
}
