import type { PanelInfo } from '../panel-info.ts';
import { DAILY_COLUMNS, SPEND_FILTERS } from './spend-columns.ts';

/** What the panel “Spend over time” is, and the rows that its CSV gives. */
export const spendInfo = {
  id: 'spend',
  title: 'Spend over time',
  question: 'What did each day cost, and is it final?',
  group: 'Money',
  view: 'daily_cost',
  viewOfTeam: 'allocated_cost',
  columns: DAILY_COLUMNS,
  form: 'stacked bars',
  filters: SPEND_FILTERS,
} as const satisfies PanelInfo;
