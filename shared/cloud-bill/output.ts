import { OWN_WORDS } from './lines.ts';

/** Columns of a line of any bill, in this order, with the types both engines read alike. */
const LINES = {
  billing_period: 'varchar',
  day: 'date',
  form: 'varchar',
  payer_account_id: 'varchar',
  account_id: 'varchar',
  account_name: 'varchar',
  biller: 'varchar',
  service_code: 'varchar',
  service_name: 'varchar',
  service_category: 'varchar',
  service_subcategory: 'varchar',
  region_id: 'varchar',
  charge_category: 'varchar',
  charge_class: 'varchar',
  charge_frequency: 'varchar',
  charge_description: 'varchar',
  line_type: 'varchar',
  usage_type: 'varchar',
  operation: 'varchar',
  resource_id: 'varchar',
  invoice_id: 'varchar',
  commitment_id: 'varchar',
  commitment_status: 'varchar',
  iam_principal: 'varchar',
  team_tag: 'varchar',
  principal_team_tag: 'varchar',
  account_team_tag: 'varchar',
  cost_center_tag: 'varchar',
  ai_product: 'varchar',
  model: 'varchar',
  model_known: 'varchar',
  meter: 'varchar',
  service_tier: 'varchar',
  region_scope: 'varchar',
  inference_profile_id: 'varchar',
  unit: 'varchar',
  unit_known: 'varchar',
  quantity: 'decimal(28,6)',
  billing_currency: 'varchar',
  list_cost: 'decimal(28,10)',
  contracted_cost: 'decimal(28,10)',
  billed_cost: 'decimal(28,10)',
  effective_cost: 'decimal(28,10)',
  unblended_cost: 'decimal(28,10)',
  amortised_cost: 'decimal(28,10)',
  upfront_fee_cost: 'decimal(28,10)',
  trueup_cost: 'decimal(28,10)',
} as const;

const OF_ONE_LINE: readonly string[] = ['line_type', ...OWN_WORDS];

/** Lines added up: without what one line alone tells, and with how many they are. */
const DAYS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(LINES).filter(([name]) => !OF_ONE_LINE.includes(name))),
  line_count: 'bigint',
  costless_count: 'bigint',
};

/** What a row of a staged bill is: a line, or lines of a day that are alike in what becomes of them. */
export type Grain = 'lines' | 'days';

/** Columns that every adapter gives. */
export const STAGED: Readonly<Record<Grain, Readonly<Record<string, string>>>> = { lines: LINES, days: DAYS };

/** What one row is, as every query says it in its first line. */
export const GRAINS: Readonly<Record<Grain, string>> = {
  lines:
    '-- One row per line of the AWS bill that is money of its own: rows of pods beside their machine are left out, a fee for a commitment has a second row for what went unused. Null: the form does not tell.',
  days: '-- One row per day of the AWS bill and all words by which lines are told apart below the resource, lines added up before what they mean is read. Quantities and units are of AI alone. Null: the form does not tell.',
};

/** No bill at all: no row, of the same types. */
export const noBill = (grain: Grain): string =>
  `${GRAINS[grain]}\nselect\n${Object.entries(STAGED[grain])
    .map(([name, type]) => `    cast(null as ${type}) as ${name}`)
    .join(',\n')}\nwhere 1 = 0\n`;
