/** A filter that a panel may follow. */
export type FilterName = 'period' | 'team' | 'vendor' | 'model';

/** A panel as the page, the CSV routes and dashboards know it. */
export interface PanelInfo {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly group: 'Money' | 'Value' | 'Attention' | 'Trust';
  /** The mart or exported table whose rows are the panel's CSV. */
  readonly view: string;
  /** The table that answers where a team is chosen and `view` does not know teams. */
  readonly viewOfTeam?: string;
  readonly columns: readonly string[];
  /** The columns of `viewOfTeam`, where they differ. */
  readonly columnsOfTeam?: readonly string[];
  readonly form: string;
  /** The column each filter restricts; a filter not named does not apply, and the panel says so. */
  readonly filters: Partial<Readonly<Record<FilterName, string>>>;
  /** Whether rows of other currencies than the page's stand in it, each in its own. */
  readonly everyCurrency?: boolean;
}

const daily = [
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
];
const spendFilters = { period: 'day', team: 'team_id', vendor: 'provider', model: 'model' } as const;

/** The panels in order of the page. */
export const PANELS = [
  {
    id: 'headline',
    title: 'Summary',
    question: 'Where does the money stand, and what needs somebody?',
    group: 'Money',
    view: 'daily_cost',
    viewOfTeam: 'allocated_cost',
    columns: daily,
    form: 'sentence, tiles, running total, list',
    filters: spendFilters,
  },
  {
    id: 'spend',
    title: 'Spend over time',
    question: 'What did each day cost, and is it final?',
    group: 'Money',
    view: 'daily_cost',
    viewOfTeam: 'allocated_cost',
    columns: daily,
    form: 'stacked bars',
    filters: spendFilters,
  },
  {
    id: 'teams',
    title: 'Teams',
    question: 'Who spends what, how sure is it, and does the budget hold?',
    group: 'Money',
    view: 'allocated_cost',
    columns: [
      'billing_period',
      'day',
      'team_id',
      'cost_center',
      'provider',
      'connection_id',
      'model',
      'meter',
      'basis',
      'reason',
      'rule_id',
      'status',
      'charge_category',
      'quantity',
      'billing_currency',
      'list_cost',
      'billed_cost',
      'allocated_cost',
    ],
    form: 'table with basis bars and bullets',
    filters: spendFilters,
  },
  {
    id: 'budgets',
    title: 'Budgets',
    question: 'Which is used up, and which soon?',
    group: 'Money',
    view: 'budget_status',
    columns: [
      'budget_id',
      'scope_kind',
      'scope_id',
      'billing_period',
      'monthly_amount',
      'spent_cost',
      'spent_share',
      'threshold',
      'billing_currency',
      'as_of',
    ],
    form: 'table with bullets',
    filters: {},
    everyCurrency: true,
  },
  {
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
    everyCurrency: true,
  },
  {
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
  },
  {
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
  },
  {
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
  },
  {
    id: 'cache',
    title: 'Cache',
    question: 'Is context read from the cache or paid in full?',
    group: 'Value',
    view: 'cache_efficiency',
    columns: [
      'team_id',
      'week',
      'provider',
      'model',
      'read_tokens',
      'write_tokens',
      'input_tokens',
      'read_share',
      'baseline_share',
      'waste_cost',
    ],
    form: 'table with dumbbells',
    filters: { team: 'team_id', vendor: 'provider', model: 'model' },
  },
  {
    id: 'incidents',
    title: 'Incidents',
    question: 'What went wrong, whose is it, what next?',
    group: 'Attention',
    view: 'incidents',
    columns: [
      'incident_id',
      'kind',
      'scope_kind',
      'scope_id',
      'team_id',
      'provider',
      'severity',
      'state',
      'opened_day',
      'last_day',
      'actual_cost',
      'expected_cost',
      'excess_cost',
      'baseline',
      'cause',
      'next_step',
      'note',
    ],
    form: 'spans and cards',
    filters: { team: 'team_id', vendor: 'provider' },
  },
  {
    id: 'unassigned',
    title: 'No owner yet',
    question: 'Which keys, people and workspaces does nobody claim?',
    group: 'Attention',
    view: 'unassigned',
    columns: [
      'kind',
      'id',
      'provider',
      'connection_id',
      'allocated_cost',
      'first_day',
      'last_day',
      'last_principal_id',
      'likely_team_id',
      'likelihood',
      'next_step',
    ],
    form: 'table',
    filters: { vendor: 'provider' },
  },
  {
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
  },
] as const satisfies readonly PanelInfo[];

/** A panel's id. */
export type PanelId = (typeof PANELS)[number]['id'];

/** The panel with this id. */
export function panel(id: PanelId): PanelInfo {
  const found = PANELS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no panel ${id}`);
  return found;
}

const SAID: Readonly<Record<FilterName, string>> = {
  period: 'own period',
  team: 'all teams',
  vendor: 'all vendors',
  model: 'all models',
};

/** What a panel says of chosen filters that it does not follow; the period is always chosen. */
export function ignored(
  { filters }: PanelInfo,
  chosen: Readonly<Record<Exclude<FilterName, 'period'>, string | null>>,
): string[] {
  const names: readonly FilterName[] = ['period', 'team', 'vendor', 'model'];
  return names
    .filter((name) => filters[name] === undefined && (name === 'period' || chosen[name] !== null))
    .map((name) => SAID[name]);
}
