import type { Filters } from '../address.ts';
import type { Lake } from '../lake.ts';
import { is, named, type Query, select } from '../select.ts';

/** A budget of the month chosen. */
export interface Budget {
  readonly scope_kind: string;
  readonly scope_id: string;
  readonly amount: string;
  readonly spent: string;
  /** Spent over amount, as a number. */
  readonly share: number;
}

/** Budgets of the month; none where the period is no month, or vendor or model is chosen: a budget holds for all of them. */
export async function readBudgets(
  query: Query,
  { period, vendor, model }: Filters,
  { currency }: Lake,
): Promise<Budget[]> {
  if (period.month === null || vendor !== null || model !== null) return [];
  const rows = await query(
    select({
      columns: named('scope_kind', 'scope_id', 'monthly_amount', 'spent_cost', 'spent_share'),
      from: 'budget_status',
      where: [is('billing_period', period.month), is('billing_currency', currency)],
      order: ['scope_kind', 'scope_id', 'budget_id'],
    }),
  );
  return rows.flatMap(({ scope_kind, scope_id, monthly_amount, spent_cost, spent_share }) =>
    scope_kind && scope_id && monthly_amount && spent_cost
      ? [{ scope_kind, scope_id, amount: monthly_amount, spent: spent_cost, share: Number(spent_share ?? 0) }]
      : [],
  );
}

/** The budget of a team, or of the company for null. */
export const budgetOf = (budgets: readonly Budget[], team: string | null): Budget | null =>
  budgets.find(({ scope_kind, scope_id }) =>
    team === null ? scope_kind === 'company' : scope_kind === 'team' && scope_id === team,
  ) ?? null;
