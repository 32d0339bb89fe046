import type { PanelInfo } from '../panel-info.ts';
import { DAILY_COLUMNS, SPEND_FILTERS } from './spend-columns.ts';

/** What the panel “Summary” is, and the rows that its CSV gives. */
export const headlineInfo = {
  id: 'headline',
  title: 'Summary',
  question: 'Where does the money stand, and what needs somebody?',
  group: 'Money',
  view: 'daily_cost',
  viewOfTeam: 'allocated_cost',
  columns: DAILY_COLUMNS,
  form: 'sentence, tiles, running total, list',
  filters: SPEND_FILTERS,
} as const satisfies PanelInfo;
