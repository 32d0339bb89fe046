/** Columns of `daily_cost`. */
export const DAILY_COLUMNS = [
  'billing_period',
  'day',
  'provider',
  'model',
  'basis',
  'status',
  'billing_currency',
  'list_cost',
  'billed_cost',
  'allocated_cost',
] as const;

/** The column that each filter restricts where spend is shown by day. */
export const SPEND_FILTERS = { period: 'day', team: 'team_id', vendor: 'provider', model: 'model' } as const;
