import type { Filters } from '../address.ts';
import { is, literal, named, type Query, select } from '../select.ts';

/** A budget of the month chosen. */
export interface Budget {
  readonly scope_kind: string;
  readonly scope_id: string;
  readonly amount: string;
  readonly spent: string;
  /** Spent over amount, as a number. */
  readonly share: number;
  /** `50`, `80` or `100`, the highest reached; null below. */
  readonly threshold: string | null;
  readonly currency: string;
}

/** Budgets of the month, in whatever currency; none where the period is no month, or vendor or model is chosen: a budget holds for all of them. */
export async function readBudgets(query: Query, { period, vendor, model }: Filters): Promise<Budget[]> {
  if (period.month === null || vendor !== null || model !== null) return [];
  const rows = await query(
    select({
      columns: named(
        'scope_kind',
        'scope_id',
        'monthly_amount',
        'spent_cost',
        'spent_share',
        'threshold',
        'billing_currency',
      ),
      from: 'budget_status',
      where: [is('billing_period', period.month)],
      order: ['scope_kind', 'scope_id', 'budget_id'],
    }),
  );
  return rows.flatMap(
    ({ scope_kind, scope_id, monthly_amount, spent_cost, spent_share, threshold, billing_currency }) =>
      scope_kind && scope_id && monthly_amount && spent_cost
        ? [
            {
              scope_kind,
              scope_id,
              amount: monthly_amount,
              spent: spent_cost,
              share: Number(spent_share ?? 0),
              threshold: threshold ?? null,
              currency: billing_currency ?? 'USD',
            },
          ]
        : [],
  );
}

/** Condition that a budget is a team's own or of its cost centre. */
export const concerns = (team: string): string =>
  `(${is('scope_kind', 'team')} and ${is('scope_id', team)} or ${is('scope_kind', 'cost_center')} and scope_id = (select max(cost_center) from teams where team_id = ${literal(team)}))`;

/** The budget of a team, or of the company for null. */
export const budgetOf = (budgets: readonly Budget[], team: string | null): Budget | null =>
  budgets.find(({ scope_kind, scope_id }) =>
    team === null ? scope_kind === 'company' : scope_kind === 'team' && scope_id === team,
  ) ?? null;
