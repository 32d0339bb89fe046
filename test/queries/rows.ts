import type { AnyRow, Table } from '../../shared/table.ts';

/** What a row of a test has where the test says nothing; other columns are null. */
const COMMON: AnyRow = {
  day: '2026-11-24',
  source: 'anthropic_usage',
  connection_id: 'anthropic.main',
  provider: 'anthropic',
  cut: 'whole',
  charge_category: 'Usage',
  charge_frequency: 'Usage-Based',
  billing_currency: 'USD',
  valid_from: '0001-01-01',
  valid_to: '9999-12-31',
  service_tier: null,
  status: 'active',
  due_at: '2026-11-25T06:00:00.000Z',
  outcome: 'ok',
  request_count: 1,
  retry_count: 0,
  restated_count: 0,
  kind: 'pr_merged',
  system: 'github',
  actor_type: 'person',
  is_default_branch: true,
  is_revert: false,
  ai_assisted: 'unknown',
  retracted: false,
  origin: 'test',
  time_zone: 'UTC',
};

const BY_TABLE: Readonly<Record<string, AnyRow>> = {
  costs: { source: 'anthropic_costs' },
  meters: { is_contract_priced: 'no' },
  prices: { service_tier: 'standard', speed: 'standard', region: 'global', context_window: 'base' },
  rules: { provider: null, connection_id: null },
  contracts: { connection_id: null, term: 'month' },
  seats: { source: 'cursor_seats', connection_id: 'cursor.main', provider: 'cursor', product: 'cursor' },
  outputs: { source: 'github_pull_requests', connection_id: 'github.main' },
};

/** A whole row of a table out of what a test says of it. */
export function filled(table: Table, given: AnyRow): AnyRow {
  const unknown = Object.keys(given).filter((name) => !(name in table.columns));
  if (unknown.length > 0) throw new Error(`${table.name} has no column ${unknown.join()}`);
  const usual = { ...COMMON, ...BY_TABLE[table.name], ...given };
  const row: Record<string, unknown> = {};
  for (const name of Object.keys(table.columns)) row[name] = usual[name] ?? null;
  if (table.name === 'costs' && !('effective_cost' in given)) row.effective_cost = row.billed_cost;
  return row;
}

/** Every day of a month as the calendar table has them. */
export function calendarOf(month: string, days: number): AnyRow[] {
  return Array.from({ length: days }, (_, index) => {
    const day = `${month}-${String(index + 1).padStart(2, '0')}`;
    const date = new Date(`${day}T00:00:00Z`);
    const monday = new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * 86_400_000);
    return { day, week: monday.toISOString().slice(0, 10), month };
  });
}

/** The meters that tests use, some priced and some only counted. */
export const METER_ROWS: readonly AnyRow[] = [
  {
    meter: 'input_tokens',
    consumed_unit: 'Tokens',
    pricing_unit: '1000000 Tokens',
    block: '1000000',
    sku_meter: 'Input Tokens',
    is_priced: 'yes',
    token_direction: 'Input',
    token_cache_action: 'Uncached',
  },
  {
    meter: 'output_tokens',
    consumed_unit: 'Tokens',
    pricing_unit: '1000000 Tokens',
    block: '1000000',
    sku_meter: 'Output Tokens',
    is_priced: 'yes',
    token_direction: 'Output',
    token_cache_action: null,
  },
  {
    meter: 'cache_read_tokens',
    consumed_unit: 'Tokens',
    pricing_unit: '1000000 Tokens',
    block: '1000000',
    sku_meter: 'Cache Read Input Tokens',
    is_priced: 'yes',
    token_direction: 'Input',
    token_cache_action: 'Read',
  },
  {
    meter: 'web_search_requests',
    consumed_unit: 'Requests',
    pricing_unit: '1000 Requests',
    block: '1000',
    sku_meter: 'Web Searches',
    is_priced: 'yes',
    token_direction: null,
    token_cache_action: null,
  },
  {
    meter: 'requests',
    consumed_unit: 'Requests',
    pricing_unit: 'Requests',
    block: '1',
    sku_meter: 'Requests',
    is_priced: 'no',
    token_direction: null,
    token_cache_action: null,
  },
  {
    meter: 'credits',
    consumed_unit: 'Credits',
    pricing_unit: 'Credits',
    block: '1',
    sku_meter: 'Credits',
    is_priced: 'yes',
    is_contract_priced: 'yes',
    token_direction: null,
    token_cache_action: null,
  },
  {
    meter: 'agent_compute_units',
    consumed_unit: 'ACUs',
    pricing_unit: 'ACUs',
    block: '1',
    sku_meter: 'Agent Compute Units',
    is_priced: 'yes',
    is_contract_priced: 'yes',
    token_direction: null,
    token_cache_action: null,
  },
  {
    meter: 'seat_months',
    consumed_unit: 'Seat-Months',
    pricing_unit: 'Seat-Months',
    block: '1',
    sku_meter: 'Seats',
    is_priced: 'no',
    token_direction: null,
    token_cache_action: null,
  },
];
