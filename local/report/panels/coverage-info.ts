import type { PanelInfo } from '../panel-info.ts';

/** What the panel “Ledger and list price” is, and the rows that its CSV gives. */
export const coverageInfo = {
  id: 'coverage',
  title: 'Ledger and list price',
  question: 'How much of the bill does priced usage explain?',
  group: 'Trust',
  view: 'price_coverage',
  columns: [
    'billing_period',
    'provider',
    'connection_id',
    'model',
    'billing_currency',
    'ledger_cost',
    'priced_cost',
    'explained_share',
    'factor',
    'reason',
  ],
  form: 'tables',
  filters: { vendor: 'provider', model: 'model' },
} as const satisfies PanelInfo;
