/** Columns that every adapter gives, in this order, with the types both engines read alike. */
export const STG_CLOUD_BILL = {
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

/** What one row is, as every query says it in its first line. */
export const GRAIN =
  '-- One row per line of the AWS bill that is money of its own: rows of pods beside their machine are left out, a fee for a commitment has a second row for what went unused. Null: the form does not tell.';

/** No bill at all: no row, of the same types. */
export const noBill = (): string =>
  `${GRAIN}\nselect\n${Object.entries(STG_CLOUD_BILL)
    .map(([name, type]) => `    cast(null as ${type}) as ${name}`)
    .join(',\n')}\nwhere 1 = 0\n`;
