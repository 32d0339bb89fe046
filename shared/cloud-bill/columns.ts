import type { Bill, BillForm } from './bill.ts';

/** Hive types of columns that AWS writes; these are AWS's tables, not ours, so doubles and maps stand in them. */
export type BillColumnType = 'string' | 'double' | 'timestamp' | 'map<string,string>' | 'map<string,double>';

const all = (type: BillColumnType, names: string): Record<string, BillColumnType> =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, type]),
  );

/** What both forms of the CUR have, with the types that AWS writes. */
const CUR = {
  ...all(
    'string',
    `bill_bill_type bill_billing_entity bill_invoice_id bill_invoicing_entity bill_payer_account_id
     identity_line_item_id identity_time_interval
     line_item_line_item_type line_item_usage_account_id line_item_product_code line_item_usage_type line_item_operation
     line_item_resource_id line_item_currency_code line_item_line_item_description line_item_legal_entity
     line_item_unblended_rate line_item_net_unblended_rate
     pricing_term pricing_unit pricing_public_on_demand_rate pricing_rate_code
     product_servicecode product_product_family product_sku product_region_code product_instance_type
     reservation_reservation_a_r_n savings_plan_savings_plan_a_r_n split_line_item_parent_resource_id`,
  ),
  ...all(
    'timestamp',
    `bill_billing_period_start_date bill_billing_period_end_date line_item_usage_start_date line_item_usage_end_date`,
  ),
  ...all(
    'double',
    `line_item_usage_amount line_item_unblended_cost line_item_net_unblended_cost pricing_public_on_demand_cost
     reservation_effective_cost reservation_net_effective_cost
     reservation_amortized_upfront_fee_for_billing_period
     reservation_unused_amortized_upfront_fee_for_billing_period
     reservation_net_unused_amortized_upfront_fee_for_billing_period
     reservation_unused_recurring_fee reservation_net_unused_recurring_fee
     savings_plan_savings_plan_effective_cost savings_plan_net_savings_plan_effective_cost
     savings_plan_total_commitment_to_date savings_plan_used_commitment
     savings_plan_amortized_upfront_commitment_for_billing_period
     split_line_item_split_cost split_line_item_unused_cost`,
  ),
};

/** FOCUS 1.0 as AWS exports it; Glue writes names in lower case. */
const FOCUS = {
  ...all(
    'string',
    `billingaccountid billingaccountname subaccountid subaccountname billingcurrency chargecategory chargeclass
     chargefrequency chargedescription commitmentdiscountcategory commitmentdiscountid commitmentdiscountname
     commitmentdiscountstatus commitmentdiscounttype consumedunit invoiceissuername pricingcategory pricingunit
     providername publishername regionid regionname resourceid resourcename resourcetype servicecategory servicename
     skuid skupriceid x_operation x_servicecode`,
  ),
  ...all('timestamp', 'billingperiodstart billingperiodend chargeperiodstart chargeperiodend'),
  ...all(
    'double',
    `billedcost effectivecost listcost contractedcost listunitprice contractedunitprice consumedquantity
     pricingquantity`,
  ),
  tags: 'map<string,string>',
  x_discounts: 'map<string,double>',
} satisfies Record<string, BillColumnType>;

const COLUMNS: Readonly<Record<BillForm, Readonly<Record<string, BillColumnType>>>> = {
  cur2: {
    ...CUR,
    ...all('string', 'bill_payer_account_name line_item_usage_account_name line_item_iam_principal'),
    ...all('map<string,string>', 'product resource_tags tags cost_category'),
    discount: 'map<string,double>',
  },
  legacy: { ...CUR, ...all('string', 'product_product_name product_region') },
  focus_1_0: { ...FOCUS, x_usagetype: 'string', x_costcategories: 'map<string,string>' },
  focus_1_2: {
    ...FOCUS,
    ...all('string', 'invoiceid servicesubcategory skumeter'),
    skupricedetails: 'map<string,string>',
  },
};

/** How legacy CUR writes a tag's column: lower case, everything but letters and digits an underscore. */
export const legacyTag = (tag: string): string =>
  `resource_tags_user_${tag.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`;

/**
 * Columns that the external table of a bill declares, of those that its form can have: what a delivery lacks is then
 * null in both engines. The partition column `billing_period` (string) comes beside them.
 */
export const columnsOf = ({ form, tags }: Bill): Readonly<Record<string, BillColumnType>> =>
  form === 'legacy'
    ? { ...COLUMNS.legacy, ...all('string', `${legacyTag(tags.team)} ${legacyTag(tags.costCenter)}`) }
    : COLUMNS[form];
