import type { Bill } from './bill.ts';
import { legacyTag } from './columns.ts';
import { chargeOf, HALVED, USE } from './cur-charges.ts';
import { first, quoted, type Reader } from './expressions.ts';
import type { Form } from './lines.ts';

/** Rows of pods and tasks; their machine's row holds the same money. */
const PODS = ['EKSPod-EC2', 'ECSTask-EC2'];

/**
 * CUR 2.0 and legacy CUR: unblended and amortised as AWS's Cloud Intelligence Dashboards calculate them
 * (https://docs.aws.amazon.com/guidance/latest/cloud-intelligence-dashboards), in FOCUS's words.
 */
export function curForm(bill: Bill, table: string, of: Reader): Form {
  const operation = of.has('line_item_operation') ? "coalesce(line_item_operation, '')" : "''";
  return {
    rows: `${table}
where ${operation} not in (${quoted(PODS)}) and ${of.text('split_line_item_parent_resource_id')} is null`,
    words: wordsOf(bill, of),
    kinds: { line_type: typeOf(of), upfront: upfrontOf(of) },
    usage: `case when ${typeOf(of)} in (${quoted(USE)}) then ${of.number('line_item_usage_amount')} end`,
    figures: figuresOf(of),
    needed: [],
    ...chargeOf(),
  };
}

const typeOf = (of: Reader): string => `coalesce(${of.text('line_item_line_item_type')}, 'Usage')`;

/** Whether a row pays ahead for a commitment: fee, refund (of one) or no. */
const upfrontOf = (of: Reader): string => `case
        when ${typeOf(of)} = 'SavingsPlanUpfrontFee' then 'fee'
        when ${typeOf(of)} = 'Fee' and ${of.text('reservation_reservation_a_r_n')} is not null then 'fee'
        when
            ${typeOf(of)} = 'Refund'
            and ${of.text('line_item_product_code')} = 'ComputeSavingsPlans'
            and ${of.text('line_item_line_item_description')} like 'Refund for one-time fee for Savings Plan ID%'
            then 'refund'
        else 'no'
    end`;

function wordsOf(bill: Bill, of: Reader): Form['words'] {
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
    region_id: first([of.text('product_region_code'), of.key('product', 'region'), of.text('product_region')]),
    charge_description: of.text('line_item_line_item_description'),
    usage_type: of.text('line_item_usage_type'),
    operation: of.text('line_item_operation'),
    resource_id: of.text('line_item_resource_id'),
    invoice_id: of.text('bill_invoice_id'),
    commitment_id: first([of.text('savings_plan_savings_plan_a_r_n'), of.text('reservation_reservation_a_r_n')]),
    iam_principal: of.text('line_item_iam_principal'),
    ...tagged(bill, of),
    pricing_unit: of.text('pricing_unit'),
    billing_currency: `coalesce(${of.text('line_item_currency_code')}, 'USD')`,
  };
}

/** Money that a row tells, whatever its type makes of it. */
function figuresOf(of: Reader): Form['figures'] {
  const list = of.number('pricing_public_on_demand_cost');
  return {
    plain: of.orZero('line_item_unblended_cost'),
    net: either(of, 'line_item_net_unblended_cost', 'line_item_unblended_cost'),
    list,
    rated: of.has('line_item_net_unblended_rate')
      ? `coalesce(try_cast(nullif(line_item_net_unblended_rate, '') as double) * ${of.number('line_item_usage_amount')}, ${list})`
      : list,
    committed_plain: committed(of, (_, plain) => of.orZero(plain)),
    committed_net: committed(of, (net, plain) => either(of, net, plain)),
    trueup: `case
        when ${typeOf(of)} = 'RIFee' then 0 - ${of.orZero('reservation_amortized_upfront_fee_for_billing_period')}
        when ${typeOf(of)} in (${quoted(HALVED)})
            then 0 - ${of.orZero('savings_plan_amortized_upfront_commitment_for_billing_period')}
    end`,
  };
}

/** The discounted figure where it is filled, else the plain one, else 0. */
const either = (of: Reader, net: string, plain: string): string =>
  of.has(net) ? `coalesce(cast(${net} as double), ${of.orZero(plain)})` : of.orZero(plain);

/** What use covered by a commitment costs, and what of a commitment's fee went unused; null: no commitment. */
const committed = (of: Reader, pick: (net: string, plain: string) => string): string => `case
        when ${typeOf(of)} = 'SavingsPlanCoveredUsage'
            then ${pick('savings_plan_net_savings_plan_effective_cost', 'savings_plan_savings_plan_effective_cost')}
        when ${typeOf(of)} = 'SavingsPlanRecurringFee'
            then ${of.orZero('savings_plan_total_commitment_to_date')} - ${of.orZero('savings_plan_used_commitment')}
        when ${typeOf(of)} = 'DiscountedUsage'
            then ${pick('reservation_net_effective_cost', 'reservation_effective_cost')}
        when ${typeOf(of)} = 'RIFee'
            then ${pick('reservation_net_unused_amortized_upfront_fee_for_billing_period', 'reservation_unused_amortized_upfront_fee_for_billing_period')}
            + ${pick('reservation_net_unused_recurring_fee', 'reservation_unused_recurring_fee')}
    end`;

/** Tags in both key forms: of the resource or inference profile, of the principal, of the account. */
function tagged(
  { tags }: Bill,
  of: Reader,
): Pick<Form['words'], 'team_tag' | 'principal_team_tag' | 'account_team_tag' | 'cost_center_tag'> {
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
