import { addDays } from '../../shared/time.ts';
import { type Charge, PAYER, PLAN, REGION, RESERVATION, SERVICES } from './charge.ts';

/** A cell of AWS's files: their numbers are doubles. */
export type Cell = string | number | null | Readonly<Record<string, string>>;
/** A row of AWS's files. */
export type BillRow = Readonly<Record<string, Cell>>;

const LINE_TYPES: Readonly<Record<Charge['kind'], string>> = {
  usage: 'Usage',
  pod: 'Usage',
  covered: 'SavingsPlanCoveredUsage',
  plan_day: 'SavingsPlanRecurringFee',
  plan_upfront: 'SavingsPlanUpfrontFee',
  plan_refund: 'Refund',
  reserved: 'DiscountedUsage',
  reservation_month: 'RIFee',
  reservation_upfront: 'Fee',
  fee: 'Fee',
  tax: 'Tax',
  credit: 'Credit',
  refund: 'Refund',
};

/** Millionths as the double that AWS writes. */
export const dollars = (millionths: number): number => millionths / 1_000_000;

/** A charge as CUR has it: use under a savings plan is two rows. */
function rowsOf(charge: Charge, form: 'cur2' | 'legacy'): readonly BillRow[] {
  const { kind, day, account, service, cost, list = cost, effective = 0, upfront = 0 } = charge;
  const [code, name, , seller] = SERVICES[service];
  const isUse = ['usage', 'covered', 'reserved', 'pod'].includes(kind);
  const isPlan = ['covered', 'plan_day', 'plan_upfront'].includes(kind);
  const isReservation = ['reserved', 'reservation_month', 'reservation_upfront'].includes(kind);
  const row: BillRow = {
    bill_bill_type: kind === 'refund' || kind === 'plan_refund' ? 'Refund' : 'Anniversary',
    bill_billing_entity: seller.startsWith('Amazon') ? 'AWS' : 'AWS Marketplace',
    bill_invoice_id: '',
    bill_payer_account_id: PAYER.id,
    bill_billing_period_start_date: `${day.slice(0, 7)}-01 00:00:00`,
    line_item_line_item_type: LINE_TYPES[kind],
    line_item_usage_account_id: account.id,
    line_item_usage_start_date: `${day} 00:00:00`,
    line_item_usage_end_date: `${addDays(day, 1)} 00:00:00`,
    line_item_product_code: code,
    line_item_usage_type: charge.usageType,
    line_item_operation: charge.operation,
    line_item_resource_id: charge.resource ?? '',
    line_item_currency_code: 'USD',
    line_item_line_item_description: charge.description,
    line_item_legal_entity: seller,
    line_item_usage_amount: charge.quantity,
    line_item_unblended_cost: dollars(cost),
    pricing_unit: charge.unit,
    pricing_public_on_demand_cost: isUse ? dollars(list) : 0,
    product_region_code: REGION,
    savings_plan_savings_plan_a_r_n: isPlan ? PLAN : '',
    reservation_reservation_a_r_n: isReservation ? RESERVATION : '',
    savings_plan_savings_plan_effective_cost: kind === 'covered' ? dollars(effective) : 0,
    savings_plan_total_commitment_to_date: kind === 'plan_day' ? dollars(cost + upfront) : 0,
    savings_plan_used_commitment: kind === 'plan_day' ? dollars(cost + upfront - effective) : 0,
    savings_plan_amortized_upfront_commitment_for_billing_period: kind === 'plan_day' ? dollars(upfront) : 0,
    reservation_effective_cost: kind === 'reserved' ? dollars(effective) : 0,
    reservation_amortized_upfront_fee_for_billing_period: kind === 'reservation_month' ? dollars(upfront) : 0,
    reservation_unused_amortized_upfront_fee_for_billing_period: 0,
    reservation_unused_recurring_fee: kind === 'reservation_month' ? dollars(effective) : 0,
    split_line_item_parent_resource_id: kind === 'pod' ? (charge.resource ?? '') : '',
    split_line_item_split_cost: kind === 'pod' ? dollars(cost) : null,
    ...(form === 'cur2' ? mapped(charge, name) : flat(charge, name)),
  };
  if (kind !== 'covered') return [row];
  return [row, { ...row, line_item_line_item_type: 'SavingsPlanNegation', line_item_unblended_cost: -dollars(cost) }];
}

const mapped = (charge: Charge, name: string): BillRow => ({
  bill_payer_account_name: PAYER.name,
  line_item_usage_account_name: charge.account.name,
  line_item_iam_principal: charge.principal ?? '',
  product: { product_name: name, region: REGION },
  // The newer key form on some resources, the older on others.
  resource_tags:
    charge.resource?.startsWith('arn:') === true ? {} : tagsOf(charge, charge.service === 's3' ? 'user:' : 'user_'),
  tags: {
    ...(charge.resource?.startsWith('arn:') === true ? tagsOf(charge, 'resourceTags/user_') : {}),
    ...(charge.principalTeam === undefined ? {} : { 'iamPrincipal/team': charge.principalTeam }),
  },
});

const flat = (charge: Charge, name: string): BillRow => ({
  product_product_name: name,
  product_region: REGION,
  resource_tags_user_team: charge.team ?? '',
  resource_tags_user_cost_center: charge.costCenter ?? '',
});

/** Tags of a charge under keys that begin alike. */
export const tagsOf = ({ team, costCenter }: Charge, prefix: string): Readonly<Record<string, string>> => ({
  ...(team === undefined ? {} : { [`${prefix}team`]: team }),
  ...(costCenter === undefined ? {} : { [`${prefix}cost_center`]: costCenter }),
});

/** Charges as rows of CUR 2.0 or legacy CUR. */
export const curRows = (charges: readonly Charge[], form: 'cur2' | 'legacy'): readonly BillRow[] =>
  charges.flatMap((charge) => rowsOf(charge, form));
