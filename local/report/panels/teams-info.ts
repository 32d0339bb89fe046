import type { PanelInfo } from '../panel-info.ts';
import { SPEND_FILTERS } from './spend-columns.ts';

/** What the panel “Teams” is, and the rows that its CSV gives. */
export const teamsInfo = {
  id: 'teams',
  title: 'Teams',
  question: 'Who spends what, how sure is it, and does the budget hold?',
  group: 'Money',
  view: 'allocated_cost',
  columns: [
    'billing_period',
    'day',
    'team_id',
    'cost_center',
    'provider',
    'connection_id',
    'model',
    'meter',
    'basis',
    'reason',
    'rule_id',
    'status',
    'charge_category',
    'quantity',
    'billing_currency',
    'list_cost',
    'billed_cost',
    'allocated_cost',
  ],
  form: 'table with basis bars and bullets',
  filters: SPEND_FILTERS,
} as const satisfies PanelInfo;
