import type { PanelInfo } from '../panel-info.ts';

/** What the panel “Sources and checks” is, and the rows that its CSV gives. */
export const sourcesInfo = {
  id: 'sources',
  title: 'Sources and checks',
  question: 'Is anything missing, late or restated?',
  group: 'Trust',
  view: 'data_freshness',
  columns: [
    'source',
    'connection_id',
    'provider',
    'target',
    'last_whole_day',
    'complete_through',
    'state',
    'late_day_count',
    'restated_count',
    'row_count',
    'message',
  ],
  form: 'table with strips',
  filters: {},
} as const satisfies PanelInfo;
