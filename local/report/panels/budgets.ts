import { bullet } from '../charts/bullet.ts';
import type { Budget } from '../data/budgets.ts';
import { html, type Markup, type Piece, raw } from '../html.ts';
import { cents, difference, percent } from '../numbers.ts';
import { type Column, head, key, row, table, tag } from '../pieces.ts';
import { teamName, type View } from '../view.ts';
import { budgetsInfo } from './budgets-info.ts';

const columns: readonly Column[] = [
  { head: 'Budget' },
  { head: 'For', kind: 'opt' },
  { head: 'A month', kind: 'num' },
  { head: 'Spent', kind: 'num' },
  { head: '50 · 80 · 100 %' },
  { head: 'Left', kind: 'num' },
  { head: 'Reached' },
];

/** Budgets of the month with what is spent of each. */
export function budgets(view: View, csv: string): Markup {
  const { filters } = view.data;
  const top = head(budgetsInfo, csv);
  const shown = chosenBudgets(view);
  if (shown.length === 0) return html`${top}<p class="finding">${none(view)}</p>`;
  return html`${top}<p class="finding">${finding(view, shown)}</p>${table(
    `Budgets ${filters.period.inside}`,
    columns,
    shown.map((one) => row(columns, cells(view, one))),
  )}<ul class="key-line">${key('billed', 'spent')}${key('limit', 'the budget, with marks at 50 and 80 %')}<li class="muted">nothing is blocked when a budget is used up; each stands in its own currency, and they overlap, so none are added up</li></ul>`;
}

/** The team's own and those of its cost centre; all without a team. */
function chosenBudgets({ data: { everyBudget, teams, filters } }: View): readonly Budget[] {
  if (filters.team === null) return everyBudget;
  const center = teams.rows.find(({ id }) => id === filters.team)?.costCenter ?? null;
  return everyBudget.filter(
    ({ scope_kind, scope_id }) =>
      (scope_kind === 'team' && scope_id === filters.team) || (scope_kind === 'cost_center' && scope_id === center),
  );
}

function none({ data: { filters } }: View): string {
  if (filters.vendor !== null || filters.model !== null)
    return 'Budgets hold for all vendors and models together: clear those filters to see them.';
  if (filters.period.month === null) return 'Budgets hold for months: choose one to see them.';
  return filters.team === null
    ? `No budget is set ${filters.period.inside}.`
    : `No budget is set for this team or its cost centre ${filters.period.inside}.`;
}

function finding({ data: { filters } }: View, shown: readonly Budget[]): string {
  const over = shown.filter(({ share }) => share > 1).length;
  const near = shown.filter(({ share }) => share >= 0.8 && share <= 1).length;
  const words = over === 0 ? 'None' : `${over} of ${shown.length}`;
  return `${words} ${over > 1 ? 'are' : 'is'} used up ${filters.period.inside}; ${near === 0 ? 'none besides has' : `${near} more ${near === 1 ? 'has' : 'have'}`} passed 80 %.`;
}

const KINDS: Readonly<Record<string, string>> = { team: 'team', cost_center: 'cost centre', company: 'company' };

function cells(view: View, one: Budget): Piece[] {
  const over = Number(difference(one.amount, one.spent)) < 0;
  return [
    one.scope_kind === 'team'
      ? teamName(view, one.scope_id)
      : one.scope_kind === 'company'
        ? 'The company'
        : one.scope_id,
    KINDS[one.scope_kind] ?? one.scope_kind,
    cents(one.amount, one.currency),
    cents(one.spent, one.currency),
    html`<span class="with">${raw(bullet({ width: 190, spent: Number(one.spent), estimated: 0, limit: Number(one.amount) }))}<span class="num${over && ' bad'}">${percent(one.share)}</span></span>`,
    cents(difference(one.amount, one.spent), one.currency),
    one.threshold === null
      ? html`<span class="muted">under 50 %</span>`
      : tag(one.threshold === '50' ? '' : 'late', one.threshold === '100' && over ? 'over' : `${one.threshold} %`),
  ];
}
