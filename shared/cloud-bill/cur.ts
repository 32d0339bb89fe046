import type { Bill } from './bill.ts';
import { legacyTag } from './columns.ts';
import { columns, first, quoted, type Reader, ZERO } from './expressions.ts';
import type { Line } from './lines.ts';

/** Line items that are use: only these have a quantity and a list price. */
const USE = ['Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage', 'FlatRateSubscription'];
/** Fees for a commitment whose unused part is a charge of its own. */
const HALVED = ['RIFee', 'SavingsPlanRecurringFee'];
/** Rows of pods and tasks; their machine's row holds the same money. */
const PODS = ['EKSPod-EC2', 'ECSTask-EC2'];

/**
 * CUR 2.0 and legacy CUR as lines: unblended and amortised as AWS's Cloud Intelligence Dashboards calculate them
 * (https://docs.aws.amazon.com/guidance/latest/cloud-intelligence-dashboards), in FOCUS's words.
 */
export function curLines(bill: Bill, table: string, of: Reader): string {
  return `select\n${columns(lineOf(bill, of))}\nfrom (\n${charges(table, of)}\n) as charges`;
}

/** The raw rows that are money, a fee for a commitment twice: what was bought, and what of it went unused. */
function charges(table: string, of: Reader): string {
  const operation = of.has('line_item_operation') ? "coalesce(line_item_operation, '')" : "''";
  const parent = of.text('split_line_item_parent_resource_id');
  const type = of.text('line_item_line_item_type');
  // Joined, not unnested: DuckDB makes a join of its own for every row of an unnested list.
  return `select
    r.*,
    p.part
from (
    select
        *,
        coalesce(${type}, 'Usage') as line_type,
        case when ${type} in (${quoted(HALVED)}) then 'halved' else 'whole' end as cut
    from ${table}
    where ${operation} not in (${quoted(PODS)}) and ${parent} is null
) as r
inner join (values ('whole', 'charge'), ('halved', 'purchase'), ('halved', 'unused')) as p(cut, part)
    on p.cut = r.cut`;
}

function lineOf(bill: Bill, of: Reader): Line {
  const upfrontRefund = `(
            line_type = 'Refund'
            and ${of.text('line_item_product_code')} = 'ComputeSavingsPlans'
            and ${of.text('line_item_line_item_description')} like 'Refund for one-time fee for Savings Plan ID%'
        )`;
  const upfront = `(
            line_type = 'SavingsPlanUpfrontFee'
            or (line_type = 'Fee' and ${of.text('reservation_reservation_a_r_n')} is not null)
            or ${upfrontRefund}
        )`;
  const plain = of.orZero('line_item_unblended_cost');
  const net = either(of, 'line_item_net_unblended_cost', 'line_item_unblended_cost');
  const billed = `case
        when part = 'unused' or line_type in ('SavingsPlanCoveredUsage', 'SavingsPlanNegation') then ${ZERO}
        else ${net}
    end`;
  const use = `part = 'charge' and line_type in (${quoted(USE)})`;
  /** Of use its own figure; what else is charged has no other price than what is billed. */
  const priced = (value: string): string => `case
        when ${use} then ${value}
        when part = 'unused' or line_type = 'SavingsPlanNegation' then ${ZERO}
        else ${net}
    end`;
  const list = of.number('pricing_public_on_demand_cost');
  const rate = of.has('line_item_net_unblended_rate')
    ? `coalesce(try_cast(nullif(line_item_net_unblended_rate, '') as double) * ${of.number('line_item_usage_amount')}, ${list})`
    : list;
  return {
    billing_period: 'billing_period',
    day: `cast(coalesce(line_item_usage_start_date, ${of.has('bill_billing_period_start_date') ? 'bill_billing_period_start_date' : 'line_item_usage_start_date'}) as date)`,
    payer_account_id: `coalesce(${of.text('bill_payer_account_id')}, '${bill.account}')`,
    account_id: of.text('line_item_usage_account_id'),
    account_name: of.text('line_item_usage_account_name'),
    biller: `coalesce(${of.text('bill_billing_entity')}, 'AWS')`,
    service_code: of.text('line_item_product_code'),
    service_name: first([
      of.key('product', 'product_name'),
      of.text('product_product_name'),
      of.text('line_item_product_code'),
    ]),
    service_category: 'cast(null as varchar)',
    service_subcategory: 'cast(null as varchar)',
    region_id: first([of.text('product_region_code'), of.key('product', 'region'), of.text('product_region')]),
    charge_category: `case
        when line_type in ('Tax', 'Credit') then line_type
        when part = 'purchase' or line_type in ('Fee', 'SavingsPlanUpfrontFee') or ${upfrontRefund} then 'Purchase'
        else 'Usage'
    end`,
    charge_class: "case when line_type = 'Refund' then 'Correction' end",
    charge_frequency: `case
        when part = 'purchase' then 'Recurring'
        when line_type in ('Fee', 'SavingsPlanUpfrontFee', 'Tax', 'Credit', 'Refund') then 'One-Time'
        else 'Usage-Based'
    end`,
    charge_description: of.text('line_item_line_item_description'),
    line_type: 'line_type',
    usage_type: of.text('line_item_usage_type'),
    operation: of.text('line_item_operation'),
    resource_id: of.text('line_item_resource_id'),
    invoice_id: of.text('bill_invoice_id'),
    commitment_id: first([of.text('savings_plan_savings_plan_a_r_n'), of.text('reservation_reservation_a_r_n')]),
    commitment_status: `case
        when part = 'unused' then 'Unused'
        when line_type in ('SavingsPlanCoveredUsage', 'DiscountedUsage') then 'Used'
    end`,
    iam_principal: of.text('line_item_iam_principal'),
    ...tagged(bill, of),
    pricing_unit: of.text('pricing_unit'),
    usage_amount: `case when ${use} then ${of.number('line_item_usage_amount')} end`,
    billing_currency: `coalesce(${of.text('line_item_currency_code')}, 'USD')`,
    list_cost: priced(list),
    contracted_cost: priced(rate),
    billed_cost: billed,
    effective_cost: amortised(of, upfront, 'net'),
    unblended_cost: `case when part = 'unused' then ${ZERO} else ${plain} end`,
    amortised_cost: amortised(of, upfront, 'plain'),
    upfront_fee_cost: `case when ${upfront} then ${plain} else ${ZERO} end`,
    trueup_cost: `case
        when part <> 'purchase' then ${ZERO}
        when line_type = 'RIFee' then 0 - ${of.orZero('reservation_amortized_upfront_fee_for_billing_period')}
        else 0 - ${of.orZero('savings_plan_amortized_upfront_commitment_for_billing_period')}
    end`,
  };
}

