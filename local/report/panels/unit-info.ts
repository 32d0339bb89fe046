import type { PanelInfo } from '../panel-info.ts';

/** What the panel “Unit economics” is, and the rows that its CSV gives. */
export const unitInfo = {
  id: 'unit',
  title: 'Unit economics',
  question: 'Does each dollar ship more than it did?',
  group: 'Value',
  view: 'cost_per_output',
  columns: [
    'team_id',
    'week',
    'kind',
    'billing_currency',
    'allocated_cost',
    'low_cost',
    'high_cost',
    'output_count',
    'matched_count',
    'cost_per_output',
    'low_cost_per_output',
    'high_cost_per_output',
    'reason',
    'trend_cost_per_output',
    'direct_share',
    'derived_share',
    'shared_share',
    'coverage',
    'is_complete',
  ],
  form: 'small multiples with ranges',
  filters: { team: 'team_id' },
} as const satisfies PanelInfo;
