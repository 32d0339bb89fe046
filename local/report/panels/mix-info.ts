import type { PanelInfo } from '../panel-info.ts';

/** What the panel “Model mix” is, and the rows that its CSV gives. */
export const mixInfo = {
  id: 'mix',
  title: 'Model mix',
  question: 'Is the mix drifting dearer?',
  group: 'Value',
  view: 'model_mix',
  viewOfTeam: 'allocated_cost',
  columns: [
    'week',
    'provider',
    'model',
    'billing_currency',
    'allocated_cost',
    'share',
    'quantity_tokens',
    'cost_per_mtok',
    'list_cost_per_mtok',
  ],
  columnsOfTeam: ['day', 'provider', 'model', 'meter', 'quantity', 'billing_currency', 'list_cost', 'allocated_cost'],
  form: 'columns of shares, table',
  filters: { team: 'team_id', vendor: 'provider' },
} as const satisfies PanelInfo;
