import { concerns } from '../data/budgets.ts';
import type { PanelInfo } from '../panel-info.ts';

/** What the panel “Budgets” is, and the rows that its CSV gives. */
export const budgetsInfo = {
  id: 'budgets',
  title: 'Budgets',
  question: 'Which is used up, and which soon?',
  group: 'Money',
  view: 'budget_status',
  columns: [
    'budget_id',
    'scope_kind',
    'scope_id',
    'billing_period',
    'monthly_amount',
    'spent_cost',
    'spent_share',
    'threshold',
    'billing_currency',
    'as_of',
  ],
  form: 'table with bullets',
  filters: {},
  rowsOfTeam: concerns,
  everyCurrency: true,
} as const satisfies PanelInfo;
