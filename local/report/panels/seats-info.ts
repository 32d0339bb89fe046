import type { PanelInfo } from '../panel-info.ts';

/** What the panel “Seats” is, and the rows that its CSV gives. */
export const seatsInfo = {
  id: 'seats',
  title: 'Seats',
  question: 'Who pays for seats that nobody uses?',
  group: 'Money',
  view: 'seat_use',
  columns: [
    'billing_period',
    'provider',
    'connection_id',
    'product',
    'person_id',
    'team_id',
    'seat_cost',
    'used_value',
    'last_active_on',
    'active_day_count',
    'state',
  ],
  form: 'table, list',
  filters: { team: 'team_id', vendor: 'provider' },
} as const satisfies PanelInfo;