/** The discounted figure where it is filled, else the plain one, else 0. */
const either = (of: Reader, net: string, plain: string): string =>
  of.has(net) ? `coalesce(cast(${net} as double), ${of.orZero(plain)})` : of.orZero(plain);

/** What a line costs with commitments spread over what they cover. */
function amortised(of: Reader, upfront: string, form: 'net' | 'plain'): string {
  const pick = (net: string, plain: string): string => (form === 'net' ? either(of, net, plain) : of.orZero(plain));
  return `case
        when part = 'purchase' or line_type = 'SavingsPlanNegation' or ${upfront} then ${ZERO}
        when line_type = 'SavingsPlanCoveredUsage'
            then ${pick('savings_plan_net_savings_plan_effective_cost', 'savings_plan_savings_plan_effective_cost')}
        when line_type = 'SavingsPlanRecurringFee'
            then ${of.orZero('savings_plan_total_commitment_to_date')} - ${of.orZero('savings_plan_used_commitment')}
        when line_type = 'DiscountedUsage'
            then ${pick('reservation_net_effective_cost', 'reservation_effective_cost')}
        when line_type = 'RIFee'
            then ${pick('reservation_net_unused_amortized_upfront_fee_for_billing_period', 'reservation_unused_amortized_upfront_fee_for_billing_period')}
            + ${pick('reservation_net_unused_recurring_fee', 'reservation_unused_recurring_fee')}
        else ${pick('line_item_net_unblended_cost', 'line_item_unblended_cost')}
    end`;
}

/** Tags in both key forms: of the resource or inference profile, of the principal, of the account. */
function tagged(
  { tags }: Bill,
  of: Reader,
): Pick<Line, 'team_tag' | 'principal_team_tag' | 'account_team_tag' | 'cost_center_tag'> {
  const resource = (tag: string): string =>
    first([
      of.key('resource_tags', `user_${tag}`, `user:${tag}`),
      of.key('tags', `resourceTags/user_${tag}`, `resourceTags/user:${tag}`, `resourceTags/${tag}`),
      of.text(legacyTag(tag)),
    ]);
  return {
    team_tag: resource(tags.team),
    principal_team_tag: of.key('tags', `iamPrincipal/${tags.team}`),
    account_team_tag: of.key('tags', `accountTag/${tags.team}`),
    cost_center_tag: first([
      resource(tags.costCenter),
      of.key('tags', `iamPrincipal/${tags.costCenter}`, `accountTag/${tags.costCenter}`),
    ]),
  };
}
