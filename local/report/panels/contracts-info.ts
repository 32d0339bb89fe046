import { reaches } from '../data/contracts.ts';
import type { PanelInfo } from '../panel-info.ts';

/** What the panel “Contracts and balances” is, and the rows that its CSV gives. */
export const contractsInfo = {
  id: 'contracts',
  title: 'Contracts and balances',
  question: 'What was paid ahead or promised, and will it last?',
  group: 'Money',
  view: 'contract_status',
  columns: [
    'contract_id',
    'provider',
    'connection_id',
    'product',
    'kind',
    'owner_id',
    'billing_currency',
    'amount',
    'used_amount',
    'used_share',
    'left_amount',
    'daily_amount',
    'valid_from',
    'valid_to',
    'term_from',
    'term_to',
    'run_out_on',
    'state',
    'as_of',
  ],
  form: 'table with bullets',
  filters: { vendor: 'provider' },
  rowsOfTeam: reaches,
  everyCurrency: true,
} as const satisfies PanelInfo;
